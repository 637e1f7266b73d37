"""The days of bookings that repeat, by the wall clock. No database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count, islice, takewhile

from ...core.jalali import SALON_ZONE, local_date, moment_of
from ..availability.rules import Laid
from ..errors import series_invalid
from ..rules import BookingItem

MOST_WEEKS = 52  # between two of them
MOST_TIMES = 60  # of one series


@dataclass(frozen=True)
class Occurrence:
    """One of the bookings: as it would be laid, or why it can't be, with the nearest times at which it could."""

    starts_at: datetime
    laid: Sequence[Laid] | None
    refusal: str | None = None
    nearest: tuple[datetime, ...] = ()


def moments(starts_at: datetime, every_weeks: int, *, times: int | None, until: date | None) -> list[datetime]:
    """When they begin: so many times, or until a day (the last included), at the same time of the wall clock.

    Raises Invalid `series_invalid` for both or neither, for no or too many weeks or times.
    """
    if (times is None) == (until is None) or not 1 <= every_weeks <= MOST_WEEKS:
        raise series_invalid()
    begins = (weeks_later(starts_at, every_weeks * passed) for passed in count())
    if times is not None:
        found = list(islice(begins, min(max(times, 0), MOST_TIMES + 1)))
    else:
        within = takewhile(lambda moment: until is not None and local_date(moment) <= until, begins)
        found = list(islice(within, MOST_TIMES + 1))
    if not 1 <= len(found) <= MOST_TIMES:
        raise series_invalid()
    return found


def weeks_later(moment: datetime, weeks: int) -> datetime:
    """The same time of the wall clock so many weeks later, whatever became of the clock meanwhile."""
    return moment_of(local_date(moment) + timedelta(weeks=weeks), moment.astimezone(SALON_ZONE).time())


def items_at(items: Sequence[BookingItem], first: datetime, begins: datetime) -> list[BookingItem]:
    """The services of the first booking for the one that begins then, by the same clock or at another time."""
    weeks = (local_date(begins) - local_date(first)).days // 7
    later = begins - weeks_later(first, weeks)
    return [
        item if item.starts_at is None else replace(item, starts_at=weeks_later(item.starts_at, weeks) + later)
        for item in items
    ]
