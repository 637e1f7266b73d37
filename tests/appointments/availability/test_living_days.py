"""Whole days of the salon, as they are stored, held against a model that tries everything minute by minute."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salon.appointments.availability.queries import laid_out, offers
from salon.appointments.availability.rules import Asked, Offer, Order
from salon.appointments.errors import SlotTaken
from salon.appointments.models import Occupancy, SlotHold
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.catalog.models import PhaseKind, Resource
from salon.catalog.phases.rules import Phase
from salon.catalog.phases.services import set_people, set_phases, set_resources
from salon.core.db import db, transaction
from salon.core.jalali import day_range, local_date, start_of_day, weekday_of
from salon.setup.models import ClosedDay
from salon.staff.hours.services import set_hours
from salon.staff.models import Absence, StaffDay
from tests.factories import SmallSalon

from . import model

OPENS, CLOSES = 9 * 60, 11 * 60 + 30
STEP = 5  # minutes of the grid, unless the salon sets another
BUSY, PROCESSING, BUFFER = PhaseKind.BUSY, PhaseKind.PROCESSING, PhaseKind.BUFFER
Minutes = tuple[int, int]

spans = st.tuples(st.integers(OPENS, CLOSES - 1), st.sampled_from([5, 17, 30, 60, 90])).map(
    lambda of: (of[0], min(sum(of), CLOSES))
)
WHOLE, WITH_A_BREAK = ((OPENS, CLOSES),), ((OPENS, OPENS + 55), (OPENS + 70, CLOSES))
hours = st.one_of(st.sampled_from([WHOLE, WITH_A_BREAK]), st.tuples(spans))
phases = st.builds(
    lambda lead, work, more, trail: (*lead, Phase(BUSY, work), *more, *trail),
    st.lists(st.just(Phase(BUFFER, 5)), max_size=1),
    st.integers(5, 30),
    st.sampled_from([(), (Phase(PROCESSING, 20),), (Phase(PROCESSING, 15), Phase(BUSY, 10))]),
    st.lists(st.just(Phase(BUFFER, 10)), max_size=1),
)


@dataclass(frozen=True)
class Told:
    """What is stored about a day: places 0 and 1 are the two people, place 2 is the room."""

    hours: tuple[tuple[Minutes, ...], tuple[Minutes, ...]]
    other_hours: tuple[Minutes, ...] | None  # of the first person, that day
    away: Minutes | None  # the second person
    closed: bool
    capacity: int
    held: list[tuple[int, Minutes, bool]]  # the last: it has lapsed
    made: tuple[tuple[tuple[Phase, ...], frozenset[int], bool], ...]  # phases, who does it, whether in the room
    visit: list[tuple[int, int | None]]  # service and person, by place
    order: Order
    wait: int


days = st.builds(
    Told,
    hours=st.tuples(hours, hours),
    other_hours=st.one_of(st.none(), hours),
    away=st.one_of(st.none(), spans),
    closed=st.sampled_from([False] * 9 + [True]),
    capacity=st.integers(1, 2),
    held=st.lists(st.tuples(st.integers(0, 2), spans, st.booleans()), max_size=4),
    made=st.tuples(*[st.tuples(phases, st.frozensets(st.integers(0, 1)), st.booleans())] * 2),
    visit=st.lists(st.tuples(st.integers(0, 1), st.sampled_from([None, None, 0, 1])), min_size=1, max_size=2),
    order=st.sampled_from(Order),
    wait=st.sampled_from([0, 0, 10]),
)


class Undo(Exception):
    """What was stored for an example is taken back."""


@dataclass(frozen=True)
class Places:
    """The rows that the places of an example stand for."""

    people: tuple[int, int]
    services: tuple[int, int]
    room: int


def store(told: Told, salon: SmallSalon, day: date, now: datetime) -> Places:
    """The day as it stands in the database."""
    room = Resource(branch_id=salon.branch_id, name="لیزر", kind="room", capacity=told.capacity)
    db.session.add(room)
    db.session.flush()
    places = Places((salon.sara, salon.negar), (salon.cut, salon.color), room.id)
    midnight = start_of_day(day)
    for person, hours in zip(places.people, told.hours, strict=True):
        set_hours(staff_id=person, week={weekday_of(day): list(hours)})
    db.session.add_all(
        StaffDay(staff_id=places.people[0], day=day, starts_at=starts, ends_at=ends)
        for starts, ends in told.other_hours or ()
    )
    if told.away:
        db.session.add(Absence(staff_id=places.people[1], created_at=now, **between(midnight, told.away)))
    if told.closed:
        db.session.add(ClosedDay(branch_id=salon.branch_id, day=day, name="تعطیل"))
    for service, (made_of, people, in_room) in zip(places.services, told.made, strict=True):
        set_phases(service_id=service, phases=made_of)
        set_people(service_id=service, staff_ids=[places.people[place] for place in people])
        set_resources(service_id=service, resource_ids=[room.id] if in_room else [])
    for place, span, lapsed in told.held:
        _hold(salon, now, places, place, between(midnight, span), lapsed)
    db.session.flush()
    return places


def between(midnight: datetime, span: Minutes) -> dict[str, datetime]:
    """The begin and the end of a stretch of minutes."""
    return dict(zip(("starts_at", "ends_at"), (midnight + timedelta(minutes=at) for at in span), strict=True))


def _hold(
    salon: SmallSalon, now: datetime, places: Places, place: int, span: dict[str, datetime], lapsed: bool
) -> None:
    expires_at = now - timedelta(minutes=1) if lapsed else now + timedelta(days=9)
    hold = SlotHold(branch_id=salon.branch_id, created_at=now, expires_at=expires_at)
    db.session.add(hold)
    db.session.flush()
    of = {"resource_id": places.room} if place == 2 else {"staff_id": places.people[place]}
    db.session.add(Occupancy(hold_id=hold.id, overbooked=True, **of, **span))


def day_of(told: Told) -> model.Day:
    """The same day, minute by minute."""

    def within(minute: int, span: Minutes) -> bool:
        return span[0] <= minute < span[1]

    def held(place: int, minute: int) -> int:
        return sum(of == place and not lapsed and within(minute, span) for of, span, lapsed in told.held)

    def works(place: int, minute: int) -> bool:
        hours = told.other_hours if place == 0 and told.other_hours is not None else told.hours[place]
        away = told.away if place == 1 else None
        return not told.closed and any(within(minute, span) for span in hours) and not (away and within(minute, away))

    minutes = range(24 * 60)
    free = {place: frozenset(m for m in minutes if works(place, m) and not held(place, m)) for place in (0, 1)}
    return model.Day(24 * 60, free, {2: [told.capacity - held(2, minute) for minute in minutes]})


def visit_of(told: Told) -> list[model.Asked]:
    """The visit as the model asks for it."""
    wanted = []
    for place, person in told.visit:
        made_of, people, in_room = told.made[place]
        able = [person] if person is not None else sorted(people or {0, 1})
        wanted.append(model.Asked(dict.fromkeys(able, made_of), (2,) if in_room else ()))
    return wanted


def expected(told: Told) -> set[int]:
    """The minutes of the grid at which the visit may begin."""
    wanted, day = visit_of(told), day_of(told)
    return {
        start
        for start in range(OPENS - 15, CLOSES, STEP)
        if any(
            model.fits(wanted, chosen, day, told.order, told.wait)
            for chosen in model.choices(wanted, start, told.order, told.wait)
        )
    }


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=days, chosen=st.integers(0, 10**6))
def test_what_is_offered_and_booked_is_what_trying_everything_finds(
    salon: SmallSalon, now: datetime, told: Told, chosen: int
) -> None:
    day = local_date(now) + timedelta(days=1)
    with pytest.raises(Undo), transaction():
        places = store(told, salon, day, now)
        items = [
            BookingItem(places.services[service], None if person is None else places.people[person])
            for service, person in told.visit
        ]
        asked = Asked(salon.branch_id, items, None, told.order, told.wait)
        offered = {_minute(offer, day): offer for offer in offers(asked, *day_range(day), now)}
        assert set(offered) == expected(told)
        if told.order == Order.SEQUENCE and told.wait == 0:
            _check_grid(asked, day, now, set(offered))
        if offered:
            _check_booking(salon, sorted(offered.items())[chosen % len(offered)][1], now)
        raise Undo


def _minute(offer: Offer, day: date) -> int:
    return (offer.items[0].starts_at - start_of_day(day)) // timedelta(minutes=1)


def _check_grid(asked: Asked, day: date, now: datetime, free: set[int]) -> None:
    """Any start of the grid that is free can be had, and no other."""
    for minute in range(OPENS - 15, CLOSES, STEP):
        starts_at = start_of_day(day) + timedelta(minutes=minute)
        assert (laid_out(asked, starts_at, now) is not None) == (minute in free), minute


def _check_booking(salon: SmallSalon, offer: Offer, now: datetime) -> None:
    """What is offered is booked as it was offered, once."""
    items = [BookingItem(one.service_id, one.staff_id, one.starts_at) for one in offer.items]
    visit = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "actor": None, "now": now}
    booked = book(**visit, starts_at=offer.starts_at, items=items)  # type: ignore[arg-type]  # as said
    assert sorted((one.service_id, one.staff_id, one.starts_at) for one in booked.items) == sorted(
        (one.service_id, one.staff_id, one.starts_at) for one in offer.items
    )
    with pytest.raises(SlotTaken):
        book(**visit, starts_at=offer.starts_at, items=items)  # type: ignore[arg-type]  # as said
