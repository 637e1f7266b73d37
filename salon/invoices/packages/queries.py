"""The sessions that customers bought, used and have left."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from ...core.db import db
from ..models import Invoice, InvoiceKind, InvoiceLine
from .rules import Series

_USE, _USED_ON = aliased(InvoiceLine, name="session_line"), aliased(Invoice, name="session_invoice")
_BACK = aliased(InvoiceLine, name="series_back")


def _used(column: Any) -> ColumnElement[int]:
    """Of issued lines that use a series; sessions that were given back count against it."""
    sums = (
        select(func.coalesce(func.sum(column), 0))
        .select_from(_USE)
        .join(_USED_ON, _USED_ON.id == _USE.invoice_id)
        .where(_USE.series_line_id == InvoiceLine.id, _USED_ON.number.is_not(None))
    )
    return sums.scalar_subquery()


def _returned(column: Any) -> ColumnElement[int]:
    return select(func.coalesce(func.sum(-column), 0)).where(_BACK.returns_line_id == InvoiceLine.id).scalar_subquery()


SESSIONS_USED = _used(_USE.quantity)
_SERIES = (
    select(
        InvoiceLine.id,
        Invoice.customer_id,
        InvoiceLine.service_id,
        InvoiceLine.description,
        InvoiceLine.usable_until,
        InvoiceLine.quantity,
        InvoiceLine.unit_price,
        InvoiceLine.net,
        SESSIONS_USED,
        _returned(_BACK.quantity),
        _used(_USE.net) + _returned(_BACK.net),
    )
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(InvoiceLine.package_id.is_not(None), Invoice.number.is_not(None), Invoice.kind == InvoiceKind.SALE.value)
    .order_by(InvoiceLine.usable_until.is_(None), InvoiceLine.usable_until, InvoiceLine.id)
)


def _asked(*conditions: ColumnElement[bool]) -> list[Series]:
    rows = db.session.execute(_SERIES.where(*conditions))
    return [_series(row) for row in rows]


def _series(row: Any) -> Series:
    figures: list[Any] = [*row[:8], *(int(figure) for figure in row[8:])]
    return Series(*figures)


def series_by_id(line_ids: Collection[int]) -> dict[int, Series]:
    """Issued series by the ids of their lines; unknown ids are left out."""
    return {series.line_id: series for series in _asked(InvoiceLine.id.in_(line_ids))} if line_ids else {}


def series_of_sale(invoice_id: int) -> dict[int, Series]:
    """The series that an invoice sold, by the ids of their lines."""
    return {series.line_id: series for series in _asked(InvoiceLine.invoice_id == invoice_id)}


def all_series() -> list[Series]:
    """Every series that was ever sold."""
    return _asked()


def sessions_left(customer_id: int, day: date) -> list[Series]:
    """What a customer may still use on a day, what ends first coming first."""
    return [series for series in _asked(Invoice.customer_id == customer_id) if series.left and not series.is_over(day)]


def used_lines(invoice_id: int) -> list[tuple[int, int, int, int]]:
    """The lines of an invoice that use sessions, as (id, position, id of the series' line, price), in order."""
    rows = db.session.execute(
        select(InvoiceLine.id, InvoiceLine.position, InvoiceLine.series_line_id, InvoiceLine.unit_price)
        .where(InvoiceLine.invoice_id == invoice_id, InvoiceLine.series_line_id.is_not(None))
        .order_by(InvoiceLine.position, InvoiceLine.id)
    )
    return [(line_id, position, series_id or 0, price) for line_id, position, series_id, price in rows]


def session_value(invoice_id: int) -> int:
    """What the sessions that an invoice uses pay of it."""
    sums = select(func.coalesce(func.sum(InvoiceLine.net), 0)).where(
        InvoiceLine.invoice_id == invoice_id, InvoiceLine.series_line_id.is_not(None)
    )
    return int(db.session.execute(sums).scalar_one())
