"""The official days off: which they are, and when they fall."""

import json
from datetime import date

import pytest

from salon.core.jalali import first_of_year, jalali_day
from salon.setup.days.rules import BY_CODE, HOLIDAYS, CalendarKind, occurrences
from tests.shared_data import shared_data

YEAR = (first_of_year(1405), first_of_year(1406))


def fall(code: str, shifts: dict[tuple[str, int], int] | None = None) -> list[date]:
    return [found.day for found in occurrences(*YEAR, shifts or {}) if found.code == code]


def test_the_official_days_off_are_those_of_the_published_calendar() -> None:
    events = json.loads(shared_data("iran", "calendar-events-1405.json").read_text(encoding="utf-8"))["data"]
    kinds = {"Persian": CalendarKind.JALALI, "Hijri": CalendarKind.HIJRI}
    published = {
        (kinds[event["calendar"]], event["month"], event.get("day", 30))
        for event in events
        if event["type"] == "Iran" and event["holiday"]
    }
    assert {(holiday.calendar, holiday.month, holiday.day) for holiday in HOLIDAYS} == published


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("jalali-01-01", [date(2026, 3, 21)]),
        ("jalali-12-29", [date(2027, 3, 20)]),
        ("hijri-01-10", [date(2026, 6, 26)]),
        ("hijri-02-30", [date(2026, 8, 14)]),  # Safar has 29 days
        ("hijri-10-01", [date(2027, 3, 10)]),
        ("hijri-10-02", [date(2026, 3, 21), date(2027, 3, 11)]),  # twice in one Jalali year
    ],
)
def test_a_day_off_falls_on_its_day_in_1405(code: str, days: list[date]) -> None:
    assert fall(code) == days


def test_each_comes_round_every_year_of_its_own_calendar() -> None:
    found = [one for one in occurrences(date(2020, 1, 1), date(2060, 1, 1), {}) if one.code == "hijri-01-10"]
    assert [one.year for one in found] == list(range(1442, 1442 + len(found)))
    assert len(found) == 41


def test_a_shift_moves_one_year_alone_even_over_the_edge_of_what_is_asked() -> None:
    assert fall("hijri-01-10", {("hijri-01-10", 1448): -1}) == [date(2026, 6, 25)]
    assert fall("hijri-01-10", {("hijri-01-10", 1447): -1}) == [date(2026, 6, 26)]
    ashura = date(2026, 6, 26)
    shifts = {("hijri-01-10", 1448): 1}
    assert not [one for one in occurrences(ashura, date(2026, 6, 27), shifts) if one.code == "hijri-01-10"]
    (shifted,) = list(occurrences(date(2026, 6, 27), date(2026, 6, 28), shifts))
    assert shifted.code == "hijri-01-10"


def test_the_last_days_of_leap_and_common_years_are_told_apart() -> None:
    for year, last in ((1403, 30), (1404, 29), (1408, 30)):
        oil = next(
            one.day
            for one in occurrences(first_of_year(year), first_of_year(year + 1), {})
            if one.code == "jalali-12-29"
        )
        assert oil == jalali_day(year, 12, 29)
        assert (first_of_year(year + 1) - oil).days == last - 28


def test_codes_are_of_one_day_each() -> None:
    assert len(BY_CODE) == len(HOLIDAYS)
