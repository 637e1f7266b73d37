"""Free times of a visit: what is known of people, rooms and bookings, laid before the rules that find what fits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from ...catalog.models import Resource, Service
from ...catalog.phases.queries import made_of
from ...catalog.phases.rules import Made
from ...core.db import db
from ...core.jalali import local_date, start_of_day
from ...setup.days.queries import closed_days
from ...staff.errors import staff_inactive, staff_unknown
from ...staff.hours.queries import Presence, presence
from ...staff.models import StaffMember
from ..minutes.rules import bits_of, on_grid, room_for
from ..models import Occupancy, SlotHold
from ..rules import BookingItem, Span
from .rules import Candidate, Order, Placed, Search, Shape, Wanted, starts_of, useless_gaps

STEP = 5  # minutes of the grid
WINDOW = 2 * 24 * 60  # a visit may go on beyond midnight
MOST_DAYS = 62  # that one question looks at
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)

_PEOPLE = (
    select(StaffMember.id, StaffMember.level_id)
    .where(StaffMember.branch_id == bindparam("branch"), StaffMember.active)
    .order_by(StaffMember.position, StaffMember.id)
)
_CAPACITIES = select(Resource.id, Resource.capacity).where(Resource.id.in_(bindparam("ids", expanding=True)))
_SHORTEST = select(func.min(Service.duration)).where(Service.active)
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


@dataclass(frozen=True)
class Asked:
    """A visit for which times are wanted. What it holds itself (`own_hold`, `own_items`) is not in its way."""

    branch_id: int
    items: Sequence[BookingItem]
    customer_id: int | None = None
    order: Order = Order.SEQUENCE
    longest_wait: int = 0
    own_hold: int = 0
    own_items: tuple[int, ...] = ()


class OfferedItem(NamedTuple):
    """A service of an offered visit, from its first phase to its last."""

    service_id: int
    staff_id: int
    resource_ids: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime
    shape: Shape


class Offer(NamedTuple):
    """A time at which the whole visit fits. `gaps`: stretches too short for any service that it would leave."""

    starts_at: datetime
    ends_at: datetime
    items: tuple[OfferedItem, ...]
    gaps: int


@dataclass(frozen=True)
class _Facts:
    """What is known for all days asked about."""

    made: Mapping[int, Made]
    levels: Mapping[int, int | None]  # by person, in the order of the board
    capacities: Mapping[int, int]
    presence: Mapping[int, Presence]
    held: Sequence[Any]
    shortest: int


def offers(asked: Asked, first: datetime, before: datetime, now: datetime) -> Iterator[Offer]:
    """The times from `first` to `before` at which the visit may begin, day by day; from now on only.

    Raises NotFound `service_unknown`, `staff_unknown`; Invalid `service_inactive`, `staff_inactive`.
    """
    first = max(first, now)
    if first >= before:
        return
    days = list(_days(local_date(first), min(before, first + MOST_DAYS * _DAY)))
    facts = _facts(asked, days, now)
    for day in days:
        yield from _offers_of(asked, facts, day, first, before)


def _days(first: date, before: datetime) -> Iterator[date]:
    day = first
    while start_of_day(day) < before:
        yield day
        day += _DAY


def _offers_of(asked: Asked, facts: _Facts, day: date, first: datetime, before: datetime) -> Iterator[Offer]:
    midnight = start_of_day(day)
    free = {staff_id: _free(facts, staff_id, midnight) for staff_id in facts.presence}
    search = _search(asked, facts, free, midnight)
    begins, ends = (_minutes(midnight, moment, up=True) for moment in (first, min(before, start_of_day(day + _DAY))))
    for start in on_grid(search.starts, STEP, max(begins, 0), ends):
        placed = search.at(start)
        if placed is not None:
            yield _offer(asked, placed, midnight, useless_gaps(placed, free, facts.shortest))


def _search(asked: Asked, facts: _Facts, free: Mapping[int, int], midnight: datetime) -> Search:
    rooms = {resource: _rooms(facts, resource, midnight) for resource in facts.capacities}
    wanted = []
    for item in asked.items:
        made = facts.made[item.service_id]
        open_rooms = [rooms[resource][0] for resource in made.resources]
        candidates = []
        for staff_id in _able(item, made, facts):
            shape = Shape(made.phases_by(staff_id, facts.levels[staff_id], asked.customer_id))
            candidates.append(Candidate(staff_id, shape, starts_of(shape, free[staff_id], WINDOW, open_rooms)))
        wanted.append(Wanted(tuple(candidates), made.resources))
    return Search(tuple(wanted), rooms, asked.order, asked.longest_wait)


def _able(item: BookingItem, made: Made, facts: _Facts) -> Iterable[int]:
    if item.staff_id is not None:
        return [item.staff_id]
    return [staff_id for staff_id in facts.levels if not made.people or staff_id in made.people]


def _facts(asked: Asked, days: Sequence[date], now: datetime) -> _Facts:
    connection = db.session.connection()
    made = made_of({item.service_id for item in asked.items})
    levels = {row.id: row.level_id for row in connection.execute(_PEOPLE, {"branch": asked.branch_id})}
    _check_people({item.staff_id for item in asked.items if item.staff_id is not None}, levels, asked.branch_id)
    resources = sorted({resource for one in made.values() for resource in one.resources})
    capacities = {row.id: row.capacity for row in connection.execute(_CAPACITIES, {"ids": resources or [0]})}
    first, before = days[0], days[-1] + 2 * _DAY  # a visit may go on into the day after
    people = _people_of(asked, made, levels)
    closed = closed_days(asked.branch_id, first, before)
    held = _held(asked, people, resources, start_of_day(first), start_of_day(before), now)
    shortest = connection.execute(_SHORTEST).scalar() or 0
    return _Facts(made, levels, capacities, presence(people, first, before, closed), held, shortest)


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
    return rows


def _free(facts: _Facts, staff_id: int, midnight: datetime) -> int:
    """The free minutes of a person in the window from a midnight on."""
    of_person = facts.presence[staff_id]
    held = (row for row in facts.held if row.staff_id == staff_id)
    taken = bits_of(_span(midnight, row.starts_at, row.ends_at) for row in (*of_person.away, *held))
    return bits_of(_span_within(midnight, stretch.starts_at, stretch.ends_at) for stretch in of_person.works) & ~taken


def _rooms(facts: _Facts, resource_id: int, midnight: datetime) -> tuple[int, ...]:
    spans = (_span(midnight, row.starts_at, row.ends_at) for row in facts.held if row.resource_id == resource_id)
    return room_for(spans, facts.capacities[resource_id], WINDOW)


def _span(midnight: datetime, starts_at: datetime, ends_at: datetime) -> Span:
    """The minutes of the window that something touches."""
    starts, ends = _minutes(midnight, starts_at), _minutes(midnight, ends_at, up=True)
    return Span(min(max(starts, 0), WINDOW), min(max(ends, 0), WINDOW))


def _span_within(midnight: datetime, starts_at: datetime, ends_at: datetime) -> Span:
    """The whole minutes of the window that lie within something."""
    starts, ends = _minutes(midnight, starts_at, up=True), _minutes(midnight, ends_at)
    return Span(min(max(starts, 0), WINDOW), min(max(ends, 0), WINDOW))


def _minutes(midnight: datetime, moment: datetime, *, up: bool = False) -> int:
    seconds = (moment - midnight) // timedelta(seconds=1)
    return -(-seconds // 60) if up else seconds // 60


def _offer(asked: Asked, placed: Sequence[Placed], midnight: datetime, gaps: int) -> Offer:
    midnight = midnight.astimezone(UTC)
    items = tuple(
        OfferedItem(
            item.service_id,
            one.staff_id,
            one.resources,
            midnight + one.starts * _MINUTE,
            midnight + one.ends * _MINUTE,
            one.shape,
        )
        for item, one in zip(asked.items, placed, strict=True)
    )
    return Offer(min(item.starts_at for item in items), max(item.ends_at for item in items), items, gaps)
