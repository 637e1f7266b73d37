"""Sales while a statement is approved, two payments at once: everything is held once, and no more is paid than is due."""

from datetime import datetime
from functools import partial

from sqlalchemy import func, select

from salon.core.db import db
from salon.core.errors import DomainError
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.payroll.models import PayStatement, PayStatementItem
from salon.payroll.payments.services import Payment
from salon.payroll.queries import sums_of
from tests.conftest import Together
from tests.factories import SmallSalon

from .conftest import ABAN, AZAR, Adjust, Approve, Pay, PayOut, Scheme, Sell, fill, verify

ROUNDS = range(4)


def codes(answers: list[object]) -> list[str]:
    return [answer.code for answer in answers if isinstance(answer, DomainError)]


def test_what_is_sold_while_a_statement_is_approved_is_in_exactly_one(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, approve: Approve, together: Together, now: datetime
) -> None:
    scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    drafts = [sell(1_000_000) for _turn in ROUNDS]
    acts = [partial(pay, draft, 1_000_000, key=f"sale-{draft}") for draft in drafts]
    answers = together(*acts[:2], partial(approve, ABAN, AZAR, at=now, key="aban"), *acts[2:])
    assert codes(answers) == []
    db.session.rollback()
    held = db.session.execute(select(func.count(), func.count(PayStatementItem.posting_id.distinct()))).one()
    assert held[0] == held[1]
    first = db.session.scalars(select(PayStatement)).one()
    assert first.total + sums_of(salon.sara).waiting == -balance(AccountKind.STAFF_PAYABLE, salon.sara) == 2_000_000
    later = approve(AZAR, AZAR.replace(day=23))
    assert later.total == 2_000_000
    assert sums_of(salon.sara).waiting == 0
    assert verify() == []


def test_a_statement_is_approved_once_however_many_ask(
    salon: SmallSalon, adjust: Adjust, approve: Approve, together: Together, now: datetime
) -> None:
    adjust("bonus", 500_000)
    acts = [partial(approve, at=now, key=f"aban-{turn}") for turn in range(3)]
    assert codes(together(*acts)) == ["statement_approved"] * 2
    assert sums_of(salon.sara).due == 500_000
    assert verify() == []


def test_a_request_to_approve_sent_twice_at_once_approves_once(
    adjust: Adjust, approve: Approve, together: Together, now: datetime
) -> None:
    adjust("bonus", 500_000)
    again = partial(approve, at=now, key="same")
    first, second = together(again, again)
    assert isinstance(first, PayStatement)
    assert isinstance(second, PayStatement)
    assert first.id == second.id


def test_two_payments_at_once_pay_no_more_than_is_due(
    salon: SmallSalon, till: int, adjust: Adjust, approve: Approve, pay_out: PayOut, together: Together, now: datetime
) -> None:
    fill(salon, till, now, 5_000_000)
    adjust("bonus", 500_000)
    approve()
    acts = [partial(pay_out, 300_000, key=f"payment-{turn}") for turn in range(3)]
    answers = together(*acts)
    assert codes(answers) == ["overpaid"] * 2
    assert [answer.due for answer in answers if isinstance(answer, Payment)] == [200_000]
    db.session.rollback()
    assert sums_of(salon.sara).due == 200_000
    assert verify() == []
