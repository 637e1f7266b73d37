"""Whole rials: how they are shown, read, and split without losing one. No float anywhere."""

import re
from collections.abc import Sequence
from enum import StrEnum

from flask_babel import gettext

from salon.core.text import latin_digits, normalise, persian_digits

WHOLE = 10_000  # basis points of all
MOST_RIALS = 10**15  # of one amount: a thousand of them still fit the database
MOST_PRICE = 10**12  # of one piece

_THOUSANDS = "٬"
_DECIMAL = "٫"
# The left-to-right mark keeps the sign left of its number in Persian lines; the Persian locale of CLDR does the same.
_MINUS = "\u200e−"
_RIALS_IN_TOMAN = 10
_LONGEST = 18  # digits that always fit the database's 64-bit integers

# One kind of separator in a number and only full groups of three, so a misplaced one is a slip and not a number.
_AMOUNT = re.compile(
    r"(?P<sign>[-−–+]?)\s?(?P<whole>[0-9]+|[0-9]{1,3}(?:(?P<mark>[٬,،.\s])[0-9]{3})(?:(?P=mark)[0-9]{3})*)"
    rf"(?:{_DECIMAL}(?P<tenth>[0-9]))?"
)
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.٫/]([0-9]{1,2}))? ?[%٪]?")


class Currency(StrEnum):
    """The unit a salon shows and types; amounts themselves are always rials."""

    RIAL = "rial"
    TOMAN = "toman"

    @property
    def label(self) -> str:
        """Return the Persian name of the unit."""
        return gettext("ریال") if self is Currency.RIAL else gettext("تومان")

    @property
    def rials(self) -> int:
        """Return how many rials one of the unit has."""
        return 1 if self is Currency.RIAL else _RIALS_IN_TOMAN


def group(amount: int) -> str:
    """Return an integer in Persian digits by thousands, as «۱٬۲۵۰٬۰۰۰»; a negative one has its minus on the left."""
    digits = persian_digits(f"{abs(amount):,}").replace(",", _THOUSANDS)
    return _MINUS + digits if amount < 0 else digits


def format_money(rials: int, currency: Currency) -> str:
    """Return rials as the salon shows them, without the unit; a toman amount keeps its odd rials as one decimal."""
    if currency is Currency.RIAL:
        return group(rials)
    whole, tenth = divmod(abs(rials), _RIALS_IN_TOMAN)
    shown = group(whole) + (_DECIMAL + persian_digits(str(tenth)) if tenth else "")
    return _MINUS + shown if rials < 0 else shown


def with_unit(rials: int, currency: Currency) -> str:
    """Return rials as the salon says them in a sentence: «۱۲۵٬۰۰۰ تومان»."""
    return f"{format_money(rials, currency)} {currency.label}"


def parse_money(text: str, currency: Currency) -> int | None:
    """Return the rials that a person typed in the salon's unit, or None when it isn't an amount.

    A dot groups thousands like a comma does; only «٫» is a decimal, and only in toman, for odd rials. Amounts of more
    than eighteen digits are no amounts.
    """
    match = _AMOUNT.fullmatch(latin_digits(normalise(text)))
    if match is None:
        return None
    whole, tenth = re.sub(r"[^0-9]", "", match["whole"]), match["tenth"]
    if tenth and currency is Currency.RIAL:
        return None
    digits = whole if currency is Currency.RIAL else whole + (tenth or "0")
    if len(digits.lstrip("0")) > _LONGEST:
        return None
    return -int(digits) if match["sign"] in {"-", "−", "–"} else int(digits)


def parse_percent(text: str) -> int | None:
    """Return the basis points of a typed percentage, as «۲٫۵» or «۱۰٪», or None when it is none from 0 to 100."""
    match = _PERCENT.fullmatch(latin_digits(normalise(text)))
    points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else -1
    return points if is_share(points) else None


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Split total rials by weights with the largest remainder; the parts sum to total exactly, ties go to the earlier.

    A negative total is split as its positive, so a return mirrors its sale. Raises ValueError for a negative weight, or
    when there is something to split and no weight to split it by.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or (total and not whole):
        raise ValueError("an amount is split by weights of zero or more, at least one of them above zero")
    if not total:
        return [0] * len(weights)
    parts, remainders = zip(*(divmod(abs(total) * weight, whole) for weight in weights), strict=True)
    left = abs(total) - sum(parts)
    rounded_up = set(sorted(range(len(weights)), key=lambda place: -remainders[place])[:left])
    sign = -1 if total < 0 else 1
    return [sign * (part + (place in rounded_up)) for place, part in enumerate(parts)]


def percent_of(amount: int, basis_points: int) -> int:
    """Return that many basis points of an amount of rials, cut toward zero to whole rials."""
    product = amount * basis_points
    return -(-product // WHOLE) if product < 0 else product // WHOLE


def rate_of(part: int, whole: int) -> int:
    """Return how many basis points of the whole come nearest to the part; halves go to the even one.

    Raises ZeroDivisionError when there is no whole.
    """
    rate, rest = divmod(abs(part) * WHOLE, abs(whole))
    beyond = 2 * rest - abs(whole)
    rate += beyond > 0 or (beyond == 0 and rate % 2)
    return rate if (part < 0) == (whole < 0) else -rate


def is_share(basis_points: int) -> bool:
    """Say whether a number of basis points is a share of something."""
    return 0 <= basis_points <= WHOLE
