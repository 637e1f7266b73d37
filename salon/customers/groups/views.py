"""Screens of groups of customers."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import NamedForm, answered, saved, typed
from ...core.money import group as grouped
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from .queries import customer_group, customer_groups, group_sizes
from .services import add_group, change_group

blueprint = Blueprint("customer_groups", __name__)


@blueprint.get("/settings/customer-groups")
@requires(Permission.SETUP_WRITE)
def listing() -> Response:
    """Customers who are treated alike."""
    sizes = group_sizes()
    notes = {group.id: grouped(sizes.get(group.id, 0)) for group in customer_groups()}
    return page(
        "setup/named.html",
        title=_("گروه‌های مشتری"),
        about=_("گروه هر مشتری در پرونده‌اش نوشته می‌شود؛ لیست قیمت می‌تواند برای یک گروه باشد."),
        rows=customer_groups(),
        about_each=_("چند نفر"),
        notes=notes,
        here="/settings/customer-groups",
        new=_("گروه تازه"),
    )


@blueprint.route("/settings/customer-groups/new", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new() -> Response:
    """Begin a group."""
    form = NamedForm()
    if saved(form, lambda: add_group(**typed(form), actor=current_user, now=present())):
        return _back()
    return _form_page(form, _("گروه تازه"))


@blueprint.route("/settings/customer-groups/<key:group_id>", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit(group_id: int) -> Response:
    """Rename a group or lay it aside."""
    shown = customer_group(group_id)
    form, title = NamedForm(obj=shown), shown.name
    if saved(form, lambda: change_group(group_id=group_id, **typed(form), actor=current_user, now=present())):
        return _back()
    return _form_page(form, title)


def _back() -> Response:
    flash(_("ذخیره شد."))
    return redirect(url_for("customer_groups.listing"), HTTPStatus.SEE_OTHER)


def _form_page(form: NamedForm, title: str) -> Response:
    return answered("setup/named_form.html", form, title=title, back="/settings/customer-groups")
