"""What a service of a booking holds, and the row it is kept in."""

from datetime import datetime, timedelta
from typing import Any, NoReturn

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from ...catalog.models import PhaseKind, Resource, ServiceResource
from ...catalog.phases.rules import Phase, whole
from ...core.db import db, refusal_of
from ...staff.models import StaffMember
from ..availability.rules import Asked, Laid, Shape
from ..models import AppointmentItem
from ..refusals.queries import refusal_at

# In the branch of whoever serves.
_RESOURCES = (
    select(ServiceResource.resource_id)
    .join(Resource, Resource.id == ServiceResource.resource_id)
    .join(StaffMember, StaffMember.branch_id == Resource.branch_id)
    .where(ServiceResource.service_id == bindparam("of_service"), StaffMember.id == bindparam("of_staff"))
)
_TAKEN = frozenset({"slot_taken", "resource_full"})
_MINUTE = timedelta(minutes=1)


def as_booked(item: AppointmentItem) -> Laid:
    """What a service holds or held, in the rooms that it needs now."""
    resources = tuple(db.session.scalars(_RESOURCES, {"of_service": item.service_id, "of_staff": item.staff_id}))
    return Laid(item.service_id, item.staff_id, resources, item.starts_at, _shape_of(item), item.overbooked)


def row_of(laid: Laid) -> dict[str, Any]:
    """The row of a service that is laid out."""
    return {
        "service_id": laid.service_id,
        "staff_id": laid.staff_id,
        "starts_at": laid.starts_at,
        "ends_at": laid.ends_at,
        "phases": [{"kind": phase.kind.value, "minutes": phase.minutes} for phase in laid.shape.phases],
        "overbooked": laid.overbooked,
    }


def refuse(error: DBAPIError, asked: Asked, starts_at: datetime, now: datetime) -> NoReturn:
    """Say what the database refused, with the person, the taken time and the nearest free times."""
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    raise (refusal_at(asked, starts_at, now) if refusal.code in _TAKEN else refusal) from error


def _shape_of(item: AppointmentItem) -> Shape:
    """The phases as they were booked; bookings of before have none."""
    phases = tuple(Phase(PhaseKind(phase["kind"]), phase["minutes"]) for phase in item.phases)
    return Shape(phases or whole((item.ends_at - item.starts_at) // _MINUTE))
