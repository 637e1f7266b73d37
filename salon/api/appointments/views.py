"""Calls about free times and bookings."""

from typing import Any

from flask_login import current_user

from ...appointments.availability.queries import free_slots
from ...appointments.rules import BookingItem
from ...appointments.services import book
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..calls import Calls
from . import schemas as s

calls = Calls("appointments", __name__, "Free times and bookings.")


@calls.get("/availability")
@calls.takes(s.AvailabilityQuerySchema, "query")
@calls.answers(200, s.SlotsSchema, service_unknown=404, staff_unknown=404, invalid=422)
@requires(Permission.DESK_VIEW)
def availability(asked: dict[str, Any]) -> dict[str, Any]:
    """Free times of a day for a service, by one person or by whoever does it."""
    slots = free_slots(
        branch_id=current_user.branch_id,
        day=asked["date"],
        service_id=asked["service_id"],
        staff_id=asked["staff_id"],
        now=present(),
    )
    return {"slots": slots}


@calls.post("/appointments")
@calls.takes(s.NewAppointmentSchema, example=s.NEW_APPOINTMENT)
@calls.answers(
    201,
    s.AppointmentSchema,
    customer_unknown=404,
    service_unknown=404,
    staff_unknown=404,
    slot_taken=409,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_appointment(asked: dict[str, Any]) -> Any:
    """Book services one after another."""
    items = [BookingItem(**item) for item in asked.pop("items")]
    with transaction():
        return book(**asked, branch_id=current_user.branch_id, items=items, actor=current_user, now=present())
