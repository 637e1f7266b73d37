"""Reads the bookings that lie outside working hours, on closed days, in absences or in rooms that are no more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, case, select

from ...catalog.models import Resource, Service
from ...core.db import db
from ...core.errors import DomainError
from ...core.jalali import local_date
from ...customers.models import Customer
from ...customers.rules import full_name
from ...setup.days.queries import closed_days
from ...staff.hours.queries import presence
from ...staff.models import StaffMember
from ..availability.queries import best_offers, laid_out
from ..availability.rules import Asked
from ..models import Appointment, AppointmentItem, Occupancy, StandingItem
from ..models import AppointmentStatus as S
from ..rules import BookingItem, Slot
from .rules import Days, RoomRow, Why, beyond_capacity

_DAY = timedelta(days=1)
_AWAITED = (S.BOOKED.value, S.CONFIRMED.value)
_NEAREST = 3  # times that are proposed
_LOOKED_THROUGH = 200  # a day of the grid, or nearly
_PEOPLE = select(StaffMember.id, StaffMember.active).where(StaffMember.branch_id == bindparam("branch"))
_HELD = (
    select(
        Occupancy.staff_id,
        Occupancy.starts_at,
        Occupancy.ends_at,
        Occupancy.item_id,
        Occupancy.overbooked,
    )
    .join(AppointmentItem, AppointmentItem.id == Occupancy.item_id)
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .where(
        Occupancy.staff_id.in_(bindparam("people", expanding=True)),
        Occupancy.starts_at >= bindparam("now"),
        AppointmentItem.starts_at >= bindparam("now"),
        Appointment.status.in_(_AWAITED),
    )
)
_ROOMS = (
    select(
        Occupancy.resource_id,
        Occupancy.starts_at,
        Occupancy.ends_at,
        Occupancy.item_id,
        Occupancy.overbooked,
        case((Resource.active, Resource.capacity), else_=0).label("capacity"),
    )
    .join(Resource, Resource.id == Occupancy.resource_id)
    .where(
        Resource.branch_id == bindparam("branch"),
        Occupancy.item_id.is_not(None),
        Occupancy.starts_at > bindparam("after"),
        Occupancy.ends_at > bindparam("now"),
    )
)
_FACTS = (
    select(
        AppointmentItem.id,
        AppointmentItem.appointment_id,
        AppointmentItem.service_id,
        AppointmentItem.staff_id,
        AppointmentItem.starts_at,
        AppointmentItem.ends_at,
        Appointment.branch_id,
        Appointment.customer_id,
        Appointment.status,
        Customer.first_name,
        Customer.last_name,
        Customer.mobile,
        Service.name.label("service"),
        StaffMember.name.label("staff"),
        StandingItem.why.label("left"),
        StandingItem.staff_id.label("left_with"),
        StandingItem.starts_at.label("left_at"),
    )
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .join(Customer, Customer.id == Appointment.customer_id)
    .join(Service, Service.id == AppointmentItem.service_id)
    .join(StaffMember, StaffMember.id == AppointmentItem.staff_id)
    .outerjoin(StandingItem, StandingItem.item_id == AppointmentItem.id)
    .where(
        AppointmentItem.id.in_(bindparam("items", expanding=True)),
        AppointmentItem.starts_at >= bindparam("now"),
        Appointment.status.in_(_AWAITED),
    )
    .order_by(AppointmentItem.starts_at, AppointmentItem.id)
)


@dataclass(frozen=True)
class Displaced:
    """A booked service that has to be moved, and why."""

    item_id: int
    appointment_id: int
    branch_id: int
    customer_id: int
    customer: str
    mobile: str | None
    service_id: int
    service: str
    staff_id: int
    staff: str
    starts_at: datetime
    ends_at: datetime
    why: Why


def displaced(branch_id: int, now: datetime) -> list[Displaced]:
    """The booked services of a branch from now on that nobody serves where they lie, the next first.

    Those that somebody looked at and left are not among them, unless they were moved or the reason is another.
    """
    reasons = _reasons(branch_id, now)
    if not reasons:
        return []
    rows = db.session.connection().execute(_FACTS, {"items": sorted(reasons), "now": now})
    return [_told(row, reasons[row.id]) for row in rows if not _is_left(row, reasons[row.id])]


def is_displaced(booking: Appointment, now: datetime) -> bool:
    """Whether the salon can't serve a booking where it lies."""
    return any(one.appointment_id == booking.id for one in displaced(booking.branch_id, now))


def displaced_ids(branch_id: int, now: datetime) -> frozenset[int]:
    """The same, as the numbers of the services alone."""
    return frozenset(one.item_id for one in displaced(branch_id, now))


def displaced_within(branch_id: int, first: datetime, before: datetime, now: datetime, staff_id: int = 0) -> list[int]:
    """The bookings that have to be moved and lie in a time, of a person if one is named; by number."""
    return sorted(
        {
            one.appointment_id
            for one in displaced(branch_id, now)
            if one.starts_at < before and one.ends_at > first and (not staff_id or one.staff_id == staff_id)
        }
    )


def displaced_count(branch_id: int, now: datetime) -> int:
    """How many bookings have to be moved."""
    return len({one.appointment_id for one in displaced(branch_id, now)})


def nearest_times(one: Displaced, now: datetime) -> list[Slot]:
    """Times to which a service could be moved: the same hour by another, her own next ones, then anybody's."""
    items = (one.item_id,)
    by_anybody = Asked(one.branch_id, [BookingItem(one.service_id, None)], one.customer_id, own_items=items)
    by_her = Asked(one.branch_id, [BookingItem(one.service_id, one.staff_id)], one.customer_id, own_items=items)
    try:
        at_once = laid_out(by_anybody, one.starts_at, now) or []
        found = [Slot(laid.staff_id, laid.starts_at, laid.ends_at) for laid in at_once]
        hers = [] if one.why == Why.LEFT else _next_of(by_her, one.starts_at, now)
        found += hers or _next_of(by_anybody, one.starts_at, now)
    except DomainError:  # a service that is sold no more has no times
        return []
    return list(islice(dict.fromkeys(found), _NEAREST))


def _next_of(asked: Asked, first: datetime, now: datetime) -> list[Slot]:
    """The next time, and of that day the one nearest to the hour of before."""
    offers = best_offers(asked, first, None, _LOOKED_THROUGH, now)
    if not offers:
        return []
    day = local_date(offers[0].starts_at)
    wanted = first + (day - local_date(first))
    alike = min(
        (offer for offer in offers if local_date(offer.starts_at) == day),
        key=lambda offer: abs(offer.starts_at - wanted),
    )
    return [Slot(offer.items[0].staff_id, offer.starts_at, offer.ends_at) for offer in (offers[0], alike)]


def _reasons(branch_id: int, now: datetime) -> dict[int, Why]:
    """By the number of the service why it can't stay."""
    connection = db.session.connection()
    active = {row.id: row.active for row in connection.execute(_PEOPLE, {"branch": branch_id})}
    held = connection.execute(_HELD, {"people": sorted(active) or [0], "now": now}).all()
    rooms = connection.execute(_ROOMS, {"branch": branch_id, "now": now, "after": now - _DAY})
    found = dict.fromkeys(beyond_capacity(RoomRow(*row) for row in rooms), Why.ROOM)
    return found | (_outside(branch_id, held, active) if held else {})


def _outside(branch_id: int, held: Sequence[Any], active: Mapping[int, bool]) -> dict[int, Why]:
    days_of = {(row.item_id, row.starts_at): _days_touched(row.starts_at, row.ends_at) for row in held}
    days = {day for touched in days_of.values() for day in touched}
    closed, there = _presence_on(branch_id, days, {row.staff_id for row in held})
    found: dict[int, Why] = {}
    for row in held:
        if any(day in closed for day in days_of[row.item_id, row.starts_at]):
            found[row.item_id] = Why.CLOSED
        elif not active[row.staff_id]:
            found.setdefault(row.item_id, Why.LEFT)
        else:
            why = there[row.staff_id].refuses(row.starts_at, row.ends_at)
            if why is not None and not (row.overbooked and why == Why.HOURS):  # she was asked to come then
                found.setdefault(row.item_id, why)
    return found


def _presence_on(branch_id: int, days: Collection[date], people: Collection[int]) -> tuple[set[date], dict[int, Days]]:
    """Which of these days the branch is closed, and when people are there on the others."""
    first, before = min(days), max(days) + _DAY
    closed = set(closed_days(branch_id, first, before))
    without = {day for day in (first + n * _DAY for n in range((before - first).days)) if day not in days}
    there = presence(people, first, before, closed | without)
    return closed, {staff_id: Days(one) for staff_id, one in there.items()}


def _days_touched(starts_at: datetime, ends_at: datetime) -> tuple[date, ...]:
    first, last = local_date(starts_at), local_date(ends_at - timedelta(microseconds=1))
    return (first,) if first == last else (first, last)


def _is_left(row: Any, why: Why) -> bool:
    return (row.left, row.left_with, row.left_at) == (why.value, row.staff_id, row.starts_at)


def _told(row: Any, why: Why) -> Displaced:
    return Displaced(
        item_id=row.id,
        appointment_id=row.appointment_id,
        branch_id=row.branch_id,
        customer_id=row.customer_id,
        customer=full_name(row.first_name, row.last_name),
        mobile=row.mobile,
        service_id=row.service_id,
        service=row.service,
        staff_id=row.staff_id,
        staff=row.staff,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        why=why,
    )
