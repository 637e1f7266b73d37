"""Drafts: writing an invoice before it is issued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from ..appointments.errors import appointment_unknown
from ..appointments.models import Appointment
from ..appointments.rules import takes_place
from ..catalog.models import Product, Service
from ..core.db import db
from ..core.jalali import local_date
from ..customers.errors import customer_unknown
from ..customers.models import Customer
from ..setup.queries import profile
from ..staff.models import StaffMember
from .errors import (
    INVOICE_ISSUED,
    appointment_invoiced,
    appointment_mismatch,
    appointment_over,
    invoice_unknown,
    line_empty,
    seller_unknown,
    thing_unknown,
)
from .models import Invoice, InvoiceLine, InvoiceStatus, LineNature
from .prices.queries import at_list_prices, at_prices_of
from .rules import LineSpec, PricedLine, check_line, totals_of

_CUSTOMER = select(Customer.id).where(Customer.id == bindparam("customer"))
_SERVICES = select(Service.id, Service.name, Service.price).where(Service.id.in_(bindparam("ids", expanding=True)))
_PRODUCTS = select(Product.id, Product.name, Product.price).where(Product.id.in_(bindparam("ids", expanding=True)))
_STAFF = select(StaffMember.id).where(StaffMember.id.in_(bindparam("ids", expanding=True)))
_BOOKING = (
    select(Appointment.customer_id, Appointment.status)
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
    actor_id: int | None,
    now: datetime,
) -> int:
    """Write a draft and give its id. Raises Invalid for what can't be sold, NotFound for who isn't there."""
    connection = db.session.connection()
    if connection.execute(_CUSTOMER, {"customer": customer_id}).first() is None:
        raise customer_unknown()
    if appointment_id is not None:
        _check_appointment(appointment_id, customer_id)
    lines = at_list_prices(lines, branch_id=branch_id, customer_id=customer_id, day=local_date(now))
    priced = price_lines(lines)
    row = {
        **_sums(priced),
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
    return invoice_id


def change_draft(*, invoice_id: int, lines: Sequence[LineSpec]) -> None:
    """Put other lines on a draft. Raises DomainError `invoice_issued` when it is none any more."""
    _lock_draft(invoice_id)
    priced = price_lines(at_prices_of(invoice_id, lines))
    connection = db.session.connection()
    connection.execute(delete(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id))
    _write_lines(invoice_id, priced)
    connection.execute(update(Invoice).where(Invoice.id == invoice_id).values(**_sums(priced)))


def discard_draft(*, invoice_id: int) -> None:
    """Throw a draft away. Raises DomainError `invoice_issued` when it is none any more."""
    _lock_draft(invoice_id)
    connection = db.session.connection()
    connection.execute(delete(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id))
    connection.execute(delete(Invoice).where(Invoice.id == invoice_id))


def price_lines(lines: Sequence[LineSpec]) -> list[PricedLine]:
    """Lines with names, prices and tax filled in. Raises Invalid at `lines.N.field`."""
    services, products = _named(_SERVICES, [line.service_id for line in lines]), {}
    if any(line.product_id is not None for line in lines):
        products = _named(_PRODUCTS, [line.product_id for line in lines])
    people = _known_people([line.staff_id for line in lines])
    tax_bp = profile().tax_bp
    priced = []
    for position, line in enumerate(lines):
        if line.staff_id is not None and line.staff_id not in people:
            raise seller_unknown(f"lines.{position}")
        priced.append(_priced(line, position, services, products, tax_bp))
    return priced


Named = dict[int, tuple[str, int]]


def _priced(line: LineSpec, position: int, services: Named, products: Named, tax_bp: int) -> PricedLine:
    thing = _thing(line, position, services, products)
    priced = PricedLine(
        service_id=line.service_id,
        product_id=line.product_id,
        staff_id=line.staff_id,
        description=thing[0],
        quantity=line.quantity,
        unit_price=thing[1] if line.unit_price is None else line.unit_price,
        discount=line.discount,
        tax_bp=tax_bp if line.tax_bp is None else line.tax_bp,
        list_id=line.list_id,
    )
    check_line(priced, position)
    return priced


def _thing(line: LineSpec, position: int, services: Named, products: Named) -> tuple[str, int]:
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


def _named(statement: Any, ids: Sequence[int | None]) -> Named:
    wanted = sorted({key for key in ids if key is not None})
    if not wanted:
        return {}
    rows = db.session.connection().execute(statement, {"ids": wanted})
    return {key: (name, price) for key, name, price in rows}


def _known_people(ids: Sequence[int | None]) -> set[int]:
    wanted = sorted({key for key in ids if key is not None})
    if not wanted:
        return set()
    return set(db.session.connection().execute(_STAFF, {"ids": wanted}).scalars())


def _sums(lines: Sequence[PricedLine]) -> dict[str, int]:
    totals = totals_of(lines)
    return {"net": totals.net, "discount": totals.discount, "tax": totals.tax, "total": totals.total}


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


def _lock_draft(invoice_id: int) -> None:
    status = db.session.execute(select(Invoice.status).where(Invoice.id == invoice_id).with_for_update()).scalar()
    if status is None:
        raise invoice_unknown()
    if status != InvoiceStatus.DRAFT:
        raise INVOICE_ISSUED.again()


def _check_appointment(appointment_id: int, customer_id: int) -> None:
    booking = db.session.execute(_BOOKING, {"appointment": appointment_id}).one_or_none()
    if booking is None:
        raise appointment_unknown()
    if booking.customer_id != customer_id:
        raise appointment_mismatch()
    if not takes_place(booking.status):
        raise appointment_over()
    written = db.session.execute(select(Invoice.id).where(Invoice.appointment_id == appointment_id)).scalar()
    if written is not None:
        raise appointment_invoiced()
