"""The bookings behind a figure of the reports, or any that somebody looks for; the latest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from ....appointments.models import Occupancy
from ....catalog.models import Service
from ....core.db import db
from ....customers.models import Customer
from ....customers.rules import full_name
from ....staff.models import StaffMember
from ..queries import booked_on, names_of, rebooked_on
from ..rules import Booked, visits_in


@dataclass(frozen=True)
class Wanted:
    """Half-open days, and which bookings; None and nothing is any. `held`: what takes place, by the minutes that it
    holds its person; `done`: visits that were done, with whether she had another booking when their day ended.
    """

    starts_on: date
    ends_before: date
    staff: int | None = None
    service: int | None = None
    resource: int | None = None
    status: str = ""
    late: bool = False
    held: bool = False
    done: bool = False


@dataclass(frozen=True)
class Found:
    """What was found. `again`: of each done visit, whether she had another booking then."""

    rows: Sequence[Booked]
    held: bool = False
    again: Mapping[int, bool] = field(default_factory=dict)

    @property
    def bookings(self) -> int:
        """How many bookings these are."""
        return len(visits_in(self.rows))

    @property
    def minutes(self) -> int:
        """All their minutes."""
        return sum(map(self.minutes_of, self.rows))

    @property
    def rebooked(self) -> int:
        """After how many of the visits she was to come again."""
        return sum(self.again.values())

    def minutes_of(self, row: Booked) -> int:
        """The minutes of a service that count here."""
        return row.held if self.held else row.minutes

    def page(self, limit: int, offset: int) -> Sequence[tuple[Booked, Mapping[str, str]]]:
        """Some of the rows with the names of customer, service and person."""
        rows = self.rows[offset : offset + limit]
        people = select(Customer.id, Customer.first_name, Customer.last_name)
        asked = people.where(Customer.id.in_({row.customer_id for row in rows} or [0]))
        customers = {number: full_name(first, last) for number, first, last in db.session.execute(asked)}
        services, staff = names_of(Service), names_of(StaffMember)
        return [
            (
                row,
                {
                    "customer": customers[row.customer_id],
                    "service": services[row.service_id],
                    "staff": staff[row.staff_id],
                },
            )
            for row in rows
        ]


def wanted_bookings(wanted: Wanted) -> Found:
    """The bookings that are wanted, the latest first."""
    of_resource = select(Occupancy.item_id).where(Occupancy.resource_id == wanted.resource)
    rows = booked_on(wanted.starts_on, wanted.ends_before, of_resource if wanted.resource else None)
    chosen = [row for row in rows if _is_wanted(row, wanted)][::-1]
    if not wanted.done:
        return Found(chosen, wanted.held)
    again = {visit.id: known for visit, known in rebooked_on(wanted.starts_on, wanted.ends_before)}
    return Found([row for row in visits_in(chosen) if row.appointment_id in again], again=again)


def offered_filters() -> dict[str, Any]:
    """People and services by which one may choose, by their names."""
    return {
        name: sorted(names_of(table).items(), key=lambda pair: pair[1])
        for name, table in (("staff", StaffMember), ("service", Service))
    }


def _is_wanted(row: Booked, wanted: Wanted) -> bool:
    return (
        wanted.staff in (None, row.staff_id)
        and wanted.service in (None, row.service_id)
        and wanted.status in ("", row.status)
        and (row.late or not wanted.late)
        and (row.takes_place or not wanted.held)
    )
