"""The screen of bookings that have to be moved."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.jalali import format_date, format_time, local_date
from ...core.pages import page, page_number, paginate, present, row_key
from ...core.permissions import Permission, requires
from ...staff.queries import staff_named
from ..errors import appointment_unknown, starts_at_invalid
from ..moves.services import move
from ..rules import Slot
from ..waitlist.jobs import wake_offering
from .queries import displaced, nearest_times
from .rules import WHY_LABELS
from .services import leave_standing

blueprint = Blueprint("displaced", __name__)

_ON_A_PAGE = 15


@blueprint.get("/desk/to-move")
@requires(Permission.DESK_VIEW)
def listing() -> Response:
    """Which bookings lie where nobody serves them, and where each of them could go."""
    found = displaced(current_user.branch_id, present())
    shown = paginate(lambda limit, offset: found[offset : offset + limit], page_number(), _ON_A_PAGE)
    times = {one.item_id: nearest_times(one, present()) for one in shown.rows}
    names = dict(staff_named(current_user.branch_id))
    return page(
        "appointments/displaced.html",
        shown=shown,
        count=len(found),
        times={item_id: [(slot, _said(slot, names)) for slot in slots] for item_id, slots in times.items()},
        labels=WHY_LABELS,
    )


@blueprint.post("/desk/to-move/<key:item_id>/move")
@requires(Permission.APPOINTMENTS_WRITE)
def move_one(item_id: int) -> Response:
    """Move a booking to one of the times that were proposed."""
    branch_id, now = current_user.branch_id, present()
    starts_at, staff_id = _moment(request.form.get("starts_at", "")), row_key(request.form.get("staff_id", "")) or 0
    with transaction():
        found = next((one for one in displaced(branch_id, now) if one.item_id == item_id), None)
        if found is None:
            raise appointment_unknown()
        move(
            appointment_id=found.appointment_id,
            item_id=item_id,
            starts_at=starts_at,
            staff_id=staff_id,
            actor=current_user,
            now=now,
        )
    wake_offering()
    day, at = format_date(local_date(starts_at), "long"), format_time(starts_at)
    flash(_("نوبت %(name)s به %(day)s ساعت %(time)s رفت.", name=found.customer, day=day, time=at))
    return _back()


@blueprint.post("/desk/to-move/<key:item_id>/keep")
@requires(Permission.APPOINTMENTS_WRITE)
def keep_one(item_id: int) -> Response:
    """Leave a booking where it is."""
    with transaction():
        leave_standing(branch_id=current_user.branch_id, item_id=item_id, actor=current_user, now=present())
    flash(_("همان‌جا می‌ماند."))
    return _back()


def _said(slot: Slot, names: Mapping[int, str]) -> str:
    """A time as its button says it, «سه‌شنبه ۳ آذر، ۱۱:۰۰ نگار»."""
    day = format_date(local_date(slot.starts_at), "short")
    return f"{day}، {format_time(slot.starts_at)} {names.get(slot.staff_id, '')}".strip()


def _back() -> Response:
    return redirect(url_for("displaced.listing"), HTTPStatus.SEE_OTHER)


def _moment(typed: str) -> datetime:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise starts_at_invalid() from None
    if moment.tzinfo is None:
        raise starts_at_invalid()
    return moment
