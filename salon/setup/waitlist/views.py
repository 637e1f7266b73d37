"""Where the owner says how the waitlist works."""

from http import HTTPStatus

from flask import Blueprint, flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..queries import profile
from .forms import WaitlistForm
from .services import set_waitlist

blueprint = Blueprint("waitlist_terms", __name__)


@blueprint.route("/settings/waitlist", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def terms() -> Response:
    """Who is offered an opening first, how long it is kept, and where its links lead."""
    form = WaitlistForm(obj=profile())
    if saved(form, lambda: set_waitlist(terms=form.terms(), actor=current_user, now=present())):
        g.pop("salon_profile", None)
        flash(_("ذخیره شد."))
        return redirect(url_for("waitlist_terms.terms"), HTTPStatus.SEE_OTHER)
    return answered("setup/waitlist.html", form)
