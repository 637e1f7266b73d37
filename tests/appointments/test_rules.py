"""Bookings without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import Span, free_starts, laid_out, may_become, may_move, takes_place

TEN = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
minutes = st.integers(0, 24 * 60)
spans = st.tuples(minutes, st.integers(1, 300)).map(lambda span: Span(span[0], span[0] + span[1]))


def test_services_follow_one_another():
    first, second = laid_out(TEN, [(None, 45), (None, 30)])
    assert first == (TEN, TEN.replace(hour=7, minute=15))
    assert second == (first[1], TEN.replace(hour=7, minute=45))


def test_a_service_with_its_own_time_starts_then_and_the_next_follows_it():
    later = TEN.replace(hour=9, second=20)
    fixed, following = laid_out(TEN, [(later, 30), (None, 15)])
    assert fixed[0] == TEN.replace(hour=9)
    assert following[0] == TEN.replace(hour=10, minute=0)


def test_free_times_are_quarters_openings_and_ends_of_bookings():
    starts = free_starts([Span(550, 720)], [Span(600, 640)], 30)
    assert starts == [550, 555, 570, 640, 645, 660, 675, 690]


def test_nothing_is_free_before_the_earliest_minute():
    assert free_starts([Span(540, 660)], [], 45, earliest=601) == [615]


@given(st.lists(spans, max_size=12), spans, st.integers(1, 200), minutes)
def test_no_free_time_touches_a_booking_or_leaves_the_hours(busy, hours, duration, earliest):
    for start in free_starts([hours], busy, duration, earliest):
        assert max(hours.starts, earliest) <= start <= hours.ends - duration
        assert all(start + duration <= booked.starts or start >= booked.ends for booked in busy)


@given(st.lists(spans, max_size=12), spans, st.integers(1, 200))
def test_every_free_quarter_is_offered(busy, hours, duration):
    offered = set(free_starts([hours], busy, duration))
    for start in range(0, 27 * 60, 15):
        fits = hours.starts <= start <= hours.ends - duration
        if fits and all(start + duration <= booked.starts or start >= booked.ends for booked in busy):
            assert start in offered


@pytest.mark.parametrize(
    ("status", "following", "allowed"),
    [
        (S.BOOKED, S.CONFIRMED, True),
        (S.CONFIRMED, S.ARRIVED, True),
        (S.ARRIVED, S.IN_SERVICE, True),
        (S.IN_SERVICE, S.DONE, True),
        (S.DONE, S.CANCELLED, False),
        (S.DONE, S.NO_SHOW, False),
        (S.IN_SERVICE, S.NO_SHOW, False),
        (S.CANCELLED, S.BOOKED, True),
        (S.CANCELLED, S.DONE, False),
        (S.BOOKED, S.BOOKED, False),
    ],
)
def test_a_visit_takes_only_the_steps_that_make_sense(status, following, allowed):
    assert may_become(status, following) is allowed


def test_a_slip_of_the_finger_can_always_be_taken_back():
    assert all(may_become(status, S.ARRIVED) for status in S if status != S.ARRIVED)
    assert all(may_become(status, S.BOOKED) for status in (S.CONFIRMED, S.ARRIVED, S.NO_SHOW, S.CANCELLED))


def test_cancelled_and_missed_bookings_free_their_person():
    assert [status for status in S if not takes_place(status)] == [S.NO_SHOW, S.CANCELLED]


def test_what_is_over_stays_where_it_was():
    assert [status for status in S if not may_move(status)] == [S.DONE, S.NO_SHOW, S.CANCELLED]
