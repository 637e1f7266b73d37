"""A calendar as RFC 5545 has it; neither the customer's mobile nor a note goes out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from ...core.late import Late

icalendar = Late("icalendar")  # loading it takes long, and few ask for a calendar

REFRESH = timedelta(minutes=15)  # how often a phone may look


class Entry(NamedTuple):
    """A booked service in somebody's calendar. `changed_at`, `changes`: when and how often it changed."""

    item_id: int
    starts_at: datetime
    ends_at: datetime
    service: str
    customer: str
    place: str
    takes_place: bool
    created_at: datetime
    changed_at: datetime
    changes: int


def calendar_of(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar of a name: lines of 75 octets at most that end with CRLF, times in UTC."""
    calendar = icalendar.Calendar()
    for key, value in (
        ("prodid", "-//Salon//Bookings//FA"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", name),
        ("x-wr-calname", name),
        ("refresh-interval", REFRESH),
        ("x-published-ttl", "PT15M"),
    ):
        calendar.add(key, value)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> object:
    event = icalendar.Event()
    event.add("uid", f"{entry.item_id}.{entry.created_at:%Y%m%dT%H%M%SZ}@salon")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.changes)  # by it a phone sees which of two is the later
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", f"{entry.service} · {entry.customer}")
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "CONFIRMED" if entry.takes_place else "CANCELLED")
    event.add("transp", "OPAQUE" if entry.takes_place else "TRANSPARENT")
    return event
