"""What the desk does at the till: open a draft, settle what it sees, receive old debts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ...access.models import User
from ...appointments.errors import appointment_unknown
from ...appointments.models import Appointment
from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...core.jalali import local_date
from ...core.keys import KEY_REUSED
from ...customers.services import CustomerSpec, add_customer
from ...setup.models import Branch
from ..checkout.rules import Outcome
from ..checkout.services import settle
from ..errors import invoice_changed, nothing_owed, payment_missing, unpaid
from ..models import Invoice, InvoiceLine, InvoiceStatus
from ..packages.queries import session_value
from ..queries import invoice_of_appointment
from ..rules import NOTHING_SAID, LineSpec, Rest, spread
from ..services import draft
from .queries import is_known, nameless, payers_by, received_by


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
    seen = _locked(invoice_id)
    if seen is not None and not is_known(key):
        given = sum(payment.amount for payment in payments) + credit + deposit
        due = seen[1] - session_value(invoice_id) if seen[0] == InvoiceStatus.DRAFT else seen[1]
        _check_seen(seen[0], due, given=given, seen_due=seen_due, leave_debt=leave_debt)
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


def receive_debt(
    *,
    branch_id: int,
    customer_id: int,
    payments: Sequence[PaymentSpec],
    invoice_ids: Collection[int] | None = None,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> list[Outcome]:
    """Lay money over a customer's open invoices, the oldest first, or over the chosen ones; each under `key:invoice`.

    The same key again moves nothing and gives the same answers. Raises Invalid `overpaid`, `payment_missing`,
    `key_reused`; DomainError `nothing_owed`.
    """
    dues = lock_debts_of(customer_id)
    if invoice_ids is not None:
        dues = [(invoice_id, due) for invoice_id, due in dues if invoice_id in invoice_ids]
    shares = received_by(key)
    if shares and (payers_by(key) != {customer_id} or _by_method(shares) != _by_method([(0, payments)])):
        raise KEY_REUSED.again()
    if not shares:
        shares = _shares(payments, dues)
    return [
        settle(
            branch_id=branch_id,
            invoice_id=invoice_id,
            payments=parts,
            key=f"{key}:{invoice_id}",
            actor_id=actor_id,
            now=now,
        )
        for invoice_id, parts in shares
    ]


def _shares(payments: Sequence[PaymentSpec], dues: Sequence[tuple[int, int]]) -> list[tuple[int, list[PaymentSpec]]]:
    if not dues:
        raise nothing_owed()
    if not payments:
        raise payment_missing()
    return spread(payments, dues)


def _by_method(shares: Sequence[tuple[int, Sequence[PaymentSpec]]]) -> dict[str, int]:
    """How much came in by each method, over all invoices."""
    sums: dict[str, int] = {}
    for _invoice, parts in shares:
        for part in parts:
            sums[part.method.value] = sums.get(part.method.value, 0) + part.amount
    return sums


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


def lock_debts_of(customer_id: int) -> list[tuple[int, int]]:
    """Her open invoices with what is due, oldest first. Locked by id: two tills never wait for each other crosswise."""
    rows = db.session.execute(
        select(Invoice.id, Invoice.total - Invoice.paid, Invoice.business_date)
        .where(Invoice.customer_id == customer_id, Invoice.status == InvoiceStatus.OPEN)
        .order_by(Invoice.id)
        .with_for_update(key_share=True)
    ).all()
    return [(row[0], int(row[1])) for row in sorted(rows, key=lambda row: (row[2], row[0]))]
