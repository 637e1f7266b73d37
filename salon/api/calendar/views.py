"""Calls by which a calendar is set up: what services are made of, who works when, rooms, chairs and devices."""

from collections import defaultdict
from typing import Any

from flask_login import current_user

from ...appointments.displaced.queries import displaced_within
from ...appointments.waitlist.jobs import wake_offering
from ...catalog.booking_rules.queries import said_of, touch_ups
from ...catalog.models import PhaseKind, Resource
from ...catalog.phases.queries import made_of
from ...catalog.phases.rules import Phase
from ...catalog.phases.services import set_people, set_phases, set_resources
from ...catalog.queries import service
from ...catalog.resources.queries import resource_of, resources_of
from ...catalog.resources.services import ResourceSpec, add_resource, change_resource
from ...catalog.self_booking.rules import SelfBooking
from ...catalog.self_booking.services import set_self_booking
from ...core.db import transaction
from ...core.errors import dates_reversed
from ...core.jalali import day_range, days_later
from ...core.pages import present, today
from ...core.permissions import Permission, requires
from ...setup.days.queries import closed_days, own_closed_days
from ...setup.days.services import close_day
from ...staff.errors import staff_unknown
from ...staff.hours.services import add_absence, set_hours
from ...staff.queries import known_staff, staff_of
from ...staff.rules import WEEK
from ..calls import Calls
from ..schemas import PeriodSchema
from . import schemas as s
from .services import RULES, change_rules

calls = Calls("calendar", __name__, "What a calendar is made of.")


@calls.put("/services/<key:service_id>")
@calls.takes(s.ChangedServiceSchema, example=s.PHASES)
@calls.answers(
    200,
    s.MadeSchema,
    not_found=404,
    service_unknown=404,
    invalid=422,
    staff_unknown=404,
    level_unknown=404,
    customer_unknown=404,
    phases_invalid=422,
    resource_unknown=422,
    service_inactive=422,
    rule_invalid=422,
    touch_up_invalid=422,
    price_invalid=422,
)
@requires(Permission.CATALOG_WRITE)
def change_service(asked: dict[str, Any], service_id: int) -> dict[str, Any]:
    """Say what a service is made of and asks of its bookings; only what is named changes."""
    with transaction():
        if "phases" in asked:
            phases = [Phase(PhaseKind(phase["kind"]), phase["minutes"]) for phase in asked["phases"]]
            set_phases(service_id=service_id, phases=phases)
        if "staff_ids" in asked:
            _check_people(asked["staff_ids"])
            set_people(service_id=service_id, branch_id=current_user.branch_id, staff_ids=asked["staff_ids"])
        if "resources" in asked:
            set_resources(service_id=service_id, branch_id=current_user.branch_id, resource_ids=asked["resources"])
        if "self_booking" in asked:
            way = SelfBooking(asked["self_booking"])
            set_self_booking(service_id=service_id, way=way, actor=current_user, now=present())
        change_rules(
            service_id=service_id, branch_id=current_user.branch_id, asked=asked, actor=current_user, now=present()
        )
        return _made(service_id)


@calls.put("/staff/<key:staff_id>/hours")
@calls.takes(s.HoursSchema, example=s.HOURS)
@calls.answers(200, s.HoursSchema, not_found=404, staff_unknown=404, invalid=422, hours_invalid=422)
@requires(Permission.STAFF_WRITE)
def put_hours(asked: dict[str, Any], staff_id: int) -> dict[str, Any]:
    """Say when somebody works in the week."""
    week: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for span in asked["hours"]:
        week[span["weekday"]].append((span["starts_at"], span["ends_at"]))
    with transaction():
        staff_of(current_user.branch_id, staff_id)
        set_hours(staff_id=staff_id, week={weekday: week[weekday] for weekday in WEEK})
    wake_offering()
    return asked


@calls.post("/staff/<key:staff_id>/absences")
@calls.takes(s.NewAbsenceSchema, example=s.ABSENCE)
@calls.answers(201, s.AbsenceSchema, not_found=404, staff_unknown=404, invalid=422, absence_invalid=422)
@requires(Permission.STAFF_WRITE)
def create_absence(asked: dict[str, Any], staff_id: int) -> dict[str, Any]:
    """Say that somebody is away; what is booked then stays, and is named to be moved."""
    with transaction():
        branch_id = staff_of(current_user.branch_id, staff_id).branch_id
        added = add_absence(**asked, staff_id=staff_id, actor=current_user, now=present())
        concerned = displaced_within(branch_id, added.starts_at, added.ends_at, present(), staff_id)
    said = {name: getattr(added, name) for name in ("id", "staff_id", "starts_at", "ends_at", "reason")}
    return said | {"appointment_ids": concerned}


@calls.get("/closed-days")
@calls.takes(PeriodSchema, location="query")
@calls.answers(200, s.ClosedDaysSchema, invalid=422, dates_reversed=422)
@requires(Permission.DESK_VIEW)
def list_closed_days(asked: dict[str, Any]) -> dict[str, Any]:
    """The days on which the branch is closed: its own and the official ones it keeps; a year of them at the most."""
    first = asked.get("starts_on") or today()
    before = min(asked.get("ends_before") or days_later(first, 366), days_later(first, 366))
    if before < first:
        raise dates_reversed()
    branch_id = current_user.branch_id
    own = {one.day: one.id for one in own_closed_days(branch_id, first, before)}
    closed = closed_days(branch_id, first, before)
    return {"items": [{"id": own.get(day), "day": day, "name": closed[day]} for day in sorted(closed)]}


@calls.post("/closed-days")
@calls.takes(s.NewClosedDaySchema, example=s.CLOSED_DAY)
@calls.answers(201, s.ClosedSchema, closed_day_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def create_closed_day(asked: dict[str, Any]) -> dict[str, Any]:
    """Close the branch for a day; what is booked then stays, and is named to be moved."""
    branch_id = current_user.branch_id
    with transaction():
        added = close_day(branch_id=branch_id, **asked, actor=current_user, now=present())
        concerned = displaced_within(branch_id, *day_range(added.day), present())
    return {"id": added.id, "day": added.day, "name": added.name, "appointment_ids": concerned}


@calls.get("/resources")
@calls.answers(200, s.ResourcesSchema)
@requires(Permission.CATALOG_VIEW)
def list_resources() -> dict[str, Any]:
    """Rooms, chairs and devices of the branch, those that are laid aside last."""
    return {"items": resources_of(current_user.branch_id)}


@calls.post("/resources")
@calls.takes(s.NewResourceSchema, example=s.RESOURCE)
@calls.answers(201, s.ResourceSchema, resource_exists=409, invalid=422, name_missing=422)
@requires(Permission.CATALOG_WRITE)
def create_resource(asked: dict[str, Any]) -> Resource:
    """Begin to use a room, chair or device."""
    with transaction():
        return add_resource(branch_id=current_user.branch_id, spec=ResourceSpec(**asked))


@calls.patch("/resources/<key:resource_id>")
@calls.takes(s.ChangedResourceSchema, example=s.RESOURCE)
@calls.answers(
    200, s.ResourceSchema, not_found=404, resource_unknown=404, resource_exists=409, invalid=422, name_missing=422
)
@requires(Permission.CATALOG_WRITE)
def patch_resource(asked: dict[str, Any], resource_id: int) -> Resource:
    """Describe a room, chair or device anew, or lay it aside."""
    with transaction():
        known = resource_of(current_user.branch_id, resource_id)
        said = {name: getattr(known, name) for name in ("name", "kind", "capacity", "active")} | asked
        return change_resource(branch_id=known.branch_id, resource_id=resource_id, spec=ResourceSpec(**said))


def _check_people(staff_ids: list[int]) -> None:
    if known_staff(staff_ids, current_user.branch_id) != set(staff_ids):
        raise staff_unknown()


def _made(service_id: int) -> dict[str, Any]:
    known, said = service(service_id), said_of([service_id])[service_id]
    made = made_of([service_id], current_user.branch_id)[service_id]
    return {
        "id": known.id,
        "name": known.name,
        "duration": known.duration,
        "phases": [{"kind": phase.kind.value, "minutes": phase.minutes} for phase in made.phases],
        "staff_ids": sorted(made.people),
        "resources": list(made.resources),
        "self_booking": known.self_booking,
        **{name: getattr(said, field) for name, field in RULES.items()},
        "touch_ups": touch_ups([service_id]),
    }
