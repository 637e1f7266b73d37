"""What was brought in before."""

from sqlalchemy import bindparam, select

from ...core.db import db
from ..models import Invoice, InvoiceLine
from .rules import PastInvoice

_KNOWN = select(Invoice.id).where(Invoice.import_key == bindparam("key"))
_LINES = (
    select(InvoiceLine.description, InvoiceLine.staff_id, InvoiceLine.quantity, InvoiceLine.net, InvoiceLine.tax)
    .where(InvoiceLine.invoice_id == bindparam("invoice"))
    .order_by(InvoiceLine.position)
)


def past_invoice_id(key: str) -> int | None:
    """The invoice that was brought in under a key, if it was."""
    return db.session.connection().execute(_KNOWN, {"key": key}).scalar()


def says_the_same(invoice_id: int, past: PastInvoice) -> bool:
    """Whether the invoice that is there has the lines that are brought in."""
    kept = [tuple(row) for row in db.session.connection().execute(_LINES, {"invoice": invoice_id})]
    return kept == [(line.description, line.staff_id, line.quantity, line.net, line.tax) for line in past.lines]
