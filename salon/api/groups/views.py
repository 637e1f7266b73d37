"""Calls about group visits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_login import current_user

from ...appointments.availability.rules import Order
from ...appointments.groups import queries as q
from ...appointments.groups.rules import Party, Together
from ...appointments.groups.services import (
    add_member,
    add_task,
    change_group,
    change_task,
    close_group,
    open_group,
    reopen_group,
    take_group_deposit,
)
from ...appointments.groups.together.queries import MOST_DAYS, check_parties, group_offers
from ...appointments.groups.together.services import book_together, cancel_group, move_group
from ...appointments.models import GroupState, GroupTask, GroupVisit
from ...appointments.rules import BookingItem
from ...appointments.waitlist.jobs import wake_offering
from ...cashbox.models import Deposit, PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..calls import Calls
from ..deposits.schemas import DepositSchema
from ..invoices.schemas import IdempotencyHeaderSchema
from ..schemas import page_of
from . import schemas as s

calls = Calls("groups", __name__, "Group visits: a bride and her companions under one file.")
BECOMES = {GroupState.OPEN: reopen_group, GroupState.DONE: close_group, GroupState.CANCELLED: cancel_group}


@calls.get("/groups")
@calls.takes(s.GroupsQuerySchema, "query")
@calls.answers(200, s.GroupsSchema, invalid=422)
@requires(Permission.DESK_VIEW)
def list_groups(asked: dict[str, Any]) -> dict[str, Any]:
    """The files of the branch, by their number."""
    limit, after = asked.pop("limit"), asked.pop("cursor") or 0
    found = q.group_visits(current_user.branch_id, **asked, after=after, limit=limit + 1)
    told = page_of(found, limit)
    return told | {"items": [_listed(one) for one in told["items"]]}


@calls.post("/groups")
@calls.takes(s.NewGroupSchema, example=s.NEW_GROUP)
@calls.answers(201, s.GroupSchema, customer_unknown=404, invalid=422)
@requires(Permission.APPOINTMENTS_WRITE)
def create_group(asked: dict[str, Any]) -> dict[str, Any]:
    """Open a file."""
    with transaction():
        return _told(open_group(branch_id=current_user.branch_id, **asked, actor=current_user, now=present()))


@calls.get("/groups/<key:group_id>")
@calls.answers(200, s.GroupSchema, not_found=404, group_visit_unknown=404)
@requires(Permission.DESK_VIEW)
def read_group(group_id: int) -> dict[str, Any]:
    """A file with its people, bookings, tasks and deposits."""
    return _told(q.group_visit(group_id, current_user.branch_id))


@calls.patch("/groups/<key:group_id>")
@calls.takes(s.ChangedGroupSchema, example=s.CHANGED_GROUP)
@calls.answers(
    200,
    s.GroupSchema,
    not_found=404,
    group_visit_unknown=404,
    group_over=409,
    wrong_status=409,
    invalid=422,
    name_missing=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def patch_group(asked: dict[str, Any], group_id: int) -> dict[str, Any]:
    """Change a file; done, called off with all its bookings, or open again."""
    state = asked.pop("state", None)
    with transaction():
        found = change_group(**_by(group_id), **asked)
        if state is not None and state != found.state:
            BECOMES[GroupState(state)](**_by(group_id))
        told = _told(found)
    wake_offering()
    return told


@calls.post("/groups/<key:group_id>/members")
@calls.takes(s.NewGroupMemberSchema, example=s.NEW_MEMBER)
@calls.answers(
    201,
    s.GroupSchema,
    not_found=404,
    group_visit_unknown=404,
    customer_unknown=404,
    group_over=409,
    member_known=409,
    invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_member(asked: dict[str, Any], group_id: int) -> dict[str, Any]:
    """Add a companion."""
    with transaction():
        add_member(**_by(group_id), **asked)
        return _told(q.group_visit(group_id, current_user.branch_id))


@calls.post("/groups/<key:group_id>/availability")
@calls.takes(s.WantedTogetherSchema, example=s.WANTED_TOGETHER)
@calls.answers(
    200,
    s.GroupOffersSchema,
    not_found=404,
    group_visit_unknown=404,
    service_unknown=404,
    staff_unknown=404,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    member_unknown=422,
    parties_twice=422,
)
@requires(Permission.DESK_VIEW)
def times_together(asked: dict[str, Any], group_id: int) -> dict[str, Any]:
    """Times at which everybody named can be served, each with her own services."""
    wanted = _together(asked)
    check_parties(wanted, q.member_ids(q.group_visit(group_id, current_user.branch_id).id))
    before = asked["before"] or asked["first"] + timedelta(days=MOST_DAYS)
    found = group_offers(wanted, asked["first"], before, asked["limit"], present())
    return {
        "slots": [
            {
                "starts_at": offer.starts_at,
                "ends_at": offer.ends_at,
                "parties": [{"customer_id": customer, "items": laid} for customer, laid in offer.parties],
            }
            for offer in found
        ]
    }


@calls.post("/groups/<key:group_id>/appointments")
@calls.takes(s.NewTogetherSchema, example=s.NEW_TOGETHER)
@calls.answers(
    201,
    s.GroupSchema,
    not_found=404,
    group_visit_unknown=404,
    service_unknown=404,
    staff_unknown=404,
    group_over=409,
    slot_taken=409,
    patch_test_missing=409,
    patch_test_reaction=409,
    invalid=422,
    service_inactive=422,
    staff_inactive=422,
    starts_at_invalid=422,
    member_unknown=422,
    parties_twice=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_together(asked: dict[str, Any], group_id: int) -> dict[str, Any]:
    """Book several at once, all or none: as a time was offered, or fitted in from a moment on."""
    wanted = _together(asked)
    said = {name: asked[name] for name in ("starts_at", "trial", "note")}
    with transaction():
        book_together(group_id=group_id, wanted=wanted, **said, actor=current_user, now=present())
        return _told(q.group_visit(group_id, current_user.branch_id))


@calls.post("/groups/<key:group_id>/moves")
@calls.takes(s.NewGroupMoveSchema, example=s.NEW_MOVE)
@calls.answers(
    201,
    s.GroupSchema,
    not_found=404,
    group_visit_unknown=404,
    group_over=409,
    group_unbooked=409,
    slot_taken=409,
    patch_test_missing=409,
    patch_test_reaction=409,
    invalid=422,
    shift_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_move(asked: dict[str, Any], group_id: int) -> dict[str, Any]:
    """Move the great day's bookings of all, or of nobody."""
    with transaction():
        move_group(**_by(group_id), **asked)
        told = _told(q.group_visit(group_id, current_user.branch_id))
    wake_offering()
    return told


@calls.post("/groups/<key:group_id>/deposits")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewGroupDepositSchema, example=s.NEW_DEPOSIT)
@calls.answers(
    201,
    DepositSchema,
    not_found=404,
    group_visit_unknown=404,
    group_over=409,
    group_unbooked=409,
    period_closed=409,
    invalid=422,
    customer_nameless=422,
    cashbox_unknown=422,
    key_reused=422,
)
@requires(Permission.DEPOSITS_WRITE)
def create_group_deposit(headers: dict[str, Any], asked: dict[str, Any], group_id: int) -> Deposit:
    """Take a deposit for the head's booking; the same Idempotency-Key moves nothing twice."""
    details = {"cashbox_id": asked["cashbox_id"], "reference": asked["reference"]}
    payment = PaymentSpec(PaymentMethod(asked["method"]), asked["amount"], **details)
    with transaction():
        return take_group_deposit(payment=payment, key=f"api:{headers['key'] or uuid.uuid4().hex}", **_by(group_id))


@calls.post("/groups/<key:group_id>/tasks")
@calls.takes(s.NewTaskSchema, example=s.NEW_TASK)
@calls.answers(
    201,
    s.TaskSchema,
    not_found=404,
    group_visit_unknown=404,
    staff_unknown=404,
    group_over=409,
    invalid=422,
    name_missing=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_task(asked: dict[str, Any], group_id: int) -> GroupTask:
    """Write down what is to be done."""
    with transaction():
        return add_task(**_by(group_id), **asked)


@calls.patch("/groups/<key:group_id>/tasks/<key:task_id>")
@calls.takes(s.ChangedTaskSchema, example=s.CHANGED_TASK)
@calls.answers(
    200,
    s.TaskSchema,
    not_found=404,
    group_visit_unknown=404,
    task_unknown=404,
    staff_unknown=404,
    invalid=422,
    name_missing=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def patch_task(asked: dict[str, Any], group_id: int, task_id: int) -> GroupTask:
    """Change a task, or tick it off."""
    with transaction():
        return change_task(**_by(group_id), task_id=task_id, **asked)


def _by(group_id: int) -> dict[str, Any]:
    return {"branch_id": current_user.branch_id, "group_id": group_id, "actor": current_user, "now": present()}


def _together(asked: Mapping[str, Any]) -> Together:
    parties = [
        Party(party["customer_id"], tuple(BookingItem(**item) for item in party["items"])) for party in asked["parties"]
    ]
    return Together(current_user.branch_id, tuple(parties), Order(asked["order"]))


def _listed(one: q.Listed) -> dict[str, Any]:
    said = {name: getattr(one.group, name) for name in ("id", "name", "head_id", "day", "state")}
    return said | {name: getattr(one, name) for name in ("people", "bookings", "open_tasks")}


def _told(found: GroupVisit) -> dict[str, Any]:
    bookings = q.bookings_of(found.id)
    return {
        **{name: getattr(found, name) for name in ("id", "name", "head_id", "day", "state", "note")},
        "members": _members(found.id),
        "appointments": bookings,
        "tasks": q.tasks_of(found.id),
        "deposits": q.money_of(bookings, present()),
    }


def _members(group_id: int) -> Sequence[dict[str, Any]]:
    return [
        {"customer_id": person.id, "name": person.full_name, "relation": member.relation}
        for member, person in q.members_of(group_id)
    ]
