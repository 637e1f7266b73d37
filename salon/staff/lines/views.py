"""Screens of lines."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ..models import StaffMember
from ..queries import all_staff
from .forms import LineForm
from .queries import line_view, lines_of
from .services import add_line, change_line

blueprint = Blueprint("lines", __name__)


@blueprint.get("/settings/lines")
@requires(Permission.SETUP_WRITE)
def listing() -> Response:
    """The lines of the branch, with heads and people."""
    names = {person.id: person.name for person in all_staff(current_user.branch_id)}
    return page("staff/lines.html", lines=lines_of(current_user.branch_id), names=names)


@blueprint.route("/settings/lines/new", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new() -> Response:
    """Begin a line."""
    form = LineForm()
    form.show({}, _staff())
    if saved(form, lambda: add_line(branch_id=current_user.branch_id, **_said(form))):  # type: ignore[arg-type]  # as typed
        return _back()
    return _form_page(form, _("لاین تازه"))


@blueprint.route("/settings/lines/<key:line_id>", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit(line_id: int) -> Response:
    """Change a line and its people."""
    shown = line_view(line_id)
    form, title = LineForm(obj=shown.line), shown.line.name
    form.show(shown.members, _staff())
    if saved(form, lambda: change_line(line_id=line_id, **_said(form))):  # type: ignore[arg-type]  # as typed
        return _back()
    return _form_page(form, title)


def _staff() -> list[StaffMember]:
    return [person for person in all_staff(current_user.branch_id) if person.active]


def _said(form: LineForm) -> dict[str, object]:
    return {
        "name": form.name.data or "",
        "head_id": form.head_id.data,
        "members": form.members(),
        "active": form.active.data,
        "actor": current_user,
        "now": present(),
    }


def _back() -> Response:
    flash(_("ذخیره شد."))
    return redirect(url_for("lines.listing"), HTTPStatus.SEE_OTHER)


def _form_page(form: LineForm, title: str) -> Response:
    names = {str(person.id): person.name for person in all_staff(current_user.branch_id)}
    return answered("staff/line.html", form, title=title, names=names)
