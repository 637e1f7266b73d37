"""Screens of branches."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved, typed
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from .forms import BranchForm, EditBranchForm
from .queries import branch_of, branches, users_by_branch
from .services import BranchSpec, add_branch, bring_users, change_branch

blueprint = Blueprint("branches", __name__)


@blueprint.get("/settings/branches")
@requires(Permission.SETUP_WRITE)
def listing() -> Response:
    """Where the salon works."""
    people = users_by_branch()
    notes = {branch.id: "، ".join(user.full_name for user in people.get(branch.id, [])) for branch in branches()}
    return page(
        "setup/named.html",
        title=_("شعبه‌ها"),
        about=_("هر شعبه پرسنل، صندوق، موجودی و شمارهٔ فاکتور خودش را دارد؛ مشتری‌ها و باشگاه یکی است."),
        rows=branches(),
        about_each=_("کاربران"),
        notes=notes,
        here="/settings/branches",
        new=_("شعبهٔ تازه"),
    )


@blueprint.route("/settings/branches/new", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new() -> Response:
    """Open a branch."""
    form = BranchForm()
    if saved(form, lambda: add_branch(spec=BranchSpec(**typed(form)), actor=current_user, now=present())):
        return _back()
    return answered("setup/branch.html", form, title=_("شعبهٔ تازه"))


@blueprint.route("/settings/branches/<key:branch_id>", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit(branch_id: int) -> Response:
    """Rename a branch, let people work there, or close it."""
    shown = branch_of(branch_id)
    form, title = EditBranchForm(obj=shown), shown.name
    elsewhere = [user for place, people in users_by_branch().items() if place != branch_id for user in people]
    form.user_ids.choices = [(user.id, user.full_name) for user in elsewhere]
    if saved(form, lambda: _change(branch_id, form)):
        return _back()
    return answered("setup/branch.html", form, title=title)


def _change(branch_id: int, form: EditBranchForm) -> None:
    said = typed(form)
    user_ids = said.pop("user_ids") or []
    bring_users(branch_id=branch_id, user_ids=user_ids, actor=current_user, now=present())
    change_branch(branch_id=branch_id, spec=BranchSpec(**said), actor=current_user, now=present())


def _back() -> Response:
    flash(_("ذخیره شد."))
    return redirect(url_for("branches.listing"), HTTPStatus.SEE_OTHER)
