"""The page of a service about its bookings."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.permissions import Permission, requires
from ...setup.queries import profile
from ..phases.queries import extras_of
from ..phases.services import set_extras
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
    """What a service asks of its bookings, and whose minutes and prices differ."""
    shown = service(service_id)
    people, levels = _people(), _levels()
    said = said_of([service_id])[service_id]
    form = BookingRulesForm(obj=said, touch_ups=[vars(rule) for rule in touch_ups([service_id])])
    if not form.is_submitted():
        form.touch_ups.append_entry()
    form.offer([(one.id, one.name) for one in active_services() if one.id != service_id])
    own = own_typed(request.form, people, levels) if form.is_submitted() else TypedOwn()
    if not own.errors and saved(form, lambda: _keep(service_id, form, own)):
        flash(_("ذخیره شد."))
        return redirect(url_for("booking_rules.booking_rules", service_id=service_id), HTTPStatus.SEE_OTHER)
    return answered(
        "catalog/booking_rules.html",
        form,
        service=shown,
        salon=profile(),
        people=people,
        levels=levels,
        standing=_standing(service_id),
        said=request.form,
        errors=own.errors,
    )


def _keep(service_id: int, form: BookingRulesForm, own: TypedOwn) -> None:
    set_rules(service_id=service_id, rules=form.rules())
    set_touch_ups(service_id=service_id, touch_ups=form.told_touch_ups(service_id))
    for whose in ("staff", "level"):
        minutes = {number: more for (of, number), more in own.minutes.items() if of == whose}
        set_extras(service_id=service_id, whose=whose, minutes=minutes)
    prices = {number: price for (_of, number), price in own.prices.items()}
    set_own_prices(service_id=service_id, whose="staff", prices=prices)


def _standing(service_id: int) -> dict[str, Any]:
    """Minutes and prices that differ, by the names of their fields; and of how many customers they do."""
    made, prices = extras_of(service_id), own_prices_of(service_id)
    minutes = {f"minutes-staff-{number}": more for number, more in made.by_staff.items()}
    minutes |= {f"minutes-level-{number}": more for number, more in made.by_level.items()}
    return {
        "minutes": minutes,
        "prices": {f"price-staff-{number}": price for number, price in prices["staff"].items()},
        "customers": len(set(made.by_customer) | set(prices["customer"])),
    }


def _people() -> Rows:
    people: Callable[[int], Rows] = current_app.extensions["salon_people"]
    return people(current_user.branch_id)


def _levels() -> Rows:
    levels: Callable[[int | None], Rows] = current_app.extensions["salon_price_lists"][1]
    return levels(None)
