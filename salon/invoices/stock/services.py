"""Moving the stock that an invoice names."""

from datetime import datetime

from sqlalchemy import Executable, bindparam, select

from ...core.db import db
from ...inventory.rules import LineOfGoods
from ...inventory.services import return_lines, sell_lines
from ..models import Invoice, InvoiceLine

_GOODS: Executable = (
    select(InvoiceLine.id, InvoiceLine.product_id, InvoiceLine.quantity, Invoice.branch_id, Invoice.business_date)
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(InvoiceLine.invoice_id == bindparam("invoice"), InvoiceLine.product_id.is_not(None))
    .order_by(InvoiceLine.id)
)


def move_stock(*, invoice_id: int, actor_id: int | None, now: datetime) -> None:
    """Move the goods of an invoice that is issued right now: once only, what a return brings back by its own lines.

    Raises DomainError stock_moved when it was done before.
    """
    rows = db.session.connection().execute(_GOODS, {"invoice": invoice_id}).all()
    for move, sign in ((sell_lines, 1), (return_lines, -1)):
        lines = [LineOfGoods(row.id, row.product_id, sign * row.quantity) for row in rows if sign * row.quantity > 0]
        if lines:
            at = rows[0]
            move(branch_id=at.branch_id, lines=lines, business_date=at.business_date, actor_id=actor_id, now=now)
