"""What the desk's scripts send, read into values. Raises Invalid for what cannot be so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from werkzeug.datastructures import MultiDict

from ..appointments.errors import items_missing, starts_at_invalid, status_unknown
from ..appointments.models import AppointmentStatus
from ..appointments.rules import BookingItem
from ..core.hours import MINUTES_OF_DAY, parse_time
from ..core.jalali import parse_jalali
from ..core.pages import row_key
from ..core.text import normalise
from ..customers.errors import customer_missing
from ..customers.services import CustomerSpec
from .rules import of_wall_clock

_LAST_DAY = date(2100, 1, 1)

Typed = MultiDict[str, str]


@dataclass(frozen=True)
class AskedBooking:
    """A booking as asked for in the dialog."""

    customer_id: int
    starts_at: datetime
    items: Sequence[BookingItem]
    note: str


def booking_of(typed: Typed) -> AskedBooking:
    """The booking that the dialog sends: parallel lists of services and people («» is anybody)."""
    customer_id = row_key(typed.get("customer_id", ""))
    if customer_id is None:
        raise customer_missing()
    services, people = typed.getlist("service_id"), typed.getlist("staff_id")
    items = [
        BookingItem(service_id, row_key(staff))
        for service, staff in zip(services, people, strict=False)
        if (service_id := row_key(service)) is not None
    ]
    if not items:
        raise items_missing()
    starts_at = of_wall_clock(day_of(typed.get("day", "")), time_of(typed.get("time", "")))
    return AskedBooking(customer_id, starts_at, items, normalise(typed.get("note", "")))


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
