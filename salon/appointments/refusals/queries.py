"""Reads what is in the way of a visit, and the nearest times at which nothing is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from ...core.db import db
from ...core.errors import DomainError
from ...core.jalali import day_range, format_time, local_date
from ...staff.models import StaffMember
from ..availability.queries import laid_out, offers
from ..availability.rules import Asked, Laid, Offer
from ..calendar.queries import calendar
from ..errors import taken
from ..rules import BookingItem

NEAREST = 5  # times that a refusal names
_DAY = timedelta(days=1)


def refusal_at(asked: Asked, starts_at: datetime, now: datetime) -> DomainError:
    """Why a visit doesn't fit at a time, with the nearest times of that day at which it would."""
    near = nearest_offers(asked, starts_at, now)
    names = _names()
    times = [f"{format_time(offer.starts_at)} {names[offer.items[0].staff_id]}" for offer in _shown(near, asked)]
    return taken(_why(asked, starts_at, names, now), times, _nearest(near, asked))


def nearest_offers(asked: Asked, starts_at: datetime, now: datetime) -> list[Offer]:
    """The other times of that day, the nearest first; for a single service also by others who do it."""
    return sorted(_near(asked, local_date(starts_at), now), key=lambda offer: _distance(offer, starts_at))


def why_not(asked: Asked, one: Laid, name: str, now: datetime) -> str:
    """Whether its person is taken, a room is, or she doesn't work then."""
    day = local_date(one.starts_at)
    known = calendar(asked, day, day + _DAY, now)
    if not all(known.capacities[resource] for resource in one.resource_ids):
        return str(_("اتاق یا دستگاه این خدمت کنار گذاشته شده است"))
    overlapping = [row for row in known.held if row.starts_at < one.ends_at and row.ends_at > one.starts_at]
    hers = [
        row
        for row in overlapping
        if row.staff_id == one.staff_id
        and any(row.starts_at < ends and row.ends_at > begins for begins, ends in one.held())
    ]
    if hers:
        first, last = min(row.starts_at for row in hers), max(row.ends_at for row in hers)
        return str(
            _("%(name)s %(first)s تا %(last)s پر است", name=name, first=format_time(first), last=format_time(last))
        )
    if any(row.staff_id is None for row in overlapping):
        return str(_("اتاق یا دستگاه این خدمت در این ساعت پر است"))
    return str(_("%(name)s در این ساعت کار نمی‌کند", name=name))


def _near(asked: Asked, day: date, now: datetime) -> Iterator[Offer]:
    """What else fits that day: as it was asked for, and a single service also by others who do it."""
    yield from offers(asked, *day_range(day), now)
    if len(asked.items) == 1 and asked.items[0].staff_id is not None:
        anybody = replace(asked, items=[BookingItem(asked.items[0].service_id, None)])
        for staff_id in calendar(anybody, day, day + _DAY, now).presence:
            if staff_id != asked.items[0].staff_id:
                by_her = replace(asked, items=[BookingItem(asked.items[0].service_id, staff_id)])
                yield from offers(by_her, *day_range(day), now)


def _distance(offer: Offer, wanted: datetime) -> tuple[timedelta, bool]:
    return abs(offer.starts_at - wanted), offer.starts_at < wanted  # of two as near the later one


def _shown(near: Sequence[Offer], asked: Asked) -> list[Offer]:
    """The nearest time of whom was asked for, and the nearest of another."""
    if not near:
        return []
    wanted = asked.items[0].staff_id or near[0].items[0].staff_id
    hers = next((offer for offer in near if offer.items[0].staff_id == wanted), None)
    others = next((offer for offer in near if offer.items[0].staff_id != wanted), None)
    return [offer for offer in (hers, others) if offer is not None]


def _nearest(near: Sequence[Offer], asked: Asked) -> list[datetime]:
    """When the visit as it was asked for would fit; only where it doesn't at all that day, by somebody else."""
    wanted = asked.items[0].staff_id
    hers = [offer for offer in near if wanted is None or offer.items[0].staff_id == wanted]
    return sorted({offer.starts_at for offer in (hers or near)[:NEAREST]})


def _why(asked: Asked, starts_at: datetime, names: Mapping[int, str], now: datetime) -> str:
    """Who or what is not to be had then."""
    laid = laid_out(asked, starts_at, now, overbook=True) or ()
    for item, one in zip(asked.items, laid, strict=False):
        if one.overbooked:
            if item.staff_id is None:
                return str(_("در این ساعت کسی برای این خدمت آزاد نیست"))
            return why_not(asked, one, names[item.staff_id], now)
    return str(_("این زمان پر است"))


def _names() -> dict[int, str]:
    return {row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))}
