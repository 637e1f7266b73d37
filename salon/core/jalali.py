"""The Jalali calendar and the salon's zone: days, weeks, months and years, shown and read.

Dates are Gregorian `date`s and moments aware `datetime`s everywhere else; only this module knows a Jalali library.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import jdatetime  # type: ignore[import-untyped]  # it comes without types
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from salon.core.text import latin_digits, normalise, persian_digits

SALON_ZONE = ZoneInfo("Asia/Tehran")
LAST_DAY = date(9997, 12, 31)  # the Jalali library ends a year later

Style = Literal["short", "long", "numeric", "month"]

_WEEKDAYS = (_l("شنبه"), _l("یکشنبه"), _l("دوشنبه"), _l("سه\u200cشنبه"), _l("چهارشنبه"), _l("پنجشنبه"), _l("جمعه"))
_MONTHS = (
    _l("فروردین"),
    _l("اردیبهشت"),
    _l("خرداد"),
    _l("تیر"),
    _l("مرداد"),
    _l("شهریور"),
    _l("مهر"),
    _l("آبان"),
    _l("آذر"),
    _l("دی"),
    _l("بهمن"),
    _l("اسفند"),
)
_MONTHS_IN_YEAR = 12
_JALALI_YEARS = range(1200, 1600)
_GREGORIAN_YEARS = range(1900, 2200)

_TYPED_DATE = re.compile(r"([0-9]{4}) ?([-/. ]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})")
_TYPED_DIGITS = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")


def local_date(moment: datetime) -> date:
    """Return the day of an aware moment in the salon's zone; raises ValueError for a naive one."""
    return _in_zone(moment).date()


def moment_of(day: date, at: time) -> datetime:
    """Return the moment in UTC of a time on the salon's wall clock."""
    return datetime.combine(day, at, SALON_ZONE).astimezone(UTC)


def wall_clock(day: date, minutes: int) -> datetime:
    """Return the moment in UTC when the salon's clock shows so many minutes after midnight, 0 to 1440."""
    if minutes == 24 * 60:
        return start_of_day(day + timedelta(days=1))
    return moment_of(day, time(*divmod(minutes, 60)))


def start_of_day(day: date) -> datetime:
    """Return the moment in UTC when the day begins in the salon's zone."""
    # In the spring days of 1371–1401 whose midnight the clock skipped, this is still the first moment of the day.
    return moment_of(day, time())


def day_range(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of the day and of the next one, in UTC: a half-open range."""
    return start_of_day(day), start_of_day(day + timedelta(days=1))


def days_later(day: date, n: int) -> date:
    """Return the day n days later, or the last day that both calendars can hold."""
    return day + timedelta(days=min(n, (LAST_DAY - day).days))


def weekday_of(day: date) -> int:
    """Return the weekday as working hours count it: 0 for Saturday to 6 for Friday."""
    return (day.weekday() + 2) % 7


def week_range(day: date) -> tuple[date, date]:
    """Return the Saturday that begins the day's week and the next Saturday: a half-open range."""
    saturday = day - timedelta(days=weekday_of(day))
    return saturday, saturday + timedelta(days=7)


def month_range(day: date) -> tuple[date, date]:
    """Return the first day of the day's Jalali month and of the next month: a half-open range."""
    year, month, _ = _parts(day)
    first = _gregorian(year, month, 1)
    return first, add_months(first, 1)


def year_range(day: date) -> tuple[date, date]:
    """Return 1 Farvardin of the day's Jalali year and of the next year: a half-open range."""
    year = jalali_year(day)
    return _gregorian(year, 1, 1), _gregorian(year + 1, 1, 1)


def first_of_year(year: int) -> date:
    """Return 1 Farvardin of a Jalali year; raises ValueError for a year that the calendar does not hold."""
    return _gregorian(year, 1, 1)


def jalali_day(year: int, month: int, day: int) -> date:
    """Return a day of the Jalali calendar; raises ValueError when there is no such day."""
    return _gregorian(year, month, day)


def parse_jalali(text: str) -> date | None:
    """Return the day that a person typed, or None when there is no such day.

    Year first, in any digits, set apart by slash, dash, dot or space, or as eight digits. The year has four digits:
    1200–1599 is Jalali, 1900–2199 is Gregorian, anything else is refused rather than guessed.
    """
    typed = latin_digits(normalise(text))
    match = _TYPED_DATE.fullmatch(typed) or _TYPED_DIGITS.fullmatch(typed)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    try:
        if year in _JALALI_YEARS:
            return _gregorian(year, month, day)
        return date(year, month, day) if year in _GREGORIAN_YEARS else None
    except ValueError:
        return None


def month_names() -> list[str]:
    """Return the names of the twelve months in the language of the screens."""
    return [str(name) for name in _MONTHS]


def weekday_names() -> list[str]:
    """Return the names of the weekdays from Saturday on, in the language of the screens."""
    return [str(name) for name in _WEEKDAYS]


def format_date(day: date, style: Style = "short") -> str:
    """Return a day in the language of the screens.

    short «۳۰ آبان», long «شنبه ۳۰ آبان ۱۴۰۵», numeric «۱۴۰۵/۰۸/۳۰», month «آبان ۱۴۰۵».
    """
    year, month, number = _parts(day)
    name = _MONTHS[month - 1]
    shown = {
        "short": f"{number} {name}",
        "long": f"{_WEEKDAYS[weekday_of(day)]} {number} {name} {year}",
        "numeric": f"{year:04}/{month:02}/{number:02}",
        "month": f"{name} {year}",
    }
    return persian_digits(shown[style])


def format_time(moment: datetime) -> str:
    """Return the hour and minute of an aware moment in the salon's zone, «۹:۰۵»; raises ValueError for a naive one."""
    here = _in_zone(moment)
    return persian_digits(f"{here.hour}:{here.minute:02}")


def jalali_year(day: date) -> int:
    """Return the Jalali year of a day."""
    return _parts(day)[0]


def add_months(day: date, n: int) -> date:
    """Return the day n Jalali months later (earlier when negative): the same day, or the month's last."""
    year, month, number = _parts(day)
    years, months = divmod(month - 1 + n, _MONTHS_IN_YEAR)
    return _day_or_last(year + years, months + 1, number)


def ago(day: date, today: date) -> str:
    """Return how far a day is from today in Persian: «امروز», «دیروز», «۳۴ روز پیش», «فردا», «۳ روز دیگر»."""
    distance = (day - today).days
    near = {0: gettext("امروز"), -1: gettext("دیروز"), 1: gettext("فردا")}
    if distance in near:
        return near[distance]
    days = persian_digits(str(abs(distance)))
    return gettext("%(days)s روز پیش", days=days) if distance < 0 else gettext("%(days)s روز دیگر", days=days)


def anniversary(born: date, jalali_year: int) -> date:
    """Return the day an anniversary falls on in a Jalali year; 30 Esfand falls on 29 in common years."""
    _, month, number = _parts(born)
    return _day_or_last(jalali_year, month, number)


def _in_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone could be any day")
    return moment.astimezone(SALON_ZONE)


def _parts(day: date) -> tuple[int, int, int]:
    """Return the Jalali year, month and day of a Gregorian date."""
    jalali = jdatetime.date.fromgregorian(date=day)
    return jalali.year, jalali.month, jalali.day


def _gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Jalali day; raises ValueError when there is no such day."""
    gregorian = jdatetime.date(year, month, day).togregorian()
    return date(gregorian.year, gregorian.month, gregorian.day)


def _day_or_last(year: int, month: int, day: int) -> date:
    """Return a Jalali day as a Gregorian date, or the last day of a month that is shorter."""
    return _gregorian(year, month, min(day, _days_in_month(year, month)))


def _days_in_month(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < _MONTHS_IN_YEAR or jdatetime.date(year, 1, 1).isleap() else 29
