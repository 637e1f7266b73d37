"""Screens of levels of staff."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import OrderedForm, answered, saved, typed
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from .queries import staff_level, staff_levels
from .services import add_level, change_level

blueprint = Blueprint("staff_levels", __name__)


@blueprint.get("/settings/staff-levels")
@requires(Permission.SETUP_WRITE)
def listing() -> Response:
    """How experienced people can be."""
    return page(
        "setup/named.html",
        title=_("سطح‌های پرسنل"),
        about=_("سطح هر کس در صفحهٔ خودش نوشته می‌شود؛ لیست قیمت می‌تواند برای یک سطح باشد."),
        rows=staff_levels(),
        about_each="",
        here="/settings/staff-levels",
        new=_("سطح تازه"),
    )


@blueprint.route("/settings/staff-levels/new", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new() -> Response:
    """Begin a level."""
    form = OrderedForm()
    if saved(form, lambda: add_level(**typed(form), actor=current_user, now=present())):
        return _back()
    return _form_page(form, _("سطح تازه"))


@blueprint.route("/settings/staff-levels/<key:level_id>", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit(level_id: int) -> Response:
    """Rename a level, move it or lay it aside."""
    shown = staff_level(level_id)
    form, title = OrderedForm(obj=shown), shown.name
    if saved(form, lambda: change_level(level_id=level_id, **typed(form), actor=current_user, now=present())):
        return _back()
    return _form_page(form, title)


def _back() -> Response:
    flash(_("ذخیره شد."))
    return redirect(url_for("staff_levels.listing"), HTTPStatus.SEE_OTHER)


def _form_page(form: OrderedForm, title: str) -> Response:
    return answered("setup/named_form.html", form, title=title, back="/settings/staff-levels")
