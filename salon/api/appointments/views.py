"""Calls about free times and bookings."""

from datetime import datetime
from typing import Any

from flask_login import current_user

from ...access.errors import forbidden
from ...access.rules import permissions_of
from ...appointments.availability.queries import best_offers, free_slots
from ...appointments.availability.rules import Asked, Order
from ...appointments.changes.queries import changes_of
from ...appointments.changes.rules import Facts
from ...appointments.deposits.services import lock_owner
from ...appointments.holds.services import keep
from ...appointments.moves.services import replan, reschedule
from ...appointments.notices.queries import warnings_of
from ...appointments.queries import appointment, of_branch
from ...appointments.rules import BookingItem
from ...appointments.services import book, set_status
from ...appointments.waitlist.jobs import wake_offering
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..calls import Calls
from . import schemas as s

calls = Calls("appointments", __name__, "Free times and bookings.")
_TOLD = ("id", "customer_id", "status", "starts_at", "items")


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
    s.BookedSchema,
    customer_unknown=404,
    service_unknown=404,
    staff_unknown=404,
    slot_taken=409,
    patch_test_missing=409,
    patch_test_reaction=409,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_appointment(asked: dict[str, Any]) -> Any:
    """Book services at a time that was offered, or one after another; a second booking at that time is warned of."""
    items = [BookingItem(**item) for item in asked.pop("items")]
    overbook = asked.pop("allow_overbooking")
    _check_may(Permission.APPOINTMENTS_OVERBOOK, wanted=overbook)
    _check_may(Permission.PATCH_TEST_PASS, wanted=asked["without_patch_test"])
    with transaction():
        booked = book(
            **asked,
            branch_id=current_user.branch_id,
            items=items,
            overbook=overbook,
            actor=current_user,
            now=present(),
        )
        told = [{"code": notice.code, "detail": notice.sentence} for notice in warnings_of(booked)]
        return {name: getattr(booked, name) for name in _TOLD} | {"warnings": told}


@calls.patch("/appointments/<key:appointment_id>")
@calls.takes(s.ChangedAppointmentSchema, example=s.CHANGED_APPOINTMENT)
@calls.answers(
    200,
    s.AppointmentSchema,
    not_found=404,
    appointment_unknown=404,
    service_unknown=404,
    staff_unknown=404,
    slot_taken=409,
    patch_test_missing=409,
    patch_test_reaction=409,
    wrong_status=409,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def change_appointment(asked: dict[str, Any], appointment_id: int) -> Any:
    """Move a booking, give it other services, or take the next step of the visit; why, is kept in its history."""
    passed = {"overbook": asked["allow_overbooking"], "without_patch_test": asked["without_patch_test"]}
    _check_may(Permission.APPOINTMENTS_OVERBOOK, wanted=passed["overbook"])
    _check_may(Permission.PATCH_TEST_PASS, wanted=passed["without_patch_test"])
    by = {"appointment_id": appointment_id, "actor": current_user, "now": present(), "reason": asked["reason"]}
    with transaction():
        of_branch(appointment_id, current_user.branch_id)
        lock_owner(appointment_id)
        if "items" in asked:
            items = [BookingItem(**item) for item in asked["items"]]
            replan(starts_at=asked.get("starts_at"), items=items, **passed, **by)
        elif "starts_at" in asked:
            reschedule(starts_at=asked["starts_at"], **passed, **by)
        if "status" in asked:
            set_status(status=asked["status"], **by)
        changed = appointment(appointment_id)
    wake_offering()
    return changed


@calls.get("/appointments/<key:appointment_id>/history")
@calls.answers(200, s.HistorySchema, not_found=404, appointment_unknown=404)
@requires(Permission.DESK_VIEW)
def history_of_appointment(appointment_id: int) -> dict[str, Any]:
    """What happened to a booking, the latest first: who changed what and when."""
    of_branch(appointment_id, current_user.branch_id)
    return {
        "items": [
            change._asdict() | {"before": _facts(change.before), "after": _facts(change.after)}
            for change in changes_of(appointment_id)
        ]
    }


@calls.post("/availability")
@calls.takes(s.WantedVisitSchema, example=s.WANTED_VISIT)
@calls.answers(
    200,
    s.OffersSchema,
    service_unknown=404,
    staff_unknown=404,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
)
@requires(Permission.DESK_VIEW)
def offered_times(asked: dict[str, Any]) -> dict[str, Any]:
    """Times at which a whole visit fits; ranked by the gaps they leave, given in their order."""
    wanted = Asked(
        current_user.branch_id,
        [BookingItem(**item) for item in asked["items"]],
        asked["customer_id"],
        Order(asked["order"]),
        asked["longest_wait"],
    )
    return {"slots": best_offers(wanted, asked["first"], asked["before"], asked["limit"], present())}


@calls.post("/holds")
@calls.takes(s.NewHoldSchema, example=s.NEW_HOLD)
@calls.answers(
    201,
    s.HoldSchema,
    service_unknown=404,
    staff_unknown=404,
    slot_taken=409,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_hold(asked: dict[str, Any]) -> Any:
    """Keep a time for a few minutes; it is released by itself."""
    items = [BookingItem(**item) for item in asked["items"]]
    with transaction():
        wanted = Asked(current_user.branch_id, items, asked["customer_id"])
        return keep(asked=wanted, starts_at=asked["starts_at"], actor=current_user, now=present())


def _facts(told: Facts) -> dict[str, Any]:
    """What is kept of a change in the shape of the call."""
    items = [
        item | {name: datetime.fromisoformat(item[name]) for name in ("starts_at", "ends_at")}
        for item in told.get("items", ())
    ]
    return {"status": told.get("status"), "items": items}


def _check_may(permission: Permission, *, wanted: bool) -> None:
    """Refuse what is asked for beyond the call by somebody who may not do it. Raises Forbidden."""
    if wanted and permission not in permissions_of(current_user.role):
        raise forbidden()
