"""The page of a service about its bookings."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...setup.queries import profile
from ..prices.queries import own_prices_of
from ..prices.services import set_own_prices
from ..queries import active_services, service
from .forms import BookingRulesForm, TypedOwn, own_typed
from .queries import said_of, touch_ups
from .services import set_rules, set_touch_ups

blueprint = Blueprint("booking_rules", __name__)

Rows = Sequence[tuple[int, str]]


@blueprint.route("/services/<key:service_id>/booking", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def booking_rules(service_id: int) -> Response:
    """What a service asks of its bookings, and whose prices differ."""
    shown, people = service(service_id), _people()
    said = said_of([service_id])[service_id]
    form = BookingRulesForm(obj=said, touch_ups=[vars(rule) for rule in touch_ups([service_id])])
    if not form.is_submitted():
        form.touch_ups.append_entry()
    form.offer([(one.id, one.name) for one in active_services() if one.id != service_id])
    own = own_typed(request.form, people) if form.is_submitted() else TypedOwn()
    if not own.errors and saved(form, lambda: _keep(service_id, form, own)):
        flash(_("ذخیره شد."))
        return redirect(url_for("booking_rules.booking_rules", service_id=service_id), HTTPStatus.SEE_OTHER)
    return answered(
        "catalog/booking_rules.html",
        form,
        shown=shown,
        salon=profile(),
        people=people,
        standing=own_prices_of(service_id),
        said=request.form,
        errors=own.errors,
    )


def _keep(service_id: int, form: BookingRulesForm, own: TypedOwn) -> None:
    by = {"service_id": service_id, "actor": current_user, "now": present()}
    set_rules(rules=form.rules(), **by)
    set_touch_ups(touch_ups=form.told_touch_ups(service_id), **by)
    set_own_prices(whose="staff", prices=own.prices, **by)


def _people() -> Rows:
    people: Callable[[int], Rows] = current_app.extensions["salon_people"]
    return people(current_user.branch_id)
