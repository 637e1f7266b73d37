"""What was approved is paid out of a box in one or more parts, never more than is due."""

from collections.abc import Callable
from datetime import datetime

import pytest

from salon.access.models import User
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.payroll.models import PayPayment
from salon.payroll.payments.services import pay_statement
from tests.factories import SmallSalon

from .conftest import AZAR, DEY, IN_AZAR, IN_DEY, Adjust, Approve, Look, PayOut, fill, look, owed, verify

__all__ = ["look"]


def test_a_statement_is_paid_in_parts(
    salon: SmallSalon, till: int, adjust: Adjust, approve: Approve, pay_out: PayOut, look: Look, now: datetime
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    approve()
    assert [pay_out(200_000).due, pay_out(300_000).due] == [300_000, 0]
    shown = look()
    assert (shown.total, shown.paid, shown.due) == (500_000, 500_000, 0)
    assert owed(salon.sara) == 0
    assert verify() == []


def test_nothing_is_paid_that_was_not_approved(
    salon: SmallSalon, till: int, adjust: Adjust, approve: Approve, pay_out: PayOut, now: datetime
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    for amount in (1, 500_000):
        with pytest.raises(DomainError) as refused:
            pay_out(amount)
        assert (refused.value.code, refused.value.field) == ("overpaid", "amount")
    approve()
    with pytest.raises(DomainError) as refused:
        pay_out(500_001)
    assert (refused.value.code, "۵۰٬۰۰۰ تومان" in refused.value.message) == ("overpaid", True)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_of_nothing_or_less_is_refused(
    salon: SmallSalon, adjust: Adjust, approve: Approve, pay_out: PayOut, amount: int
) -> None:
    adjust("bonus", 500_000)
    approve()
    with pytest.raises(DomainError) as refused:
        pay_out(amount)
    assert (refused.value.code, refused.value.field) == ("amount_invalid", "amount")


def test_a_drawer_gives_no_more_than_it_holds(adjust: Adjust, approve: Approve, pay_out: PayOut) -> None:
    adjust("bonus", 500_000)
    approve()
    with pytest.raises(DomainError) as refused:
        pay_out(500_000)
    assert refused.value.code == "till_short"


def test_the_same_key_pays_once(
    salon: SmallSalon, till: int, adjust: Adjust, approve: Approve, pay_out: PayOut, now: datetime
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    approve()
    assert pay_out(500_000, key="cash").id == pay_out(500_000, key="cash").id
    with pytest.raises(DomainError) as refused:
        pay_out(1, key="cash")
    assert refused.value.code == "key_reused"
    assert owed(salon.sara) == 0


def test_a_payment_that_was_taken_back_is_due_again(
    salon: SmallSalon,
    till: int,
    adjust: Adjust,
    approve: Approve,
    pay_out: PayOut,
    take_back: Callable[..., PayPayment],
    look: Look,
    now: datetime,
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    approve()
    paid = pay_out(500_000)
    take_back(paid.id)
    assert take_back(paid.id).voucher_id  # the same key again changes nothing
    assert (look().paid, look().due) == (0, 500_000)
    assert [row.amount for row in look().payments] == [500_000, -500_000]
    with pytest.raises(DomainError) as refused:
        take_back(paid.id, key="once more")
    assert refused.value.code == "voucher_reversed"
    assert pay_out(500_000).due == 0
    assert verify() == []


def test_what_is_taken_back_after_the_next_approval_is_due_by_that_one(
    salon: SmallSalon,
    till: int,
    adjust: Adjust,
    approve: Approve,
    pay_out: PayOut,
    take_back: Callable[..., PayPayment],
    look: Look,
    now: datetime,
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    approve()
    paid = pay_out(500_000)
    second = approve(AZAR, DEY, at=now + IN_DEY)
    take_back(paid.id, at=now + IN_DEY)
    assert (second.opening, look().due, look(AZAR, DEY).due) == (0, 0, 500_000)
    assert verify() == []


def test_who_owes_the_salon_is_paid_nothing_and_it_is_carried_on(
    salon: SmallSalon, till: int, adjust: Adjust, approve: Approve, pay_out: PayOut, now: datetime
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("fine", 300_000)
    assert approve().total == -300_000
    with pytest.raises(DomainError) as refused:
        pay_out(1)
    assert refused.value.code == "overpaid"
    adjust("bonus", 500_000, at=now + IN_AZAR)
    after = approve(AZAR, DEY, at=now + IN_DEY)
    assert (after.opening, after.total) == (-300_000, 200_000)
    assert verify() == []


def test_the_receptionist_pays_nobody(salon: SmallSalon, till: int, adjust: Adjust, approve: Approve) -> None:
    adjust("bonus", 500_000)
    approved = approve()
    with pytest.raises(DomainError) as refused, transaction():
        pay_statement(
            branch_id=salon.branch_id,
            staff_id=salon.sara,
            amount=1,
            cashbox_id=till,
            key="by the desk",
            actor=db.session.get_one(User, salon.desk_id),
            now=approved.approved_at,
        )
    assert refused.value.code == "not_permitted"
