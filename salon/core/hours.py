"""Times of day, as minutes after midnight from 0 to 1440."""

import re

from .text import latin_digits, normalise, persian_digits

MINUTES_OF_DAY = 24 * 60

_TYPED_TIME = re.compile(r"([0-9]{1,2})(?:[:.٫/]([0-9]{1,2})|([0-9]{2}))?")


def parse_time(text: str) -> int | None:
    """Return the minutes that a person typed as «۹», «۹:۳۰» or «0930», or None when there is no such time."""
    match = _TYPED_TIME.fullmatch(latin_digits(normalise(text)))
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2] or match[3] or 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_OF_DAY else None


def hours_and_minutes(minutes: int) -> str:
    """Return a time of day, or how long something took, from its minutes: «۹:۳۰»."""
    return persian_digits(f"{minutes // 60}:{minutes % 60:02d}")


def is_span(starts_at: int, ends_at: int) -> bool:
    """Say whether two times are a span within one day."""
    return 0 <= starts_at < ends_at <= MINUTES_OF_DAY
