"""What the board is asked for and what it is made of, without a database."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from ...appointments.minutes.rules import bits_of
from ...appointments.rules import Span
from ...core.jalali import SALON_ZONE, local_date, week_range
from ...staff.hours.queries import Presence

DAY_LENGTH = 24 * 60
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


class View(StrEnum):
    """How the board is looked at."""

    STAFF = "staff"
    LINE = "line"
    ROOM = "room"
    WEEK = "week"
    LIST = "list"


VIEW_LABELS: Mapping[View, object] = {
    View.STAFF: _l("پرسنل"),
    View.LINE: _l("لاین"),
    View.ROOM: _l("اتاق"),
    View.WEEK: _l("هفته"),
    View.LIST: _l("فهرست"),
}


class Asked(NamedTuple):
    """A look at the board; `of` is whose week, everybody's when there is none."""

    view: View
    day: date
    of: int | None = None

    @property
    def days(self) -> tuple[date, date]:
        """The days that are seen, the second one exclusive."""
        return week_range(self.day) if self.view == View.WEEK else (self.day, self.day + _DAY)


class Person(NamedTuple):
    """Who has a column."""

    id: int
    name: str
    title: str


class LineOf(NamedTuple):
    """A line with whoever belongs to it."""

    id: int
    name: str
    people: tuple[int, ...]


class Place(NamedTuple):
    """A room, chair or device, for so many customers at a time."""

    id: int
    name: str
    kind: str
    capacity: int


@dataclass(frozen=True)
class Facts:
    """All that the board of some days is drawn from."""

    asked: Asked
    opens: int  # minutes after midnight
    closes: int
    people: Sequence[Person]
    lines: Sequence[LineOf]
    places: Sequence[Place]
    booked: Sequence[Any]
    taken: Sequence[Any]  # of people and places, by bookings and kept slots
    presence: Mapping[int, Presence]
    closed: Mapping[date, str]
    deposits: Mapping[int, int]  # rials, by booking

    def tag(self) -> str:
        """A short name of these facts: whatever changes on the board, it changes too."""
        rows = [tuple(row) for row in (*self.booked, *self.taken)]  # a row shows itself shortened
        rest = [getattr(self, field.name) for field in fields(self) if field.name not in {"booked", "taken"}]
        return hashlib.sha256(repr((rows, rest)).encode()).hexdigest()[:32]

    @cached_property
    def held(self) -> Mapping[int, Sequence[Any]]:
        """What bookings take of people, by person."""
        found: dict[int, list[Any]] = {person.id: [] for person in self.people}
        for row in self.taken:
            if row.staff_id in found and row.hold_id is None:
                found[row.staff_id].append(row)
        return found

    def days_of(self, row: Any) -> Iterator[date]:
        """Those of the days on which something lies."""
        first, before = self.asked.days
        day, last = max(local_date(row.starts_at), first), min(local_date(row.ends_at), before - _DAY)
        while day <= last:
            yield day
            day += _DAY

    def days(self) -> Iterator[date]:
        """The days that are seen."""
        first, before = self.asked.days
        return (first + passed * _DAY for passed in range((before - first).days))


def minute_on(day: date, moment: datetime) -> int:
    """The minute of the salon's wall clock at a moment, counted from a day's midnight; may lie outside of the day."""
    shown = moment.astimezone(SALON_ZONE).replace(tzinfo=None)
    return (shown - datetime.combine(day, time())) // _MINUTE


def span_on(day: date, starts_at: datetime, ends_at: datetime) -> Span:
    """The minutes of a day in which something lies; empty when it doesn't."""
    starts, ends = (min(max(minute_on(day, moment), 0), DAY_LENGTH) for moment in (starts_at, ends_at))
    return Span(starts, max(starts, ends))


def works_on(day: date, presence: Presence) -> int:
    """The minutes of a day in which somebody is to be found, as bits."""
    works, away = (bits_of(span_on(day, *stretch) for stretch in some) for some in (presence.works, presence.away))
    return works & ~away


def spans_of(bits: int) -> list[Span]:
    """Minutes as stretches from one to another."""
    found = []
    passed = 0
    while bits:
        gap = (bits & -bits).bit_length() - 1
        bits >>= gap
        length = (~bits & -~bits).bit_length() - 1
        found.append(Span(passed + gap, passed + gap + length))
        bits >>= length
        passed += gap + length
    return found


def load_of(busy: int, works: int) -> int:
    """How much of the working minutes is booked, in percent; nought for whoever doesn't work."""
    return min(100, round(100 * busy / works)) if works else 0
