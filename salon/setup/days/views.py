"""The screen of the days on which a branch is closed: official days off, each on or off, and its own."""

from collections import defaultdict
from datetime import date
from http import HTTPStatus
from typing import NamedTuple

from flask import Blueprint, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import saved
from ...core.jalali import first_of_year, jalali_year
from ...core.pages import page, present, today
from ...core.permissions import Permission, requires
from ...core.unsettled import onward, unsettled
from ..errors import holiday_unknown
from .forms import ClosedDayForm, HolidaysForm
from .queries import DayOff, days_off, kept_holidays, own_closed_days, usual_codes
from .rules import HOLIDAYS, Holiday
from .services import close_day, keep_holidays, open_day, shift_holiday

blueprint = Blueprint("days", __name__)

_YEARS_AROUND = 5  # that can be looked at before and after this one


class _Line(NamedTuple):
    """An official day off with the days on which it falls in a year."""

    holiday: Holiday
    falls: list[DayOff]


@blueprint.route("/settings/holidays", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def holidays() -> Response:
    """Say on which official days off the branch is closed."""
    form, before = HolidaysForm(), unsettled()
    if saved(form, lambda: _keep(form)):
        return onward(url_for("days.holidays", year=_year()), before)
    return _page(form, ClosedDayForm(None))


@blueprint.post("/settings/holidays/own")
@requires(Permission.SETUP_WRITE)
def close() -> Response:
    """Close the branch for a day of its own."""
    form, before = ClosedDayForm(), unsettled()
    if saved(form, lambda: _close(form)):
        return onward(url_for("days.holidays", year=_year()), before)
    return _page(HolidaysForm(None), form)


@blueprint.post("/settings/holidays/own/<key:closed_day_id>/open")
@requires(Permission.SETUP_WRITE)
def reopen(closed_day_id: int) -> Response:
    """Work on a day after all."""
    form, before = HolidaysForm(), unsettled()
    branch_id = current_user.branch_id
    saved(form, lambda: open_day(branch_id=branch_id, closed_day_id=closed_day_id, actor=current_user, now=present()))
    return onward(url_for("days.holidays", year=_year()), before)


def _keep(form: HolidaysForm) -> None:
    codes = set(form.codes.data or ())
    if request.form.get("usual"):
        codes |= usual_codes()
    keep_holidays(branch_id=current_user.branch_id, codes=codes, actor=current_user, now=present())
    if form.shift.data:
        code, year, days = _shift(form.shift.data)
        shift_holiday(code=code, year=year, days=days, actor=current_user, now=present())


def _shift(typed: str) -> tuple[str, int, int]:
    """A shift as its button sends it: code, Hijri year and days."""
    code, _, rest = typed.partition(":")
    year, _, days = rest.partition(":")
    try:
        return code, int(year), int(days)
    except ValueError:
        raise holiday_unknown() from None


def _close(form: ClosedDayForm) -> None:
    day = form.day.data or today()
    close_day(branch_id=current_user.branch_id, day=day, name=form.name.data or "", actor=current_user, now=present())


def _page(form: HolidaysForm, own: ClosedDayForm) -> Response:
    year, branch_id = _year(), current_user.branch_id
    first, before = first_of_year(year), first_of_year(year + 1)
    refused = form.is_submitted() and request.method == "POST"
    return page(
        "setup/holidays.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        form=form,
        own=own,
        year=year,
        lines=_lines(branch_id, first, before),
        kept=set(form.codes.data or ()) if form.codes.data else kept_holidays(branch_id),
        closed=own_closed_days(branch_id, first, before),
        here=url_for("days.holidays"),
    )


def _lines(branch_id: int, first: date, before: date) -> list[_Line]:
    """The official days off in the order of a year; one of the moon may come twice in it, or not at all."""
    falls: defaultdict[str, list[DayOff]] = defaultdict(list)
    for found in days_off(branch_id, first, before):
        falls[found.holiday.code].append(found)
    lines = [_Line(holiday, falls[holiday.code]) for holiday in HOLIDAYS]
    return sorted(lines, key=lambda line: line.falls[0].day if line.falls else before)


def _year() -> int:
    """The Jalali year that the address asks for; this one when it asks for nonsense."""
    now, typed = jalali_year(today()), request.args.get("year", "")
    asked = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else now
    return asked if abs(asked - now) <= _YEARS_AROUND else now
