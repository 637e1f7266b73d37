"""Bookings without a database: which step follows which, services one after another, free times of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ..core.jalali import local_date
from .errors import starts_at_invalid
from .models import AppointmentStatus as S

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
# On the way each step can be taken back; done, no-show and cancelled are ends.
_NEXT: Mapping[S, frozenset[S]] = {
    S.BOOKED: _UPCOMING | {S.CONFIRMED},
    S.CONFIRMED: _UPCOMING | {S.BOOKED},
    S.ARRIVED: frozenset({S.BOOKED, S.CONFIRMED, S.IN_SERVICE, S.DONE, S.CANCELLED}),
    S.IN_SERVICE: frozenset({S.ARRIVED, S.DONE, S.CANCELLED}),
    S.DONE: frozenset(),
    S.NO_SHOW: frozenset(),
    S.CANCELLED: frozenset(),
}
_REOPENED: Mapping[S, frozenset[S]] = {
    S.DONE: frozenset({S.ARRIVED, S.IN_SERVICE}),
    S.NO_SHOW: frozenset({S.BOOKED, S.CONFIRMED, S.ARRIVED}),
    S.CANCELLED: frozenset({S.BOOKED, S.CONFIRMED, S.ARRIVED}),
}
_PRESENT = frozenset({S.ARRIVED, S.IN_SERVICE, S.DONE})
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


def status_label(status: str) -> str:
    """A status in the words of the desk; one that is not known, as it is."""
    return str(STATUS_LABELS[S(status)]) if status in set(S) else status


def may_become(status: str, following: str) -> bool:
    """Whether a visit in one state may go to another."""
    return S(following) in _NEXT[S(status)]


def reopens(status: str, following: str) -> bool:
    """Whether a visit that is over may be begun again so; only by permission."""
    return S(following) in _REOPENED.get(S(status), frozenset())


def is_over(status: str) -> bool:
    """Whether a visit in this state has come to its end."""
    return S(status) in _OVER


def is_early(status: str, starts_at: datetime, now: datetime) -> bool:
    """Whether nobody can say so yet: a no-show before its time, somebody here on a day before that of her visit."""
    if status == S.NO_SHOW:
        return now < starts_at
    return S(status) in _PRESENT and local_date(now) < local_date(starts_at)


def is_late(status: str, starts_at: datetime, now: datetime, hours: int) -> bool:
    """Whether it is called off later than so many hours before."""
    return status == S.CANCELLED and starts_at - now < timedelta(hours=hours)


def takes_place(status: str) -> bool:
    """Whether a booking in this state took or will take place: it keeps its person, and may be invoiced."""
    return S(status) not in _FREES


def may_move(status: str) -> bool:
    """Whether a booking in this state may still be moved."""
    return not is_over(status)


def awaits_reminder(status: str) -> bool:
    """Whether the customer is still to come."""
    return status in {S.BOOKED, S.CONFIRMED}


def is_plausible(moment: datetime) -> bool:
    """Whether somebody could mean this time."""
    return FIRST_YEAR <= moment.year < LAST_YEAR


def to_the_minute(moment: datetime) -> datetime:
    """The moment without its seconds."""
    return moment.replace(second=0, microsecond=0)


def meant(moment: datetime) -> datetime:
    """A time that somebody may mean, without its seconds. Raises Invalid `starts_at_invalid`."""
    if not is_plausible(moment):
        raise starts_at_invalid()
    return to_the_minute(moment)
