"""Reads who works and what is held on some days; people and resources as their free minutes from a midnight on."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, or_, select

from ...catalog.models import Resource, Service
from ...catalog.phases.queries import made_of
from ...catalog.phases.rules import Made
from ...core.db import db
from ...core.jalali import start_of_day
from ...setup.days.queries import closed_days
from ...setup.models import SalonProfile
from ...staff.errors import staff_inactive, staff_unknown
from ...staff.hours.queries import Presence, presence
from ...staff.models import StaffMember
from ..availability.rules import Asked, Laid
from ..minutes.rules import bits_of, minutes_between, room_for
from ..models import AppointmentItem, Occupancy, SlotHold
from ..rules import Span

WINDOW = 2 * 24 * 60  # minutes; a visit may go on beyond midnight
_DAY = timedelta(days=1)
_GAP = timedelta(hours=4)  # beyond it no gap is too short for a service

_PEOPLE = (
    select(StaffMember.id, StaffMember.level_id)
    .where(StaffMember.branch_id == bindparam("branch"), StaffMember.active)
    .order_by(StaffMember.position, StaffMember.id)
)
# What is laid aside has room for nobody.
_ROOM = case((Resource.active, Resource.capacity), else_=0).label("capacity")
_CAPACITIES = select(Resource.id, _ROOM).where(Resource.id.in_(bindparam("ids", expanding=True)))
_BOOKED = select(AppointmentItem.service_id).where(AppointmentItem.id.in_(bindparam("items", expanding=True)))
_SHORTEST = select(func.min(Service.duration)).where(Service.active).scalar_subquery()
_HOUSE = select(_SHORTEST, SalonProfile.grid_minutes).where(SalonProfile.id == 1)
# A booking is shorter than a day: looking back one day finds all that reach into these days, by the index.
_HELD = (
    select(Occupancy.staff_id, Occupancy.resource_id, Occupancy.starts_at, Occupancy.ends_at)
    .outerjoin(SlotHold, SlotHold.id == Occupancy.hold_id)
    .where(
        Occupancy.starts_at > bindparam("after"),
        Occupancy.starts_at < bindparam("before"),
        Occupancy.ends_at > bindparam("first"),
        or_(Occupancy.hold_id.is_(None), SlotHold.expires_at > bindparam("now")),
        or_(Occupancy.hold_id.is_(None), Occupancy.hold_id != bindparam("own_hold")),
        or_(Occupancy.item_id.is_(None), Occupancy.item_id.not_in(bindparam("own_items", expanding=True))),
    )
)
_HELD_OF_PEOPLE = _HELD.where(Occupancy.staff_id.in_(bindparam("people", expanding=True)))
_HELD_OF_RESOURCES = _HELD.where(Occupancy.resource_id.in_(bindparam("resources", expanding=True)))


class Held(NamedTuple):
    """What is held of a person or a resource."""

    staff_id: int | None
    resource_id: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Calendar:
    """What is known for the days asked about. `levels`: of the people of the branch, in the order of the board."""

    made: Mapping[int, Made]
    levels: Mapping[int, int | None]
    capacities: Mapping[int, int]
    presence: Mapping[int, Presence]
    held: Sequence[Any]
    shortest: int  # minutes of the shortest service
    grid: int  # minutes between two times that are offered
    _found: dict[tuple[str, int, datetime], Any] = field(default_factory=dict, compare=False)  # asked for many times

    def free(self, staff_id: int, midnight: datetime) -> int:
        """The free minutes of a person in the window from a midnight on, as bits."""
        key = ("free", staff_id, midnight)
        if key not in self._found:
            self._found[key] = self._free(staff_id, midnight)
        found: int = self._found[key]
        return found

    def rooms(self, resource_id: int, midnight: datetime) -> tuple[int, ...]:
        """The minutes of the window in which one more fits into a resource, two more, and so on."""
        key = ("rooms", resource_id, midnight)
        if key not in self._found:
            spans = (_touched(midnight, row.starts_at, row.ends_at) for row in self._held_of["resource", resource_id])
            self._found[key] = room_for(spans, self.capacities[resource_id], WINDOW) or (0,)
        found: tuple[int, ...] = self._found[key]
        return found

    @cached_property
    def _held_of(self) -> defaultdict[tuple[str, int], list[Any]]:
        """What is held of each person and each resource."""
        found: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        for row in self.held:
            found[("staff", row.staff_id) if row.resource_id is None else ("resource", row.resource_id)].append(row)
        return found

    def _free(self, staff_id: int, midnight: datetime) -> int:
        of_person, held = self.presence[staff_id], self._held_of["staff", staff_id]
        taken = bits_of(_touched(midnight, row.starts_at, row.ends_at) for row in (*of_person.away, *held))
        return bits_of(_within(midnight, stretch.starts_at, stretch.ends_at) for stretch in of_person.works) & ~taken


def calendar(asked: Asked, first: date, before: date, now: datetime, *, as_made: bool = False) -> Calendar:
    """What stands in the way of a visit on the days from `first` to `before` (exclusive), and on the day after.

    `as_made`: its services are as long as they are made now, so that of the day after only their reach is looked at.
    Raises NotFound `service_unknown`, `staff_unknown`; Invalid `service_inactive`, `staff_inactive`.
    """
    connection = db.session.connection()
    made = made_of({item.service_id for item in asked.items}, asked.branch_id, _booked(asked.own_items))
    levels = {row.id: row.level_id for row in connection.execute(_PEOPLE, {"branch": asked.branch_id})}
    _check_people({item.staff_id for item in asked.items if item.staff_id is not None}, levels, asked.branch_id)
    resources = sorted({resource for one in made.values() for resource in one.resources})
    capacities = _capacities(resources)
    people = _people_of(asked, made, levels)
    before += _DAY  # a visit may go on into the day after
    closed = closed_days(asked.branch_id, first, before)
    reached = _reached(asked, made, before) if as_made else start_of_day(before)
    held = _held(asked, people, resources, start_of_day(first), reached, now)
    shortest, grid = connection.execute(_HOUSE).one()
    works = presence(people, first, before, closed)
    return Calendar(made, levels, capacities, works, held, shortest or 0, grid)


def _booked(item_ids: Sequence[int]) -> Sequence[int]:
    """The services that a booking has already: it may go elsewhere with them though they are sold no more."""
    return db.session.scalars(_BOOKED, {"items": item_ids}).all() if item_ids else ()


def _capacities(resources: Sequence[int]) -> dict[int, int]:
    if not resources:
        return {}
    return {row.id: row.capacity for row in db.session.connection().execute(_CAPACITIES, {"ids": resources})}


def _reached(asked: Asked, made: Mapping[int, Made], before: date) -> datetime:
    """The end of what a visit that begins a day before this date may reach, and of the gap after it."""
    lengths = sum(made[item.service_id].longest + asked.longest_wait for item in asked.items)
    return min(start_of_day(before), start_of_day(before - _DAY) + timedelta(minutes=lengths) + _GAP)


def _people_of(asked: Asked, made: Mapping[int, Made], levels: Mapping[int, int | None]) -> list[int]:
    """Whoever may be wanted, in the order of the board."""
    if any(item.staff_id is None and not made[item.service_id].people for item in asked.items):
        return list(levels)
    named = {item.staff_id for item in asked.items if item.staff_id is not None}
    named |= {person for item in asked.items if item.staff_id is None for person in made[item.service_id].people}
    return [staff_id for staff_id in levels if staff_id in named]


def _check_people(named: set[int], levels: Collection[int], branch_id: int) -> None:
    missing = named - set(levels)
    if not missing:
        return
    known = db.session.scalars(
        select(StaffMember.id).where(StaffMember.id.in_(missing), StaffMember.branch_id == branch_id)
    )
    raise staff_inactive() if len(known.all()) == len(missing) else staff_unknown()


def _held(
    asked: Asked, people: Sequence[int], resources: Sequence[int], first: datetime, before: datetime, now: datetime
) -> list[Any]:
    connection = db.session.connection()
    question = {"first": first, "after": first - _DAY, "before": before, "now": now, "own_hold": asked.own_hold}
    question |= {"own_items": list(asked.own_items) or [0]}
    rows = list(connection.execute(_HELD_OF_PEOPLE, question | {"people": people}))
    if resources:
        rows += connection.execute(_HELD_OF_RESOURCES, question | {"resources": resources})
    return [*rows, *(row for laid in asked.beside for row in _held_by(laid))]


def _held_by(laid: Laid) -> Iterator[Held]:
    """What a service that is laid out would hold."""
    yield from (Held(laid.staff_id, None, *span) for span in laid.held())
    yield from (Held(None, resource, laid.starts_at, laid.ends_at) for resource in laid.resource_ids)


def _touched(midnight: datetime, starts_at: datetime, ends_at: datetime) -> Span:
    """The minutes of the window that something touches."""
    return _in_window(minutes_between(midnight, starts_at), minutes_between(midnight, ends_at, up=True))


def _within(midnight: datetime, starts_at: datetime, ends_at: datetime) -> Span:
    """The whole minutes of the window that lie within something."""
    return _in_window(minutes_between(midnight, starts_at, up=True), minutes_between(midnight, ends_at))


def _in_window(starts: int, ends: int) -> Span:
    return Span(min(max(starts, 0), WINDOW), min(max(ends, 0), WINDOW))
