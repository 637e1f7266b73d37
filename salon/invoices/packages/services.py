"""Selling packages and using their sessions, on drafts and as they are issued."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from ...catalog.models import Package
from ...catalog.packages.queries import packages_by_id
from ...catalog.packages.rules import Offer, parts_of
from ...core.db import db
from ...core.jalali import days_later
from ..models import Invoice, InvoiceLine
from ..rules import LineSpec
from .errors import package_expired, package_missing, package_used_up, series_unknown
from .queries import series_by_id, used_lines
from .rules import Series


def with_packages(lines: Sequence[LineSpec], *, customer_id: int, day: date) -> list[LineSpec]:
    """The lines with a package as the services it holds, and uses of sessions at their shares.

    Raises Invalid `package_unknown`, `series_unknown`, `package_used_up`, `package_expired` at `lines.N.field`.
    """
    if not any(line.package_id or line.series_line_id for line in lines):
        return list(lines)
    offers = packages_by_id({line.package_id for line in lines if line.package_id is not None})
    hers = series_by_id({line.series_line_id for line in lines if line.series_line_id is not None})
    written: list[LineSpec] = []
    for position, line in enumerate(lines):
        at = f"lines.{position}"
        if line.series_line_id is not None:
            series = _usable(hers, line.series_line_id, customer_id, day, at)
            hers[series.line_id] = series.after_one()
            written.append(_use_of(series, line))
        elif line.package_id is not None:
            written += _sold(offers, line, line.package_id, at)
        else:
            written.append(line)
    return written


def _usable(hers: dict[int, Series], line_id: int, customer_id: int, day: date, at: str) -> Series:
    series = hers.get(line_id)
    if series is None or series.customer_id != customer_id:
        raise series_unknown(at)
    if series.is_over(day):
        raise package_expired(at)
    if not series.left:
        raise package_used_up(at)
    return series


def _use_of(series: Series, line: LineSpec) -> LineSpec:
    """One session: its price is no matter of the till."""
    return LineSpec(
        service_id=series.service_id,
        staff_id=line.staff_id,
        unit_price=series.worth(1),
        tax_bp=0,
        shares=line.shares,
        series_line_id=series.line_id,
    )


def _sold(offers: dict[int, Offer], line: LineSpec, package_id: int, at: str) -> list[LineSpec]:
    """A package that was chosen, as its services; those that are written already stay as they are."""
    offer = offers.get(package_id)
    services = {item.service_id for item in offer.items} if offer else set()
    if offer is None or (line.service_id not in services if line.service_id else not offer.active):
        raise package_missing(at)
    if line.service_id is not None:
        return [replace(line, product_id=None)]
    return [
        LineSpec(
            service_id=part.item.service_id,
            quantity=part.item.sessions,
            unit_price=part.unit_price,
            discount=part.discount,
            discount_reason=offer.name if part.discount else "",
            package_id=offer.id,
        )
        for part in parts_of(offer)
        for _copy in range(line.quantity)
    ]


def packages_of(invoice_id: int, lines: Sequence[LineSpec]) -> list[LineSpec]:
    """The lines of a draft as `with_packages` writes them for its customer and day."""
    asked = select(Invoice.customer_id, Invoice.business_date).where(Invoice.id == invoice_id)
    row = db.session.execute(asked).one()
    return with_packages(lines, customer_id=row.customer_id, day=row.business_date)


def take_sessions(*, invoice_id: int, customer_id: int, today: date) -> bool:
    """Hold the uses of a draft against what is left now, while its customer is locked; true if a share has changed.

    Another till may have used or returned sessions meanwhile. Raises what `with_packages` raises.
    """
    uses = used_lines(invoice_id)
    hers, change = series_by_id({series_id for _id, _position, series_id, _price in uses}), 0
    for line_id, position, series_id, price in uses:
        series = _usable(hers, series_id, customer_id, today, f"lines.{position - 1}")
        hers[series_id] = series.after_one()
        worth = series.worth(1)
        if worth != price:
            again = update(InvoiceLine).where(InvoiceLine.id == line_id)
            db.session.connection().execute(again.values(unit_price=worth, net=worth))
            change += worth - price
    if change:
        sums = {"net": Invoice.net + change, "total": Invoice.total + change}
        db.session.connection().execute(update(Invoice).where(Invoice.id == invoice_id).values(**sums))
    return bool(change)


def begin_packages(*, invoice_id: int, day: date) -> None:
    """Say until when the sessions that a draft sells are usable, as it is issued."""
    rows = db.session.execute(
        select(InvoiceLine.id, Package.valid_days)
        .join(Package, Package.id == InvoiceLine.package_id)
        .where(InvoiceLine.invoice_id == invoice_id)
    ).all()
    for line_id, days in rows:
        until = days_later(day, days) if days is not None else None
        db.session.connection().execute(update(InvoiceLine).where(InvoiceLine.id == line_id).values(usable_until=until))
