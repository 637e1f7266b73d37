"""Screens on which a group is booked and moved together, and its plan is printed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask import Response as Answer
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ....catalog.queries import active_services
from ....core.db import transaction
from ....core.errors import DomainError
from ....core.forms import answered, saved
from ....core.hours import parse_time
from ....core.jalali import day_range, format_date, local_date, parse_jalali, wall_clock
from ....core.pages import page, present, profile_shown, row_key
from ....core.paper import Paper, printed
from ....core.permissions import Permission, requires
from ....staff.queries import staff_named
from ...availability.queries import QUARTER
from ...availability.rules import Order
from ...errors import starts_at_invalid
from ...models import GroupVisit
from ...rules import BookingItem, may_move
from ...waitlist.jobs import wake_offering
from ..errors import nothing_booked
from ..forms import MoveForm
from ..plan.queries import plan_of
from ..queries import bookings_of, group_visit, members_of, names_of_staff
from ..rules import GroupOffer, Party, Together
from .queries import MOST_DAYS, check_parties, group_offers
from .services import book_together, move_group

blueprint = Blueprint("groups_together", __name__)

ROWS = 3  # services of each customer on the screen
_SHOWN = 16
_MOST = 24 * 60  # times of a day, whatever the grid


@blueprint.get("/groups/<key:group_id>/book")
@requires(Permission.APPOINTMENTS_WRITE)
def choose(group_id: int) -> Response:
    """Who has what by whom; with a day the times at which all can be served."""
    return _choosing(group_visit(group_id, current_user.branch_id), request.args)


@blueprint.post("/groups/<key:group_id>/book")
@requires(Permission.APPOINTMENTS_WRITE)
def book(group_id: int) -> Response:
    """Book all from the time that was chosen."""
    group = group_visit(group_id, current_user.branch_id)
    try:
        with transaction():
            booked = book_together(
                group_id=group_id,
                wanted=_wanted(group_id, request.form),
                starts_at=_moment(request.form),
                trial=bool(request.form.get("trial")),
                actor=current_user,
                now=present(),
            )
    except DomainError as refused:
        return _choosing(group, request.form, refused)
    flash(_("نوبت %(count)s نفر ثبت شد.", count=len(booked)))
    return redirect(url_for("group_visits.one", group_id=group_id), HTTPStatus.SEE_OTHER)


@blueprint.route("/groups/<key:group_id>/move", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def move(group_id: int) -> Response:
    """Move the whole group to another begin."""
    group = group_visit(group_id, current_user.branch_id)
    begins = _begins(group_id)
    first_minute = (begins - day_range(local_date(begins))[0]).seconds // 60
    form = MoveForm(day=local_date(begins), minutes=first_minute)
    if saved(form, lambda: _move(form, group_id, begins)):
        wake_offering()
        flash(_("همهٔ نوبت‌های پرونده جابه‌جا شد."))
        return redirect(url_for("group_visits.one", group_id=group_id), HTTPStatus.SEE_OTHER)
    return answered("appointments/groups/move.html", form, group=group, begins=begins)


@blueprint.get("/groups/<key:group_id>/plan.pdf")
@requires(Permission.DESK_VIEW)
def plan(group_id: int) -> Answer:
    """The plan of a day on A4; of the great day unless the address asks for another."""
    group = group_visit(group_id, current_user.branch_id)
    day = parse_jalali(request.args.get("day", "")) or group.day
    body = printed(
        "appointments/groups/plan_print.html",
        Paper.A4,
        group=group,
        plan=plan_of(group_id, day),
        members=members_of(group_id),
        salon=profile_shown().name,
    )
    said = f'inline; filename="group-{group_id}-{day}.pdf"'
    return Answer(body, mimetype="application/pdf", headers={"Content-Disposition": said})


def _choosing(group: GroupVisit, asked: Mapping[str, str], refused: DomainError | None = None) -> Response:
    typed = asked.get("day", "")
    day = parse_jalali(typed)
    times: list[GroupOffer] = []
    near: list[GroupOffer] = []
    try:
        if day is not None:
            wanted = _wanted(group.id, asked)
            check_parties(wanted, {party.customer_id for party in wanted.parties})
            times = _shown(group_offers(wanted, *day_range(day), _MOST, present()))
            ends = day_range(day)[1]
            near = times or group_offers(wanted, ends, ends + timedelta(days=MOST_DAYS), 1, present())
        elif typed:
            raise starts_at_invalid()
    except DomainError as error:
        refused = refused or error
    return page(
        "appointments/groups/book.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        group=group,
        members=members_of(group.id),
        rows=range(ROWS),
        services=active_services(),
        staff=staff_named(current_user.branch_id),
        asked=asked,
        day=typed if typed and day is None else format_date(day or group.day, "numeric"),
        sought=day is not None,
        times=times,
        nearest=_leading_to(group.id, asked, near[0]) if near else None,
        names=names_of_staff({one.staff_id for offer in times for one in offer.laid}),
        refusal=refused.message if refused else "",
    )


def _shown(times: list[GroupOffer]) -> list[GroupOffer]:
    """Of the times of a day the first, and those at quarters of an hour."""
    return [offer for place, offer in enumerate(times) if place == 0 or offer.starts_at.minute % QUARTER == 0][:_SHOWN]


def _leading_to(group_id: int, asked: Mapping[str, str], offer: GroupOffer) -> tuple[str, str]:
    """The address at which the day of an offer is shown for the same wishes, and the day in words."""
    day = local_date(offer.starts_at)
    wishes: dict[str, Any] = {**asked, "day": format_date(day, "numeric")}
    return url_for("groups_together.choose", group_id=group_id, **wishes), format_date(day, "long")


def _wanted(group_id: int, asked: Mapping[str, str]) -> Together:
    """Who of the group has something chosen, and what."""
    parties = [Party(person.id, _items(person.id, asked)) for _member, person in members_of(group_id)]
    order = Order.SEQUENCE if asked.get("order") == Order.SEQUENCE else Order.PARALLEL
    return Together(current_user.branch_id, tuple(party for party in parties if party.items), order)


def _items(customer_id: int, asked: Mapping[str, str]) -> tuple[BookingItem, ...]:
    chosen = [
        (row_key(asked.get(f"service-{customer_id}-{row}", "")), row_key(asked.get(f"staff-{customer_id}-{row}", "")))
        for row in range(ROWS)
    ]
    return tuple(BookingItem(service_id, staff_id) for service_id, staff_id in chosen if service_id)


def _moment(asked: Mapping[str, str]) -> datetime:
    day, minutes = parse_jalali(asked.get("day", "")), parse_time(asked.get("time", ""))
    if day is None or minutes is None:
        raise starts_at_invalid()
    return wall_clock(day, minutes)


def _begins(group_id: int) -> datetime:
    """When the first booking begins that would be moved."""
    standing = [one for one in bookings_of(group_id) if not one.trial and may_move(one.status)]
    if not standing:
        raise nothing_booked()
    return standing[0].starts_at


def _move(form: MoveForm, group_id: int, begins: datetime) -> None:
    day: date | None = form.day.data
    if day is None or form.minutes.data is None:
        raise starts_at_invalid()
    later = wall_clock(day, form.minutes.data) - begins
    said: dict[str, Any] = {"actor": current_user, "now": present()}
    minutes = int(later.total_seconds()) // 60
    move_group(branch_id=current_user.branch_id, group_id=group_id, minutes=minutes, **said)
