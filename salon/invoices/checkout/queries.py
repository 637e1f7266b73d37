"""What a settlement reads: the invoice and its customer, locked, and the answer that was given under its key."""

from dataclasses import replace

from sqlalchemy import ColumnElement, Executable, bindparam, case, func, select

from ...catalog.models import Service
from ...core.db import db
from ...core.keys import KEY_REUSED
from ...customers.models import Customer
from ...customers.queries import NAMELESS
from ..errors import invoice_unknown
from ..models import Invoice, InvoiceLine, InvoiceStatus, Settlement, Tip
from .rules import Before, Outcome, Sale, Tender

_KNOWN: Executable = (
    select(
        Settlement.fingerprint,
        Settlement.invoice_id,
        Invoice.number,
        Invoice.total,
        Settlement.status,
        Settlement.paid,
        Settlement.due,
        Settlement.credit_used,
        Settlement.earned_points,
        Settlement.earned_credit,
        Settlement.points_left,
        Settlement.credit_left,
        Settlement.deposit_used,
        Settlement.change,
        Settlement.kept,
    )
    .join(Invoice, Invoice.id == Settlement.invoice_id)
    .where(Settlement.idempotency_key == bindparam("key"))
)
_OF_INVOICE = InvoiceLine.invoice_id == Invoice.id


def _of_lines(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(column).where(_OF_INVOICE, *conditions).scalar_subquery()


_GROSS = InvoiceLine.quantity * InvoiceLine.unit_price
_PRODUCTS = _of_lines(func.coalesce(func.sum(_GROSS), 0), InvoiceLine.product_id.is_not(None))
_GOODS = _of_lines(func.count(InvoiceLine.product_id))
_BY_NOBODY = _of_lines(
    func.min(InvoiceLine.position),
    InvoiceLine.service_id.is_not(None),
    InvoiceLine.staff_id.is_(None),
    InvoiceLine.package_id.is_(None),
)
# A service with a range of prices waits for its own as long as it has none.
_UNPRICED = _of_lines(
    func.min(InvoiceLine.position),
    InvoiceLine.unit_price == 0,
    InvoiceLine.package_id.is_(None),
    InvoiceLine.series_line_id.is_(None),
    select(Service.id).where(Service.id == InvoiceLine.service_id, Service.price_to.is_not(None)).exists(),
)
_PACKED, _USING = InvoiceLine.package_id.is_not(None), InvoiceLine.series_line_id.is_not(None)
_SALE: Executable = (
    select(
        Invoice.id,
        Invoice.branch_id,
        Invoice.customer_id,
        Invoice.appointment_id,
        Invoice.status,
        Invoice.number,
        Invoice.business_date,
        Invoice.net,
        Invoice.discount,
        _PRODUCTS,
        Invoice.tax,
        Invoice.total,
        Invoice.paid,
        Customer.first_name,
        Customer.mobile,
        Customer.is_member,
        Customer.debt_limit,
        Invoice.offer_terms,
        Invoice.tips,
        Invoice.rounding,
        _BY_NOBODY,
        _UNPRICED,
        _GOODS,
        NAMELESS,
        _of_lines(func.count(), _PACKED),
        _of_lines(func.count(), _USING),
    )
    .join(Customer, Customer.id == Invoice.customer_id)
    .where(Invoice.id == bindparam("invoice"))
    .with_for_update(key_share=True)  # rows that only name her, as her bookings do, are written meanwhile
)
_BEFORE = select(
    func.coalesce(func.sum(Settlement.credit_used), 0),
    func.coalesce(func.max(case((Settlement.status == InvoiceStatus.SETTLED.value, 1), else_=0)), 0),
).where(Settlement.invoice_id == bindparam("invoice"))
_AHEAD: Executable = select(
    func.coalesce(func.sum(InvoiceLine.net).filter(_PACKED), 0),
    func.coalesce(func.sum(_GROSS).filter(_PACKED), 0),
    func.coalesce(func.sum(InvoiceLine.net).filter(_USING), 0),
).where(InvoiceLine.invoice_id == bindparam("invoice"))
_ANY_LINE = select(InvoiceLine.id).where(InvoiceLine.invoice_id == bindparam("invoice")).limit(1)
_TIPS = select(Tip.staff_id, Tip.amount).where(Tip.invoice_id == bindparam("invoice")).order_by(Tip.staff_id)


def locked_sale(invoice_id: int) -> Sale:
    """Lock the invoice and its customer: her credit, deposits and debt are spent by one till at a time.

    Raises NotFound `invoice_unknown`.
    """
    row = db.session.connection().execute(_SALE, {"invoice": invoice_id}).one_or_none()
    if row is None:
        raise invoice_unknown()
    sale = Sale(*row)
    return _with_sessions(sale) if sale.packed or sale.using else sale


def _with_sessions(sale: Sale) -> Sale:
    """The sale with what it takes for sessions sold ahead, and what those that it uses pay of it."""
    sums = db.session.connection().execute(_AHEAD, {"invoice": sale.id}).one()
    net, gross, sessions = (int(figure) for figure in sums)
    return replace(sale, packed_net=net, packed_gross=gross, sessions=sessions)


def known_outcome(tender: Tender) -> Outcome | None:
    """The answer given before under this key. Raises Invalid `key_reused` when another thing was asked."""
    row = db.session.connection().execute(_KNOWN, {"key": tender.key}).one_or_none()
    if row is None:
        return None
    if row[0] != tender.fingerprint:
        raise KEY_REUSED.again()
    return Outcome(*row[1:])


def before(sale: Sale) -> Before:
    """What earlier settlements of the invoice did; those of a draft nothing."""
    if sale.number is None:
        return Before(0, False)
    used, settled = db.session.connection().execute(_BEFORE, {"invoice": sale.id}).one()
    return Before(int(used), bool(settled))


def has_lines(sale: Sale) -> bool:
    """Whether the invoice sells anything."""
    return bool(sale.total) or db.session.connection().execute(_ANY_LINE, {"invoice": sale.id}).first() is not None


def tips_of(sale: Sale) -> tuple[tuple[int, int], ...]:
    """The tips on an invoice, as (staff id, rials)."""
    if not sale.tips:
        return ()
    rows = db.session.connection().execute(_TIPS, {"invoice": sale.id})
    return tuple((staff_id, amount) for staff_id, amount in rows)
