"""Tips and shares of an invoice as they are kept."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from ...core.db import db
from ..models import Invoice, InvoiceLine, LineShare, Tip
from .rules import Tips

_GIVEN = (
    select(
        InvoiceLine.position,
        InvoiceLine.service_id,
        InvoiceLine.product_id,
        InvoiceLine.discount,
        InvoiceLine.discount_bp,
        InvoiceLine.discount_by,
    )
    .where(InvoiceLine.invoice_id == bindparam("invoice"), InvoiceLine.discount > 0)
    .order_by(InvoiceLine.position)
)


class Given(NamedTuple):
    """A discount of a line as it is kept; `by` is who gave it."""

    position: int
    service_id: int | None
    product_id: int | None
    discount: int
    discount_bp: int | None
    by: int | None


def discounts_of(invoice_id: int) -> list[Given]:
    """The discounts of an invoice's lines, with who gave them."""
    return [Given(*row) for row in db.session.connection().execute(_GIVEN, {"invoice": invoice_id})]


def tips_of(invoice_id: int) -> Tips:
    """The tips on an invoice."""
    rows = db.session.execute(select(Tip.staff_id, Tip.amount).where(Tip.invoice_id == invoice_id).order_by(Tip.id))
    return tuple((staff_id, amount) for staff_id, amount in rows)


def shares_of(invoice_id: int) -> dict[int, list[tuple[int, int]]]:
    """Who shares which line of an invoice, by the line's id, as (staff id, basis points)."""
    rows = db.session.execute(
        select(LineShare.line_id, LineShare.staff_id, LineShare.share_bp)
        .join(InvoiceLine, InvoiceLine.id == LineShare.line_id)
        .where(InvoiceLine.invoice_id == invoice_id)
        .order_by(LineShare.id)
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for line_id, staff_id, part in rows:
        found.setdefault(line_id, []).append((staff_id, part))
    return found


def whole_discount_by(invoice_id: int) -> tuple[int, int | None]:
    """The discount on the whole of an invoice, in rials, and who gave it."""
    row = db.session.execute(select(Invoice.shared_discount, Invoice.discount_by).where(Invoice.id == invoice_id)).one()
    return row[0], row[1]


def ids_by_position(invoice_id: int) -> dict[int, int]:
    """The ids of an invoice's lines by their positions, counted from 1."""
    rows = db.session.execute(select(InvoiceLine.position, InvoiceLine.id).where(InvoiceLine.invoice_id == invoice_id))
    return {row.position: row.id for row in rows}
