"""Bookings without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import (
    STATUS_LABELS,
    BookingItem,
    Span,
    awaits_reminder,
    is_early,
    is_late,
    is_over,
    is_plausible,
    may_become,
    may_move,
    reopens,
    takes_place,
    to_the_minute,
)

TEN = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
minutes = st.integers(0, 24 * 60)
spans = st.tuples(minutes, st.integers(1, 300)).map(lambda span: Span(span[0], span[0] + span[1]))


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
        (S.ARRIVED, S.NO_SHOW, False),
        (S.CANCELLED, S.BOOKED, False),
        (S.CANCELLED, S.DONE, False),
        (S.BOOKED, S.BOOKED, False),
    ],
)
def test_a_visit_takes_only_the_steps_that_make_sense(status, following, allowed):
    assert may_become(status, following) is allowed


def test_on_the_way_a_slip_of_the_finger_can_be_taken_back():
    assert all(may_become(status, S.BOOKED) for status in (S.CONFIRMED, S.ARRIVED))
    assert may_become(S.IN_SERVICE, S.ARRIVED)


@pytest.mark.parametrize("status", [S.DONE, S.NO_SHOW, S.CANCELLED])
def test_what_is_over_is_only_begun_again(status):
    assert is_over(status)
    assert not any(may_become(status, other) for other in S)
    assert reopens(status, S.ARRIVED)
    assert not any(reopens(status, other) for other in (S.DONE, S.NO_SHOW, S.CANCELLED))


@pytest.mark.parametrize("status", [S.BOOKED, S.CONFIRMED, S.ARRIVED, S.IN_SERVICE])
def test_what_is_not_over_is_not_begun_again(status):
    assert not any(reopens(status, other) for other in S)


def test_nobody_misses_a_visit_before_its_time_or_is_here_on_another_day():
    minute, midnight = timedelta(minutes=1), datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    assert is_early(S.NO_SHOW, TEN, TEN - minute)
    assert not is_early(S.NO_SHOW, TEN, TEN)
    for status in (S.ARRIVED, S.IN_SERVICE, S.DONE):
        assert is_early(status, TEN, midnight - minute)
        assert not is_early(status, TEN, midnight)
    for status in (S.BOOKED, S.CONFIRMED, S.CANCELLED):
        assert not is_early(status, TEN, TEN - timedelta(days=30))


def test_a_cancellation_is_late_within_so_many_hours_before():
    day = timedelta(hours=24)
    assert not is_late(S.CANCELLED, TEN, TEN - day, 24)
    assert is_late(S.CANCELLED, TEN, TEN - day + timedelta(seconds=1), 24)
    assert is_late(S.CANCELLED, TEN, TEN + day, 0)
    assert not is_late(S.NO_SHOW, TEN, TEN, 24)


def test_cancelled_and_missed_bookings_free_their_person():
    assert [status for status in S if not takes_place(status)] == [S.NO_SHOW, S.CANCELLED]


def test_what_is_over_stays_where_it_was():
    assert [status for status in S if not may_move(status)] == [S.DONE, S.NO_SHOW, S.CANCELLED]


@pytest.mark.parametrize(
    ("status", "following"),
    [
        (S.BOOKED, {S.CONFIRMED, S.ARRIVED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED}),
        (S.CONFIRMED, {S.BOOKED, S.ARRIVED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED}),
        (S.ARRIVED, {S.BOOKED, S.CONFIRMED, S.IN_SERVICE, S.DONE, S.CANCELLED}),
        (S.IN_SERVICE, {S.ARRIVED, S.DONE, S.CANCELLED}),
        (S.DONE, set()),
        (S.NO_SHOW, set()),
        (S.CANCELLED, set()),
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


def test_a_service_wanted_of_anybody_has_no_time_of_its_own():
    assert BookingItem(1, None).starts_at is None
