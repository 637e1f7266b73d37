"""The checks before a year is closed, each a small function."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from ...cashbox.models import Cashbox, PaymentMethod, Shift
from ...core.db import db
from ...core.jalali import days_later, local_date, start_of_day
from ...customers.models import Customer
from ...customers.rules import full_name
from ...invoices.models import Invoice, InvoiceStatus, Payment, PaymentOutcome, Settlement
from ...payroll.queries import approved_until, waiting_before
from ...payroll.statements.queries import parts_by_person
from ...setup.models import Branch, FiscalYear
from ...staff.models import StaffMember
from .rules import Matter, Pending


def open_shifts(year: FiscalYear) -> list[Pending]:
    """Tills that were opened by the end of the year and not counted since."""
    rows = db.session.execute(
        select(Shift.id, Branch.id, Branch.name, Cashbox.name, Shift.business_date)
        .join(Cashbox, Cashbox.id == Shift.cashbox_id)
        .join(Branch, Branch.id == Cashbox.branch_id)
        .where(Shift.closed_at.is_(None), Shift.business_date < year.ends_before)
        .order_by(Shift.id)
    )
    return [Pending(Matter.SHIFT, *row) for row in rows]


def drafts(year: FiscalYear) -> list[Pending]:
    """Invoices that were written by the end of the year and neither issued nor discarded."""
    rows = db.session.execute(
        select(Invoice, Branch.id, Branch.name, Customer.first_name, Customer.last_name)
        .join(Branch, Branch.id == Invoice.branch_id)
        .join(Customer, Customer.id == Invoice.customer_id)
        .where(Invoice.status == InvoiceStatus.DRAFT.value, Invoice.business_date < year.ends_before)
        .order_by(Invoice.id)
    )
    return [
        Pending(Matter.DRAFT, draft.id, branch_id, branch, full_name(first, last), draft.business_date, draft.total)
        for draft, branch_id, branch, first, last in rows
    ]


def unseen_transfers(year: FiscalYear) -> list[Pending]:
    """Card-to-card money that was said to be sent by the end of the year and that nobody has seen."""
    return _awaited(
        Matter.CARD_TO_CARD, PaymentMethod.CARD_TO_CARD, Settlement.settled_at, start_of_day(year.ends_before)
    )


def unpaid_cheques(year: FiscalYear) -> list[Pending]:
    """Cheques due by the end of the year of which nobody said what became; later ones run on into the next."""
    return _awaited(Matter.CHEQUE, PaymentMethod.CHEQUE, Payment.due_on, year.ends_before)


def unapproved_pay(year: FiscalYear, today: date) -> list[Pending]:
    """What staff earned, got or owe by the end of the year, and salary and rent, that no approved statement holds."""
    found = _unapproved_months(year, today)
    for staff_id, first, owed in waiting_before(year.ends_before):
        since, by_month = found.get(staff_id, (first, 0))
        found[staff_id] = (min(since, first), by_month + owed)
    people = db.session.execute(
        select(StaffMember.id, Branch.id, Branch.name, StaffMember.name)
        .join(Branch, Branch.id == StaffMember.branch_id)
        .where(StaffMember.id.in_(list(found)))
        .order_by(StaffMember.id)
    )
    return [
        Pending(Matter.PAY, staff_id, branch_id, branch, name, *found[staff_id])
        for staff_id, branch_id, branch, name in people
    ]


def pending_in(year: FiscalYear, today: date) -> list[Pending]:
    """All that has to be finished before a year is closed."""
    return [
        *open_shifts(year),
        *drafts(year),
        *unseen_transfers(year),
        *unpaid_cheques(year),
        *unapproved_pay(year, today),
    ]


def _unapproved_months(year: FiscalYear, today: date) -> dict[int, tuple[date, int]]:
    """Since when, and how much, salary and rent of the days of the year until today no statement holds, by person."""
    until, closed = min(year.ends_before, days_later(today, 1)), approved_until()
    serving = db.session.scalars(select(StaffMember.id).where(StaffMember.active))
    since = {staff_id: max(year.starts_on, closed.get(staff_id, year.starts_on)) for staff_id in serving}
    parts = parts_by_person({staff_id: day for staff_id, day in since.items() if day < until}, until)
    return {
        staff_id: (min(part.starts_on for part in of), sum(part.amount for part in of))
        for staff_id, of in parts.items()
    }


def _awaited(matter: Matter, method: PaymentMethod, when: Any, before: date | datetime) -> list[Pending]:
    rows = db.session.execute(
        select(
            Invoice.id,
            Branch.id,
            Branch.name,
            Customer.first_name,
            Customer.last_name,
            Settlement.settled_at,
            Payment.due_on,
            Payment.amount,
        )
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .join(Branch, Branch.id == Settlement.branch_id)
        .join(Invoice, Invoice.id == Settlement.invoice_id)
        .join(Customer, Customer.id == Invoice.customer_id)
        .outerjoin(PaymentOutcome, PaymentOutcome.payment_id == Payment.id)
        .where(Payment.method == method.value, Payment.amount > 0, PaymentOutcome.id.is_(None), when < before)
        .order_by(func.coalesce(Payment.due_on, Invoice.business_date), Payment.id)
    )
    return [
        Pending(matter, key, branch_id, branch, full_name(first, last), due_on or local_date(at), amount)
        for key, branch_id, branch, first, last, at, due_on, amount in rows
    ]
