"""Where the stock disagrees with the invoices."""

from typing import Any

from sqlalchemy import Executable, case, func, or_, select

from ...core.db import db
from ...inventory.models import MovementKind, StockMovement
from ..models import Invoice, InvoiceLine

_OF_INVOICES = (MovementKind.SOLD.value, MovementKind.RETURNED.value)
# Stock is kept from the first movement on, be it a count or a sale; what was issued before it took nothing off.
_BEGAN = select(func.min(StockMovement.recorded_at)).scalar_subquery()
_MOVED = (
    select(StockMovement.line_id, func.sum(StockMovement.quantity).label("quantity"))
    .where(StockMovement.kind.in_(_OF_INVOICES))
    .group_by(StockMovement.line_id)
    .subquery()
)


def verify_stock() -> list[str]:
    """What is off; empty when what was sold and returned moved as the invoices say.

    Brought-in history (invoices with an `import_key`) moved nothing: its goods had left before the books began.
    """
    return [*_against_lines(), *_without_line(), *_of_other_lines()]


def _against_lines() -> list[str]:
    """Every piece on an issued invoice went off the shelf or came back to it."""
    moved = func.coalesce(_MOVED.c.quantity, 0)
    wrong = (
        select(InvoiceLine.id, Invoice.id, InvoiceLine.quantity, moved)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .outerjoin(_MOVED, _MOVED.c.line_id == InvoiceLine.id)
        .where(InvoiceLine.product_id.is_not(None), Invoice.number.is_not(None), Invoice.import_key.is_(None))
        .where(Invoice.issued_at >= _BEGAN, moved != -InvoiceLine.quantity)
    )
    return [
        f"line {row[0]} of invoice {row[1]}: {row[2]} pieces on it, the stock moved by {row[3]}" for row in _rows(wrong)
    ]


def _without_line() -> list[str]:
    """What was sold or returned names its line, and nothing else does."""
    is_of_invoice = StockMovement.kind.in_(_OF_INVOICES)
    wrong = select(StockMovement.id, StockMovement.kind).where(is_of_invoice == StockMovement.line_id.is_(None))
    return [
        f"stock movement {row[0]}: {row[1]}, and of no line or of a line that it can't have" for row in _rows(wrong)
    ]


def _of_other_lines() -> list[str]:
    """A movement is of the product, the branch and the day of its line, which is issued; and of its direction."""
    kind = case((InvoiceLine.quantity < 0, MovementKind.RETURNED.value), else_=MovementKind.SOLD.value)
    wrong = (
        select(StockMovement.id, InvoiceLine.id)
        .join(InvoiceLine, InvoiceLine.id == StockMovement.line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            or_(
                Invoice.number.is_(None),
                InvoiceLine.product_id.is_(None),
                InvoiceLine.product_id != StockMovement.product_id,
                Invoice.branch_id != StockMovement.branch_id,
                Invoice.business_date != StockMovement.business_date,
                StockMovement.kind != kind,
            )
        )
    )
    return [f"stock movement {row[0]}: not what line {row[1]} says" for row in _rows(wrong)]


def _rows(question: Executable) -> list[Any]:
    return list(db.session.execute(question))
