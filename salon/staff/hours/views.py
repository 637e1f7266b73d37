"""The screen of when somebody works: her week with its breaks, other hours of a date, absences."""

from http import HTTPStatus

from flask import Blueprint, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...core.forms import saved
from ...core.pages import page, present, today
from ...core.permissions import Permission, requires
from ...core.unsettled import onward, unsettled
from ..errors import absence_unknown
from ..queries import hours_of, staff_of
from .forms import WEEKDAYS, AbsenceForm, DateForm, WeekForm, week_of
from .queries import absences_from, days_from
from .services import add_absence, end_absence, set_day, set_hours

blueprint = Blueprint("staff_hours", __name__)


@blueprint.route("/staff/<key:staff_id>/hours", methods=["GET", "POST"])
@requires(Permission.STAFF_WRITE)
def hours(staff_id: int) -> Response:
    """Her week."""
    staff_of(current_user.branch_id, staff_id)
    form = WeekForm(data={"days": week_of(hours_of(staff_id))})
    before = unsettled()
    if saved(form, lambda: set_hours(staff_id=staff_id, week=form.week(), actor=current_user, now=present())):
        return onward(_here(staff_id), before)
    return _page(staff_id, week=form)


@blueprint.post("/staff/<key:staff_id>/hours/dates")
@requires(Permission.STAFF_WRITE)
def set_date(staff_id: int) -> Response:
    """Other hours on a date."""
    staff_of(current_user.branch_id, staff_id)
    form, before = DateForm(), unsettled()
    if saved(form, lambda: _set_day(staff_id, form, form.spans.data or [])):
        return onward(_here(staff_id), before)
    return _page(staff_id, other=form)


@blueprint.post("/staff/<key:staff_id>/hours/dates/drop")
@requires(Permission.STAFF_WRITE)
def drop_date(staff_id: int) -> Response:
    """The hours of the weekday after all."""
    staff_of(current_user.branch_id, staff_id)
    form, before = DateForm(), unsettled()
    if saved(form, lambda: _set_day(staff_id, form, None)):
        return onward(_here(staff_id), before)
    return _page(staff_id, other=form)


@blueprint.post("/staff/<key:staff_id>/absences")
@requires(Permission.STAFF_WRITE)
def new_absence(staff_id: int) -> Response:
    """She will be away."""
    staff_of(current_user.branch_id, staff_id)
    form, before = AbsenceForm(), unsettled()
    if saved(form, lambda: _add_absence(staff_id, form)):
        return onward(_here(staff_id), before)
    return _page(staff_id, absence=form)


@blueprint.post("/staff/<key:staff_id>/absences/<key:absence_id>/end")
@requires(Permission.STAFF_WRITE)
def drop_absence(staff_id: int, absence_id: int) -> Response:
    """She will be there after all."""
    staff_of(current_user.branch_id, staff_id)
    form, before = FlaskForm(), unsettled()
    if not any(one.id == absence_id for one in absences_from(staff_id, present())):
        raise absence_unknown()
    saved(form, lambda: end_absence(absence_id=absence_id, actor=current_user, now=present()))
    return onward(_here(staff_id), before)


def _set_day(staff_id: int, form: DateForm, spans: list[tuple[int, int]] | None) -> None:
    set_day(staff_id=staff_id, day=form.day.data or today(), spans=spans, actor=current_user, now=present())


def _add_absence(staff_id: int, form: AbsenceForm) -> None:
    starts_at, ends_at = form.stretch()
    reason = form.reason.data or ""
    add_absence(
        staff_id=staff_id, starts_at=starts_at, ends_at=ends_at, reason=reason, actor=current_user, now=present()
    )


def _page(
    staff_id: int, *, week: WeekForm | None = None, other: DateForm | None = None, absence: AbsenceForm | None = None
) -> Response:
    week = week or WeekForm(None, data={"days": week_of(hours_of(staff_id))})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return page(
        "staff/hours.html",
        status,
        member=staff_of(current_user.branch_id, staff_id),
        week=week,
        days=list(zip(WEEKDAYS, week.days, strict=True)),
        other=other or DateForm(None),
        absence=absence or AbsenceForm(None),
        dates=days_from(staff_id, today()),
        absences=absences_from(staff_id, present()),
    )


def _here(staff_id: int) -> str:
    return url_for("staff_hours.hours", staff_id=staff_id)
