"""Setting the demo's calendar up through the services of the salon."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from ...access.models import User
from ...catalog.phases.services import set_phases, set_resources
from ...catalog.resources.services import ResourceSpec, add_resource
from ...core.jalali import wall_clock
from ...setup.days.queries import usual_codes
from ...setup.days.rules import occurrences
from ...setup.days.services import close_day, keep_holidays
from ...staff.hours.services import add_absence
from .rules import CLOSED_AFTER, CLOSED_FOR, LEAVES, PHASES, PLACES, phases_of

Room = tuple[int, int]  # number and capacity
Span = tuple[int, int]  # minutes after midnight
_QUIET_AFTER = 7  # days after today on which the demo has bookings


def furnish_rooms(
    branch_id: int, services: Mapping[str, int], actor: User, now: datetime
) -> dict[str, tuple[Room, ...]]:
    """Set rooms, chairs and devices up, and what services are made of; gives what each service needs, by its name."""
    needs: dict[str, list[Room]] = {}
    for place in PLACES:
        spec = ResourceSpec(place.name, place.kind, place.capacity)
        added = add_resource(branch_id=branch_id, spec=spec, actor=actor, now=now)
        for service in place.services:
            needs.setdefault(service, []).append((added.id, place.capacity))
    for service, rooms in needs.items():
        numbers = [number for number, _capacity in rooms]
        set_resources(service_id=services[service], resource_ids=numbers, actor=actor, now=now)
    for service in PHASES:
        set_phases(service_id=services[service], phases=phases_of(service, 0), actor=actor, now=now)
    return {service: tuple(rooms) for service, rooms in needs.items()}


def send_on_leave(people: Mapping[str, int], today: date, actor: User, now: datetime) -> dict[tuple[int, date], Span]:
    """Tell of absences to come; gives them by person and day, from minute to minute."""
    found: dict[tuple[int, date], Span] = {}
    for leave in LEAVES:
        day, staff_id = today + timedelta(days=leave.after), people[leave.code]
        starts_at, ends_at = wall_clock(day, leave.starts), wall_clock(day, leave.ends)
        add_absence(staff_id=staff_id, starts_at=starts_at, ends_at=ends_at, reason=leave.reason, actor=actor, now=now)
        found[staff_id, day] = (leave.starts, leave.ends)
    return found


def close_days(branch_id: int, first: date, today: date, actor: User, now: datetime) -> None:
    """Keep the days off on which salons rarely work, but for those on which the demo plays, and a day of its own."""
    before = today + timedelta(days=_QUIET_AFTER)
    played = {one.code for one in occurrences(first, before, {})}
    keep_holidays(branch_id=branch_id, codes=usual_codes() - played, actor=actor, now=now)
    day = today + timedelta(days=CLOSED_AFTER)
    close_day(branch_id=branch_id, day=day, name=CLOSED_FOR, actor=actor, now=now)
