"""The settings screen."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..core.forms import answered, saved, typed
from ..core.pages import present
from ..core.permissions import Permission, requires
from .forms import SettingsForm
from .queries import default_branch, profile
from .services import ProfileSpec, change_settings

blueprint = Blueprint("setup", __name__)


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def settings() -> Response:
    """Show and change how the salon works."""
    salon, branch = profile(), default_branch()
    form = SettingsForm(obj=salon, branch_name=branch.name, phone=branch.phone, address=branch.address)
    form.offer_reminders(salon.reminder_minutes)
    if saved(form, lambda: _save(form)):
        g.pop("salon_profile", None)
        flash(_("تنظیمات ذخیره شد."))
        return redirect(url_for("setup.settings"), HTTPStatus.SEE_OTHER)
    return answered("setup/settings.html", form)


def _save(form: SettingsForm) -> None:
    said = typed(form)
    branch = {name: said.pop(name) for name in ("branch_name", "phone", "address")}
    said = {name: value for name, value in said.items() if value is not None}  # what is left empty is as usual
    change_settings(spec=ProfileSpec(**said), **branch, actor=current_user, now=present())
