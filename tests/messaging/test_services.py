"""The outbox: what goes in once, and what can still be taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salon.core.db import db, transaction
from salon.messaging import jobs, queries, services
from salon.messaging.models import MessageState, OutboxMessage

from .conftest import NOW, Put, of_key


def test_the_same_message_is_put_in_once(put: Put) -> None:
    assert put("اول", key="settlement:7") == put("دوم", key="settlement:7")
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 1
    assert of_key("settlement:7").text == "اول"


def test_a_message_is_undone_with_the_transaction_that_caused_it(put: Put) -> None:
    put("مانده")
    with pytest.raises(ZeroDivisionError), transaction():
        services.cancel("مانده")
        raise ZeroDivisionError
    assert of_key("مانده").state == MessageState.QUEUED


def test_a_waiting_message_can_be_taken_back(put: Put) -> None:
    put("یادآوری")
    with transaction():
        assert services.cancel("یادآوری")
    assert of_key("یادآوری").state == MessageState.CANCELLED
    assert jobs.deliver_due(NOW) == 0


def test_a_sent_message_cannot_be_taken_back(put: Put) -> None:
    put("یادآوری")
    jobs.deliver_due(NOW)
    with transaction():
        assert not services.cancel("یادآوری")
        assert not services.cancel("ناشناس")
    assert of_key("یادآوری").state == MessageState.SENT


def test_what_was_taken_back_can_be_put_in_again_but_not_what_went_out(put: Put) -> None:
    put("یادآوری")
    later = NOW + timedelta(hours=1)
    with transaction():
        assert not services.restore("یادآوری", due_at=later)
        services.cancel("یادآوری")
        assert services.restore("یادآوری", due_at=later)
    assert (of_key("یادآوری").state, of_key("یادآوری").due_at) == (MessageState.QUEUED, later)
    assert jobs.deliver_due(later) == 1
    with transaction():
        assert not services.restore("یادآوری", due_at=later)
    assert of_key("یادآوری").state == MessageState.SENT


def test_a_customers_messages_come_newest_first_and_the_waiting_are_counted(put: Put) -> None:
    put("یک")
    put("دو")
    put("به همه", customer_id=None)
    jobs_done = jobs.deliver_due(NOW)
    put("سه")
    customer_id = of_key("یک").customer_id
    assert customer_id is not None
    assert [message.text for message in queries.newest(9, customer_id=customer_id)] == ["سه", "دو", "یک"]
    assert (jobs_done, queries.waiting_count()) == (3, 1)
    assert [(row.message.text, row.customer and row.customer.full_name) for row in queries.listed(2)] == [
        ("سه", "زهرا کریمی"),
        ("به همه", None),
    ]
    assert [message.text for message in queries.newest(2)] == ["سه", "به همه"]
    assert [row.message.text for row in queries.listed(9, state=MessageState.QUEUED)] == ["سه"]
    assert [row.message.text for row in queries.listed(1, 1, customer_id=customer_id)] == ["دو"]
