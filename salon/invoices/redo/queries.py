"""What of her may be done again."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ...core.db import db
from ...core.jalali import days_later
from ...staff.models import StaffMember
from ..models import Invoice, InvoiceKind, InvoiceLine
from .rules import DoneWork

DAYS = 60  # how far back the till looks for work to do again
_BACK = aliased(InvoiceLine)
_RETURNED = select(func.coalesce(func.sum(_BACK.quantity), 0)).where(_BACK.returns_line_id == InvoiceLine.id)
_DONE = (
    Invoice.kind == InvoiceKind.SALE.value,
    Invoice.number.is_not(None),
    InvoiceLine.service_id.is_not(None),
    InvoiceLine.package_id.is_(None),
)
_IS_LEFT = InvoiceLine.quantity + _RETURNED.scalar_subquery() > 0


def redoable(customer_id: int, today: date) -> list[DoneWork]:
    """What was done for her lately, the latest first."""
    rows = db.session.execute(
        select(InvoiceLine.id, InvoiceLine.service_id, InvoiceLine.description, Invoice.business_date, StaffMember.name)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(StaffMember, StaffMember.id == InvoiceLine.staff_id)
        .where(*_DONE, _IS_LEFT, Invoice.customer_id == customer_id)
        .where(Invoice.business_date >= days_later(today, -DAYS))
        .order_by(Invoice.business_date.desc(), InvoiceLine.id.desc())
    )
    return [DoneWork(line, int(service or 0), name, day, who) for line, service, name, day, who in rows]


def services_done(line_ids: Collection[int], customer_id: int) -> dict[int, int]:
    """Which service each of these lines sold to this customer, by line; what is no work of hers is left out."""
    rows = db.session.execute(
        select(InvoiceLine.id, InvoiceLine.service_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(*_DONE, InvoiceLine.id.in_(line_ids), Invoice.customer_id == customer_id)
    )
    return {line_id: service_id for line_id, service_id in rows if service_id is not None}
