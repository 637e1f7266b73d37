"""Bookings that repeat: planned, chosen from, booked together."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from salon.appointments.availability.rules import Asked
from salon.appointments.errors import SlotTaken
from salon.appointments.models import Appointment, BookingSeries
from salon.appointments.rules import BookingItem
from salon.appointments.series.queries import plan_series
from salon.appointments.series.rules import items_at, moments, weeks_later
from salon.appointments.series.services import book_series
from salon.core.db import db, transaction
from salon.core.errors import Invalid
from salon.core.jalali import format_date, format_time, local_date, moment_of, parse_jalali

WEEK = timedelta(weeks=1)


@pytest.fixture
def asked(salon):
    """A cut by Sara for Zahra."""
    return Asked(salon.branch_id, [BookingItem(salon.cut, salon.sara)], salon.zahra)


def test_the_wall_clock_keeps_its_time_across_a_change_of_the_clock():
    before = moment_of(date(2021, 3, 15), time(10, 30))  # the clock went on on 1 Farvardin 1400
    found = moments(before, 1, times=3, until=None)
    assert [format_time(moment) for moment in found] == ["۱۰:۳۰"] * 3
    assert found[1] - found[0] == WEEK - timedelta(hours=1)
    back = moments(moment_of(date(2021, 9, 20), time(9)), 1, times=2, until=None)
    assert back[1] - back[0] == WEEK + timedelta(hours=1)


def test_the_last_day_counts_also_when_it_is_the_last_of_a_leap_year():
    leap_day = parse_jalali("1403/12/30")
    first = moment_of(leap_day - 2 * WEEK, time(20, 30))
    found = moments(first, 1, times=None, until=leap_day)
    assert [format_date(local_date(moment), "numeric") for moment in found] == [
        "۱۴۰۳/۱۲/۱۶",
        "۱۴۰۳/۱۲/۲۳",
        "۱۴۰۳/۱۲/۳۰",
    ]
    assert len(moments(first, 1, times=None, until=leap_day - timedelta(days=1))) == 2


@pytest.mark.parametrize(
    ("every", "asks"),
    [
        (0, {"times": 2, "until": None}),
        (53, {"times": 2, "until": None}),
        (1, {"times": None, "until": None}),
        (1, {"times": 2, "until": date(2027, 1, 1)}),
        (1, {"times": 0, "until": None}),
        (1, {"times": 61, "until": None}),
        (1, {"times": None, "until": date(2060, 1, 1)}),
        (1, {"times": None, "until": date(2026, 1, 1)}),
    ],
)
def test_a_series_without_an_end_or_a_beginning_is_refused(every, asks, tomorrow_ten):
    with pytest.raises(Invalid) as refused:
        moments(tomorrow_ten, every, **asks)
    assert refused.value.code == "series_invalid"


def test_services_with_times_of_their_own_move_along():
    first = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
    items = [BookingItem(1, 2, first + timedelta(minutes=15)), BookingItem(3, None)]
    moved = items_at(items, first, weeks_later(first, 4))
    assert moved == [BookingItem(1, 2, first + 4 * WEEK + timedelta(minutes=15)), BookingItem(3, None)]


def test_conflicts_are_listed_before_anything_is_booked(asked, book_cut, now, tomorrow_ten):
    book_cut(tomorrow_ten + 2 * WEEK)
    planned = plan_series(asked, tomorrow_ten, 2, times=3, now=now)
    assert [found.starts_at for found in planned] == [tomorrow_ten, tomorrow_ten + 2 * WEEK, tomorrow_ten + 4 * WEEK]
    assert [found.refusal is None for found in planned] == [True, False, True]
    conflict = planned[1]
    assert conflict.laid is None
    assert "سارا احمدی ۱۰:۰۰ تا ۱۰:۴۵ پر است" in conflict.refusal
    assert tomorrow_ten + 2 * WEEK - timedelta(minutes=45) in conflict.nearest
    assert planned[0].laid[0].staff_id == asked.items[0].staff_id


def test_the_chosen_ones_are_booked_together_under_one_number(salon, asked, now, tomorrow_ten):
    chosen = [tomorrow_ten, tomorrow_ten + 2 * WEEK]
    with transaction():
        booked = book_series(
            asked=asked, starts_at=tomorrow_ten, every_weeks=1, chosen=chosen, note="سری", actor=None, now=now
        )
    db.session.expire_all()
    series = db.session.scalars(select(BookingSeries)).one()
    kept = [db.session.get(Appointment, found.id) for found in booked]
    assert [(found.starts_at, found.series_id, found.note) for found in kept] == [
        (moment, series.id, "سری") for moment in chosen
    ]
    assert (series.customer_id, series.every_weeks) == (salon.zahra, 1)


def test_when_one_of_them_is_taken_none_is_booked(asked, book_cut, now, tomorrow_ten):
    book_cut(tomorrow_ten + WEEK)
    chosen = [tomorrow_ten, tomorrow_ten + WEEK]
    with pytest.raises(SlotTaken), transaction():
        book_series(asked=asked, starts_at=tomorrow_ten, every_weeks=1, chosen=chosen, actor=None, now=now)
    assert db.session.scalar(select(func.count()).select_from(Appointment)) == 1
    assert db.session.scalar(select(func.count()).select_from(BookingSeries)) == 0
