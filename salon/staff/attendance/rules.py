"""Hours present and absent against working hours, in minutes of the salon's days. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...core.jalali import start_of_day, weekday_of

Span = tuple[int, int]  # minutes after midnight, half-open
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """Somebody was here; `left_at` of None: she is here still."""

    id: int
    staff_id: int
    came_at: datetime
    left_at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class DayHours:
    """A day of somebody. `absent`: minutes of her working hours, as far as they are over, in which she wasn't here."""

    day: date
    planned: int
    present: int
    absent: int
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class Hours:
    """Some days of somebody, with their sums."""

    days: Sequence[DayHours]

    @property
    def planned(self) -> int:
        """Minutes of working hours."""
        return sum(day.planned for day in self.days)

    @property
    def present(self) -> int:
        """Minutes in which she was here."""
        return sum(day.present for day in self.days)

    @property
    def absent(self) -> int:
        """Minutes of working hours in which she wasn't."""
        return sum(day.absent for day in self.days)


def minutes_of_day(moment: datetime, day: date) -> int:
    """Whole minutes from the day's midnight in the salon's zone; below nought before it."""
    return (moment - start_of_day(day)) // _MINUTE


def within_day(stay: Stay, day: date, now: datetime) -> Span:
    """The part of a stay on a day; who is still here is so until now."""
    length = minutes_of_day(start_of_day(day + _DAY), day)
    left_at = stay.left_at or max(now, stay.came_at)
    starts, ends = minutes_of_day(stay.came_at, day), minutes_of_day(left_at, day)
    starts = max(0, min(starts, length))
    return starts, max(starts, min(ends, length))


def hours_of_day(day: date, planned: Sequence[Span], stays: Sequence[Stay], now: datetime) -> DayHours:
    """What somebody was here of her hours of a day; hours that are still to come are no absence."""
    touching = [
        (stay, span) for stay in stays if (span := within_day(stay, day, now))[0] < span[1] or _begins(stay, day)
    ]
    spans = [span for _stay, span in touching]
    so_far = max(0, minutes_of_day(now, day))
    over = [(starts, min(ends, so_far)) for starts, ends in planned if starts < so_far]
    here = sum(_shared(one, other) for one in over for other in spans)
    return DayHours(
        day=day,
        planned=_length(planned),
        present=_length(spans),
        absent=_length(over) - here,
        stays=tuple(stay for stay, _span in touching),
    )


def hours_over(
    first: date, end_before: date, week: Mapping[int, Sequence[Span]], stays: Sequence[Stay], now: datetime
) -> Hours:
    """Somebody's days of a range (half-open). `week`: her hours by weekday."""
    days = [first + timedelta(days=place) for place in range((end_before - first).days)]
    return Hours([hours_of_day(day, week.get(weekday_of(day), ()), stays, now) for day in days])


def overlaps(came_at: datetime, left_at: datetime | None, others: Iterable[Stay]) -> bool:
    """Whether somebody would be here twice at once."""
    return any(
        (left_at is None or other.came_at < left_at) and (other.left_at is None or came_at < other.left_at)
        for other in others
    )


def _begins(stay: Stay, day: date) -> bool:
    """Whether a stay began on a day, be it this very minute."""
    return start_of_day(day) <= stay.came_at < start_of_day(day + _DAY)


def _length(spans: Iterable[Span]) -> int:
    return sum(ends - starts for starts, ends in spans)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
