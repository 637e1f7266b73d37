"""The dialog of a booking: times, the time that is kept meanwhile, booking and changing."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, request
from flask_login import current_user
from werkzeug.wrappers import Response

from ...access.errors import forbidden
from ...appointments.amendments.services import amend
from ...appointments.errors import SlotTaken
from ...appointments.holds.services import keep, let_go, renew
from ...appointments.models import Appointment, SlotHold
from ...appointments.notices.queries import notices_of
from ...appointments.queries import of_branch
from ...appointments.series.services import book_series
from ...appointments.services import book
from ...appointments.waitlist.jobs import wake_offering
from ...core.db import transaction
from ...core.jalali import format_date, format_time, local_date
from ...core.pages import may, present, row_key
from ...core.permissions import Permission, requires
from ..forms import Typed
from .forms import TypedVisit, chosen_of, customer_of, series_of, times_of, visit_of
from .queries import (
    as_typed,
    laid_for,
    names_of,
    nearest_times,
    own_items_of,
    parts_told,
    series,
    times,
    told,
)

blueprint = Blueprint("booking", __name__)

Answer = Response | tuple[Response, int]


@blueprint.get("/desk/booking/times")
@requires(Permission.DESK_VIEW)
def free() -> Response:
    """Times at which the whole visit fits."""
    own_items = own_items_of(row_key(request.args.get("appointment_id", "")), current_user.branch_id)
    wanted = times_of(request.args, current_user.branch_id, own_items)
    return jsonify(times=told(times(wanted, present())))


@blueprint.post("/desk/booking/holds")
@requires(Permission.APPOINTMENTS_WRITE)
def hold() -> Answer:
    """Keep a time while the rest is typed; the one that was kept before is released."""
    typed = _typed(request.form)
    try:
        with transaction():
            laid = laid_for(typed, present())
            asked = replace(typed.asked, items=typed.items_as(laid))
            kept = keep(asked=asked, starts_at=typed.starts_at, actor=current_user, now=present())
    except SlotTaken as refused:
        return _taken(refused, typed)
    return jsonify(_held(kept) | (parts_told(laid, names_of(laid)) if laid else {})), HTTPStatus.CREATED


@blueprint.post("/desk/booking/holds/<key:hold_id>/renew")
@requires(Permission.APPOINTMENTS_WRITE)
def hold_on(hold_id: int) -> Response:
    """Keep it for as long again."""
    with transaction():
        kept = renew(hold_id=hold_id, actor=current_user, now=present())
    return jsonify(_held(kept))


@blueprint.post("/desk/booking/holds/<key:hold_id>/release")
@requires(Permission.APPOINTMENTS_WRITE)
def release_hold(hold_id: int) -> Answer:
    """Let it go: the dialog was closed."""
    with transaction():
        let_go(hold_id=hold_id, actor=current_user, now=present())
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.get("/desk/booking/notices")
@requires(Permission.APPOINTMENTS_WRITE)
def notices() -> Response:
    """What is worth a word before it is booked."""
    typed = _typed(request.args)
    found = notices_of(typed.asked, typed.starts_at, present())
    return jsonify(notices=[{"sentence": one.sentence, "stops": one.severity == "stop"} for one in found])


@blueprint.get("/desk/booking/series")
@requires(Permission.APPOINTMENTS_WRITE)
def series_planned() -> Response:
    """The bookings that repeat, with what stands in the way of each."""
    typed = _typed(request.args)
    return jsonify(bookings=series(series_of(request.args, _laid_out(typed)), present()))


@blueprint.post("/desk/booking/series")
@requires(Permission.APPOINTMENTS_WRITE)
def new_series() -> Answer:
    """Book what repeats, all that is chosen or nothing."""
    customer_id, typed = customer_of(request.form), _laid_out(_typed(request.form))
    asked = replace(typed.asked, customer_id=customer_id)
    with transaction():
        booked = book_series(
            asked=asked,
            starts_at=typed.starts_at,
            every_weeks=series_of(request.form, typed).every_weeks,
            chosen=chosen_of(request.form),
            note=typed.note,
            without_patch_test=typed.without_patch_test,
            actor=current_user,
            now=present(),
        )
    return _booked(booked[0], count=len(booked)), HTTPStatus.CREATED


@blueprint.post("/desk/appointments")
@requires(Permission.APPOINTMENTS_WRITE)
def new_appointment() -> Answer:
    """Book."""
    customer_id, typed = customer_of(request.form), _typed(request.form)
    try:
        with transaction():
            booked = book(
                branch_id=current_user.branch_id,
                customer_id=customer_id,
                items=typed.items_as(laid_for(typed, present())),
                **_as_typed(typed),
            )
    except SlotTaken as refused:
        return _taken(refused, typed)
    return _booked(booked), HTTPStatus.CREATED


@blueprint.get("/desk/appointments/<key:appointment_id>/services")
@requires(Permission.APPOINTMENTS_WRITE)
def services(appointment_id: int) -> Response:
    """A booking as the dialog shows it when it is to be changed."""
    return jsonify(as_typed(of_branch(appointment_id, current_user.branch_id)))


@blueprint.post("/desk/appointments/<key:appointment_id>/services")
@requires(Permission.APPOINTMENTS_WRITE)
def change_services(appointment_id: int) -> Answer:
    """Give a booking other services, another time, or another note; it stays the same booking."""
    typed = _typed(request.form, appointment_id)
    try:
        with transaction():
            items = typed.items_as(laid_for(typed, present()))
            changed = amend(appointment_id=appointment_id, items=items, **_as_typed(typed))
    except SlotTaken as refused:
        return _taken(refused, typed)
    wake_offering()
    return _booked(changed), HTTPStatus.OK


def _typed(sent: Typed, appointment_id: int | None = None) -> TypedVisit:
    """What the dialog sends. Raises Forbidden where somebody passes a rule who may not."""
    changed = appointment_id or row_key(sent.get("appointment_id", ""))
    typed = visit_of(sent, current_user.branch_id, own_items_of(changed, current_user.branch_id))
    passed = {Permission.APPOINTMENTS_OVERBOOK: typed.overbook, Permission.PATCH_TEST_PASS: typed.without_patch_test}
    if any(wanted and not may(permission) for permission, wanted in passed.items()):
        raise forbidden()
    return typed


def _laid_out(typed: TypedVisit) -> TypedVisit:
    """The visit with the people and times that it gets at this moment."""
    return replace(typed, asked=replace(typed.asked, items=typed.items_as(laid_for(typed, present()))))


def _as_typed(typed: TypedVisit) -> dict[str, Any]:
    kept = {"starts_at": typed.starts_at, "note": typed.note, "hold_id": typed.hold_id}
    passed = {"overbook": typed.overbook, "without_patch_test": typed.without_patch_test}
    return kept | passed | {"actor": current_user, "now": present()}


def _held(kept: SlotHold) -> dict[str, Any]:
    return {"id": kept.id, "seconds": int((kept.expires_at - present()).total_seconds())}


def _taken(refused: SlotTaken, typed: TypedVisit) -> tuple[Response, int]:
    """The refusal as every script reads it, with the times that may be taken instead."""
    said = {"detail": refused.message, "code": refused.code, "field": refused.field}
    return jsonify(said | {"nearest": nearest_times(typed, present())}), refused.status


def _booked(found: Appointment, **more: int) -> Response:
    return jsonify(
        **more,
        id=found.id,
        customer_id=found.customer_id,
        day=local_date(found.starts_at).isoformat(),
        title=format_date(local_date(found.starts_at), "long"),
        time=format_time(found.starts_at),
    )
