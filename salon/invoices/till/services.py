"""What the desk does at the till: open a draft, settle what it sees."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ...access.models import User
from ...appointments.errors import appointment_unknown
from ...appointments.models import Appointment
from ...cashbox.deposits.errors import deposit_exceeds_balance, deposit_negative
from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...core.jalali import local_date
from ...core.money import MOST_RIALS
from ...customers.services import CustomerSpec, add_customer
from ...setup.models import Branch
from ..checkout.rules import Outcome
from ..checkout.services import settle
from ..errors import credit_negative, invoice_changed, unpaid
from ..models import Invoice, InvoiceLine, InvoiceStatus
from ..packages.queries import session_value
from ..queries import invoice_of_appointment
from ..rules import NOTHING_SAID, LineSpec, Rest, check_amounts
from ..services import draft
from ..terms.services import tax_by_day
from .queries import is_known, nameless


def open_draft(*, branch_id: int, customer_id: int, actor_id: int | None, now: datetime) -> int:
    """A draft for a customer: today's empty one if she has one, else a new one. Gives its id. Raises NotFound."""
    empty = db.session.scalar(
        select(Invoice.id)
        .where(
            Invoice.customer_id == customer_id,
            Invoice.branch_id == branch_id,
            Invoice.status == InvoiceStatus.DRAFT,
            Invoice.appointment_id.is_(None),
            Invoice.business_date == local_date(now),
            ~select(InvoiceLine.id).where(InvoiceLine.invoice_id == Invoice.id).exists(),
        )
        .order_by(Invoice.id)
    )
    return empty or draft(branch_id=branch_id, customer_id=customer_id, lines=[], actor_id=actor_id, now=now)


def draft_of_visit(*, appointment_id: int, actor_id: int | None, now: datetime) -> int:
    """The invoice of a booking, written now if it has none, with its services and staff. Gives its id.

    Raises NotFound `appointment_unknown`, DomainError `appointment_over` for a visit that does not take place.
    """
    booking = db.session.scalar(select(Appointment).where(Appointment.id == appointment_id).with_for_update())
    if booking is None:
        raise appointment_unknown()
    written = invoice_of_appointment(appointment_id)
    if written is not None:
        return written.id
    return draft(
        branch_id=booking.branch_id,
        customer_id=booking.customer_id,
        appointment_id=appointment_id,
        lines=[
            LineSpec(service_id=item.service_id, staff_id=item.staff_id, price_waits=True) for item in booking.items
        ],
        actor_id=actor_id,
        now=now,
    )


def walk_in(*, branch_id: int, actor: User | None, now: datetime) -> int:
    """The customer that stands for everybody who gives no name; she owes nothing, so she has no debt limit."""
    name = _("مشتری گذری")
    known = nameless(branch_id, name)
    if known is None:
        db.session.execute(select(Branch.id).where(Branch.id == branch_id).with_for_update(key_share=True))
        known = nameless(branch_id, name)  # another till may have let her in meanwhile
    if known is not None:
        return known
    spec = CustomerSpec(name, is_walk_in=True)
    added = add_customer(branch_id=branch_id, spec=spec, actor=actor, now=now)
    added.debt_limit = 0
    db.session.flush()
    return added.id


def settle_as_seen(
    *,
    branch_id: int,
    invoice_id: int,
    payments: Sequence[PaymentSpec],
    credit: int,
    deposit: int = 0,
    rest: Rest = NOTHING_SAID,
    seen_due: int,
    leave_debt: bool,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> Outcome:
    """Settle an invoice as the receptionist saw it; what is left becomes debt only where she says so.

    Raises DomainError `invoice_changed` when another amount is due by now, Invalid `unpaid`, and what `settle` raises.
    """
    tax_by_day(invoice_id=invoice_id, day=local_date(now))
    seen = _locked(invoice_id)
    if seen is not None and not is_known(key):
        _check_typed(payments, credit, deposit)
        given = sum(payment.amount for payment in payments) + credit + deposit
        status, due = seen
        due -= session_value(invoice_id) if status == InvoiceStatus.DRAFT else 0
        _check_seen(status, due, given=given, seen_due=seen_due, leave_debt=leave_debt)
    return settle(
        branch_id=branch_id,
        invoice_id=invoice_id,
        payments=payments,
        credit=credit,
        deposit=deposit,
        rest=rest,
        key=key,
        actor_id=actor_id,
        now=now,
    )


def _check_typed(payments: Sequence[PaymentSpec], credit: int, deposit: int) -> None:
    """What can be no amount is said at its own field, before what it would leave unpaid."""
    check_amounts(payments)
    if credit < 0:
        raise credit_negative()
    if deposit < 0:
        raise deposit_negative()
    if deposit > MOST_RIALS:
        raise deposit_exceeds_balance()


def _locked(invoice_id: int) -> tuple[str, int] | None:
    """Status and due of an invoice, which stays so until the transaction ends; None when there is none."""
    row = db.session.execute(
        select(Invoice.status, Invoice.total - Invoice.paid)
        .where(Invoice.id == invoice_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    return (row[0], int(row[1])) if row else None


def _check_seen(status: str, due: int, *, given: int, seen_due: int, leave_debt: bool) -> None:
    """Refuse what the receptionist can't have meant: another amount due, or a rest she did not leave knowingly."""
    if status == InvoiceStatus.SETTLED:
        return  # `settle` has its own words for that
    if due != seen_due:
        raise invoice_changed()
    if status == InvoiceStatus.DRAFT and given < due and not leave_debt:
        raise unpaid()
