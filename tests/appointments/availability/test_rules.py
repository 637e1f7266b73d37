"""Free times, held against a model that tries everything minute by minute."""

from hypothesis import given, settings
from hypothesis import strategies as st

from salon.appointments.availability.rules import (
    Candidate,
    Order,
    Search,
    Shape,
    Wanted,
    starts_of,
    useless_gaps,
)
from salon.appointments.minutes.rules import bits_of, on_grid, room_for, runs
from salon.appointments.rules import Span
from salon.catalog.models import PhaseKind
from salon.catalog.phases.rules import Phase

from .model import Asked, Day, fits, starts

BUSY, PROCESSING, BUFFER = PhaseKind.BUSY, PhaseKind.PROCESSING, PhaseKind.BUFFER
COLOUR = (Phase(BUSY, 30), Phase(PROCESSING, 40), Phase(BUSY, 20), Phase(BUFFER, 10))
WINDOW = 40  # minutes: small days find what is wrong as well as long ones, and the model can try everything
PEOPLE, CHAIRS = (1, 2), (7, 8)

spans = st.lists(
    st.tuples(st.integers(0, WINDOW), st.integers(1, 15)).map(lambda of: Span(of[0], min(of[0] + of[1], WINDOW))),
    max_size=4,
)
inner = st.lists(
    st.builds(Phase, st.sampled_from([BUSY, PROCESSING, BUFFER]), st.integers(1, 5)), min_size=0, max_size=2
)
buffers = st.lists(st.builds(Phase, st.just(BUFFER), st.integers(1, 4)), max_size=1)
phases = st.builds(
    lambda lead, first, more, trail: (*lead, Phase(BUSY, first), *more, *trail),
    buffers, st.integers(1, 8), inner, buffers,
)  # fmt: skip


@st.composite
def visits(draw: st.DrawFn) -> tuple[list[Asked], Day, dict[int, tuple[int, ...]]]:
    """A day of two people and two resources, and a visit of one to three services."""
    free = {person: frozenset(minutes(bits_of(draw(spans)) ^ ((1 << WINDOW) - 1))) for person in PEOPLE}
    rooms = {chair: room_for(draw(spans), draw(st.integers(1, 2)), WINDOW) for chair in CHAIRS}
    asked = []
    for _ in range(draw(st.integers(1, 3))):
        able = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True))
        needs = tuple(draw(st.lists(st.sampled_from(CHAIRS), max_size=2, unique=True)))
        asked.append(Asked({person: draw(phases) for person in able}, needs))
    room = {
        chair: [sum(layer >> minute & 1 for layer in layers) for minute in range(WINDOW)]
        for chair, layers in rooms.items()
    }
    return asked, Day(WINDOW, free, room), rooms


def minutes(bits: int) -> list[int]:
    """The minutes of a number of bits."""
    return [minute for minute in range(bits.bit_length()) if bits >> minute & 1]


def search(asked: list[Asked], day: Day, rooms: dict[int, tuple[int, ...]], order: Order, wait: int) -> Search:
    """The same visit as the engine sees it."""
    wanted = []
    for service in asked:
        candidates = []
        for person, of_person in service.phases.items():
            shape = Shape(of_person)
            free = bits_of(Span(minute, minute + 1) for minute in day.free[person])
            begins = starts_of(shape, free, day.window, [rooms[chair][0] for chair in service.resources])
            candidates.append(Candidate(person, shape, begins))
        wanted.append(Wanted(tuple(candidates), service.resources))
    return Search(tuple(wanted), rooms, order, wait)


@settings(max_examples=300, deadline=None)
@given(visits(), st.sampled_from(Order), st.integers(0, 2))
def test_the_same_times_are_found_as_by_trying_everything(visit, order, wait):
    asked, day, rooms = visit
    looked = search(asked, day, rooms, order, wait)
    offered = {start: placed for start in minutes(looked.starts) if (placed := looked.at(start)) is not None}
    assert set(offered) == starts(asked, day, order, wait)
    for start, placed in offered.items():
        assert placed[0].starts == start
        assert fits(asked, tuple((one.staff_id, one.starts) for one in placed), day, order, wait)


@given(spans, st.integers(1, 12))
def test_a_run_is_so_many_free_minutes_in_a_row(free, length):
    bits = bits_of(free)
    expected = [minute for minute in range(WINDOW) if all(bits >> minute + more & 1 for more in range(length))]
    assert minutes(runs(bits, length)) == expected


@given(spans, st.integers(1, 3))
def test_room_is_what_the_capacity_leaves_in_each_minute(taken, capacity):
    rooms = room_for(taken, capacity, WINDOW)
    for minute in range(WINDOW):
        held = sum(span.starts <= minute < span.ends for span in taken)
        assert [layer >> minute & 1 for layer in rooms] == [held + more <= capacity for more in range(1, capacity + 1)]


def test_while_colour_develops_her_person_is_free_and_the_chair_is_not():
    shape = Shape(COLOUR)
    assert (shape.length, shape.comes, shape.leaves) == (100, 0, 90)
    assert shape.held == (Span(0, 30), Span(70, 100))
    day = (1 << 100) - 1
    in_between = day & ~bits_of([Span(30, 70)])
    assert minutes(starts_of(shape, in_between, 100, [day])) == [0]
    assert minutes(starts_of(shape, day, 100, [in_between])) == []


def test_a_visit_of_two_waits_no_longer_than_said():
    cut, brushing = Shape((Phase(BUSY, 30),)), Shape((Phase(BUSY, 20),))
    day = (1 << 120) - 1
    late = day & ~bits_of([Span(30, 45)])
    asked = (
        Wanted((Candidate(1, cut, starts_of(cut, day, 120, [])),)),
        Wanted((Candidate(2, brushing, starts_of(brushing, late, 120, [])),)),
    )
    assert 0 not in minutes(Search(asked, {}).starts)
    patient = Search(asked, {}, longest_wait=15)
    assert [one.starts for one in patient.at(0) or ()] == [0, 45]


def test_only_starts_on_the_grid_are_offered():
    assert list(on_grid(bits_of([Span(3, 22)]), 5, 0, 40)) == [5, 10, 15, 20]
    assert list(on_grid(bits_of([Span(0, 40)]), 15, 16, 40)) == [30]


def test_a_gap_that_is_too_short_for_any_service_is_counted():
    cut = Shape((Phase(BUSY, 30),))
    asked = Wanted((Candidate(1, cut, starts_of(cut, (1 << 100) - 1, 100, [])),))
    gaps = {
        start: useless_gaps(Search((asked,), {}).at(start) or (), {1: (1 << 100) - 1}, 20)
        for start in (0, 10, 20, 60, 70)
    }
    assert gaps == {0: 0, 10: 1, 20: 0, 60: 1, 70: 0}


def test_more_services_at_once_than_people_are_not_tried_without_end():
    day = Day(WINDOW, {person: frozenset(range(WINDOW)) for person in range(9)}, {})
    everybody = [Asked({person: (Phase(BUSY, 5),) for person in range(9)}, ())] * 10
    assert search(everybody, day, {}, Order.PARALLEL, 0).at(0) is None
