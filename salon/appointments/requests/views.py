"""Customers' own requests on screen: approve, refuse, propose another time."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved, told_on
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ...messaging.jobs import wake_delivery
from ..slot_offers.queries import free_time
from ..slot_offers.rules import chosen_of, when
from ..waitlist.jobs import wake_offering
from .forms import RefusalForm
from .queries import is_answered_no, nearest, request_of, told_of, unanswered
from .rules import STATE_LABELS
from .services import approve, propose, refuse

blueprint = Blueprint("requests", __name__)
TIMES = 12  # that are shown to choose from


@blueprint.get("/requests")
@requires(Permission.DESK_VIEW)
def requests() -> Response:
    """What is to be answered, the next visit first."""
    now = present()
    return page(
        "appointments/requests.html",
        asked=unanswered(current_user.branch_id, now),
        states=STATE_LABELS,
        is_answered_no=is_answered_no,
        now=now,
    )


@blueprint.post("/requests/<key:request_id>/approve")
@requires(Permission.APPOINTMENTS_WRITE)
def approve_request(request_id: int) -> Response:
    """Book what was asked for."""

    def act() -> str:
        found = approve(request_id=request_id, **_by())
        name = customer(found.customer_id).full_name
        return _("نوبت %(name)s، %(when)s، ثبت شد.", name=name, when=when(found.starts_at))

    return _told(act)


@blueprint.route("/requests/<key:request_id>/refuse", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def refuse_request(request_id: int) -> Response:
    """Say no, and why."""
    found, form = request_of(current_user.branch_id, request_id), RefusalForm()
    if saved(form, lambda: refuse(request_id=request_id, reason=form.reason.data or "", **_by())):
        wake_delivery()
        wake_offering()
        flash(_("درخواست رد شد و به مشتری خبر می‌رسد."))
        return redirect(url_for("requests.requests"), HTTPStatus.SEE_OTHER)
    return answered("appointments/refuse_request.html", form, one=told_of(found, present()))


@blueprint.route("/requests/<key:request_id>/propose", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def propose_time(request_id: int) -> Response:
    """Choose another time to propose."""
    found, now = request_of(current_user.branch_id, request_id), present()
    times = [free_time(offer) for offer in nearest(found, TIMES, now)]
    if request.method == "POST":
        chosen = chosen_of(times, request.form.get("starts_at", ""))
        return _told(lambda: _proposed(request_id, starts_at=chosen.starts_at, items=chosen.booked))
    return page(
        "appointments/times.html",
        title=_("زمان دیگر برای %(name)s", name=customer(found.customer_id).full_name),
        wanted=told_of(found, now).wanted,
        asked_for=found.starts_at,
        times=times,
        back=url_for("requests.requests"),
    )


def _proposed(request_id: int, **named: Any) -> str:
    """Propose, and say what."""
    made = propose(request_id=request_id, **named, **_by())
    name = customer(made.customer_id).full_name
    return _("%(when)s به %(name)s پیشنهاد شد و نگه داشته می‌شود.", when=when(made.starts_at), name=name)


def _told(act: Callable[[], str]) -> Response:
    return told_on(url_for("requests.requests"), act, wake_delivery, wake_offering)


def _by() -> dict[str, Any]:
    return {"branch_id": current_user.branch_id, "actor": current_user, "now": present()}
