"""Reads amounts, days, times and numbers as people and programs wrote them. No database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from ...core import hours
from ...core.jalali import parse_jalali
from ...core.text import latin_digits, normalise

JALALI = "jalali"
CLOCK = "clock"  # as the desk takes it
_CENTS = 100
_LARGEST = 10**17  # always fits the database's 64-bit integers
_GROUPS = re.compile(r"[0-9]+|[0-9]{1,3}(?:([٬,،. ])[0-9]{3})(?:\1[0-9]{3})*")
_RANGE = re.compile(r"(.*[0-9])\s*(?:تا|الی|[-–])\s*([0-9].*)")
_YES = {"1", "true", "yes", "y", "بله", "بلی", "دارد", "فعال"}
_NO = {"0", "false", "no", "n", "خیر", "نه", "ندارد", "غیرفعال"}


@dataclass(frozen=True)
class Formats:
    """How a file writes things.

    `money_scale`: what one unit of its money counts in rials (10 for toman; 100 keeps cents exactly). Where
    `decimal_point` is true a dot begins the decimals, else it groups thousands as a comma does.
    """

    dates: tuple[str, ...] = (JALALI,)
    times: tuple[str, ...] = (CLOCK, "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
    money_scale: int = 1
    decimal_point: bool = False


def formats_for(money_scale: int, dates: Sequence[str], times: Sequence[str], point: bool | None) -> Formats:
    """Formats with what is not said filled in: only money that has cents is taken to have a decimal point."""
    plain = Formats()
    return Formats(
        tuple(dates) or plain.dates,
        tuple(times) or plain.times,
        money_scale,
        money_scale >= _CENTS if point is None else point,
    )


def parse_amount(text: str, formats: Formats) -> Decimal | None:
    """An amount in rials (of `money_scale`), exactly as written, or None when it is none."""
    typed = latin_digits(normalise(text)).replace("−", "-").replace("–", "-")
    negative = typed.startswith(("-", "(")) or typed.endswith("-")
    bare = typed.strip("-() ")
    whole, mark, fraction = bare.partition("٫")
    if not mark and formats.decimal_point:
        whole, mark, fraction = bare.partition(".")
    if not _GROUPS.fullmatch(whole or "0") or not re.fullmatch(r"[0-9]*", fraction) or (mark and not fraction):
        return None
    amount = Decimal(f"{re.sub('[^0-9]', '', whole) or 0}.{fraction or 0}") * formats.money_scale
    if not bare or amount > _LARGEST:
        return None
    return -amount if negative else amount


def parse_amount_range(text: str, formats: Formats) -> tuple[Decimal, Decimal | None] | None:
    """A price, or the two ends of «60.000 تا 100.000»; None when it is neither."""
    ends = _RANGE.fullmatch(latin_digits(normalise(text)))
    low = parse_amount(ends[1] if ends else text, formats)
    high = parse_amount(ends[2], formats) if ends else None
    if low is None or (ends and high is None):
        return None
    return low, high


def whole_rials(amount: Decimal) -> int | None:
    """The amount as an integer, or None when that would lose a part of it."""
    return int(amount) if amount == amount.to_integral_value() else None


def rounded_rials(amount: Decimal) -> int:
    """The amount to the nearest integer, halves away from zero, so that a return mirrors its sale."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def parse_whole(text: str) -> int | None:
    """A whole number («۲», «2.0», «-1»), or None."""
    typed = latin_digits(normalise(text)).replace("−", "-")
    match = re.fullmatch(r"(-?[0-9]{1,9})(?:[.٫]0+)?", typed)
    return int(match[1]) if match else None


def parse_day(text: str, formats: Formats) -> date | None:
    """A day in the first of the formats that fits; `jalali` also reads Gregorian days, year first."""
    typed = latin_digits(normalise(text))
    for form in formats.dates:
        found = parse_jalali(typed) if form == JALALI else _by_format(typed, form)
        if found is not None:
            return found.date() if isinstance(found, datetime) else found
    return None


def parse_time(text: str, formats: Formats) -> time | None:
    """A time of day in the first of the formats that fits; `clock` reads «۹», «۹:۳۰» and «0930»."""
    typed = latin_digits(normalise(text)).replace("ق.ظ", "AM").replace("ب.ظ", "PM")
    times = (_by_clock(typed) if form == CLOCK else _by_format(typed, form) for form in formats.times)
    found = next((found for found in times if found is not None), None)
    return found.time() if isinstance(found, datetime) else found


def parse_flag(text: str) -> bool | None:
    """Yes or no, or None."""
    typed = latin_digits(normalise(text)).casefold()
    if typed in _YES:
        return True
    return False if typed in _NO else None


def _by_clock(text: str) -> time | None:
    minutes = hours.parse_time(text)
    return None if minutes is None or minutes == hours.MINUTES_OF_DAY else time(*divmod(minutes, 60))


def _by_format(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007  # a day or an hour of the wall, not yet a moment
    except ValueError:
        return None
