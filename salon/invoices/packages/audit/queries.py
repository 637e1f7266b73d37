"""Where sessions disagree with what was paid for them."""

from typing import Any

from sqlalchemy import Executable, case, func, select
from sqlalchemy.orm import aliased

from ....cashbox.models import PaymentMethod
from ....core.db import db
from ....ledger.models import Account, AccountKind, Posting
from ...models import Invoice, InvoiceLine, Payment, Settlement
from ..queries import all_series

_SOLD = aliased(InvoiceLine, name="sold_line")
_SOLD_ON = aliased(Invoice, name="sold_invoice")


def verify_sessions() -> list[str]:
    """What is off; empty when every session is explained by its series, and the ledger holds what is left of all."""
    return [*_against_series(), *_against_buyers(), *_against_payments(), *_against_prepaid()]


def _against_series() -> list[str]:
    """No more is used and returned than was sold, for no more money, and nothing of it stays in the end."""
    wrong = [
        series
        for series in all_series()
        if series.left < 0 or series.rest < 0 or (series.left == 0 and series.rest) or series.used < 0
    ]
    return [f"series {series.line_id}: {series.left} sessions and {series.rest} rials are left" for series in wrong]


def _against_buyers() -> list[str]:
    """Sessions are used by her who bought them, and are of a series."""
    wrong = (
        select(InvoiceLine.id, InvoiceLine.series_line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(_SOLD, _SOLD.id == InvoiceLine.series_line_id)
        .join(_SOLD_ON, _SOLD_ON.id == _SOLD.invoice_id)
        .where(Invoice.number.is_not(None))
        .where((_SOLD_ON.customer_id != Invoice.customer_id) | _SOLD.package_id.is_(None) | _SOLD_ON.number.is_(None))
    )
    return [f"line {row[0]}: uses series {row[1]}, which is not hers" for row in _rows(wrong)]


def _against_payments() -> list[str]:
    """Sessions pay their own lines, and nothing else."""
    used = select(InvoiceLine.invoice_id, InvoiceLine.net).where(InvoiceLine.series_line_id.is_not(None))
    paid = (
        select(Settlement.invoice_id.label("invoice_id"), (-Payment.amount).label("net"))
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .where(Payment.method == PaymentMethod.PACKAGE.value)
    )
    both = used.join(Invoice, Invoice.id == InvoiceLine.invoice_id).where(Invoice.number.is_not(None))
    sums = both.union_all(paid).subquery()
    off = func.sum(sums.c.net)
    wrong = select(sums.c.invoice_id, off).group_by(sums.c.invoice_id).having(off != 0)
    return [f"invoice {row[0]}: differs by {row[1]} from what its sessions paid" for row in _rows(wrong)]


def _against_prepaid() -> list[str]:
    """The ledger holds for each customer what her sessions left were sold for."""
    worth = case((InvoiceLine.package_id.is_not(None), InvoiceLine.net), else_=-InvoiceLine.net)
    said = (
        select(Invoice.customer_id.label("whose"), worth.label("amount"))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.number.is_not(None))
        .where(InvoiceLine.package_id.is_not(None) | InvoiceLine.series_line_id.is_not(None))
    )
    held = (
        select(Account.owner_id, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.kind == AccountKind.PREPAID.value)
    )
    both = said.union_all(held).subquery()
    off = func.sum(both.c.amount)
    wrong = select(both.c.whose, off).group_by(both.c.whose).having(off != 0)
    return [
        f"customer {row[0]}: her sessions and the ledger differ by {row[1]} on what is prepaid" for row in _rows(wrong)
    ]


def _rows(question: Executable) -> list[Any]:
    return list(db.session.execute(question))
