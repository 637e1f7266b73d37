"""Screens of the people who serve."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..core.forms import answered, saved, typed
from ..core.pages import page, present
from ..core.permissions import Permission, requires
from ..core.unsettled import onward, unsettled
from .forms import EditStaffForm, NewStaffForm, StaffForm
from .levels.queries import levels_offered
from .levels.services import give_level
from .lines.queries import lines_of, place_of
from .lines.services import join_line
from .models import StaffMember
from .queries import all_staff, last_position, staff_member, staff_of
from .rules import color_of
from .services import add_staff, change_staff

blueprint = Blueprint("staff", __name__)


@blueprint.get("/staff")
@requires(Permission.STAFF_VIEW)
def staff_list() -> Response:
    """Who serves, in the order of the board."""
    return page("staff/list.html", staff=all_staff(current_user.branch_id))


@blueprint.route("/staff/new", methods=["GET", "POST"])
@requires(Permission.STAFF_WRITE)
def new_staff() -> Response:
    """Let somebody serve."""
    form = NewStaffForm(color=color_of(last_position(current_user.branch_id) + 1))
    _offer_places(form, current_user.branch_id)
    if saved(form, lambda: _add(form)):
        flash(_("%(name)s به پرسنل افزوده شد.", name=form.name.data))
        return redirect(url_for("staff.staff_list"), HTTPStatus.SEE_OTHER)
    return answered("staff/new.html", form)


@blueprint.route("/staff/<key:staff_id>/edit", methods=["GET", "POST"])
@requires(Permission.STAFF_WRITE)
def edit_staff(staff_id: int) -> Response:
    """Change who somebody is."""
    staff_of(current_user.branch_id, staff_id)
    form, before = _edit_form(staff_id), unsettled()
    if saved(form, lambda: _change(staff_id, form)):
        return onward(url_for("staff.staff_list"), before)
    return answered("staff/edit.html", form, member=staff_member(staff_id))


def _edit_form(staff_id: int) -> EditStaffForm:
    member = staff_member(staff_id)
    line_id, share_bp = place_of(staff_id)
    form = EditStaffForm(obj=member, line_id=line_id, share_bp=share_bp or None)
    _offer_places(form, member.branch_id, member.level_id)
    return form


def _offer_places(form: StaffForm, branch_id: int, level_id: int | None = None) -> None:
    form.level_id.offer(levels_offered(level_id))
    lines = [view.line for view in lines_of(branch_id)]
    form.line_id.offer([(line.id, line.name) for line in lines if line.active or line.id == form.line_id.data])


def _add(form: NewStaffForm) -> StaffMember:
    said, place = _said(form)
    added = add_staff(branch_id=current_user.branch_id, **said, actor=current_user, now=present())
    _put(added.id, place)
    return added


def _change(staff_id: int, form: EditStaffForm) -> StaffMember:
    said, place = _said(form)
    _put(staff_id, place)
    return change_staff(staff_id=staff_id, **said, actor=current_user, now=present())


def _said(form: StaffForm) -> tuple[dict[str, Any], dict[str, Any]]:
    """Who she is, and her level, line and share."""
    said = typed(form)
    return said, {name: said.pop(name) for name in ("level_id", "line_id", "share_bp")}


def _put(staff_id: int, place: dict[str, Any]) -> None:
    give_level(staff_id=staff_id, level_id=place["level_id"], actor=current_user, now=present())
    share_bp = place["share_bp"] or 0
    if place_of(staff_id) != (place["line_id"], share_bp):
        join_line(staff_id=staff_id, line_id=place["line_id"], share_bp=share_bp, actor=current_user, now=present())
