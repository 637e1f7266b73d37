"""The waitlist on screen: who waits, and what she is offered."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import answered, saved, told_on
from ...core.hours import MINUTES_OF_DAY, hours_and_minutes
from ...core.jalali import weekday_names
from ...core.pages import page, present, row_key, today
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ...messaging.jobs import wake_delivery
from ...setup.queries import profile
from ..errors import offer_unknown
from ..slot_offers.queries import open_offer
from ..slot_offers.rules import STATE_LABELS, chosen_of, when
from ..slot_offers.services import decline, take
from .forms import WaitForm, wish_of
from .jobs import wake_offering
from .models import WaitlistEntry
from .queries import entry_of, free_times_for, has_open_offer, listed, spec_of, told_of
from .rules import EVERY_DAY, RULE_LABELS, WaitlistRule, weekdays_of
from .services import change, join, leave, offer_to

blueprint = Blueprint("waitlist", __name__)
_DAY = timedelta(days=1)
MONTH = timedelta(days=30)  # that somebody waits unless she says otherwise


@blueprint.get("/waitlist")
@requires(Permission.DESK_VIEW)
def waitlist() -> Response:
    """Who waits, in the order in which she is offered what opens."""
    now = present()
    return page(
        "appointments/waitlist.html",
        waiting=listed(current_user.branch_id, now),
        has_open_offer=has_open_offer,
        states=STATE_LABELS,
        rule=RULE_LABELS[WaitlistRule(profile().waitlist_rule)],
        weekdays=_weekdays,
        hours=_hours,
        last_day=lambda entry: entry.ends_before - _DAY,
    )


@blueprint.route("/waitlist/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def new_entry() -> Response:
    """Let somebody wait; first she is found."""
    customer_id = row_key(request.args.get("customer_id", ""))
    if customer_id is None:
        return page("appointments/waitlist_who.html")
    owner = customer(customer_id)
    form = WaitForm(
        starts_on=today(),
        ends_on=today() + MONTH,
        weekdays=weekdays_of(EVERY_DAY),
        service_1=row_key(request.args.get("service_id", "")),
        staff_1=row_key(request.args.get("staff_id", "")),
    )
    form.offer(current_user.branch_id)
    if saved(form, lambda: join(customer_id=owner.id, spec=form.spec(), **_by())):
        wake_offering()
        flash(_("%(name)s در لیست انتظار است.", name=owner.full_name))
        return redirect(url_for("waitlist.waitlist"), HTTPStatus.SEE_OTHER)
    return answered("appointments/waitlist_entry.html", form, owner=owner)


@blueprint.route("/waitlist/<key:entry_id>/edit", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def edit_entry(entry_id: int) -> Response:
    """Say anew when she can come and for what."""
    entry = entry_of(current_user.branch_id, entry_id)
    form = WaitForm(**_shown(entry))
    form.offer(current_user.branch_id)
    if saved(form, lambda: change(entry_id=entry_id, spec=form.spec(), **_by())):
        wake_offering()
        flash(_("ذخیره شد."))
        return redirect(url_for("waitlist.waitlist"), HTTPStatus.SEE_OTHER)
    return answered("appointments/waitlist_entry.html", form, owner=customer(entry.customer_id))


@blueprint.post("/waitlist/wish")
@requires(Permission.APPOINTMENTS_WRITE)
def wish() -> tuple[Response, int]:
    """Let somebody wait for whom the booking dialog found no time, on the day it asked for."""
    customer_id, spec = wish_of(request.form)
    with transaction():
        added = join(customer_id=customer_id, spec=spec, **_by())
    wake_offering()
    said = _("%(name)s در لیست انتظار است.", name=customer(customer_id).full_name)
    return jsonify(id=added.id, detail=said, address=url_for("waitlist.waitlist")), HTTPStatus.CREATED


@blueprint.post("/waitlist/<key:entry_id>/remove")
@requires(Permission.APPOINTMENTS_WRITE)
def remove(entry_id: int) -> Response:
    """Take somebody off."""

    def act() -> str:
        left = leave(entry_id=entry_id, **_by())
        return _("%(name)s از لیست انتظار برداشته شد.", name=customer(left.customer_id).full_name)

    return _told(act)


@blueprint.post("/waitlist/<key:entry_id>/offer")
@requires(Permission.APPOINTMENTS_WRITE)
def offer(entry_id: int) -> Response:
    """Offer somebody the first time that suits her."""
    return _told(lambda: _offered(entry_id))


@blueprint.route("/waitlist/<key:entry_id>/times", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def times(entry_id: int) -> Response:
    """Choose the time that somebody is offered."""
    entry, now = entry_of(current_user.branch_id, entry_id), present()
    found = free_times_for(entry, now)
    if request.method == "POST":
        chosen = chosen_of(found, request.form.get("starts_at", ""))
        return _told(lambda: _offered(entry_id, starts_at=chosen.starts_at, items=chosen.booked))
    return page(
        "appointments/times.html",
        title=_("پیشنهاد به %(name)s", name=customer(entry.customer_id).full_name),
        wanted=told_of(entry, now).wanted,
        times=found,
        back=url_for("waitlist.waitlist"),
    )


@blueprint.post("/waitlist/<key:entry_id>/take")
@requires(Permission.APPOINTMENTS_WRITE)
def take_for_her(entry_id: int) -> Response:
    """She said yes on the phone."""

    def act() -> str:
        booked = take(offer_id=_standing(entry_id), actor=current_user, now=present())
        return _("نوبت %(when)s ثبت شد.", when=when(booked.starts_at))

    return _told(act)


@blueprint.post("/waitlist/<key:entry_id>/decline")
@requires(Permission.APPOINTMENTS_WRITE)
def decline_for_her(entry_id: int) -> Response:
    """She said no on the phone."""

    def act() -> str:
        decline(offer_id=_standing(entry_id), actor=current_user, now=present())
        return _("آن وقت برای دیگران آزاد شد.")

    return _told(act)


def _offered(entry_id: int, **named: Any) -> str:
    """Offer, and say what."""
    made = offer_to(entry_id=entry_id, **named, **_by())
    owner = customer(made.customer_id)
    if owner.mobile is None:
        return _(
            "%(when)s نگه داشته شد؛ %(name)s موبایل ندارد، خودتان خبرش کنید.",
            when=when(made.starts_at),
            name=owner.full_name,
        )
    return _("%(when)s به %(name)s پیامک شد.", when=when(made.starts_at), name=owner.full_name)


def _standing(entry_id: int) -> int:
    entry = entry_of(current_user.branch_id, entry_id)
    standing = open_offer(entry_id=entry.id)
    if standing is None:
        raise offer_unknown()
    return standing.id


def _told(act: Callable[[], str]) -> Response:
    return told_on(url_for("waitlist.waitlist"), act, wake_delivery, wake_offering)


def _by() -> dict[str, Any]:
    return {"branch_id": current_user.branch_id, "actor": current_user, "now": present()}


def _shown(entry: WaitlistEntry) -> dict[str, Any]:
    spec = spec_of(entry)
    rows: dict[str, int | None] = {
        f"service_{place}": item.service_id for place, item in enumerate(spec.items[:3], start=1)
    }
    rows |= {f"staff_{place}": item.staff_id for place, item in enumerate(spec.items[:3], start=1)}
    times = {"from_time": spec.from_time or None, "to_time": spec.to_time if spec.to_time < MINUTES_OF_DAY else None}
    days = {"starts_on": spec.starts_on, "ends_on": spec.ends_before - _DAY}
    return rows | times | days | {"weekdays": weekdays_of(spec.weekdays), "note": spec.note}


def _weekdays(mask: int) -> str:
    """The weekdays in a line; nothing for all of them."""
    names = weekday_names()
    return "" if mask == EVERY_DAY else "، ".join(names[weekday] for weekday in weekdays_of(mask))


def _hours(entry: WaitlistEntry) -> str:
    """The hours in a line; nothing for any."""
    first, last = hours_and_minutes(entry.from_time), hours_and_minutes(entry.to_time)
    if entry.from_time and entry.to_time < MINUTES_OF_DAY:
        return _("ساعت %(first)s تا %(last)s", first=first, last=last)
    if entry.from_time:
        return _("از ساعت %(first)s", first=first)
    return _("تا ساعت %(last)s", last=last) if entry.to_time < MINUTES_OF_DAY else ""
