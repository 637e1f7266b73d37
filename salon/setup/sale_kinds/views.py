"""Screens of kinds of sale."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import OrderedForm, answered, saved, typed
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from .queries import sale_kind, sale_kinds
from .services import add_sale_kind, change_sale_kind

blueprint = Blueprint("sale_kinds", __name__)


@blueprint.get("/settings/sale-kinds")
@requires(Permission.SETUP_WRITE)
def listing() -> Response:
    """How things are sold."""
    return page(
        "setup/named.html",
        title=_("انواع فروش"),
        about=_("روی هر فاکتور نوشته می‌شود؛ اولین نوع فهرست خودش پیشنهاد می‌شود."),
        rows=sale_kinds(),
        about_each="",
        here="/settings/sale-kinds",
        new=_("نوع تازه"),
    )


@blueprint.route("/settings/sale-kinds/new", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new() -> Response:
    """Begin a kind of sale."""
    form = OrderedForm()
    if saved(form, lambda: add_sale_kind(**typed(form), actor=current_user, now=present())):
        return _back()
    return _form_page(form, _("نوع تازه"))


@blueprint.route("/settings/sale-kinds/<key:kind_id>", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit(kind_id: int) -> Response:
    """Rename a kind of sale, move it or lay it aside."""
    shown = sale_kind(kind_id)
    form, title = OrderedForm(obj=shown), shown.name
    if saved(form, lambda: change_sale_kind(kind_id=kind_id, **typed(form), actor=current_user, now=present())):
        return _back()
    return _form_page(form, title)


def _back() -> Response:
    flash(_("ذخیره شد."))
    return redirect(url_for("sale_kinds.listing"), HTTPStatus.SEE_OTHER)


def _form_page(form: OrderedForm, title: str) -> Response:
    return answered("setup/named_form.html", form, title=title, back="/settings/sale-kinds")
