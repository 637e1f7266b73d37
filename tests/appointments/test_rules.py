"""Bookings without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import (
    STATUS_LABELS,
    BookingItem,
    Span,
    awaits_reminder,
    free_starts,
    is_plausible,
    laid_out,
    may_become,
    may_move,
    takes_place,
    to_the_minute,
)

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


@pytest.mark.parametrize(
    ("status", "following"),
    [
        (S.BOOKED, {S.CONFIRMED, S.ARRIVED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED}),
        (S.CONFIRMED, {S.BOOKED, S.ARRIVED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED}),
        (S.ARRIVED, {S.BOOKED, S.CONFIRMED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED}),
        (S.IN_SERVICE, {S.ARRIVED, S.DONE, S.CANCELLED}),
        (S.DONE, {S.IN_SERVICE, S.ARRIVED}),
        (S.NO_SHOW, {S.BOOKED, S.CONFIRMED, S.ARRIVED, S.CANCELLED}),
        (S.CANCELLED, {S.BOOKED, S.CONFIRMED, S.ARRIVED}),
    ],
)
def test_the_steps_of_a_visit_are_these_and_no_others(status, following):
    assert {other for other in S if may_become(status, other)} == following


def test_only_who_is_still_to_come_is_reminded():
    assert [status for status in S if awaits_reminder(status)] == [S.BOOKED, S.CONFIRMED]


def test_every_state_of_a_visit_has_its_name(app):
    assert [str(STATUS_LABELS[status]) for status in S] == [
        "رزرو شده",
        "تأیید شده",
        "در سالن",
        "در حال کار",
        "پایان یافته",
        "نیامده",
        "لغو شده",
    ]


def test_a_time_is_believed_within_this_century():
    years = (1999, 2000, 2099, 2100)
    assert [is_plausible(TEN.replace(year=year)) for year in years] == [False, True, True, False]


def test_times_are_kept_to_the_minute():
    assert to_the_minute(TEN.replace(second=59, microsecond=7)) == TEN


def test_a_booking_that_fills_or_outlasts_the_hours_leaves_nothing_free():
    assert free_starts([Span(540, 600)], [Span(540, 600)], 15) == []
    assert free_starts([Span(540, 600)], [Span(500, 700)], 15) == []


def test_bookings_outside_the_hours_take_nothing_of_them():
    assert free_starts([Span(540, 600)], [Span(480, 540), Span(600, 660)], 60) == [540]
    assert free_starts([Span(540, 600)], [Span(700, 800)], 60) == [540]


def test_a_booking_over_another_frees_nothing_when_the_shorter_ends():
    assert free_starts([Span(540, 660)], [Span(540, 630), Span(555, 585)], 30) == [630]


def test_bookings_may_come_in_any_order_and_every_stretch_of_work_is_looked_at():
    assert free_starts([Span(540, 600), Span(720, 780)], [Span(735, 765), Span(540, 570)], 15) == [570, 585, 720, 765]


def test_what_fits_to_the_minute_is_offered_and_what_is_a_minute_too_long_is_not():
    assert free_starts([Span(540, 585)], [], 45) == [540]
    assert free_starts([Span(540, 585)], [], 46) == []
    assert free_starts([Span(541, 586)], [], 45) == [541]
    assert free_starts([Span(541, 586)], [], 46) == []


def test_an_opening_off_the_quarter_counts_only_when_it_is_not_over():
    assert free_starts([Span(541, 600)], [], 30, earliest=541) == [541, 555, 570]
    assert free_starts([Span(541, 600)], [], 30, earliest=542) == [555, 570]


def test_the_first_times_are_free_from_midnight_unless_said_otherwise():
    assert free_starts([Span(0, 30)], [], 15) == [0, 15]


def test_a_service_wanted_of_anybody_has_no_time_of_its_own():
    assert BookingItem(1, None).starts_at is None
