"""Trying a scheme of pay over the sales of some days, as they stand now. It only reads."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Select, func, select

from ...cashbox.models import PaymentMethod
from ...core.db import db
from ...core.jalali import month_range
from ...customers.models import Customer
from ...customers.rules import full_name
from ...invoices.models import Invoice, InvoiceKind, InvoiceLine, InvoiceStatus, Payment, PayTerms, Settlement
from ...invoices.pay.queries import credit_left_on, lines_left_by_sale, terms_by_line
from ...payroll.models import PayPeriodAmount
from ...staff.models import PayKind, PayScheme, StaffMember
from ...staff.schemes.queries import assistants_of, places_of, schemes_within
from ...staff.schemes.terms.rules import put_on, spec_of
from ...staff.schemes.trials.rules import Tried, TriedLine, by_person
from .rules import Gained, Sale, Tallies, Trial, competing, try_sale

# Issued invoices in their order, with whose own client each customer is.
_ISSUED = (
    select(
        Invoice.id,
        Invoice.number,
        Invoice.business_date,
        Customer.first_name,
        Customer.last_name,
        Customer.own_staff_id,
    )
    .join(Customer, Customer.id == Invoice.customer_id)
    .order_by(Invoice.business_date, func.coalesce(Invoice.issued_at, Invoice.created_at), Invoice.id)
)


def try_scheme(scheme: PayScheme, starts_on: date, ends_before: date) -> Tried:
    """What a scheme would have paid for the work that it means, had it been in force on these days (half-open).

    Clearer schemes of those days keep what they pay for. Steps count by the month, so that its earlier days are read
    too; people stand in lines and levels as they do today.
    """
    first = month_range(starts_on)[0] if scheme.kind == PayKind.STEPS else starts_on
    trial = _trial(scheme, first, ends_before)
    sales = _sales(first, ends_before)
    people = {staff_id for sale in sales for line in sale.lines for staff_id, _part in line.people}
    trial = replace(trial, places=places_of(people), assistants=assistants_of(people))
    tallies: Tallies = {}
    found = [
        _told(sale, gained) for sale in sales for gained in try_sale(sale, trial, tallies) if sale.day >= starts_on
    ]
    names = dict(db.session.execute(select(StaffMember.id, StaffMember.name)).all())
    return Tried(starts_on, ends_before, by_person(found, names), found)


def _trial(scheme: PayScheme, first: date, ends_before: date) -> Trial:
    spec = replace(spec_of(scheme), starts_on=min(scheme.starts_on, first), ends_on=None)
    tried = put_on(PayScheme(id=scheme.id or 0), spec)
    return Trial(tried, competing(tried, schemes_within(first, ends_before)))


def _sales(starts_on: date, ends_before: date) -> list[Sale]:
    """The sales of these days in the order in which they were issued."""
    within = (
        Invoice.kind == InvoiceKind.SALE.value,
        Invoice.status != InvoiceStatus.DRAFT.value,
        Invoice.business_date >= starts_on,
        Invoice.business_date < ends_before,
    )
    of_these = InvoiceLine.invoice_id.in_(select(Invoice.id).where(*within))
    lines, terms = lines_left_by_sale(of_these), terms_by_line(of_these)
    credits = _credits(select(Invoice.id).where(*within))
    return [
        Sale(
            id=row.id,
            number=row.number,
            day=row.business_date,
            customer=full_name(row.first_name, row.last_name),
            owner_id=row.own_staff_id,
            lines=tuple(lines.get(row.id, ())),
            terms={line.id: tuple(terms.get(line.id, ())) for line in lines.get(row.id, ())},
            credit=credits.get(row.id, 0),
        )
        for row in db.session.execute(_ISSUED.where(*within))
    ]


def _credits(sales: Select[int]) -> dict[int, int]:
    """What club credit pays of what is left of these sales; most took none."""
    took = (
        select(Settlement.invoice_id)
        .join(Payment, Payment.settlement_id == Settlement.id)
        .where(Payment.method == PaymentMethod.CREDIT.value, Settlement.invoice_id.in_(sales))
        .distinct()
    )
    return {sale_id: credit_left_on(sale_id) for sale_id in db.session.scalars(took)}


def _told(sale: Sale, gained: Gained) -> TriedLine:
    return TriedLine(
        invoice_id=sale.id,
        number=sale.number,
        day=sale.day,
        customer=sale.customer,
        description=gained.description,
        staff_id=gained.staff_id,
        base=gained.base,
        got=gained.got,
        would=gained.would,
    )


def is_scheme_used(scheme_id: int) -> bool:
    """Whether lines or statements name a scheme already."""
    named = (
        select(PayTerms.id).where(PayTerms.scheme_id == scheme_id),
        select(PayPeriodAmount.id).where(PayPeriodAmount.scheme_id == scheme_id),
    )
    return any(db.session.execute(question.limit(1)).first() is not None for question in named)
