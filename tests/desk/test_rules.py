"""What the desk shows and reads, without a database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from salon.appointments.models import AppointmentStatus as S
from salon.core.errors import Invalid
from salon.core.jalali import anniversary
from salon.desk.forms import day_of, status_of, time_of
from salon.desk.rules import (
    BACK,
    STEPS,
    days_until,
    first_step,
    near_birthday,
    near_wedding,
    next_step,
    of_wall_clock,
    wall_clock,
)

SATURDAY = date(2026, 11, 21)  # 30 Aban 1405


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1996, 11, 20), "امروز تولدش است"),  # 30 Aban 1375
        (date(1996, 11, 21), "تولدش فردا است"),
        (date(1996, 11, 23), "تولدش سه‌شنبه است"),
        (date(1996, 11, 30), "تولدش ۱۰ روز دیگر است"),
        (date(1996, 12, 20), None),
        (None, None),
    ],
)
def test_a_near_birthday_is_said_and_a_far_one_is_not(app, born, said):
    assert near_birthday(born, SATURDAY) == said


def test_a_wedding_day_is_said_on_the_day(app):
    assert near_wedding(date(2016, 11, 20), SATURDAY) == "امروز سالگرد ازدواجش است"


def test_a_birthday_that_has_passed_comes_next_year():
    assert 350 < days_until(date(1996, 11, 10), SATURDAY) < 366


def test_the_wall_clock_is_the_salons():
    assert wall_clock(datetime(2026, 11, 21, 7, 0, tzinfo=UTC)) == "2026-11-21T10:30"
    assert of_wall_clock(SATURDAY, time(10, 30)) == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    assert of_wall_clock(SATURDAY, time(10, 30)).tzinfo is UTC


@pytest.mark.parametrize("typed", ["۱۰:۳۰", "10:30", "1030", "۱۰٫۳۰", " 10.30 "])
def test_a_time_is_read_however_it_is_typed(typed):
    assert time_of(typed) == time(10, 30)


@pytest.mark.parametrize("typed", ["", "25", "10:75", "ده", "10:30:20", "99999", "-3"])
def test_what_is_no_time_is_refused(app, typed):
    with pytest.raises(Invalid) as refused:
        time_of(typed)
    assert refused.value.code == "starts_at_invalid"


def test_a_day_is_read_from_a_person_and_from_a_script(app):
    assert day_of("۱۴۰۵/۰۸/۳۰") == day_of("2026-11-21") == SATURDAY
    for typed in ("", "فردا", "0001-01-01", "9999-12-31"):
        with pytest.raises(Invalid):
            day_of(typed)


def test_a_step_that_does_not_exist_is_refused(app):
    with pytest.raises(Invalid):
        status_of("married")
    assert next_step(status_of("arrived")) == "in_service"
    assert next_step("done") is None


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "تولدش امروز"), (1, "فردا"), (2, "دوشنبه"), (6, "جمعه"), (7, "۷ روز دیگر"), (14, "۱۴ روز دیگر"), (15, None)],
)
def test_an_occasion_is_told_by_weekday_within_a_week_and_by_days_within_two(app, days, said):
    born = anniversary(SATURDAY + timedelta(days=days), 1370)
    birthday, wedding = near_birthday(born, SATURDAY), near_wedding(born, SATURDAY)
    assert days_until(born, SATURDAY) == days
    if said is None:
        assert birthday is wedding is None
    elif days == 0:
        assert (birthday, wedding) == ("امروز تولدش است", "امروز سالگرد ازدواجش است")
    else:
        assert (birthday, wedding) == (f"تولدش {said} است", f"سالگرد ازدواجش {said} است")


def test_nobody_is_congratulated_without_a_wedding_day(app):
    assert near_wedding(None, SATURDAY) is None


def test_each_step_of_a_visit_follows_the_one_before():
    assert [next_step(status) for status in S] == [
        S.ARRIVED,
        S.ARRIVED,
        S.IN_SERVICE,
        S.DONE,
        None,
        None,
        None,
    ]


def test_the_steps_stand_in_the_order_of_a_visit_as_their_buttons_say_them(app):
    assert {status: str(said) for status, said in STEPS.items()} == {
        S.CONFIRMED: "تأیید",
        S.ARRIVED: "آمد",
        S.IN_SERVICE: "شروع کار",
        S.DONE: "پایان",
        S.NO_SHOW: "نیامد",
        S.CANCELLED: "لغو",
    }
    assert list(STEPS) == list(S)[1:]
    assert str(BACK) == "برگشت به رزرو"


def test_the_next_step_has_the_focus_and_where_it_is_not_offered_the_first():
    assert first_step("booked", [S.CONFIRMED, S.ARRIVED]) == S.ARRIVED
    assert first_step("booked", [S.CONFIRMED, S.CANCELLED]) == S.CONFIRMED
    assert first_step("done", []) is None
