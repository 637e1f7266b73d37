"""Sales as their pay goes by them: what is left of their lines, by what terms, and what was counted so far."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, func, select
from sqlalchemy.orm import aliased

from ...cashbox.models import PaymentMethod
from ...catalog.models import Product, Service
from ...core.db import db
from ...core.money import WHOLE
from ...customers.models import Customer
from ...staff.schemes.rules import Earned, Terms
from ..models import InvoiceLine, LineNature, LineShare, PayRole, PayShare, PayTerms
from ..returns.queries import paid_by, refunded_by, turned_money
from ..returns.rules import back_in_kind
from .rules import FixedTerms, LineTerms, SoldLine

_BACK = aliased(InvoiceLine)


def _lines_where(which: ColumnElement[bool]) -> Executable:
    """Lines less what went back of them."""
    return (
        select(
            InvoiceLine.id,
            InvoiceLine.invoice_id,
            InvoiceLine.service_id,
            InvoiceLine.product_id,
            func.coalesce(Service.category, Product.category, "").label("category"),
            (InvoiceLine.quantity + func.coalesce(func.sum(_BACK.quantity), 0)).label("quantity"),
            InvoiceLine.unit_price,
            (InvoiceLine.discount + InvoiceLine.shared_discount).label("discount"),
            func.coalesce(func.sum(_BACK.discount + _BACK.shared_discount), 0).label("discount_back"),
            InvoiceLine.staff_id,
            InvoiceLine.redo_line_id,
            InvoiceLine.series_line_id,
            InvoiceLine.package_id,
            InvoiceLine.description,
            func.coalesce(Service.materials, 0).label("materials"),
        )
        .outerjoin(_BACK, _BACK.returns_line_id == InvoiceLine.id)
        .outerjoin(Service, Service.id == InvoiceLine.service_id)
        .outerjoin(Product, Product.id == InvoiceLine.product_id)
        .where(which, InvoiceLine.nature != LineNature.OPENING.value)
        .group_by(InvoiceLine.id, Service.id, Product.id)
        .order_by(InvoiceLine.invoice_id, InvoiceLine.position, InvoiceLine.id)
    )


def _shares_where(which: ColumnElement[bool]) -> Executable:
    """Who did lines of several, in which parts."""
    return (
        select(LineShare.line_id, LineShare.staff_id, LineShare.share_bp)
        .join(InvoiceLine, InvoiceLine.id == LineShare.line_id)
        .where(which)
        .order_by(LineShare.id)
    )


_ANY_TERMS = (
    select(PayTerms.id)
    .join(InvoiceLine, InvoiceLine.id == PayTerms.line_id)
    .where(InvoiceLine.invoice_id == bindparam("invoice"))
    .limit(1)
)
_FIXED = (
    PayTerms.line_id,
    PayTerms.staff_id,
    PayTerms.role,
    PayTerms.part_bp,
    PayTerms.terms,
    PayTerms.of_staff_id,
    PayTerms.scheme_id,
)


def _terms_where(which: ColumnElement[bool]) -> Executable:
    """By what terms lines are paid, with what was counted so far."""
    return (
        select(
            PayTerms.id,
            *_FIXED,
            PayTerms.month,
            func.coalesce(func.sum(PayShare.base), 0),
            func.coalesce(func.sum(PayShare.share), 0),
            func.coalesce(func.sum(PayShare.discount_cost), 0),
            func.coalesce(func.sum(PayShare.credit_cost), 0),
        )
        .join(InvoiceLine, InvoiceLine.id == PayTerms.line_id)
        .outerjoin(PayShare, PayShare.terms_id == PayTerms.id)
        .where(which)
        .group_by(PayTerms.id)
        .order_by(PayTerms.id)
    )


_OF_INVOICE = InvoiceLine.invoice_id == bindparam("invoice")
_LINES, _SHARES, _TERMS = _lines_where(_OF_INVOICE), _shares_where(_OF_INVOICE), _terms_where(_OF_INVOICE)


def lines_left(invoice_id: int) -> list[SoldLine]:
    """The lines of a sale less what went back of them; nobody did sessions sold ahead, and old debts are left out."""
    asked = {"invoice": invoice_id}
    return [line for _sale, line in _sold(_LINES, _SHARES, asked)]


def lines_left_by_sale(which: ColumnElement[bool]) -> dict[int, list[SoldLine]]:
    """The same of many sales, by sale. `which`: a condition on `InvoiceLine`."""
    found: dict[int, list[SoldLine]] = {}
    for invoice_id, line in _sold(_lines_where(which), _shares_where(which), {}):
        found.setdefault(invoice_id, []).append(line)
    return found


def _sold(lines: Executable, divided: Executable, asked: dict[str, int]) -> list[tuple[int, SoldLine]]:
    shares: dict[int, list[tuple[int, int]]] = {}
    for line_id, staff_id, part in db.session.connection().execute(divided, asked):
        shares.setdefault(line_id, []).append((staff_id, part))
    rows = db.session.connection().execute(lines, asked)
    return [(row.invoice_id, _line(row, tuple(shares.get(row.id, ())))) for row in rows]


def _line(row: Any, shares: tuple[tuple[int, int], ...]) -> SoldLine:
    quantity = int(row.quantity)
    alone = ((row.staff_id, WHOLE),) if row.staff_id is not None else ()
    is_ahead = row.package_id is not None  # sessions sold ahead are work when they are used
    return SoldLine(
        id=row.id,
        service_id=row.service_id,
        product_id=row.product_id,
        category=row.category,
        quantity=quantity,
        gross=quantity * row.unit_price,
        discount=int(row.discount) + int(row.discount_back),
        materials_each=int(row.materials),
        people=() if is_ahead else shares or alone,
        redo_line_id=row.redo_line_id,
        is_prepaid=row.series_line_id is not None,
        description=row.description,
    )


def has_terms(invoice_id: int) -> bool:
    """Whether anybody is paid for this sale."""
    return db.session.connection().execute(_ANY_TERMS, {"invoice": invoice_id}).first() is not None


def terms_on(invoice_id: int) -> list[LineTerms]:
    """By what terms people are paid for the lines of a sale, and what was counted so far."""
    return _fixed_by(_TERMS, {"invoice": invoice_id})


def terms_by_line(which: ColumnElement[bool]) -> dict[int, list[LineTerms]]:
    """The same of many lines, by line. `which`: a condition on `InvoiceLine`."""
    found: dict[int, list[LineTerms]] = {}
    for one in _fixed_by(_terms_where(which), {}):
        found.setdefault(one.fixed.line_id, []).append(one)
    return found


def _fixed_by(question: Executable, asked: dict[str, int]) -> list[LineTerms]:
    rows = db.session.execute(question, asked)
    return [LineTerms(row[0], _fixed(*row[1:8]), row[8], Earned(*(int(total) for total in row[9:]))) for row in rows]


def _fixed(
    line_id: int, staff_id: int, role: str, part: int, kept: dict[str, Any], of_staff_id: int, scheme_id: int | None
) -> FixedTerms:
    return FixedTerms(line_id, staff_id, PayRole(role), part, Terms.from_kept(kept), of_staff_id, scheme_id)


def credit_left_on(invoice_id: int) -> int:
    """Club credit that pays what is left of a sale, in rials."""
    paid = sum(amount for way, amount in paid_by(invoice_id).items() if way.method == PaymentMethod.CREDIT)
    return paid - back_in_kind(PaymentMethod.CREDIT, refunded_by(invoice_id), turned_money(invoice_id))


def owner_of_client(customer_id: int) -> int | None:
    """Whose own client she is, if anybody's."""
    return db.session.scalar(select(Customer.own_staff_id).where(Customer.id == customer_id))


def work_on(line_ids: Sequence[int]) -> dict[int, list[FixedTerms]]:
    """By what terms the work of these lines is paid, by line."""
    rows = db.session.execute(
        select(*_FIXED).where(PayTerms.line_id.in_(line_ids), PayTerms.role == PayRole.WORK.value).order_by(PayTerms.id)
    )
    found: dict[int, list[FixedTerms]] = {}
    for row in rows:
        found.setdefault(row.line_id, []).append(_fixed(*row))
    return found
