"""Bookings without a database: which step follows which, services one after another, free times of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from .models import AppointmentStatus as S

STEP = 15  # minutes between the proposed times
FIRST_YEAR, LAST_YEAR = 2000, 2100

STATUS_LABELS = {
    S.BOOKED: _l("رزرو شده"),
    S.CONFIRMED: _l("تأیید شده"),
    S.ARRIVED: _l("در سالن"),
    S.IN_SERVICE: _l("در حال کار"),
    S.DONE: _l("پایان یافته"),
    S.NO_SHOW: _l("نیامده"),
    S.CANCELLED: _l("لغو شده"),
}

_UPCOMING = frozenset({S.ARRIVED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED})
# Each step can be taken back, so that a slip of the finger is no disaster.
_NEXT: Mapping[S, frozenset[S]] = {
    S.BOOKED: _UPCOMING | {S.CONFIRMED},
    S.CONFIRMED: _UPCOMING | {S.BOOKED},
    S.ARRIVED: frozenset({S.BOOKED, S.CONFIRMED, S.IN_SERVICE, S.DONE, S.NO_SHOW, S.CANCELLED}),
    S.IN_SERVICE: frozenset({S.ARRIVED, S.DONE, S.CANCELLED}),
    S.DONE: frozenset({S.IN_SERVICE, S.ARRIVED}),
    S.NO_SHOW: frozenset({S.BOOKED, S.CONFIRMED, S.ARRIVED, S.CANCELLED}),
    S.CANCELLED: frozenset({S.BOOKED, S.CONFIRMED, S.ARRIVED}),
}
_FREES = frozenset({S.NO_SHOW, S.CANCELLED})
_OVER = _FREES | {S.DONE}


class Slot(NamedTuple):
    """A free time of a person."""

    staff_id: int
    starts_at: datetime
    ends_at: datetime


class Span(NamedTuple):
    """From a minute to another, counted from the day's midnight."""

    starts: int
    ends: int


@dataclass(frozen=True)
class BookingItem:
    """A service wanted of a person; without one, of anybody who does it; without a time, after the one before."""

    service_id: int
    staff_id: int | None
    starts_at: datetime | None = None


def may_become(status: str, following: str) -> bool:
    """Whether a visit in one state may go to another."""
    return S(following) in _NEXT[S(status)]


def takes_place(status: str) -> bool:
    """Whether a booking in this state took or will take place: it keeps its person, and may be invoiced."""
    return S(status) not in _FREES


def may_move(status: str) -> bool:
    """Whether a booking in this state may still be moved."""
    return S(status) not in _OVER


def awaits_reminder(status: str) -> bool:
    """Whether the customer is still to come."""
    return status in {S.BOOKED, S.CONFIRMED}


def is_plausible(moment: datetime) -> bool:
    """Whether somebody could mean this time."""
    return FIRST_YEAR <= moment.year < LAST_YEAR


def to_the_minute(moment: datetime) -> datetime:
    """The moment without its seconds."""
    return moment.replace(second=0, microsecond=0)


def laid_out(starts_at: datetime, wanted: Sequence[tuple[datetime | None, int]]) -> list[tuple[datetime, datetime]]:
    """Times of services one after another, from pairs of a fixed time (or None) and minutes."""
    times = []
    cursor = starts_at
    for fixed, minutes in wanted:
        begins = cursor if fixed is None else to_the_minute(fixed)
        cursor = begins + timedelta(minutes=minutes)
        times.append((begins, cursor))
    return times


def free_starts(hours: Iterable[Span], busy: Iterable[Span], duration: int, earliest: int = 0) -> list[int]:
    """Minutes at which `duration` fits: every quarter of an hour, openings, and the ends of what is booked."""
    starts: list[int] = []
    taken = sorted(busy)
    for working in hours:
        for gap in _gaps(working, taken):
            starts.extend(_starts_in(gap, duration, earliest))
    return starts


def _gaps(working: Span, taken: Sequence[Span]) -> list[Span]:
    gaps = []
    free_from = working.starts
    for booked in taken:
        if booked.ends <= free_from:
            continue
        if booked.starts >= working.ends:
            break
        if booked.starts > free_from:
            gaps.append(Span(free_from, booked.starts))
        free_from = booked.ends
    if free_from < working.ends:
        gaps.append(Span(free_from, working.ends))
    return gaps


def _starts_in(gap: Span, duration: int, earliest: int) -> list[int]:
    last = gap.ends - duration
    first = max(gap.starts, earliest)
    on_grid = list(range(-(-first // STEP) * STEP, last + 1, STEP))
    begins_itself = gap.starts >= earliest and gap.starts % STEP and gap.starts <= last
    return [gap.starts, *on_grid] if begins_itself else on_grid
