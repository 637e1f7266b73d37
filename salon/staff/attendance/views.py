"""Screens of who is here: the desk's list of today, and somebody's month."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import answered, saved
from ...core.jalali import add_months, days_later, format_time, local_date, month_range
from ...core.pages import page, present, today
from ...core.permissions import Permission, requires
from ..queries import staff_of
from .forms import CorrectionForm, MonthForm
from .queries import attendance, hours_of_staff, today_of
from .rules import minutes_of_day
from .services import come_in, correct_stay, go_out

blueprint = Blueprint("attendance", __name__)


@blueprint.get("/attendance")
@requires(Permission.ATTENDANCE_WRITE)
def listing() -> Response:
    """The people of today, with whether they are here."""
    return page("staff/attendance.html", people=today_of(current_user.branch_id, today()))


@blueprint.post("/attendance/<key:staff_id>/come")
@requires(Permission.ATTENDANCE_WRITE)
def come(staff_id: int) -> Response:
    """She came, just now."""
    person = staff_of(current_user.branch_id, staff_id)
    with transaction():
        stay = come_in(staff_id=staff_id, actor=current_user, now=present())
    return _back(_("%(name)s ساعت %(time)s آمد.", name=person.name, time=format_time(stay.came_at)))


@blueprint.post("/attendance/<key:staff_id>/go")
@requires(Permission.ATTENDANCE_WRITE)
def go(staff_id: int) -> Response:
    """She went, just now."""
    person, now = staff_of(current_user.branch_id, staff_id), present()
    with transaction():
        go_out(staff_id=staff_id, actor=current_user, now=now)
    return _back(_("%(name)s ساعت %(time)s رفت.", name=person.name, time=format_time(now)))


@blueprint.route("/attendance/stays/<key:attendance_id>", methods=["GET", "POST"])
@requires(Permission.ATTENDANCE_WRITE)
def correct(attendance_id: int) -> Response:
    """Say when somebody really came and went."""
    stay = attendance(attendance_id)
    person = staff_of(current_user.branch_id, stay.staff_id)
    day = local_date(stay.came_at)
    form = CorrectionForm(
        day=day,
        came_at=minutes_of_day(stay.came_at, day),
        left_at=None if stay.left_at is None else minutes_of_day(stay.left_at, day),
        reason=stay.note,
    )

    def change() -> object:
        left, why = form.left(), form.reason.data or ""
        return correct_stay(
            attendance_id=attendance_id,
            came_at=form.came(),
            left_at=left,
            reason=why,
            actor=current_user,
            now=present(),
        )

    if saved(form, change):
        return _back(_("اصلاح شد."))
    return answered("staff/attendance_stay.html", form, person=person)


@blueprint.get("/attendance/<key:staff_id>")
@requires(Permission.ATTENDANCE_WRITE)
def month(staff_id: int) -> Response:
    """Somebody's month, day by day, as far as it is over."""
    person = staff_of(current_user.branch_id, staff_id)
    first, end = month_range(MonthForm(request.args).asked(today()))
    hours = hours_of_staff(staff_id, first, max(first, min(end, days_later(today(), 1))), present())
    before, after = add_months(first, -1), end if end <= today() else None
    return page("staff/attendance_month.html", person=person, first=first, hours=hours, before=before, after=after)


def _back(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("attendance.listing"), HTTPStatus.SEE_OTHER)
