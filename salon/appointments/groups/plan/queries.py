"""The plan of a day: by time, by customer and by who serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...models import Appointment
from ...rules import takes_place
from ..queries import Entry, bookings_of, timeline_of


@dataclass(frozen=True)
class Plan:
    """The services of a day by time, and the same for each customer and for each person."""

    day: date
    entries: Sequence[Entry]

    @property
    def by_customer(self) -> dict[str, list[Entry]]:
        """What each customer has; who comes first is first."""
        return _parted(self.entries, "customer")

    @property
    def by_staff(self) -> dict[str, list[Entry]]:
        """What each person does."""
        return dict(sorted(_parted(self.entries, "staff").items()))


def plans_of(bookings: Sequence[Appointment]) -> list[Plan]:
    """A plan for each day on which something of a file takes place."""
    days: dict[date, list[Entry]] = {}
    for entry in timeline_of([booking for booking in bookings if takes_place(booking.status)]):
        days.setdefault(entry.day, []).append(entry)
    return [Plan(day, entries) for day, entries in days.items()]


def plan_of(group_id: int, day: date) -> Plan:
    """The plan of one day of a file; nothing may take place then."""
    found = [plan for plan in plans_of(bookings_of(group_id)) if plan.day == day]
    return found[0] if found else Plan(day, ())


def _parted(entries: Sequence[Entry], by: str) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(getattr(entry, by), []).append(entry)
    return found
