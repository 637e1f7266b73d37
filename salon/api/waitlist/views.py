"""Calls about the waitlist."""

from typing import Any

from flask_login import current_user

from ...appointments.rules import BookingItem
from ...appointments.slot_offers.models import SlotOffer
from ...appointments.waitlist.jobs import wake_offering
from ...appointments.waitlist.queries import Waiting, entry_of, spec_of, told_of, waiting_after
from ...appointments.waitlist.rules import WaitSpec, mask_of, weekdays_of
from ...appointments.waitlist.services import change, join, leave, offer_to
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...messaging.jobs import wake_delivery
from ..calls import Calls
from ..schemas import page_of
from . import schemas as s

calls = Calls("waitlist", __name__, "The waitlist.")
WISH = {
    "service_unknown": 404,
    "staff_unknown": 404,
    "invalid": 422,
    "service_inactive": 422,
    "staff_inactive": 422,
    "days_invalid": 422,
    "times_invalid": 422,
}


@calls.post("/waitlist")
@calls.takes(s.NewEntrySchema, example=s.NEW_ENTRY)
@calls.answers(201, s.EntrySchema, customer_unknown=404, **WISH)
@requires(Permission.APPOINTMENTS_WRITE)
def create_entry(asked: dict[str, Any]) -> dict[str, Any]:
    """Let somebody wait for a time; what opens is offered to her by SMS."""
    customer_id = asked.pop("customer_id")
    spec = WaitSpec(**_said(asked))
    branch_id, now = current_user.branch_id, present()
    with transaction():
        added = join(branch_id=branch_id, customer_id=customer_id, spec=spec, actor=current_user, now=now)
        told = _shown(told_of(added, now))
    wake_offering()
    return told


@calls.get("/waitlist")
@calls.takes(s.WaitlistQuerySchema, "query")
@calls.answers(200, s.EntriesSchema, invalid=422)
@requires(Permission.DESK_VIEW)
def list_entries(asked: dict[str, Any]) -> dict[str, Any]:
    """Who waits, page by page."""
    limit = asked["limit"]
    found = page_of(waiting_after(current_user.branch_id, asked["cursor"] or 0, limit + 1, present()), limit)
    return {"items": [_shown(waiting) for waiting in found["items"]], "next": found["next"]}


@calls.patch("/waitlist/<key:entry_id>")
@calls.takes(s.ChangedEntrySchema, example=s.CHANGED_ENTRY)
@calls.answers(200, s.EntrySchema, not_found=404, entry_unknown=404, wrong_status=409, **WISH)
@requires(Permission.APPOINTMENTS_WRITE)
def change_entry(asked: dict[str, Any], entry_id: int) -> dict[str, Any]:
    """Say anew when she can come and for what; an offer that she has not answered is taken back."""
    branch_id, now = current_user.branch_id, present()
    with transaction():
        spec = WaitSpec(**vars(spec_of(entry_of(branch_id, entry_id))) | _said(asked))
        changed = change(branch_id=branch_id, entry_id=entry_id, spec=spec, actor=current_user, now=now)
        told = _shown(told_of(changed, now))
    wake_offering()
    return told


@calls.delete("/waitlist/<key:entry_id>")
@calls.answers(200, s.EntrySchema, not_found=404, entry_unknown=404, wrong_status=409)
@requires(Permission.APPOINTMENTS_WRITE)
def remove_entry(entry_id: int) -> dict[str, Any]:
    """Take somebody off; an offer that she has not answered is taken back."""
    now = present()
    with transaction():
        left = leave(branch_id=current_user.branch_id, entry_id=entry_id, actor=current_user, now=now)
        told = _shown(told_of(left, now))
    wake_offering()
    return told


@calls.post("/waitlist/<key:entry_id>/offer")
@calls.takes(s.NamedTimeSchema, example=s.NAMED_TIME)
@calls.answers(
    201,
    s.OfferSchema,
    not_found=404,
    entry_unknown=404,
    service_unknown=404,
    staff_unknown=404,
    wrong_status=409,
    nothing_free=409,
    slot_taken=409,
    patch_test_missing=409,
    patch_test_reaction=409,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def offer_time(asked: dict[str, Any], entry_id: int) -> SlotOffer:
    """Offer somebody the first time that suits her, or a named one, and keep it while she answers."""
    with transaction():
        offered = offer_to(
            branch_id=current_user.branch_id,
            entry_id=entry_id,
            starts_at=asked["starts_at"],
            items=[BookingItem(**item) for item in asked["items"]],
            actor=current_user,
            now=present(),
        )
    wake_delivery()
    return offered


def _said(asked: dict[str, Any]) -> dict[str, Any]:
    """What a call says, as the waitlist has it."""
    said = dict(asked)
    if "items" in said:
        said["items"] = [BookingItem(**item) for item in said["items"]]
    if "weekdays" in said:
        said["weekdays"] = mask_of(said["weekdays"])
    return said


def _shown(waiting: Waiting) -> dict[str, Any]:
    entry = waiting.entry
    kept = ("id", "customer_id", "starts_on", "ends_before", "from_time", "to_time", "note", "created_at")
    return {name: getattr(entry, name) for name in kept} | {
        "status": entry.state,
        "items": waiting.wanted,
        "weekdays": weekdays_of(entry.weekdays),
        "appointment_id": entry.appointment_id,
        "offers": [waiting.last] if waiting.last else [],
    }
