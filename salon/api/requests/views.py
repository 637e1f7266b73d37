"""Calls about what customers ask for themselves."""

from typing import Any

from flask_login import current_user

from ...appointments.requests.models import BookingRequest
from ...appointments.requests.queries import Requested, request_of, requests_after, told_of, told_of_each
from ...appointments.requests.services import approve, ask, propose, refuse, withdraw_request
from ...appointments.rules import BookingItem
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...messaging.jobs import wake_delivery
from ..calls import Calls
from ..schemas import page_of
from . import schemas as s

calls = Calls("requests", __name__, "What customers ask for themselves.")
VISIT = {
    "service_unknown": 404,
    "staff_unknown": 404,
    "slot_taken": 409,
    "invalid": 422,
    "service_inactive": 422,
    "staff_inactive": 422,
    "starts_at_invalid": 422,
}
PATCH_TESTS = {"patch_test_missing": 409, "patch_test_reaction": 409}
NOTICE = {"self_booking_off": 409, "short_notice": 409, "too_far": 409}
ONE = {"not_found": 404, "request_unknown": 404, "wrong_status": 409}


@calls.post("/requests")
@calls.takes(s.NewRequestSchema, example=s.NEW_REQUEST)
@calls.answers(201, s.RequestSchema, customer_unknown=404, **NOTICE, **PATCH_TESTS, **VISIT)
@requires(Permission.APPOINTMENTS_WRITE)
def create_request(asked: dict[str, Any]) -> dict[str, Any]:
    """Take a customer's own request: confirmed at once or to be approved, as its services say."""
    items = [BookingItem(**item) for item in asked.pop("items")]
    with transaction():
        added = ask(branch_id=current_user.branch_id, **asked, items=items, actor=current_user, now=present())
        shown = _answer(added)
    wake_delivery()
    return shown


@calls.get("/requests")
@calls.takes(s.RequestsQuerySchema, "query")
@calls.answers(200, s.RequestsSchema, invalid=422)
@requires(Permission.DESK_VIEW)
def list_requests(asked: dict[str, Any]) -> dict[str, Any]:
    """Requests, in one state if asked, page by page."""
    limit = asked["limit"]
    rows = requests_after(current_user.branch_id, asked["cursor"] or 0, limit + 1, asked["status"])
    found = page_of(rows, limit)
    return {"items": [_shown(one) for one in told_of_each(found["items"], present())], "next": found["next"]}


@calls.post("/requests/<key:request_id>/approve")
@calls.answers(
    200,
    s.RequestSchema,
    **ONE,
    **PATCH_TESTS,
    slot_taken=409,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def approve_request(request_id: int) -> dict[str, Any]:
    """Book what was asked for; she is told."""
    with transaction():
        shown = _answer(approve(request_id=request_id, **_by()))
    wake_delivery()
    return shown


@calls.post("/requests/<key:request_id>/refuse")
@calls.takes(s.RefusalSchema, example=s.REFUSAL)
@calls.answers(200, s.RequestSchema, **ONE, invalid=422, reason_missing=422)
@requires(Permission.APPOINTMENTS_WRITE)
def refuse_request(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Say no, and why; she is told."""
    with transaction():
        shown = _answer(refuse(request_id=request_id, reason=asked["reason"], **_by()))
    wake_delivery()
    return shown


@calls.post("/requests/<key:request_id>/propose")
@calls.takes(s.ProposalSchema, example=s.PROPOSAL)
@calls.answers(200, s.RequestSchema, **ONE, **VISIT, **PATCH_TESTS)
@requires(Permission.APPOINTMENTS_WRITE)
def propose_time(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Propose another time, and keep it while she answers."""
    items = [BookingItem(**item) for item in asked["items"]]
    with transaction():
        propose(request_id=request_id, starts_at=asked["starts_at"], items=items, **_by())
        shown = _answer(request_of(current_user.branch_id, request_id))
    wake_delivery()
    return shown


@calls.delete("/requests/<key:request_id>")
@calls.answers(200, s.RequestSchema, **ONE)
@requires(Permission.APPOINTMENTS_WRITE)
def remove_request(request_id: int) -> dict[str, Any]:
    """She wants it no more."""
    with transaction():
        return _answer(withdraw_request(request_id=request_id, **_by()))


def _by() -> dict[str, Any]:
    return {"branch_id": current_user.branch_id, "actor": current_user, "now": present()}


def _answer(found: BookingRequest) -> dict[str, Any]:
    return _shown(told_of(found, present()))


def _shown(one: Requested) -> dict[str, Any]:
    kept = ("id", "customer_id", "starts_at", "note", "reason", "created_at", "appointment_id")
    return {name: getattr(one.asked_for, name) for name in kept} | {
        "status": one.asked_for.state,
        "items": one.wanted,
        "proposals": [one.last] if one.last else [],
    }
