"""What the desk's scripts send, read into values. Raises Invalid for what cannot be so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ..appointments.errors import items_missing, starts_at_invalid
from ..appointments.models import AppointmentStatus
from ..appointments.rules import BookingItem
from ..core.errors import Invalid
from ..core.jalali import parse_jalali
from ..core.pages import row_key
from ..core.text import latin_digits, normalise
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
        raise Invalid("customer_missing", _("مشتری را پیدا کنید یا تازه بنویسید."), "customer_id")
    services, people = typed.getlist("service_id"), typed.getlist("staff_id")
    items = [
        BookingItem(service_id, row_key(staff))
        for service, staff in zip(services, people, strict=False)
        if (service_id := row_key(service)) is not None
    ]
    if not items:
        raise items_missing()
    starts_at = of_wall_clock(day_of(typed.get("day", "")), time_of(typed.get("time", "")))
    return AskedBooking(customer_id, starts_at, items, normalise(typed.get("note", ""))[:500])


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
    digits = latin_digits(normalise(typed)).replace("٫", ":").replace(".", ":").replace("/", ":")
    hour, _colon, minute = digits.partition(":")
    if not _colon and len(digits) in {3, 4}:
        hour, minute = digits[:-2], digits[-2:]
    if not (hour.isascii() and hour.isdecimal() and (not minute or (minute.isascii() and minute.isdecimal()))):
        raise starts_at_invalid()
    if len(hour) > 2 or int(hour) > 23 or len(minute) > 2 or int(minute or "0") > 59:
        raise starts_at_invalid()
    return time(int(hour), int(minute or "0"))


def status_of(typed: str) -> AppointmentStatus:
    """A step of a visit."""
    if typed not in set(AppointmentStatus):
        raise Invalid("status_unknown", _("چنین وضعیتی نیست."), "status")
    return AppointmentStatus(typed)
