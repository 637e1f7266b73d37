"""Drafts: writing an invoice before it is issued."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from ..appointments.errors import appointment_unknown
from ..appointments.models import Appointment
from ..appointments.rules import takes_place
from ..catalog.models import Product, Service
from ..core.db import db
from ..core.jalali import local_date
from ..customers.errors import customer_unknown
from ..customers.models import Customer
from ..setup.queries import active_sale_kinds, profile, proposed_sale_kind, tax_bp_on
from ..staff.queries import known_staff
from .errors import (
    INVOICE_ISSUED,
    appointment_invoiced,
    appointment_mismatch,
    appointment_over,
    invoice_unknown,
    line_empty,
    sale_kind_unknown,
    seller_unknown,
    thing_unknown,
    tip_invalid,
)
from .models import Invoice, InvoiceLine, InvoiceStatus, LineNature, Tip
from .packages.services import packages_of, with_packages
from .prices.queries import at_list_prices, at_prices_of
from .redo.services import with_redo, with_redo_on
from .rules import LineSpec, PricedLine, check_line, check_typed_price, price_in_range, totals_of
from .terms.queries import Given, discounts_of, whole_discount_by
from .terms.rules import (
    NO_TERMS,
    Terms,
    check_reasons,
    check_shares,
    check_terms,
    discount_of,
    reason_of,
    with_shared_discount,
)
from .terms.services import write_shares, write_tips

_CUSTOMER = select(Customer.id).where(Customer.id == bindparam("customer"))
_SERVICES = select(Service.id, Service.name, Service.price, Service.price_to).where(
    Service.id.in_(bindparam("ids", expanding=True))
)
_PRODUCTS = select(Product.id, Product.name, Product.price).where(Product.id.in_(bindparam("ids", expanding=True)))
_BOOKING = (
    select(Appointment.customer_id, Appointment.branch_id, Appointment.status)
    .where(Appointment.id == bindparam("appointment"))
    .with_for_update()
)
_NEW_INVOICE = insert(Invoice).returning(Invoice.id)
_NEW_LINES = insert(InvoiceLine)


def draft(
    *,
    branch_id: int,
    customer_id: int,
    lines: Sequence[LineSpec],
    appointment_id: int | None = None,
    terms: Terms = NO_TERMS,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Write a draft and give its id. Raises Invalid for what can't be sold, NotFound for who isn't there."""
    connection = db.session.connection()
    if connection.execute(_CUSTOMER, {"customer": customer_id}).first() is None:
        raise customer_unknown()
    if appointment_id is not None:
        _check_appointment(appointment_id, customer_id, branch_id)
    told = _told(terms)
    day = local_date(now)
    lines = with_packages(lines, customer_id=customer_id, day=day)
    lines = at_list_prices(lines, branch_id=branch_id, customer_id=customer_id, appointment_id=appointment_id, day=day)
    lines = with_redo(lines, customer_id=customer_id)
    priced = _discounted(price_lines(lines, day=local_date(now)), told, actor_id, ())
    row = {
        **_sums(priced, told),
        "discount_by": actor_id if terms.discount or terms.discount_bp else None,
        "branch_id": branch_id,
        "customer_id": customer_id,
        "appointment_id": appointment_id,
        "status": InvoiceStatus.DRAFT.value,
        "business_date": local_date(now),
        "paid": 0,
        "created_at": now,
        "created_by": actor_id,
    }
    invoice_id: int = connection.execute(_NEW_INVOICE, row).scalar_one()
    _write_lines(invoice_id, priced)
    write_shares(invoice_id=invoice_id, lines=lines)
    write_tips(invoice_id=invoice_id, tips=told.tips, afresh=False)
    return invoice_id


def change_draft(
    *, invoice_id: int, lines: Sequence[LineSpec], terms: Terms = NO_TERMS, actor_id: int | None = None
) -> None:
    """Put other lines and terms on a draft. Raises DomainError `invoice_issued` when it is none any more.

    Discounts that stay as they are remain those of whoever gave them.
    """
    day = _lock_draft(invoice_id)
    told, (before, given_by) = _told(terms), whole_discount_by(invoice_id)
    lines = with_redo_on(invoice_id, at_prices_of(invoice_id, packages_of(invoice_id, lines)))
    priced = _discounted(price_lines(lines, day=day), told, actor_id, discounts_of(invoice_id))
    sums = _sums(priced, told)
    by = given_by if before == sums["shared_discount"] else actor_id
    connection = db.session.connection()
    connection.execute(delete(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id))
    _write_lines(invoice_id, priced)
    write_shares(invoice_id=invoice_id, lines=lines)
    write_tips(invoice_id=invoice_id, tips=told.tips, afresh=True)
    sums["discount_by"] = by if sums["shared_discount"] else None
    connection.execute(update(Invoice).where(Invoice.id == invoice_id).values(**sums))


def discard_draft(*, invoice_id: int) -> None:
    """Throw a draft away. Raises DomainError `invoice_issued` when it is none any more."""
    _lock_draft(invoice_id)
    connection = db.session.connection()
    connection.execute(delete(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id))
    connection.execute(delete(Tip).where(Tip.invoice_id == invoice_id))
    connection.execute(delete(Invoice).where(Invoice.id == invoice_id))


def price_lines(lines: Sequence[LineSpec], *, day: date) -> list[PricedLine]:
    """Lines with names, prices and the tax of a day filled in. Raises Invalid at `lines.N.field`."""
    services, products = _named(_SERVICES, [line.service_id for line in lines]), {}
    if any(line.product_id is not None for line in lines):
        products = _named(_PRODUCTS, [line.product_id for line in lines])
    people = known_staff([staff_id for line in lines for staff_id in (line.staff_id, *dict(line.shares))])
    tax_bp = tax_bp_on(day)
    priced = []
    for position, line in enumerate(lines):
        if not {line.staff_id, *dict(line.shares)} - {None} <= people:
            raise seller_unknown(f"lines.{position}")
        check_shares(line, position)
        priced.append(_priced(line, position, services, products, tax_bp))
    return priced


class Named(NamedTuple):
    """A service or product with its own price."""

    name: str
    price: int
    price_to: int | None = None


Things = dict[int, Named]


def _priced(line: LineSpec, position: int, services: Things, products: Things, tax_bp: int) -> PricedLine:
    thing = _thing(line, position, services, products)
    check_typed_price(line, thing.price, thing.price_to, position)
    unit_price = line.unit_price
    if unit_price is None:
        unit_price = thing.price if thing.price_to is None else price_in_range(line, position)
    priced = PricedLine(
        service_id=line.service_id,
        product_id=line.product_id,
        staff_id=line.staff_id,
        description=thing.name,
        quantity=line.quantity,
        unit_price=unit_price,
        discount=discount_of(line, unit_price),
        tax_bp=tax_bp if line.tax_bp is None else line.tax_bp,
        list_id=line.list_id,
        discount_bp=line.discount_bp,
        discount_reason=reason_of(line, position),
        package_id=line.package_id,
        series_line_id=line.series_line_id,
        redo_line_id=line.redo_line_id,
    )
    check_line(priced, position)
    return priced


def _told(terms: Terms) -> Terms:
    """The terms as they are kept, with the proposed kind of sale. Raises Invalid."""
    told = check_terms(terms)
    people = [staff_id for staff_id, _amount in told.tips]
    if not set(people) <= known_staff(people):
        raise tip_invalid()
    if told.sale_kind_id is None:
        return replace(told, sale_kind_id=proposed_sale_kind())
    if told.sale_kind_id not in {kind.id for kind in active_sale_kinds()}:
        raise sale_kind_unknown()
    return told


def _discounted(
    lines: Sequence[PricedLine], terms: Terms, actor_id: int | None, before: Sequence[Given]
) -> list[PricedLine]:
    """The lines with who gave their discounts, and their parts of the discount on the whole."""
    limit = profile().reason_above
    check_reasons(lines, limit)
    known = {given[:-1]: given.by for given in before}
    named = []
    for place, line in enumerate(lines, start=1):
        said = (place, line.service_id, line.product_id, line.discount, line.discount_bp)
        named.append(replace(line, discount_by=known.get(said, actor_id)) if line.discount else line)
    return with_shared_discount(named, terms, limit)


def _thing(line: LineSpec, position: int, services: Things, products: Things) -> Named:
    """Name and price of what the line sells."""
    if (line.service_id is None) == (line.product_id is None):
        raise line_empty(f"lines.{position}")
    if line.service_id is not None:
        found, named = services.get(line.service_id), "service"
    else:
        found, named = products.get(line.product_id or 0), "product"
    if found is None:
        raise thing_unknown(f"lines.{position}", named)
    return found


def _named(statement: Any, ids: Sequence[int | None]) -> Things:
    wanted = sorted({key for key in ids if key is not None})
    if not wanted:
        return {}
    rows = db.session.connection().execute(statement, {"ids": wanted})
    return {row[0]: Named(*row[1:]) for row in rows}


def _sums(lines: Sequence[PricedLine], terms: Terms) -> dict[str, Any]:
    tips = sum(amount for _staff, amount in terms.tips)
    totals = totals_of(lines, tips=tips, round_to=profile().round_to)
    return {
        **vars(totals),
        "total": totals.total,
        "shared_discount": sum(line.shared_discount for line in lines),
        "shared_discount_bp": terms.discount_bp,
        "discount_reason": terms.discount_reason,
        "sale_kind_id": terms.sale_kind_id,
    }


def _write_lines(invoice_id: int, lines: Sequence[PricedLine]) -> None:
    rows = [
        {
            **vars(line),
            "invoice_id": invoice_id,
            "position": position,
            "nature": LineNature.SALE.value,
            "net": line.net,
            "tax": line.tax,
        }
        for position, line in enumerate(lines, start=1)
    ]
    if rows:
        db.session.connection().execute(_NEW_LINES, rows)


def _lock_draft(invoice_id: int) -> date:
    """Lock a draft; gives its day."""
    asked = select(Invoice.status, Invoice.business_date).where(Invoice.id == invoice_id).with_for_update()
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise invoice_unknown()
    if row.status != InvoiceStatus.DRAFT:
        raise INVOICE_ISSUED.again()
    day: date = row.business_date
    return day


def _check_appointment(appointment_id: int, customer_id: int, branch_id: int) -> None:
    booking = db.session.execute(_BOOKING, {"appointment": appointment_id}).one_or_none()
    if booking is None or booking.branch_id != branch_id:
        raise appointment_unknown()
    if booking.customer_id != customer_id:
        raise appointment_mismatch()
    if not takes_place(booking.status):
        raise appointment_over()
    written = db.session.execute(select(Invoice.id).where(Invoice.appointment_id == appointment_id)).scalar()
    if written is not None:
        raise appointment_invoiced()
