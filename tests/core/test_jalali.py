"""The Jalali calendar and the salon's zone."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.core.jalali import (
    LAST_DAY,
    SALON_ZONE,
    Style,
    add_months,
    ago,
    anniversary,
    day_range,
    days_later,
    format_date,
    format_time,
    jalali_year,
    local_date,
    moment_of,
    month_names,
    month_range,
    parse_jalali,
    start_of_day,
    week_range,
    year_range,
)
from tests.shared_data import shared_data

ABAN_30 = date(2026, 11, 21)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
LEAP_YEARS = {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420}


def shown(day: date) -> str:
    return format_date(day, "numeric")


def test_a_day_too_far_away_is_the_last_that_both_calendars_hold() -> None:
    assert days_later(ABAN_30, 30) == date(2026, 12, 21)
    assert days_later(ABAN_30, 10**12) == LAST_DAY
    assert shown(LAST_DAY).startswith("۹۳۷۶/۱۰/")
    assert local_date(start_of_day(LAST_DAY)) == LAST_DAY


def test_a_time_on_the_wall_is_a_moment_by_the_clock_of_its_year() -> None:
    assert moment_of(ABAN_30, time(11, 20)) == datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
    assert moment_of(date(2018, 4, 4), time(10)) == datetime(2018, 4, 4, 5, 30, tzinfo=UTC)  # summer time, then


def test_the_day_changes_at_midnight_in_tehran() -> None:
    assert local_date(datetime(2026, 11, 21, 20, 29, 59, tzinfo=UTC)) == ABAN_30
    assert local_date(datetime(2026, 11, 21, 20, 30, tzinfo=UTC)) == ABAN_30 + timedelta(days=1)
    assert local_date(datetime(2026, 11, 21, 23, 0, tzinfo=timezone(timedelta(hours=9)))) == ABAN_30
    assert start_of_day(ABAN_30) == datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    assert start_of_day(ABAN_30).tzinfo is UTC


def test_the_salon_is_in_tehran() -> None:
    assert SALON_ZONE.key == "Asia/Tehran"


def test_days_of_the_years_with_summer_time_are_whole() -> None:
    spring, autumn = day_range(date(2022, 3, 22)), day_range(date(2022, 9, 21))
    assert spring[1] - spring[0] == timedelta(hours=23)
    assert autumn[1] - autumn[0] == timedelta(hours=25)


@given(DAYS)
def test_every_moment_belongs_to_exactly_one_day(day: date) -> None:
    start, end = day_range(day)
    assert local_date(start) == local_date(end - timedelta(microseconds=1)) == day
    assert local_date(start - timedelta(microseconds=1)) == day - timedelta(days=1)
    assert end == start_of_day(day + timedelta(days=1))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        local_date(naive)
    with pytest.raises(ValueError, match="zone"):
        format_time(naive)


def test_weeks_begin_on_saturday() -> None:
    friday = ABAN_30 + timedelta(days=6)
    assert week_range(ABAN_30) == week_range(friday) == (ABAN_30, ABAN_30 + timedelta(days=7))
    assert week_range(ABAN_30 - timedelta(days=1))[1] == ABAN_30


@pytest.mark.parametrize(
    ("typed", "first", "next_first"),
    [
        ("1405/08/30", "۱۴۰۵/۰۸/۰۱", "۱۴۰۵/۰۹/۰۱"),
        ("1405/12/29", "۱۴۰۵/۱۲/۰۱", "۱۴۰۶/۰۱/۰۱"),
        ("1403/12/30", "۱۴۰۳/۱۲/۰۱", "۱۴۰۴/۰۱/۰۱"),
        ("1405/01/01", "۱۴۰۵/۰۱/۰۱", "۱۴۰۵/۰۲/۰۱"),
    ],
)
def test_months_are_jalali(typed: str, first: str, next_first: str) -> None:
    day = parse_jalali(typed)
    assert day is not None
    assert tuple(map(shown, month_range(day))) == (first, next_first)


def test_years_are_jalali() -> None:
    assert year_range(ABAN_30) == (date(2026, 3, 21), date(2027, 3, 21))
    assert year_range(date(2025, 3, 20)) == (date(2024, 3, 20), date(2025, 3, 21))


@pytest.mark.parametrize("ranges", [week_range, month_range, year_range])
@given(day=DAYS)
def test_ranges_hold_their_day_and_meet_without_a_gap(ranges: object, day: date) -> None:
    assert callable(ranges)
    first, after = ranges(day)
    assert first <= day < after
    assert ranges(first) == ranges(after - timedelta(days=1)) == (first, after)
    assert ranges(after)[0] == after


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۸/۳۰",
        "١٤٠٥/٠٨/٣٠",
        "1405/08/30",
        "1405-08-30",
        "1405.8.30",
        "1405 8 30",
        " 1405 / 08 / 30 ",
        "14050830",
        "۱۴۰۵۰۸۳۰",
        "2026-11-21",
        "۲۰۲۶/۱۱/۲۱",
    ],
)
def test_a_day_is_read_however_it_was_typed(typed: str) -> None:
    assert parse_jalali(typed) == ABAN_30


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "05/08/30",
        "۵/۸/۳۰",
        "1405/13/01",
        "1405/00/10",
        "1405/07/31",
        "1404/12/30",
        "1405/08-30",
        "30/08/1405",
        "1700/01/01",
        "1899-12-31",
        "2026-02-30",
        "1405/08",
        "1405/08/30/1",
        "فردا",
        "140508",
        "1405/08/30 10:00",
    ],
)
def test_a_day_that_does_not_exist_or_is_not_sure_is_none(typed: str) -> None:
    assert parse_jalali(typed) is None


@given(DAYS)
def test_what_is_shown_is_read_back_as_the_same_day(day: date) -> None:
    assert parse_jalali(format_date(day, "numeric")) == parse_jalali(day.isoformat()) == day


@given(st.text())
def test_no_text_upsets_the_reader_of_days(typed: str) -> None:
    day = parse_jalali(typed)
    assert day is None or isinstance(day, date)


@pytest.mark.parametrize(
    ("style", "text"),
    [("short", "۳۰ آبان"), ("long", "شنبه ۳۰ آبان ۱۴۰۵"), ("numeric", "۱۴۰۵/۰۸/۳۰"), ("month", "آبان ۱۴۰۵")],
)
def test_a_day_is_shown_in_persian(style: Style, text: str) -> None:
    assert format_date(ABAN_30, style) == text


def test_a_day_is_shown_shortly_unless_asked() -> None:
    assert format_date(date(2026, 3, 21)) == "۱ فروردین"


def test_the_week_has_its_seven_names() -> None:
    names = [format_date(ABAN_30 + timedelta(days=n), "long").split()[0] for n in range(7)]
    assert names == ["شنبه", "یکشنبه", "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه"]


def test_the_year_has_its_twelve_names() -> None:
    names = [format_date(add_months(date(2026, 3, 21), n), "month").split()[0] for n in range(12)]
    assert names == [
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ]


def test_months_are_offered_by_their_names() -> None:
    assert month_names()[0] == "فروردین" and month_names()[11] == "اسفند"


def test_the_time_is_shown_as_on_the_wall_of_the_salon() -> None:
    assert format_time(datetime(2026, 11, 21, 7, 50, tzinfo=UTC)) == "۱۱:۲۰"
    assert format_time(datetime(2026, 11, 21, 20, 35, tzinfo=UTC)) == "۰:۰۵"


def test_the_jalali_year_turns_at_nowruz() -> None:
    assert [jalali_year(date(2026, 3, 20)), jalali_year(date(2026, 3, 21))] == [1404, 1405]


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        ("1405/06/31", 1, "۱۴۰۵/۰۷/۳۰"),
        ("1405/06/31", 6, "۱۴۰۵/۱۲/۲۹"),
        ("1403/06/31", 6, "۱۴۰۳/۱۲/۳۰"),
        ("1405/01/31", 2, "۱۴۰۵/۰۳/۳۱"),
        ("1405/08/30", 12, "۱۴۰۶/۰۸/۳۰"),
        ("1405/12/10", 1, "۱۴۰۶/۰۱/۱۰"),
        ("1405/01/31", -1, "۱۴۰۴/۱۲/۲۹"),
        ("1403/12/30", 12, "۱۴۰۴/۱۲/۲۹"),
        ("1405/08/30", 0, "۱۴۰۵/۰۸/۳۰"),
    ],
)
def test_a_month_later_keeps_the_day_or_takes_the_last(day: str, n: int, later: str) -> None:
    start = parse_jalali(day)
    assert start is not None
    assert shown(add_months(start, n)) == later


@given(DAYS, st.integers(-60, 60))
def test_adding_months_always_lands_in_the_month_meant(day: date, n: int) -> None:
    month = month_range(day)[0]
    assert month_range(add_months(day, n))[0] == add_months(month, n)


@pytest.mark.parametrize(
    ("distance", "text"),
    [(0, "امروز"), (-1, "دیروز"), (1, "فردا"), (-2, "۲ روز پیش"), (-34, "۳۴ روز پیش"), (3, "۳ روز دیگر")],
)
def test_the_distance_of_a_day_is_told_in_words(distance: int, text: str) -> None:
    assert ago(ABAN_30 + timedelta(days=distance), ABAN_30) == text


def test_the_last_of_esfand_is_kept_a_day_earlier_in_common_years() -> None:
    born = parse_jalali("1370/12/30")
    assert born is not None
    assert shown(anniversary(born, 1404)) == "۱۴۰۴/۱۲/۲۹"
    assert shown(anniversary(born, 1408)) == "۱۴۰۸/۱۲/۳۰"
    assert shown(anniversary(ABAN_30, 1410)) == "۱۴۱۰/۰۸/۳۰"


@given(DAYS, st.integers(1300, 1500))
def test_an_anniversary_falls_in_its_year(born: date, year: int) -> None:
    assert jalali_year(anniversary(born, year)) == year


def test_leap_years_are_those_of_the_official_calendar() -> None:
    nowruz = [anniversary(date(2026, 3, 21), year) for year in range(1370, 1422)]
    leap = {jalali_year(first) for first, after in pairwise(nowruz) if (after - first).days == 366}
    assert leap == LEAP_YEARS


def test_the_reference_days_are_the_same_in_both_calendars() -> None:
    vectors = json.loads(shared_data("iran", "id-vectors.json").read_text(encoding="utf-8"))
    for gregorian, jalali in vectors["jalali_pairs"]:
        assert parse_jalali(jalali) == date.fromisoformat(gregorian)
    assert [typed for typed in vectors["jalali_invalid"] if parse_jalali(typed)] == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1200/01/01", date(1821, 3, 21)),
        ("1599/12/29", date(2221, 3, 20)),
        ("1199/12/29", None),
        ("1600/01/01", None),
        ("1900/01/01", date(1900, 1, 1)),
        ("2199/12/31", date(2199, 12, 31)),
        ("2200/01/01", None),
        ("1899/12/31", None),
        ("1405 /8/ 30", ABAN_30),
        ("1405.08.30", ABAN_30),
        ("1405//08/30", None),
        ("1405  8  30", ABAN_30),
        ("1405830", None),
        ("140508301", None),
    ],
)
def test_years_are_told_apart_by_their_number(typed: str, day: date | None) -> None:
    assert parse_jalali(typed) == day


def test_early_and_late_months_have_the_days_of_the_calendar() -> None:
    lengths = [
        (month_range(add_months(date(2026, 3, 21), n))[1] - month_range(add_months(date(2026, 3, 21), n))[0]).days
        for n in range(12)
    ]
    assert lengths == [31] * 6 + [30] * 5 + [29]
    assert (month_range(date(2025, 3, 20))[1] - month_range(date(2025, 3, 20))[0]).days == 30


@pytest.mark.parametrize(
    ("typed", "n", "later"),
    [("1405/07/30", -1, "۱۴۰۵/۰۶/۳۰"), ("1405/06/31", 5, "۱۴۰۵/۱۱/۳۰"), ("1405/05/31", 1, "۱۴۰۵/۰۶/۳۱")],
)
def test_the_sixth_month_still_has_thirty_one_days_and_the_eleventh_thirty(typed: str, n: int, later: str) -> None:
    start = parse_jalali(typed)
    assert start is not None
    assert shown(add_months(start, n)) == later


def test_numbers_of_a_day_are_written_with_two_digits_and_the_year_with_four() -> None:
    assert shown(date(2026, 3, 25)) == "۱۴۰۵/۰۱/۰۵"
    assert shown(date(1600, 3, 20)) == "۰۹۷۹/۰۱/۰۱"
    assert format_date(date(2026, 3, 25), "long") == "چهارشنبه ۵ فروردین ۱۴۰۵"
