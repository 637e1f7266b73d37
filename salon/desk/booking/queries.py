"""What the dialog of a booking reads: times that fit a visit, and a booking that is to be changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from ...appointments.availability.queries import best_offers, laid_out, offer_at, offers
from ...appointments.availability.rules import Laid, Offer, Order
from ...appointments.holding.queries import as_booked
from ...appointments.models import Appointment
from ...appointments.queries import of_branch
from ...appointments.refusals.queries import nearest_offers, refusal_at
from ...appointments.series.queries import plan_series
from ...appointments.series.rules import Occurrence, items_at
from ...catalog.models import Resource, Service
from ...core.db import db
from ...core.jalali import day_range, format_date, format_time, local_date, start_of_day
from ...core.text import persian_digits
from ...customers.queries import customer
from ...setup.queries import profile
from ...staff.models import StaffMember
from ..rules import wall_clock
from .forms import SeriesWanted, TimesWanted, TypedVisit
from .rules import LONGEST_WAIT, SHOWN, Reach, nearest_of, of_each_day, round_ones, shown_of

_WEEK = timedelta(days=7)
_MINUTE = timedelta(minutes=1)
_ALL = 7 * 24 * 60 // 5  # more times than a week's grid has


@dataclass(frozen=True)
class Names:
    """How the desk calls services, people and rooms, by their ids."""

    services: Mapping[int, str]
    staff: Mapping[int, str]
    rooms: Mapping[int, str]


def times(wanted: TimesWanted, now: datetime) -> list[Offer]:
    """The times of the reach that are shown, from now on. Raises as `availability.queries.offers` does."""
    grid, most = profile().grid_minutes, SHOWN[wanted.reach]
    first, before = day_range(wanted.day)
    if wanted.reach == Reach.FIRST:
        return _first_of(wanted, most, grid, now)
    if wanted.reach == Reach.WEEK:
        week = best_offers(wanted.asked, first, start_of_day(wanted.day + _WEEK), _ALL, now)
        return of_each_day(round_ones(week, grid), most)
    of_day = list(round_ones(best_offers(wanted.asked, first, before, _ALL, now), grid))
    return shown_of(of_day, most, wanted.near) if of_day else []


def _first_of(wanted: TimesWanted, most: int, grid: int, now: datetime) -> list[Offer]:
    """The first time of all, then those that come soon after it."""
    begins = start_of_day(wanted.day)
    first = next(offers(wanted.asked, begins, begins + 9 * _WEEK, now), None)
    if first is None:
        return []
    best = best_offers(wanted.asked, first.starts_at, None, most * 60 // grid, now)
    later = [offer for offer in round_ones(best, grid) if offer.starts_at > first.starts_at]
    return [first, *later[: most - 1]]


def laid_for(typed: TypedVisit, now: datetime) -> Sequence[Laid] | None:
    """The visit with the people and times that it gets at this moment; None where the dialog has chosen them already.

    Raises DomainError `slot_taken` with the nearest times; NotFound and Invalid as `offers` does.
    """
    if typed.overbook:
        return laid_out(typed.asked, typed.starts_at, now, overbook=True)
    if typed.is_laid_out:
        return None
    offer = offer_at(typed.asked, typed.starts_at, now)
    if offer is None:
        raise refusal_at(typed.asked, typed.starts_at, now)
    return offer.items


def nearest_times(typed: TypedVisit, now: datetime) -> list[dict[str, Any]]:
    """A few times of that day beside the one that was refused; the services may go to others where anybody may."""
    near = nearest_offers(typed.asked, typed.starts_at, now)
    return told(nearest_of(near, profile().grid_minutes, typed.starts_at)) if near else []


def series(wanted: SeriesWanted, now: datetime) -> list[dict[str, Any]]:
    """The bookings that repeat, for the script; where one doesn't fit, why, and the times of its day at which it would.

    Raises Invalid `series_invalid`, and as `offers` does.
    """
    asked, first = wanted.visit.asked, wanted.visit.starts_at
    planned = plan_series(asked, first, wanted.every_weeks, times=wanted.times, until=wanted.until, now=now)
    return [
        _when(one.starts_at) | {"refusal": one.refusal, "choices": _choices(wanted, one, now) if one.refusal else []}
        for one in planned
    ]


def _choices(wanted: SeriesWanted, one: Occurrence, now: datetime) -> list[dict[str, Any]]:
    """The nearest times of that day at which the same people can."""
    asked, first = wanted.visit.asked, wanted.visit.starts_at
    near = nearest_offers(asked, one.starts_at, now)
    moments = [offer.starts_at for offer in nearest_of(near, profile().grid_minutes, one.starts_at)]
    return [
        _when(moment)
        for moment in sorted(set(moments))
        if laid_out(replace(asked, items=items_at(asked.items, first, moment)), moment, now)
    ]


def _when(moment: datetime) -> dict[str, Any]:
    title = format_date(local_date(moment), "long")
    return {"starts_at": moment.isoformat(), "title": title, "time": format_time(moment)}


def told(found: Iterable[Offer]) -> list[dict[str, Any]]:
    """Times for the script that shows them: who does what when and where, with which waits, and why it is offered."""
    shown = list(found)
    names = names_of([one for offer in shown for one in offer.items])
    return [
        parts_told(offer.items, names)
        | {"reason": offer.reason, "good": not offer.gaps, "ends": format_time(offer.ends_at)}
        for offer in shown
    ]


def parts_told(laid: Sequence[Laid], names: Names) -> dict[str, Any]:
    """A visit that is laid out, for the script."""
    starts_at = min(one.starts_at for one in laid)
    day = local_date(starts_at)
    return {
        "day": day.isoformat(),
        "title": format_date(day, "long"),
        "time": format_time(starts_at),
        "parts": [_part(one, before, names) for one, before in zip(laid, (None, *laid), strict=False)],
    }


def names_of(laid: Iterable[Laid]) -> Names:
    """The names of all that these services name."""
    parts = list(laid)
    return Names(
        _names(Service, {one.service_id for one in parts}),
        _names(StaffMember, {one.staff_id for one in parts}),
        _names(Resource, {resource for one in parts for resource in one.resource_ids}),
    )


def own_items_of(appointment_id: int | None, branch_id: int) -> tuple[int, ...]:
    """The services of the booking that is changed, which are not in its own way. Raises NotFound."""
    return () if appointment_id is None else tuple(item.id for item in of_branch(appointment_id, branch_id).items)


def as_typed(found: Appointment) -> dict[str, Any]:
    """A booking as the dialog shows it when it is to be changed."""
    items = list(found.items)
    laid = [as_booked(item) for item in items]
    owner, local = customer(found.customer_id), wall_clock(found.starts_at)
    return {
        "id": found.id,
        "customer": {"id": owner.id, "name": owner.full_name, "code_shown": persian_digits(owner.code)},
        "day": local[:10],
        "time": local[11:],
        "note": found.note,
        "order": _order_of(laid).value,
        "longest_wait": _longest_wait(laid),
        "items": [
            {"service_id": item.service_id, "staff_id": item.staff_id, "begins": item.starts_at.isoformat()}
            for item in items
        ],
    }


def _order_of(laid: Sequence[Laid]) -> Order:
    """Side by side where she comes to all of them at once."""
    return Order.PARALLEL if len(laid) > 1 and len({one.comes_at for one in laid}) == 1 else Order.SEQUENCE


def _longest_wait(laid: Sequence[Laid]) -> int:
    waits = [(later.comes_at - earlier.leaves_at) // _MINUTE for earlier, later in pairwise(laid)]
    return max([0, *(wait for wait in waits if wait <= LONGEST_WAIT)])


def _part(one: Laid, before: Laid | None, names: Names) -> dict[str, Any]:
    return {
        "service_id": one.service_id,
        "service": names.services[one.service_id],
        "staff_id": one.staff_id,
        "staff": names.staff[one.staff_id],
        "begins": one.starts_at.isoformat(),
        "time": format_time(one.starts_at),
        "rooms": [names.rooms[resource] for resource in one.resource_ids],
        "wait": max((one.comes_at - before.leaves_at) // _MINUTE, 0) if before else 0,
    }


def _names(table: type[Service] | type[StaffMember] | type[Resource], ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(table.id, table.name).where(table.id.in_(ids)))}
