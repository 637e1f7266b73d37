"""One request for each code by which a call about statements of pay refuses."""

from collections.abc import Callable
from datetime import timedelta

from salon.cashbox.models import VoucherKind
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.core import clock
from salon.core.db import transaction
from salon.core.jalali import local_date, month_range

from .closed import close_year, shift_closed
from .pay_good import approved, payment, scheme, statement
from .till import Asked, Till

NOBODY = 999_999
STATEMENTS = "POST /staff/{staff_id}/statements"
PAYMENTS = "POST /staff/{staff_id}/payments"


def _again(till: Till) -> Asked:
    approved(till)
    return statement(till)


def _within(till: Till) -> Asked:
    approved(till)
    begins = month_range(local_date(clock.now()))[0]
    return statement(till, begins - timedelta(days=1))


def _in_closed_year(till: Till) -> Asked:
    scheme(till, "salary", amount=30_000_000)
    till.sold()
    close_year()
    return statement(till)


def _reversed(till: Till) -> Asked:
    today = local_date(clock.now())
    return statement(till, today, today)


def _ahead(till: Till) -> Asked:
    return statement(till, before=local_date(clock.now()) + timedelta(days=2))


def _gap(till: Till) -> Asked:
    """She had an advance yesterday, and only today is to be approved."""
    now = clock.now()
    today = local_date(now)
    yesterday = today - timedelta(days=1)
    spec = VoucherSpec(
        VoucherKind.ADVANCE, till.box("bank"), 50_000, staff_id=till.salon.negar, business_date=yesterday
    )
    with transaction():
        record_voucher(branch_id=till.salon.branch_id, spec=spec, key="advance", actor=None, now=now)
    return statement(till, today)


def _another_statement(till: Till) -> Asked:
    today = local_date(clock.now())
    till.got(statement(till, today - timedelta(days=1), today, key="statement-1"))
    return statement(till, today, today + timedelta(days=1), key="statement-1")


def _short(till: Till) -> Asked:
    scheme(till, "salary", amount=300_000_000)
    till.got(statement(till))
    return payment(till, 1_000_000)


def _counted(till: Till) -> Asked:
    approved(till)
    return shift_closed(till, payment(till))


def _payment_in_closed_year(till: Till) -> Asked:
    approved(till)
    asked = payment(till)
    close_year()
    return asked


def _no_box(till: Till) -> Asked:
    approved(till)
    return payment(till, cashbox_id=NOBODY)


def _too_much(till: Till) -> Asked:
    approved(till)
    return payment(till, 180_001)


def _another_payment(till: Till) -> Asked:
    approved(till)
    till.got(payment(till, key="payment-1"))
    return payment(till, 1, key="payment-1")


PAY_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    ("GET /staff/{staff_id}/statement", "staff_unknown"): lambda till: Asked("GET", f"/staff/{NOBODY}/statement"),
    ("GET /staff/{staff_id}/statement", "dates_reversed"): lambda till: Asked(
        "GET", f"/staff/{till.salon.negar}/statement?from=2099-01-01"
    ),
    (STATEMENTS, "staff_unknown"): lambda till: statement(till, staff_id=NOBODY),
    (STATEMENTS, "statement_approved"): _again,
    (STATEMENTS, "period_closed"): _within,
    (STATEMENTS, "dates_reversed"): _reversed,
    (STATEMENTS, "day_ahead"): _ahead,
    (STATEMENTS, "statement_gap"): _gap,
    (STATEMENTS, "key_reused"): _another_statement,
    (PAYMENTS, "staff_unknown"): lambda till: payment(till, staff_id=NOBODY),
    (PAYMENTS, "till_short"): _short,
    (PAYMENTS, "period_closed"): _counted,
    (PAYMENTS, "cashbox_unknown"): _no_box,
    (PAYMENTS, "overpaid"): _too_much,
    (PAYMENTS, "key_reused"): _another_payment,
}
PAY_IN_CLOSED_YEAR: dict[str, Callable[[Till], Asked]] = {
    STATEMENTS: _in_closed_year,
    PAYMENTS: _payment_in_closed_year,
}
