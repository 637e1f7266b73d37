"""Times of day, as minutes after midnight from 0 to 1440."""

import re
from collections.abc import Iterable
from itertools import pairwise

from .text import latin_digits, normalise, persian_digits

MINUTES_OF_DAY = 24 * 60

_BETWEEN_TIMES = re.compile(r"[ \-–—،,;]+|تا|و|to|and")
_TYPED_SPANS = re.compile(r"(?:[0-9:.٫/ \-–—،,;]|تا|و|to|and)+")
_TYPED_TIME = re.compile(r"([0-9]{1,2})(?:[:.٫/]([0-9]{1,2})|([0-9]{2}))?")


def parse_time(text: str) -> int | None:
    """Return the minutes that a person typed as «۹», «۹:۳۰» or «0930», or None when there is no such time."""
    match = _TYPED_TIME.fullmatch(latin_digits(normalise(text)))
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2] or match[3] or 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_OF_DAY else None


def parse_spans(text: str) -> list[tuple[int, int]] | None:
    """Return the spans that a person typed as «۹–۱۳، ۱۴–۲۰» or «۹ تا ۱۳ و ۱۴ تا ۲۰», or None when they are none.

    Each ends after it begins, and none overlaps another.
    """
    typed = latin_digits(normalise(text))
    times = [parse_time(part) for part in _BETWEEN_TIMES.split(typed) if part]
    if not _TYPED_SPANS.fullmatch(typed) or len(times) % 2:
        return None
    spans: list[tuple[int, int]] = []
    for starts_at, ends_at in zip(times[::2], times[1::2], strict=True):
        if starts_at is None or ends_at is None or not is_span(starts_at, ends_at):
            return None
        spans.append((starts_at, ends_at))
    spans.sort()
    return spans if all(before[1] <= after[0] for before, after in pairwise(spans)) else None


def spans_shown(spans: Iterable[tuple[int, int]]) -> str:
    """Return spans of a day as people read and type them: «۹:۰۰–۱۳:۰۰، ۱۴:۰۰–۲۰:۰۰»."""
    return "، ".join(f"{hours_and_minutes(starts_at)}–{hours_and_minutes(ends_at)}" for starts_at, ends_at in spans)


def hours_and_minutes(minutes: int) -> str:
    """Return a time of day, or how long something took, from its minutes: «۹:۳۰»."""
    return persian_digits(f"{minutes // 60}:{minutes % 60:02d}")


def is_span(starts_at: int, ends_at: int) -> bool:
    """Say whether two times are a span within one day."""
    return 0 <= starts_at < ends_at <= MINUTES_OF_DAY
