"""One request for each code by which vouchers, transfers and returns of deposits are refused."""

from collections.abc import Callable

from sqlalchemy import func, select

from salon.cashbox.models import Voucher
from salon.core.db import db

from .closed import close_year, shift_closed
from .pay_good import approved, payment
from .till import Asked, Till

NOBODY = 999_999
VOUCHERS = "POST /vouchers"
TRANSFERS = "POST /transfers"
REVERSALS = "POST /vouchers/{voucher_id}/reversals"
BACK = "POST /deposits/{deposit_id}/returns"


def _year_closed(asked: Asked) -> Asked:
    close_year()
    return asked


def _written(till: Till, amount: int = 500_000) -> int:
    return int(till.got(till.voucher(amount))["id"])


def _paid_out(till: Till, amount: int) -> Asked:
    return till.voucher(amount, kind="payment", category_id=till.category("out"))


def _voucher_again(till: Till) -> Asked:
    till.got(till.voucher(key="till-1"))
    return till.voucher(500_001, key="till-1")


def _transfer_again(till: Till) -> Asked:
    _written(till)
    till.got(till.transfer(key="till-1"))
    return till.transfer(200_001, key="till-1")


def _reversed(till: Till) -> Asked:
    wrong = _written(till)
    till.got(till.reversal(wrong))
    return till.reversal(wrong)


def _spent_meanwhile(till: Till) -> Asked:
    wrong = _written(till)
    till.got(_paid_out(till, 1))
    return till.reversal(wrong)


def _reversal_again(till: Till) -> Asked:
    till.got(till.reversal(_written(till), "till-1"))
    return till.reversal(_written(till), "till-1")


def _deposit(till: Till) -> int:
    return int(till.got(till.deposit())["id"])


def _deposit_spent(till: Till) -> Asked:
    held = _deposit(till)
    till.got(till.given_back(held))
    return till.given_back(held)


def _return_again(till: Till) -> Asked:
    held = _deposit(till)
    till.got(till.given_back(held, 1_000, key="till-1"))
    return till.given_back(held, 2_000, key="till-1")


VOUCHERS_IN_CLOSED_YEAR: dict[str, Callable[[Till], Asked]] = {
    VOUCHERS: lambda till: _year_closed(till.voucher()),
    TRANSFERS: lambda till: _year_closed(till.transfer(cashbox_id=till.box("card_terminal"))),
    REVERSALS: lambda till: _year_closed(till.reversal(_written(till))),
    BACK: lambda till: _year_closed(till.given_back(_deposit(till))),
}


def _pay(till: Till) -> Asked:
    approved(till)
    till.got(payment(till))
    newest = db.session.scalar(select(func.max(Voucher.id)))
    return till.reversal(newest or 0)


VOUCHERS_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    (VOUCHERS, "till_short"): lambda till: _paid_out(till, 1),
    (VOUCHERS, "period_closed"): lambda till: shift_closed(till, till.voucher()),
    (VOUCHERS, "cashbox_unknown"): lambda till: till.voucher(cashbox_id=NOBODY),
    (VOUCHERS, "category_unknown"): lambda till: till.voucher(category_id=till.category("out")),
    (VOUCHERS, "staff_unknown"): lambda till: till.voucher(kind="advance"),
    (VOUCHERS, "day_ahead"): lambda till: till.voucher(business_date=str(till.tomorrow())),
    (VOUCHERS, "key_reused"): _voucher_again,
    (TRANSFERS, "till_short"): lambda till: till.transfer(1),
    (TRANSFERS, "period_closed"): lambda till: shift_closed(
        till, till.transfer(cashbox_id=till.box("bank"), to_cashbox_id=till.box())
    ),
    (TRANSFERS, "cashbox_unknown"): lambda till: till.transfer(to_cashbox_id=NOBODY),
    (TRANSFERS, "same_box"): lambda till: till.transfer(to_cashbox_id=till.box()),
    (TRANSFERS, "day_ahead"): lambda till: till.transfer(business_date=str(till.tomorrow())),
    (TRANSFERS, "key_reused"): _transfer_again,
    (REVERSALS, "pay_elsewhere"): _pay,
    (REVERSALS, "voucher_unknown"): lambda till: till.reversal(NOBODY),
    (REVERSALS, "voucher_reversed"): _reversed,
    (REVERSALS, "voucher_reverses"): lambda till: till.reversal(till.got(till.reversal(_written(till)))["id"]),
    (REVERSALS, "till_short"): _spent_meanwhile,
    (REVERSALS, "period_closed"): lambda till: shift_closed(till, till.reversal(_written(till))),
    (REVERSALS, "key_reused"): _reversal_again,
    (BACK, "deposit_unknown"): lambda till: till.given_back(NOBODY),
    (BACK, "deposit_spent"): _deposit_spent,
    (BACK, "till_short"): lambda till: till.given_back(int(till.got(till.deposit(method="card"))["id"])),
    (BACK, "period_closed"): lambda till: shift_closed(till, till.given_back(_deposit(till))),
    (BACK, "deposit_exceeds_balance"): lambda till: till.given_back(_deposit(till), 200_001),
    (BACK, "cashbox_unknown"): lambda till: till.given_back(_deposit(till), cashbox_id=NOBODY),
    (BACK, "key_reused"): _return_again,
}
