"""The official days off of Iran: what they are called, and when they fall. No database.

Source: the official calendar of 1405 (University of Tehran, Institute of Geophysics).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from ...core.hijri import hijri_day, hijri_year
from ...core.jalali import jalali_day, jalali_year

MOST_SHIFT = 2  # days by which the moon that is seen may differ from the reckoned one
_LAST = 30  # of a month: its 29th where it has no more


class CalendarKind(StrEnum):
    """By which calendar a day comes round."""

    JALALI = "jalali"
    HIJRI = "hijri"


class Holiday(NamedTuple):
    """An official day off. `usual`: salons rarely work then."""

    calendar: CalendarKind
    month: int
    day: int
    name: Any
    usual: bool = False

    @property
    def code(self) -> str:
        """By which it is kept, as `hijri-01-10`."""
        return f"{self.calendar.value}-{self.month:02}-{self.day:02}"


class Occurrence(NamedTuple):
    """A day off as it falls once. `year`: of its own calendar."""

    day: date
    code: str
    year: int


_J, _H = CalendarKind.JALALI, CalendarKind.HIJRI

HOLIDAYS = (
    Holiday(_J, 1, 1, _l("نوروز"), True),
    Holiday(_J, 1, 2, _l("دوم نوروز"), True),
    Holiday(_J, 1, 3, _l("سوم نوروز"), True),
    Holiday(_J, 1, 4, _l("چهارم نوروز"), True),
    Holiday(_J, 1, 12, _l("روز جمهوری اسلامی")),
    Holiday(_J, 1, 13, _l("سیزده‌به‌در (روز طبیعت)"), True),
    Holiday(_J, 3, 14, _l("رحلت امام خمینی"), True),
    Holiday(_J, 3, 15, _l("قیام ۱۵ خرداد")),
    Holiday(_J, 11, 22, _l("پیروزی انقلاب")),
    Holiday(_J, 12, 29, _l("ملی شدن نفت")),
    Holiday(_H, 1, 9, _l("تاسوعا"), True),
    Holiday(_H, 1, 10, _l("عاشورا"), True),
    Holiday(_H, 2, 20, _l("اربعین"), True),
    Holiday(_H, 2, 28, _l("رحلت پیامبر و شهادت امام حسن"), True),
    Holiday(_H, 2, _LAST, _l("شهادت امام رضا"), True),
    Holiday(_H, 3, 8, _l("شهادت امام حسن عسکری")),
    Holiday(_H, 3, 17, _l("میلاد پیامبر و امام صادق")),
    Holiday(_H, 6, 3, _l("شهادت حضرت فاطمه"), True),
    Holiday(_H, 7, 13, _l("ولادت امام علی و روز پدر")),
    Holiday(_H, 7, 27, _l("مبعث")),
    Holiday(_H, 8, 15, _l("نیمهٔ شعبان")),
    Holiday(_H, 9, 21, _l("شهادت امام علی"), True),
    Holiday(_H, 10, 1, _l("عید فطر")),
    Holiday(_H, 10, 2, _l("تعطیلی دوم عید فطر")),
    Holiday(_H, 10, 25, _l("شهادت امام صادق"), True),
    Holiday(_H, 12, 10, _l("عید قربان")),
    Holiday(_H, 12, 18, _l("عید غدیر")),
)
BY_CODE: Mapping[str, Holiday] = {holiday.code: holiday for holiday in HOLIDAYS}

Shifts = Mapping[tuple[str, int], int]  # days by code and Hijri year


def occurrences(first: date, before: date, shifts: Shifts) -> Iterator[Occurrence]:
    """The official days off from `first` to `before` (exclusive), each where it falls when it is shifted."""
    margin = timedelta(days=MOST_SHIFT)
    for year in range((first - margin).year, (before + margin).year + 1):
        for found in _in_year(year):
            shift = shifts.get((found.code, found.year), 0)
            day = found.day + timedelta(days=shift) if shift else found.day
            if first <= day < before:
                yield found._replace(day=day)


@lru_cache(maxsize=32)
def _in_year(year: int) -> tuple[Occurrence, ...]:
    """All days off of a Gregorian year, unshifted."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [
        Occurrence(day, holiday.code, own_year)
        for holiday in HOLIDAYS
        for own_year, day in _days_of(holiday, first, last)
        if first <= day <= last
    ]
    return tuple(sorted(found))


def _days_of(holiday: Holiday, first: date, last: date) -> Iterator[tuple[int, date]]:
    """Its days in the years of its calendar that touch these days."""
    jalali = holiday.calendar == CalendarKind.JALALI
    year_of, day_of = (jalali_year, jalali_day) if jalali else (hijri_year, hijri_day)
    for year in range(year_of(first), year_of(last) + 1):
        yield year, day_of(year, holiday.month, holiday.day)
