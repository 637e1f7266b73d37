"""Bookings without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st

from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import (
    STATUS_LABELS,
    BookingItem,
    Span,
    awaits_reminder,
    is_plausible,
    may_become,
    may_move,
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


def test_a_service_wanted_of_anybody_has_no_time_of_its_own():
    assert BookingItem(1, None).starts_at is None
