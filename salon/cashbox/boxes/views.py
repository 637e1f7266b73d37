"""Setting up boxes, accounts and categories."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import answered, saved, typed
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..forms import BOX_KINDS, BoxForm, CategoryForm
from ..models import Direction
from .queries import box_of, boxes_of, categories
from .services import BoxSpec, add_box, add_category, change_box, switch_category

blueprint = Blueprint("boxes", __name__)


@blueprint.route("/cashbox/boxes", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def listing() -> Response:
    """All boxes and categories, and a form for another box."""
    form = _new_box()
    if saved(form, lambda: _add(form)):
        flash(_("%(name)s افزوده شد.", name=form.name.data))
        return _back()
    return _page(form, CategoryForm(formdata=None))


@blueprint.route("/cashbox/boxes/<key:cashbox_id>/edit", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit(cashbox_id: int) -> Response:
    """Change a box, or put it away."""
    box = box_of(current_user.branch_id, cashbox_id)
    form = BoxForm(obj=box)
    del form.kind
    if saved(form, lambda: _change(cashbox_id, form, box.kind)):
        flash(_("ذخیره شد."))
        return _back()
    return answered("cashbox/box.html", form, box=box)


@blueprint.post("/cashbox/categories")
@requires(Permission.SETUP_WRITE)
def new_category() -> Response:
    """Name something that money comes in or goes out for."""
    form = CategoryForm()
    if saved(form, lambda: add_category(**typed(form), actor=current_user, now=present())):
        flash(_("%(name)s افزوده شد.", name=form.name.data))
        return _back()
    return _page(_new_box(formdata=None), form)


@blueprint.post("/cashbox/categories/<key:category_id>/switch")
@requires(Permission.SETUP_WRITE)
def switch(category_id: int) -> Response:
    """Put a category away, or take it back."""
    with transaction():
        switch_category(category_id=category_id, actor=current_user, now=present())
    return _back()


def _new_box(**options: None) -> BoxForm:
    """A box that is to be opened is in use."""
    form = BoxForm(**options)
    del form.active
    return form


def _page(form: BoxForm, category: CategoryForm) -> Response:
    refused = form if form.errors or form.form_errors else category
    return answered(
        "cashbox/boxes.html",
        refused,
        box_form=form,
        category_form=category,
        boxes=boxes_of(current_user.branch_id, all_of_them=True),
        kinds=dict(BOX_KINDS),
        categories=[found for direction in Direction for found in categories(direction, all_of_them=True)],
    )


def _add(form: BoxForm) -> object:
    spec = BoxSpec(**typed(form))
    return add_box(branch_id=current_user.branch_id, spec=spec, actor=current_user, now=present())


def _change(cashbox_id: int, form: BoxForm, kind: str) -> object:
    spec = BoxSpec(**typed(form), kind=kind)
    return change_box(
        branch_id=current_user.branch_id, cashbox_id=cashbox_id, spec=spec, actor=current_user, now=present()
    )


def _back() -> Response:
    return redirect(url_for("boxes.listing"), HTTPStatus.SEE_OTHER)
