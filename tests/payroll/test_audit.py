"""The audit says where statements, their payments and the accounts disagree."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from salon.cashbox.models import VoucherKind
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.ledger.models import Posting
from salon.payroll.audit.queries import verify_payroll
from salon.payroll.models import PayAdjustment, PayPayment, PayPeriodAmount, PayStatement, PayStatementItem
from salon.staff.models import PayKind
from tests.factories import SmallSalon

from .conftest import ABAN, AZAR, DEY, Adjust, Approve, PayOut, Scheme, fill, owner

Write = Callable[[object], None]


@pytest.fixture
def approved(
    salon: SmallSalon, till: int, scheme: Scheme, adjust: Adjust, approve: Approve, pay_out: PayOut, now: datetime
) -> PayStatement:
    """A statement with a salary and a bonus, that was paid in part."""
    fill(salon, till, now, 10_000_000)
    scheme(0, kind=PayKind.SALARY, amount=3_000_000)
    adjust("bonus", 500_000)
    found = approve(now.date().replace(day=21), AZAR)
    pay_out(100_000)
    assert verify_payroll() == []
    return found


def written(row: object) -> list[str]:
    """What the audit says when this stands in the books, too."""
    with transaction() as session:
        session.add(row)
    return verify_payroll()


def another(salon: SmallSalon, now: datetime, **more: object) -> PayStatement:
    """A statement of Azar that nobody approved."""
    said = {"branch_id": salon.branch_id, "staff_id": salon.sara, "starts_on": AZAR, "ends_before": DEY}
    said |= {"opening": 0, "total": 0, "approved_at": now, "idempotency_key": "x", "fingerprint": "f" * 64}
    return PayStatement(**said | more)


def test_a_statement_that_begins_with_something_else_is_named(
    salon: SmallSalon, approved: PayStatement, now: datetime
) -> None:
    left = approved.total - 100_000
    said = written(another(salon, now))
    assert f"pay statement 2: begins with 0, but {left} was left of the one before" in said


def test_a_statement_that_comes_to_something_else_than_it_holds_is_named(
    salon: SmallSalon, approved: PayStatement, now: datetime
) -> None:
    left = approved.total - 100_000
    said = written(another(salon, now, opening=left, total=left + 1))
    assert f"pay statement 2: {left + 1}, but it begins with {left} and holds 0" in said


def test_a_first_statement_that_begins_with_something_is_named(salon: SmallSalon, now: datetime) -> None:
    assert "pay statement 1: is the first, yet begins with 7" in written(another(salon, now, opening=7, total=7))


def test_a_statement_that_holds_what_is_not_hers_is_named(salon: SmallSalon, approved: PayStatement) -> None:
    held = select(PayStatementItem.posting_id)
    foreign = db.session.scalar(select(func.min(Posting.id)).where(Posting.id.not_in(held)))
    said = written(PayStatementItem(statement_id=approved.id, posting_id=foreign))
    assert any("is none of this statement's" in finding for finding in said)


def test_pay_that_no_statement_knows_of_is_named(
    salon: SmallSalon, till: int, approved: PayStatement, now: datetime
) -> None:
    spec = VoucherSpec(VoucherKind.PAY, till, 1_000, staff_id=salon.sara)
    with transaction():
        voucher = record_voucher(branch_id=salon.branch_id, spec=spec, key="loose", actor=owner(salon), now=now)
    assert f"voucher {voucher.id}: pays no statement" in verify_payroll()


def test_a_payment_that_is_none_is_named(salon: SmallSalon, approved: PayStatement) -> None:
    said = written(PayPayment(statement_id=approved.id, voucher_id=1))
    assert "pay payment 2: its voucher pays somebody else" in said


def test_salary_that_is_not_posted_as_it_was_counted_is_named(salon: SmallSalon, approved: PayStatement) -> None:
    more = PayPeriodAmount(
        statement_id=approved.id, scheme_id=1, kind="salary", name="", starts_on=ABAN, ends_before=AZAR, amount=5
    )
    assert f"entry {approved.entry_id}: salary and rent are -5 off what was counted" in written(more)


def test_a_bonus_whose_entry_moves_something_else_is_named(
    salon: SmallSalon, approved: PayStatement, now: datetime
) -> None:
    said = {"branch_id": salon.branch_id, "staff_id": salon.sara, "kind": "bonus", "reason": "عید", "amount": 7}
    said |= {"business_date": local_date(now), "recorded_at": now, "idempotency_key": "x", "fingerprint": "f" * 64}
    found = written(PayAdjustment(**said, entry_id=approved.entry_id))
    assert f"pay adjustment 2: its entry {approved.entry_id} moves something else" in found
    assert "pay adjustment 3: its entry moves nothing of the staff" in written(
        PayAdjustment(**said | {"idempotency_key": "y"}, entry_id=1)
    )
