"""What was sold, read from issued invoices."""

from datetime import date

from sqlalchemy import bindparam, func, select

from ..core.db import db
from ..invoices.models import Invoice, InvoiceLine, InvoiceStatus, LineNature
from ..staff.models import StaffMember
from .rules import StaffReport, StaffRow

_BY_STAFF = (
    select(
        func.coalesce(StaffMember.name, ""),
        func.sum(InvoiceLine.quantity),
        func.sum(InvoiceLine.net),
    )
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .outerjoin(StaffMember, StaffMember.id == InvoiceLine.staff_id)
    .where(
        Invoice.status != InvoiceStatus.DRAFT,
        InvoiceLine.nature != LineNature.OPENING,  # a debt of old was sold before these books
        Invoice.business_date >= bindparam("starts_on"),
        Invoice.business_date < bindparam("ends_before"),
    )
    .group_by(StaffMember.id, StaffMember.name)
    .order_by(func.coalesce(StaffMember.name, ""), StaffMember.id)
)


def services_by_staff(starts_on: date, ends_before: date) -> StaffReport:
    """Pieces and rials before tax by person, returns and corrections taken off, over a half-open range of days."""
    rows = db.session.execute(_BY_STAFF, {"starts_on": starts_on, "ends_before": ends_before})
    return StaffReport([StaffRow(name, int(quantity), int(amount)) for name, quantity, amount in rows])
