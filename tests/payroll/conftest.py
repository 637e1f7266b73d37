"""What tests of statements do again and again: approve, pay, adjust, advance, audit."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from salon.access.models import User
from salon.cashbox.audit.queries import verify_cashbox
from salon.cashbox.models import BoxKind, CashCategory, Voucher, VoucherKind
from salon.cashbox.services import open_main_box
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.cli import salon as command
from salon.core.db import db, transaction
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.payroll.adjustments.services import adjust_pay
from salon.payroll.audit.queries import verify_payroll
from salon.payroll.models import PayAdjustment, PayPayment, PayStatement
from salon.payroll.payments.services import Payment, pay_statement, take_payment_back
from salon.payroll.statements.queries import frozen, statement
from salon.payroll.statements.rules import Statement
from salon.payroll.statements.services import approve_statement
from tests.factories import SmallSalon
from tests.invoices.pay.conftest import (
    Back,
    Pay,
    Scheme,
    Sell,
    Write,
    back,
    balances,
    lines_of,
    owed,
    pay,
    scheme,
    sell,
    write,
)
from tests.invoices.pay.conftest import verify as verify_sales

# Jalali months about the day of the tests, 30 Aban 1405.
MEHR, ABAN, AZAR, DEY = date(2026, 9, 23), date(2026, 10, 23), date(2026, 11, 22), date(2026, 12, 22)
IN_AZAR, IN_DEY = timedelta(days=9), timedelta(days=40)

Approve = Callable[..., PayStatement]
PayOut = Callable[..., Payment]
Adjust = Callable[..., PayAdjustment]
Advance = Callable[..., Voucher]
Look = Callable[..., Statement]

__all__ = [
    "Adjust",
    "Advance",
    "Approve",
    "Back",
    "Look",
    "Pay",
    "PayOut",
    "Scheme",
    "Sell",
    "Write",
    "back",
    "balances",
    "command",
    "lines_of",
    "owed",
    "pay",
    "scheme",
    "sell",
    "write",
]


def verify() -> list[str]:
    """What `salon ledger verify` says of sales, boxes and statements."""
    return [*verify_sales(), *verify_cashbox(), *verify_payroll()]


def owner(salon: SmallSalon) -> User:
    """Who approves and pays."""
    return db.session.get_one(User, salon.owner_id)


@pytest.fixture
def till(salon: SmallSalon, app: object) -> int:
    """The main till."""
    with transaction():
        return open_main_box(branch_id=salon.branch_id, kind=BoxKind.CASH)


@pytest.fixture
def approve(salon: SmallSalon, now: datetime) -> Approve:
    """Approve Sara's Aban unless said otherwise, the day after it ended."""
    keys = iter(range(1000))

    def write_down(
        starts_on: date = ABAN, ends_before: date = AZAR, *, at: datetime | None = None, key: str = "", **more: Any
    ) -> PayStatement:
        said = {"branch_id": salon.branch_id, "staff_id": salon.sara, **more}
        with transaction():
            return approve_statement(
                **said,
                starts_on=starts_on,
                ends_before=ends_before,
                key=key or f"statement-{next(keys)}",
                actor=owner(salon),
                now=at or now + timedelta(days=1),
            )

    return write_down


@pytest.fixture
def look(salon: SmallSalon) -> Look:
    """Sara's statement of some days, Aban unless said otherwise."""

    def see(starts_on: date = ABAN, ends_before: date = AZAR, *, staff_id: int = 0) -> Statement:
        db.session.rollback()
        return statement(staff_id or salon.sara, starts_on, ends_before)

    return see


@pytest.fixture
def pay_out(salon: SmallSalon, till: int, now: datetime) -> PayOut:
    """Pay Sara out of the till."""
    keys = iter(range(1000))

    def give(amount: int, *, at: datetime = now, key: str = "", **more: Any) -> Payment:
        said = {"branch_id": salon.branch_id, "staff_id": salon.sara, "cashbox_id": till, **more}
        with transaction():
            return pay_statement(**said, amount=amount, key=key or f"payment-{next(keys)}", actor=owner(salon), now=at)

    return give


@pytest.fixture
def take_back(salon: SmallSalon, now: datetime) -> Callable[..., PayPayment]:
    """Take a payment to Sara back."""

    def undo(payment_id: int, *, at: datetime = now, key: str = "") -> PayPayment:
        said = {"branch_id": salon.branch_id, "staff_id": salon.sara, "payment_id": payment_id}
        with transaction():
            return take_payment_back(**said, key=key or f"back-{payment_id}", actor=owner(salon), now=at)

    return undo


@pytest.fixture
def adjust(salon: SmallSalon, now: datetime) -> Adjust:
    """Give Sara a bonus, or a fine."""
    keys = iter(range(1000))

    def write_down(
        kind: str, amount: int, reason: str = "تأخیر", *, at: datetime = now, key: str = ""
    ) -> PayAdjustment:
        said = {"branch_id": salon.branch_id, "staff_id": salon.sara, "kind": kind, "amount": amount, "reason": reason}
        with transaction():
            return adjust_pay(**said, key=key or f"adjustment-{next(keys)}", actor=owner(salon), now=at)

    return write_down


@pytest.fixture
def advance(salon: SmallSalon, till: int, now: datetime) -> Advance:
    """Give Sara an advance out of the till."""
    keys = iter(range(1000))

    def give(amount: int, *, at: datetime = now, **more: Any) -> Voucher:
        spec = VoucherSpec(VoucherKind.ADVANCE, till, amount, staff_id=salon.sara, **more)
        with transaction():
            return record_voucher(
                branch_id=salon.branch_id, spec=spec, key=f"advance-{next(keys)}", actor=owner(salon), now=at
            )

    return give


def payable(*staff_ids: int) -> int:
    """What the salon owes these people altogether."""
    db.session.rollback()
    return -sum(balance(AccountKind.STAFF_PAYABLE, staff_id) for staff_id in staff_ids)


def kept(approved: PayStatement) -> Statement:
    """An approved statement as it is read."""
    db.session.rollback()
    return frozen(approved)


def lines_shown(found: Statement) -> Sequence[tuple[int, int, int, int]]:
    """The lines of a statement: document, line, base and share."""
    return [(line.invoice_id, line.line_id, line.base, line.share) for line in found.lines]


def fill(salon: SmallSalon, till: int, now: datetime, amount: int) -> None:
    """Let the till hold so much."""
    category = db.session.query(CashCategory.id).filter_by(direction="in").first()
    spec = VoucherSpec(VoucherKind.RECEIPT, till, amount, category_id=category and category[0])
    with transaction():
        record_voucher(branch_id=salon.branch_id, spec=spec, key=f"fill-{amount}", actor=owner(salon), now=now)
