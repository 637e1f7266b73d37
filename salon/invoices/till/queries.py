"""The lists of the till: invoices of a day, and who owes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from ...appointments.models import Appointment
from ...core.db import db
from ...customers.models import Customer
from ...customers.queries import NAMELESS
from ..models import Invoice, InvoiceStatus, Settlement


@dataclass(frozen=True)
class Wanted:
    """Which invoices are asked for; None is any."""

    day: date | None = None
    status: str | None = None
    customer_id: int | None = None


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice with whose it is."""

    invoice: Invoice
    customer: Customer


@dataclass(frozen=True)
class Sums:
    """What the issued invoices of a list come to, in rials; drafts are counted and not summed."""

    count: int
    drafts: int
    total: int
    paid: int

    @property
    def due(self) -> int:
        """What is still owed of them."""
        return self.total - self.paid


def invoice_rows(wanted: Wanted, limit: int, offset: int) -> Sequence[InvoiceRow]:
    """Invoices with their customers, newest first."""
    question = select(Invoice, Customer).join(Customer, Customer.id == Invoice.customer_id).where(*_conditions(wanted))
    rows = db.session.execute(question.order_by(Invoice.id.desc()).limit(limit).offset(offset))
    return [InvoiceRow(invoice, customer) for invoice, customer in rows]


def sums_of(wanted: Wanted) -> Sums:
    """The totals of all invoices asked for, not only of one page."""
    drafts = Invoice.status == InvoiceStatus.DRAFT
    question = select(
        func.count(Invoice.id),
        func.count().filter(drafts),
        func.coalesce(func.sum(Invoice.total).filter(~drafts), 0),
        func.coalesce(func.sum(Invoice.paid).filter(~drafts), 0),
    ).where(*_conditions(wanted))
    return Sums(*(int(figure) for figure in db.session.execute(question).one()))


def is_known(key: str) -> bool:
    """Whether a settlement was made by this key."""
    known = select(Settlement.id).where(Settlement.idempotency_key == key)
    return db.session.execute(known).first() is not None


def nameless(branch_id: int, name: str) -> int | None:
    """The customer of a branch that stands for everybody who gives no name, if there is one already."""
    return db.session.scalar(
        select(Customer.id)
        .where(Customer.branch_id == branch_id, NAMELESS)
        .where(Customer.first_name == name, Customer.last_name == "")
        .order_by(Customer.id)
    )


def booked_at(appointment_id: int) -> datetime | None:
    """When the visit of an invoice was booked for."""
    return db.session.scalar(select(Appointment.starts_at).where(Appointment.id == appointment_id))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[tuple[ColumnElement[bool], object]] = [
        (Invoice.business_date == wanted.day, wanted.day),
        (Invoice.status == wanted.status, wanted.status),
        (Invoice.customer_id == wanted.customer_id, wanted.customer_id),
    ]
    return [condition for condition, value in conditions if value is not None]
