"""VAT by date, on screen."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import answered, saved, typed
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..forms import TaxRateForm, day_sent
from ..queries import profile
from .queries import tax_rates
from .services import drop_tax_rate, set_tax_rate

blueprint = Blueprint("taxes", __name__)


@blueprint.route("/settings/tax", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def taxes() -> Response:
    """The rates of VAT and the days on which they begin; another one."""
    form = TaxRateForm()
    if saved(form, lambda: set_tax_rate(**typed(form), actor=current_user, now=present())):
        flash(_("ذخیره شد."))
        return redirect(url_for("taxes.taxes"), HTTPStatus.SEE_OTHER)
    return answered("setup/taxes.html", form, rates=tax_rates(), before=profile().tax_bp)


@blueprint.post("/settings/tax/drop")
@requires(Permission.SETUP_WRITE)
def drop() -> Response:
    """Forget a rate."""
    day = day_sent(request.form.get("starts_on", ""))
    if day is not None:
        with transaction():
            drop_tax_rate(starts_on=day, actor=current_user, now=present())
    return redirect(url_for("taxes.taxes"), HTTPStatus.SEE_OTHER)
