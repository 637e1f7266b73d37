"""What the desk's scripts send, read into values. Raises Invalid for what cannot be so."""

from datetime import date, time

from werkzeug.datastructures import MultiDict

from ..appointments.errors import starts_at_invalid, status_unknown
from ..appointments.models import AppointmentStatus
from ..core.hours import MINUTES_OF_DAY, parse_time
from ..core.jalali import parse_jalali
from ..customers.services import CustomerSpec

_LAST_DAY = date(2100, 1, 1)

Typed = MultiDict[str, str]


def day_of(typed: str) -> date:
    """A day written 2026-11-21 by a script or ۱۴۰۵/۰۸/۳۰ by a person."""
    day = parse_jalali(typed)
    if day is None:
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            raise starts_at_invalid() from None
    if not date(2000, 1, 1) <= day < _LAST_DAY:
        raise starts_at_invalid()
    return day


def time_of(typed: str) -> time:
    """A time of day as people write it: ۱۰:۳۰, 1030, ۱۰."""
    minutes = parse_time(typed)
    if minutes is None or minutes == MINUTES_OF_DAY:
        raise starts_at_invalid()
    return time(*divmod(minutes, 60))


def newcomer_of(typed: Typed) -> CustomerSpec:
    """Somebody who is let in from the booking dialog; a walk-in needs no name."""
    return CustomerSpec(
        first_name=typed.get("first_name", ""),
        last_name=typed.get("last_name", ""),
        mobile=typed.get("mobile"),
        shared_mobile=typed.get("shared_mobile") == "1",
        is_walk_in=typed.get("is_walk_in") == "1",
    )


def status_of(typed: str) -> AppointmentStatus:
    """A step of a visit."""
    if typed not in set(AppointmentStatus):
        raise status_unknown()
    return AppointmentStatus(typed)
