"""The screen of what a service is made of: its phases, who does it, what it needs, and whom it takes longer."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import saved
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ..errors import extra_of_nobody
from ..queries import service
from ..resources.queries import resources_of
from .forms import CustomerExtraForm, PhasesForm, rows_of
from .queries import known_made, needs_of
from .rules import Made
from .services import set_extras, set_people, set_phases, set_resources

blueprint = Blueprint("phases", __name__)


@dataclass(frozen=True)
class Outside:
    """What other rooms know: who serves and their levels (numbers and names), customers by mobile, names by number."""

    people: Callable[[int], Sequence[tuple[int, str]]]
    levels: Callable[[], Sequence[tuple[int, str]]]
    customer_of: Callable[[str], int | None]
    customers: Callable[[Collection[int]], Mapping[int, str]]


def init_phases(app: Flask, outside: Outside) -> None:
    """Say what the rooms beside this one know."""
    app.extensions["salon_phases"] = outside


@blueprint.route("/services/<key:service_id>/phases", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def phases(service_id: int) -> Response:
    """Say what a service is made of."""
    made, outside = known_made(service_id, current_user.branch_id), _outside()
    people, levels = outside.people(current_user.branch_id), outside.levels()
    form = PhasesForm(data=_kept(made, people, levels))
    _offer(form, people, service_id)
    if saved(form, lambda: _save(service_id, form, people, levels)):
        flash(_("ذخیره شد. نوبت‌های پیشین همان‌گونه که رزرو شده‌اند می‌مانند."))
        return redirect(url_for("phases.phases", service_id=service_id), HTTPStatus.SEE_OTHER)
    return _page(service_id, form, CustomerExtraForm(None))


@blueprint.post("/services/<key:service_id>/phases/customers")
@requires(Permission.CATALOG_WRITE)
def customer_extra(service_id: int) -> Response:
    """Say how much longer it takes with a customer."""
    service(service_id)
    form = CustomerExtraForm()
    if saved(form, lambda: _save_customer(service_id, form)):
        flash(_("ذخیره شد."))
        return redirect(url_for("phases.phases", service_id=service_id), HTTPStatus.SEE_OTHER)
    return _page(service_id, _as_kept(service_id), form)


@blueprint.post("/services/<key:service_id>/phases/customers/<key:customer_id>/drop")
@requires(Permission.CATALOG_WRITE)
def drop_customer_extra(service_id: int, customer_id: int) -> Response:
    """Let it take with a customer as long as with all."""
    with transaction():
        _set_minutes_of(customer_id, service_id, 0)
    return redirect(url_for("phases.phases", service_id=service_id), HTTPStatus.SEE_OTHER)


def _outside() -> Outside:
    outside: Outside = current_app.extensions["salon_phases"]
    return outside


def _kept(made: Made, people: Sequence[tuple[int, str]], levels: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """What is kept, as the form has it."""
    return {
        "phases": rows_of(made.phases),
        "staff_ids": sorted(made.people),
        "resource_ids": list(made.resources),
        "by_staff": [made.by_staff.get(number) for number, _name in people],
        "by_level": [made.by_level.get(number) for number, _name in levels],
    }


def _as_kept(service_id: int) -> PhasesForm:
    outside = _outside()
    people, levels = outside.people(current_user.branch_id), outside.levels()
    form = PhasesForm(None, data=_kept(known_made(service_id, current_user.branch_id), people, levels))
    _offer(form, people, service_id)
    return form


def _offer(form: PhasesForm, people: Sequence[tuple[int, str]], service_id: int) -> None:
    needed = set(needs_of(service_id))
    form.staff_ids.choices = list(people)
    form.resource_ids.choices = [
        (one.id, one.name) for one in resources_of(current_user.branch_id) if one.active or one.id in needed
    ]


def _save(
    service_id: int, form: PhasesForm, people: Sequence[tuple[int, str]], levels: Sequence[tuple[int, str]]
) -> None:
    who = {"service_id": service_id, "actor": current_user, "now": present()}
    set_phases(phases=form.said(), **who)
    set_people(staff_ids=form.staff_ids.data or (), branch_id=current_user.branch_id, **who)
    set_resources(resource_ids=form.resource_ids.data or (), branch_id=current_user.branch_id, **who)
    set_extras(whose="staff", minutes=_typed(people, form.by_staff), **who)
    set_extras(whose="level", minutes=_typed(levels, form.by_level), **who)


def _typed(whose: Sequence[tuple[int, str]], fields: Any) -> dict[int, int]:
    return {number: field.data or 0 for (number, _name), field in zip(whose, fields, strict=False)}


def _save_customer(service_id: int, form: CustomerExtraForm) -> None:
    customer_id = _outside().customer_of(form.mobile.data or "")
    if customer_id is None:
        raise extra_of_nobody()
    _set_minutes_of(customer_id, service_id, form.minutes.data or 0)


def _set_minutes_of(customer_id: int, service_id: int, more: int) -> None:
    minutes = {customer_id: more}
    set_extras(service_id=service_id, whose="customer", minutes=minutes, actor=current_user, now=present())


def _page(service_id: int, form: PhasesForm, extra: CustomerExtraForm) -> Response:
    outside, made = _outside(), known_made(service_id, current_user.branch_id)
    people, levels = outside.people(current_user.branch_id), outside.levels()
    names = outside.customers(made.by_customer.keys()) if made.by_customer else {}
    return page(
        "catalog/phases.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK,
        shown=service(service_id),
        form=form,
        extra=extra,
        refused=[error for error in form.phases.errors if isinstance(error, str)],
        people=list(zip((name for _id, name in people), form.by_staff, strict=False)),
        levels=list(zip((name for _id, name in levels), form.by_level, strict=False)),
        customers=[(number, names.get(number, ""), minutes) for number, minutes in made.by_customer.items()],
    )
