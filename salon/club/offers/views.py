"""The club's offers on screen."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ..models import Offer
from .forms import OfferForm
from .queries import offer, offers
from .services import add_offer, change_offer

blueprint = Blueprint("offers", __name__)


@blueprint.get("/offers")
@requires(Permission.CLUB_VIEW)
def listing() -> Response:
    """All offers, those in force first."""
    return page("club/offers/list.html", offers=offers())


@blueprint.route("/offers/new", methods=["GET", "POST"])
@requires(Permission.CLUB_WRITE)
def new() -> Response:
    """Make an offer."""
    form = OfferForm()
    if saved(form, lambda: add_offer(terms=form.terms(), actor=current_user, now=present())):
        flash(_("آفر «%(name)s» ساخته شد.", name=form.name.data))
        return redirect(url_for("offers.listing"), HTTPStatus.SEE_OTHER)
    return _form_page(form, None)


@blueprint.route("/offers/<key:offer_id>", methods=["GET", "POST"])
@requires(Permission.CLUB_WRITE)
def edit(offer_id: int) -> Response:
    """Change an offer; what customers have earned by it stays as it is."""
    found = offer(offer_id)
    form = OfferForm(obj=found)
    if saved(form, lambda: change_offer(offer=found, terms=form.terms(), actor=current_user, now=present())):
        flash(_("ذخیره شد."))
        return redirect(url_for("offers.listing"), HTTPStatus.SEE_OTHER)
    return _form_page(form, found)


def _form_page(form: OfferForm, found: Offer | None) -> Response:
    return answered("club/offers/form.html", form, offer=found)
