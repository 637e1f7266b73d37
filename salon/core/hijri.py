"""The Hijri calendar as it is reckoned: cycles of thirty years, months of 30 and 29 days in turn.

What Iran keeps goes by the moon that is seen there, and lies within a day or so of it; the salon shifts what differs.
"""

from datetime import date

_EPOCH = 227_014  # ordinal of the day before 1 Muharram of year 1
_CYCLE_YEARS, _CYCLE_DAYS = 30, 10_631  # days in thirty years, eleven of them leap


def hijri_day(year: int, month: int, day: int) -> date:
    """Return the day of a Hijri date; 30 in a month of 29 days is its last."""
    first = _first_of_month(year, month)
    last = _first_of_month(year + month // 12, month % 12 + 1) - 1
    return date.fromordinal(min(first + day - 1, last))


def hijri_year(day: date) -> int:
    """Return the Hijri year in which a day falls."""
    year = (day.toordinal() - _EPOCH - 1) * _CYCLE_YEARS // _CYCLE_DAYS + 1
    return year + 1 if _first_of_month(year + 1, 1) <= day.toordinal() else year


def _first_of_month(year: int, month: int) -> int:
    """The ordinal of the first day; the leap years of a cycle are 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29."""
    leap_days = (11 * year + 3) // _CYCLE_YEARS
    return _EPOCH + 1 + (year - 1) * 354 + leap_days + (59 * (month - 1) + 1) // 2
