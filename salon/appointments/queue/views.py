"""The queue on screen: who waits in the salon, how long yet, and whose turn it is."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved, told_on
from ...core.pages import may, page, present, row_key
from ...core.permissions import Permission, requires
from ...customers.models import Customer
from ...customers.queries import by_mobile, customer
from ...customers.services import CustomerSpec, add_customer
from ..models import Appointment
from ..notices.rules import span_of
from .forms import WalkInForm
from .queries import queue_of
from .services import call, call_next, come, go

blueprint = Blueprint("queue", __name__)


@blueprint.get("/queue")
@requires(Permission.DESK_VIEW)
def queue() -> Response:
    """Who waits, in the order in which they came."""
    return page("appointments/queue.html", waiting=queue_of(current_user.branch_id, present()), span=span_of)


@blueprint.route("/queue/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def new_walk_in() -> Response:
    """Let somebody wait who came without a booking."""
    customer_id = row_key(request.args.get("customer_id", ""))
    owner = customer(customer_id) if customer_id is not None else None
    form = WalkInForm()
    form.offer(current_user.branch_id)
    if saved(form, lambda: _come(form, owner)):
        return redirect(url_for("queue.queue"), HTTPStatus.SEE_OTHER)
    return answered("appointments/walk_in.html", form, owner=owner)


@blueprint.post("/queue/next")
@requires(Permission.APPOINTMENTS_WRITE)
def next_one() -> Response:
    """Call whose turn it is."""
    return _called(lambda: call_next(**_by()))


@blueprint.post("/queue/<key:walk_in_id>/call")
@requires(Permission.APPOINTMENTS_WRITE)
def call_her(walk_in_id: int) -> Response:
    """Call somebody; beside others only by whoever may."""
    beside = request.form.get("overbook") == "1" and may(Permission.APPOINTMENTS_OVERBOOK)
    return _called(lambda: call(walk_in_id=walk_in_id, overbook=beside, **_by()))


@blueprint.post("/queue/<key:walk_in_id>/go")
@requires(Permission.APPOINTMENTS_WRITE)
def left(walk_in_id: int) -> Response:
    """She went."""
    return told_on(url_for("queue.queue"), lambda: _gone(walk_in_id))


def _gone(walk_in_id: int) -> str:
    gone = go(walk_in_id=walk_in_id, **_by())
    return _("%(name)s از صف رفت.", name=customer(gone.customer_id).full_name)


def _called(act: Callable[[], Appointment]) -> Response:
    """Call, and say who; a refusal is told on the list."""
    return told_on(url_for("queue.queue"), lambda: _whose_turn(act()))


def _whose_turn(booked: Appointment) -> str:
    name = customer(booked.customer_id).full_name
    return _("نوبت %(name)s است؛ روی تابلو «در سالن» شد.", name=name)


def _come(form: WalkInForm, owner: Customer | None) -> None:
    come(customer_id=(owner or _whoever(form)).id, items=form.items(), note=form.note.data or "", **_by())


def _whoever(form: WalkInForm) -> Customer:
    """Who is known by the mobile, else somebody new."""
    known = by_mobile(form.mobile.data) if form.mobile.data else None
    if known is not None:
        return known
    spec = CustomerSpec(form.first_name.data or "", form.last_name.data or "", form.mobile.data)
    return add_customer(spec=spec, **_by())


def _by() -> dict[str, Any]:
    return {"branch_id": current_user.branch_id, "actor": current_user, "now": present()}
