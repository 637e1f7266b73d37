"""Where returns disagree with the sales that they take back."""

from typing import Any

from sqlalchemy import ColumnElement, Executable, case, func, or_, select
from sqlalchemy.orm import aliased

from ....cashbox.models import PaymentMethod
from ....club.wallet.services import ACCOUNTS_OF
from ....core.db import db
from ....ledger.models import Account, AccountKind, Entry, Posting
from ...models import Invoice, InvoiceKind, InvoiceLine, Payment, PaymentOutcome, Settlement

_SALE = aliased(Invoice, name="sale")
_SOLD = aliased(InvoiceLine, name="sold")
_PARTS = ("quantity", "discount", "shared_discount", "tax", "net")


def verify_returns() -> list[str]:
    """What is off; empty when every return is explained by its sale, and none gave more than its sale took."""
    return [
        *_against_sales(),
        *_against_lines_of_sales(),
        *_against_quantities(),
        *_against_payments(),
        *_against_debts(),
        *_against_offset(),
        *_against_awards(),
    ]


def _against_sales() -> list[str]:
    """A return takes back an issued sale of the same customer and branch."""
    wrong = (
        select(Invoice.id, Invoice.returns_id)
        .join(_SALE, _SALE.id == Invoice.returns_id)
        .where(
            or_(
                _SALE.kind != InvoiceKind.SALE.value,
                _SALE.number.is_(None),
                _SALE.customer_id != Invoice.customer_id,
                _SALE.branch_id != Invoice.branch_id,
            )
        )
    )
    return [f"return {row[0]}: takes back invoice {row[1]}, which is no such sale" for row in _rows(wrong)]


def _against_lines_of_sales() -> list[str]:
    """Each line of a return takes back a line of its sale, at the price it was sold at."""
    wrong = (
        select(InvoiceLine.id, InvoiceLine.invoice_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .outerjoin(_SOLD, _SOLD.id == InvoiceLine.returns_line_id)
        .where(Invoice.kind == InvoiceKind.RETURN.value)
        .where(
            or_(
                _SOLD.id.is_(None),
                _SOLD.invoice_id != Invoice.returns_id,
                _SOLD.unit_price != InvoiceLine.unit_price,
            )
        )
    )
    return [f"line {row[0]} of return {row[1]}: is not of its sale, or at another price" for row in _rows(wrong)]


def _against_quantities() -> list[str]:
    """No line gives back more than it was, and one that came back whole gave back all."""
    sums = {name: func.sum(-getattr(InvoiceLine, name)) for name in _PARTS}
    back = (
        select(InvoiceLine.returns_line_id.label("line"), *(column.label(name) for name, column in sums.items()))
        .where(InvoiceLine.returns_line_id.is_not(None))
        .group_by(InvoiceLine.returns_line_id)
        .subquery()
    )
    whole = back.c.quantity == InvoiceLine.quantity
    beyond = [func.abs(back.c[name]) > func.abs(getattr(InvoiceLine, name)) for name in _PARTS]
    short = [whole & (back.c[name] != getattr(InvoiceLine, name)) for name in _PARTS]
    wrong = select(InvoiceLine.id, InvoiceLine.invoice_id).join(back, back.c.line == InvoiceLine.id)
    return [
        f"line {row[0]} of invoice {row[1]}: its returns are more or other than it was"
        for row in _rows(wrong.where(or_(*beyond, *short)))
    ]


def _paid(condition: ColumnElement[bool]) -> Any:
    """Sums of payments by sale, those of its returns included."""
    sale = func.coalesce(Invoice.returns_id, Invoice.id)
    return (
        select(sale.label("sale"), func.sum(Payment.amount).label("amount"))
        .select_from(Payment)
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .join(Invoice, Invoice.id == Settlement.invoice_id)
        .where(condition)
        .group_by(sale)
        .subquery()
    )


def _against_payments() -> list[str]:
    """Never is more paid out than was paid in; what did not come after all was counted on, and is owed again.

    A return of older software was brought in as a sale below nothing: what it paid out stands on no other sale.
    """
    paid = _paid(Payment.method != PaymentMethod.RETURN.value)
    absent = select(PaymentOutcome.payment_id).where(PaymentOutcome.came.is_(False))
    counted_on = _paid(Payment.id.in_(absent))
    amount = paid.c.amount + func.coalesce(counted_on.c.amount, 0)
    wrong = (
        select(paid.c.sale, amount)
        .join(Invoice, Invoice.id == paid.c.sale)
        .outerjoin(counted_on, counted_on.c.sale == paid.c.sale)
        .where(amount < 0, Invoice.total >= 0)
    )
    return [f"invoice {row[0]}: its returns paid {-row[1]} more than it took" for row in _rows(wrong)]


def _against_debts() -> list[str]:
    """What a return took off the debt of its sale, the sale says, too."""
    paid = _paid(Payment.method == PaymentMethod.RETURN.value)
    wrong = select(paid.c.sale, paid.c.amount).where(paid.c.amount != 0)
    return [f"invoice {row[0]}: it and its returns differ by {row[1]} on its debt" for row in _rows(wrong)]


def _against_offset() -> list[str]:
    """Between returns and debts nothing stays, for no customer."""
    off = func.sum(Posting.amount)
    wrong = (
        select(Account.owner_id, off)
        .join(Posting, Posting.account_id == Account.id)
        .where(Account.kind == AccountKind.OFFSET.value)
        .group_by(Account.owner_id)
        .having(off != 0)
    )
    return [f"customer {row[0]}: {row[1]} stays between her returns and her debts" for row in _rows(wrong)]


def _against_awards() -> list[str]:
    """No more club value is taken back than a sale earned."""
    sale = case((Entry.kind == "clawback", Invoice.returns_id), else_=Invoice.id)
    given = func.sum(-Posting.amount)
    wrong = (
        select(sale, Account.unit, given)
        .select_from(Entry)
        .join(Posting, Posting.entry_id == Entry.id)
        .join(Account, Account.id == Posting.account_id)
        .join(Invoice, Invoice.id == Entry.source_id)
        .where(Entry.source_kind == "invoice", Entry.kind.in_(("award", "clawback")))
        .where(Account.kind.in_([hers.value for hers, _ours in ACCOUNTS_OF.values()]))
        .group_by(sale, Account.unit)
        .having(given < 0)
    )
    return [f"invoice {row[0]}: {-row[2]} {row[1]} more was taken back than it earned" for row in _rows(wrong)]


def _rows(question: Executable) -> list[Any]:
    return list(db.session.execute(question))
