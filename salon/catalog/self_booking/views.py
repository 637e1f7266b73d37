"""Where the owner says which services customers may book themselves."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..queries import service
from .forms import SelfBookingForm
from .rules import SelfBooking
from .services import set_self_booking

blueprint = Blueprint("self_booking", __name__)


@blueprint.route("/services/<key:service_id>/self-booking", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def self_booking(service_id: int) -> Response:
    """What becomes of customers' own requests for a service."""
    shown = service(service_id)
    form = SelfBookingForm(obj=shown)
    if saved(form, lambda: _set(service_id, form)):
        flash(_("ذخیره شد."))
        return redirect(url_for("catalog.edit_service", service_id=service_id), HTTPStatus.SEE_OTHER)
    return answered("catalog/self_booking.html", form, service=shown)


def _set(service_id: int, form: SelfBookingForm) -> None:
    way = SelfBooking(form.self_booking.data)
    set_self_booking(service_id=service_id, way=way, actor=current_user, now=present())
