"""Delivery: every message goes out once, whatever breaks, and waits when it cannot."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from salon.core.db import db, transaction
from salon.messaging import jobs, queries, services
from salon.messaging.errors import Retryable
from salon.messaging.gateways import Gateway, Outgoing, Sent
from salon.messaging.models import MessageState
from salon.messaging.rules import LEASE, MAX_ATTEMPTS, PAUSE
from tests.fakes.kavenegar import Provider

from .conftest import NOW, Put, of_key

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The worker dies here, as by SIGKILL: nothing after it runs."""


class DiesAfterSending:
    """A gateway whose worker dies between sending and recording."""

    name = "kavenegar"

    def __init__(self, inner: Gateway) -> None:
        self._inner = inner

    def send(self, message: Outgoing) -> Sent:
        self._inner.send(message)
        raise Killed


def test_a_due_message_goes_out_and_is_recorded_with_what_it_cost(provider: Provider, put: Put) -> None:
    message_id = put("سلام مینا")
    assert jobs.deliver_due(NOW) == 1
    message = of_key("سلام مینا")
    assert (message.state, message.sent_at, message.provider_id, message.cost) == ("sent", NOW, "8792343", 1200)
    assert (message.attempts, message.lease_until, message.error_code) == (1, None, None)
    assert provider.calls[0]["localid"] == str(message_id)


def test_running_twice_sends_once(provider: Provider, put: Put) -> None:
    put()
    assert [jobs.deliver_due(NOW), jobs.deliver_due(NOW)] == [1, 0]
    assert len(provider.calls) == 1


def test_a_message_waits_for_its_time_and_the_oldest_goes_first(provider: Provider, put: Put) -> None:
    put("فردا", due_at=NOW + timedelta(days=1))
    put("بعد", due_at=NOW - MINUTE)
    put("اول", due_at=NOW - 2 * MINUTE)
    assert jobs.deliver_due(NOW) == 2
    assert provider.texts == ["اول", "بعد"]
    assert jobs.deliver_due(NOW + timedelta(days=1)) == 1


def test_a_worker_killed_between_sending_and_recording_sends_nothing_twice(
    house: Flask, provider: Provider, put: Put
) -> None:
    put("سلام")
    living: Gateway = house.extensions[jobs.GATEWAY]
    jobs.init_gateway(house, DiesAfterSending(living))
    with pytest.raises(Killed):
        jobs.deliver_due(NOW)
    assert of_key("سلام").state == "sending"
    jobs.init_gateway(house, living)
    assert jobs.deliver_due(NOW + LEASE - MINUTE) == 0
    assert jobs.deliver_due(NOW + LEASE) == 1
    message = of_key("سلام")
    assert (message.state, message.provider_id, message.attempts) == ("sent", "8792343", 2)
    assert (len(provider.calls), provider.texts) == (2, ["سلام"])


def test_an_answer_lost_on_the_way_is_asked_for_again_and_sends_nothing_twice(provider: Provider, put: Put) -> None:
    put("سلام")
    provider.silent.set()
    jobs.deliver_due(NOW)
    message = of_key("سلام")
    assert (message.state, message.error_code, message.due_at) == ("retry", "timeout", NOW + MINUTE)
    provider.silent.clear()
    jobs.deliver_due(NOW + MINUTE)
    assert of_key("سلام").state == "sent"
    assert provider.texts == ["سلام"]


def test_a_busy_provider_is_asked_later_and_later(provider: Provider, put: Put) -> None:
    put("سلام")
    provider.refusals.extend([(409, "سرور پاسخگو نیست")] * 2)
    jobs.deliver_due(NOW)
    assert jobs.deliver_due(NOW + MINUTE - timedelta(seconds=1)) == 0
    jobs.deliver_due(NOW + MINUTE)
    message = of_key("سلام")
    assert (message.state, message.due_at, message.error_text) == ("retry", NOW + 3 * MINUTE, "سرور پاسخگو نیست")
    jobs.deliver_due(NOW + 3 * MINUTE)
    message = of_key("سلام")
    assert (message.state, message.error_code, message.error_text) == ("sent", None, None)


def test_a_message_is_given_up_after_some_two_days_of_trying(provider: Provider, put: Put) -> None:
    put("سلام")
    provider.refusals.extend([(409, "")] * 100)
    moment = NOW
    while of_key("سلام").state in {"queued", "retry"}:
        moment += timedelta(hours=1)
        jobs.deliver_due(moment)
    assert (of_key("سلام").state, of_key("سلام").error_code) == ("failed", "attempts")
    assert len(provider.calls) == MAX_ATTEMPTS


def test_a_wrong_number_fails_alone_and_the_others_go_out(provider: Provider, put: Put) -> None:
    put("یک")
    put("دو")
    provider.refusals.append((411, "دریافت کننده نامعتبر است"))
    assert jobs.deliver_due(NOW) == 2
    assert [of_key("یک").state, of_key("یک").error_code, of_key("دو").state] == ["failed", "411", "sent"]
    assert jobs.deliver_due(NOW + timedelta(days=1)) == 0


def test_without_credit_everything_waits_and_the_alarm_says_why(provider: Provider, put: Put) -> None:
    for text in ("یک", "دو", "سه"):
        put(text)
    provider.refusals.extend([(418, "اعتبار حساب شما کافی نیست")] * 2)
    jobs.deliver_due(NOW)
    assert len(provider.calls) == 1
    assert [of_key(text).state for text in ("یک", "دو", "سه")] == ["queued"] * 3
    assert [of_key(text).attempts for text in ("یک", "دو", "سه")] == [0] * 3
    alarm = queries.standing_alarm()
    assert alarm is not None
    assert (alarm.code, alarm.message, alarm.raised_at) == ("418", "اعتبار حساب شما کافی نیست", NOW)
    assert jobs.deliver_due(NOW + PAUSE - MINUTE) == 0
    assert len(provider.calls) == 1


def test_the_alarm_ends_when_a_message_goes_through(provider: Provider, put: Put) -> None:
    put("یک")
    put("دو")
    provider.refusals.extend([(418, "اعتبار کافی نیست"), (403, "کلید معتبر نیست")])
    jobs.deliver_due(NOW)
    jobs.deliver_due(NOW + PAUSE)
    db.session.rollback()
    db.session.expire_all()
    alarm = queries.standing_alarm()
    assert alarm is not None
    assert (alarm.code, alarm.raised_at, alarm.paused_until) == ("403", NOW, NOW + 2 * PAUSE)
    jobs.deliver_due(NOW + 2 * PAUSE)
    assert queries.standing_alarm() is None
    assert provider.texts == ["یک", "دو"]
    assert queries.waiting_count() == 0


def test_a_reminder_is_not_sent_after_the_visit_began(provider: Provider, put: Put) -> None:
    put("یادآوری", expires_at=NOW + timedelta(hours=2))
    assert jobs.deliver_due(NOW + timedelta(hours=2)) == 0
    assert (of_key("یادآوری").state, of_key("یادآوری").error_code) == ("failed", "expired")
    assert provider.calls == []


def test_a_message_cancelled_on_its_way_is_not_tried_again(house: Flask, put: Put) -> None:
    class CancelsMeanwhile:
        name = "console"

        def send(self, message: Outgoing) -> Sent:
            with transaction():
                assert services.cancel("سلام")
            raise Retryable("timeout", "")

    put("سلام")
    jobs.init_gateway(house, CancelsMeanwhile())
    jobs.deliver_due(NOW)
    assert of_key("سلام").state == "cancelled"
    assert jobs.deliver_due(NOW + timedelta(days=1)) == 0


def test_a_slow_worker_does_not_undo_what_a_later_one_recorded(house: Flask, put: Put) -> None:
    class Slow:
        name = "console"

        def send(self, message: Outgoing) -> Sent:
            jobs.init_gateway(house)
            assert jobs.deliver_due(NOW + LEASE) == 1
            raise Retryable("timeout", "")

    put("سلام")
    jobs.init_gateway(house, Slow())
    jobs.deliver_due(NOW)
    assert of_key("سلام").state == "sent"


def test_a_slow_worker_does_not_take_a_message_from_the_one_that_sends_it_now(house: Flask, put: Put) -> None:
    class Slow:
        name = "console"

        def send(self, message: Outgoing) -> Sent:
            with transaction():
                assert len(services.claim_due(now=NOW + LEASE)) == 1
            raise Retryable("timeout", "")

    put("سلام")
    jobs.init_gateway(house, Slow())
    jobs.deliver_due(NOW)
    assert (of_key("سلام").state, of_key("سلام").attempts, of_key("سلام").lease_until) == (
        "sending",
        2,
        NOW + 2 * LEASE,
    )


def test_no_transaction_is_open_while_a_message_is_sent(house: Flask, put: Put) -> None:
    class Looks:
        name = "console"

        def send(self, message: Outgoing) -> Sent:
            seen.append(db.session().in_transaction())
            return Sent()

    seen: list[bool] = []
    put("یک")
    put("دو")
    jobs.init_gateway(house, Looks())
    jobs.deliver_due(NOW)
    assert seen == [False, False]


def test_a_message_that_breaks_the_gateway_does_not_hold_up_the_others(house: Flask, put: Put) -> None:
    class Breaks:
        name = "console"

        def send(self, message: Outgoing) -> Sent:
            if message.text == "یک":
                raise ZeroDivisionError
            return Sent()

    put("یک")
    put("دو")
    jobs.init_gateway(house, Breaks())
    jobs.deliver_due(NOW)
    assert [of_key("یک").state, of_key("دو").state] == [MessageState.RETRY, MessageState.SENT]
    assert of_key("یک").error_code == "fault"


def test_four_workers_at_once_send_each_message_once(house: Flask, provider: Provider, put: Put) -> None:
    for number in range(40):
        put(f"پیام {number}")
    together = threading.Barrier(4)
    faults: list[BaseException] = []

    def work() -> None:
        try:
            with house.app_context():
                together.wait()
                while jobs.deliver_due(NOW):
                    pass
        except BaseException as fault:
            faults.append(fault)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert len(provider.calls) == 40
    assert {of_key(f"پیام {number}").attempts for number in range(40)} == {1}


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)], ids=str)
def test_a_clock_set_back_holds_up_nothing_that_was_due_and_sends_it_once(
    provider: Provider, put: Put, back: timedelta
) -> None:
    put("تسویه")
    put("فردا", due_at=NOW + timedelta(days=1))
    assert [jobs.deliver_due(NOW - back), jobs.deliver_due(NOW - back), jobs.deliver_due(NOW)] == [1, 0, 0]
    assert provider.texts == ["تسویه"]
    assert jobs.deliver_due(NOW + timedelta(days=1)) == 1
    assert len(provider.calls) == 2


def test_a_clock_set_back_while_a_message_goes_out_sends_it_once(house: Flask, provider: Provider, put: Put) -> None:
    put("سلام")
    living: Gateway = house.extensions[jobs.GATEWAY]
    jobs.init_gateway(house, DiesAfterSending(living))
    with pytest.raises(Killed):
        jobs.deliver_due(NOW)
    jobs.init_gateway(house, living)
    assert jobs.deliver_due(NOW - timedelta(days=400)) == 1  # no lease is that long
    assert (of_key("سلام").state, provider.texts) == ("sent", ["سلام"])


def test_a_clock_set_forward_while_a_message_goes_out_sends_it_once(house: Flask, provider: Provider, put: Put) -> None:
    class SetForward:
        name = "kavenegar"

        def send(self, message: Outgoing) -> Sent:
            jobs.init_gateway(house, living)
            assert jobs.deliver_due(NOW + timedelta(days=400)) == 1
            return living.send(message)

    put("سلام")
    living: Gateway = house.extensions[jobs.GATEWAY]
    jobs.init_gateway(house, SetForward())
    jobs.deliver_due(NOW)
    assert (of_key("سلام").state, provider.texts) == ("sent", ["سلام"])


def test_a_clock_set_back_shortens_the_wait_of_a_retry_and_of_a_stopped_gateway(provider: Provider, put: Put) -> None:
    put("یک")
    provider.refusals.extend([(409, "سرور پاسخگو نیست"), (418, "اعتبار کافی نیست")])
    past = NOW - timedelta(days=400)
    assert [jobs.deliver_due(NOW), jobs.deliver_due(NOW)] == [1, 0]
    assert jobs.deliver_due(past) == 1
    assert jobs.deliver_due(past) == 0
    assert jobs.deliver_due(past - timedelta(days=1)) == 1
    assert provider.texts == ["یک"]
