"""Edges of the clock and the calendar: midnight, leap years, days on which the clocks changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from salon.appointments.availability.queries import offers
from salon.appointments.availability.rules import Asked
from salon.appointments.displaced.queries import displaced
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.core.db import transaction
from salon.core.errors import DomainError
from salon.core.jalali import day_range, format_date, format_time, local_date, parse_jalali, wall_clock, weekday_of
from salon.setup.days.services import close_day, keep_holidays
from salon.staff.hours.services import set_day, set_hours

MIDNIGHT = 24 * 60


@pytest.fixture
def clock_of(salon):
    """The times of a day at which Sara can cut, as the clock shows them."""

    def times(day: date) -> list[str]:
        asked = Asked(salon.branch_id, [BookingItem(salon.cut, salon.sara)])
        first, before = day_range(day)
        return [format_time(offer.starts_at) for offer in offers(asked, first, before, first)]

    return times


@pytest.fixture
def book_at(salon, now):
    """Book a cut by Sara."""

    def booked(starts_at: datetime):
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=starts_at,
                items=[BookingItem(salon.cut, salon.sara)],
                actor=None,
                now=min(now, starts_at),
            )

    return booked


@pytest.fixture
def works_nights(salon):
    """Sara works from six in the evening until two at night."""
    with transaction():
        set_hours(staff_id=salon.sara, week={day: [(0, 120), (18 * 60, MIDNIGHT)] for day in range(7)})


def test_a_booking_over_midnight_is_offered_booked_and_holds_both_days(salon, now, clock_of, book_at, works_nights):
    eve = local_date(now) + timedelta(days=1)
    assert "۲۳:۴۵" in clock_of(eve)
    booked = book_at(wall_clock(eve, 23 * 60 + 45))
    assert local_date(booked.items[0].ends_at) == eve + timedelta(days=1)
    assert "۲۳:۴۵" not in clock_of(eve)
    assert clock_of(eve + timedelta(days=1))[0] == "۰:۳۰"
    with pytest.raises(DomainError) as refused:
        book_at(wall_clock(eve + timedelta(days=1), 0))
    assert refused.value.code == "slot_taken"


def test_no_booking_goes_on_into_a_night_off_or_a_closed_day(salon, now, clock_of, works_nights):
    eve = local_date(now) + timedelta(days=1)
    with transaction():
        set_day(staff_id=salon.sara, day=eve + timedelta(days=1), spans=[])
    assert clock_of(eve)[-1] == "۲۳:۱۵"
    with transaction():
        set_day(staff_id=salon.sara, day=eve + timedelta(days=1), spans=None)
        close_day(branch_id=salon.branch_id, day=eve + timedelta(days=1), name="تعطیل", actor=None, now=now)
    assert clock_of(eve)[-1] == "۲۳:۱۵"


def test_a_booking_over_midnight_is_listed_when_the_day_it_goes_on_into_is_closed(salon, now, book_at, works_nights):
    eve = local_date(now) + timedelta(days=1)
    booked = book_at(wall_clock(eve, 23 * 60 + 45))
    assert displaced(salon.branch_id, now) == []
    with transaction():
        close_day(branch_id=salon.branch_id, day=eve + timedelta(days=1), name="تعطیل", actor=None, now=now)
    assert [one.appointment_id for one in displaced(salon.branch_id, now)] == [booked.id]


@pytest.mark.parametrize(
    ("last", "gregorian"),
    [
        ("۱۴۰۳/۱۲/۳۰", date(2025, 3, 20)),  # leap
        ("۱۴۰۴/۱۲/۲۹", date(2026, 3, 20)),
        ("۱۴۰۵/۱۲/۲۹", date(2027, 3, 20)),
        ("۱۴۰۸/۱۲/۳۰", date(2030, 3, 20)),  # leap
    ],
)
def test_the_last_day_of_esfand_is_a_working_day_of_its_own(salon, now, clock_of, book_at, last, gregorian):
    day = parse_jalali(last)
    assert day == gregorian
    assert (clock_of(day)[0], clock_of(day)[-1]) == ("۹:۰۰", "۲۰:۱۵")
    booked = book_at(wall_clock(day, 600))
    assert format_date(local_date(booked.starts_at), "numeric") == last
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes=["jalali-01-01"], actor=None, now=now)
    assert clock_of(day + timedelta(days=1)) == [], "Nowruz is the day after"
    assert "۱۱:۰۰" in clock_of(day)
    with transaction():
        set_day(staff_id=salon.sara, day=day, spans=[(540, 660)])
    assert clock_of(day)[-1] == "۹:۱۵", "other hours of that very day"


@pytest.mark.parametrize("typed", ["۱۴۰۴/۱۲/۳۰", "۱۴۰۵/۱۲/۳۰"])
def test_a_common_year_has_no_30_esfand(typed):
    assert parse_jalali(typed) is None


# In 1401 the clock went on an hour at the midnight after 1 Farvardin and back at that after 30 Shahrivar.
FORWARD, BACK = date(2022, 3, 22), date(2022, 9, 21)


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (FORWARD - timedelta(days=1), 24)])
def test_hours_are_those_of_the_clock_also_when_it_is_changed(salon, clock_of, book_at, day, hours):
    first, before = day_range(day)
    assert (before - first) == timedelta(hours=hours)
    assert (clock_of(day)[0], clock_of(day)[-1]) == ("۹:۰۰", "۲۰:۱۵")
    booked = book_at(wall_clock(day, 9 * 60))
    assert format_time(booked.starts_at) == "۹:۰۰"
    assert clock_of(day)[0] == "۹:۴۵"


def test_over_the_night_on_which_the_clock_goes_back_a_booking_is_as_long_as_ever(
    salon, clock_of, book_at, works_nights
):
    assert clock_of(BACK)[-1] == "۲۳:۵۵"
    booked = book_at(datetime(2022, 9, 21, 19, 15, tzinfo=UTC))  # 23:45, the first time
    item = booked.items[0]
    assert item.ends_at - item.starts_at == timedelta(minutes=45)
    assert format_time(item.ends_at) == "۲۳:۳۰", "the hour comes twice"


def test_a_holiday_declared_after_bookings_exist_lists_them_and_takes_no_more(salon, now, clock_of, book_at):
    father_s_day = date(2026, 12, 23)
    assert weekday_of(father_s_day) == 4
    booked = book_at(wall_clock(father_s_day, 600))
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes=["hijri-07-13"], actor=None, now=now)
    (one,) = displaced(salon.branch_id, now)
    assert (one.appointment_id, one.staff_id, one.starts_at) == (booked.id, salon.sara, booked.starts_at)
    assert clock_of(father_s_day) == []
