"""The screen of what a service is made of: its phases, who does it, and what it needs."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import saved
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ..queries import service
from ..resources.queries import resources_of
from .forms import PhasesForm, rows_of
from .queries import known_made
from .services import set_people, set_phases, set_resources

blueprint = Blueprint("phases", __name__)


@blueprint.route("/services/<key:service_id>/phases", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def phases(service_id: int) -> Response:
    """Say what a service is made of."""
    form = _form(service_id)
    if saved(form, lambda: _save(service_id, form)):
        flash(_("ذخیره شد. نوبت‌های پیشین همان‌گونه که رزرو شده‌اند می‌مانند."))
        return redirect(url_for("phases.phases", service_id=service_id), HTTPStatus.SEE_OTHER)
    return page(
        "catalog/phases.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK,
        shown=service(service_id),
        form=form,
        refused=[error for error in form.phases.errors if isinstance(error, str)],
    )


def _form(service_id: int) -> PhasesForm:
    made = known_made(service_id)
    form = PhasesForm(
        data={
            "phases": rows_of(made.phases),
            "staff_ids": sorted(made.people),
            "resource_ids": list(made.resources),
        }
    )
    people: Callable[[int], Sequence[tuple[int, str]]] = current_app.extensions["salon_people"]
    form.staff_ids.choices = list(people(current_user.branch_id))
    rooms = resources_of(current_user.branch_id)
    form.resource_ids.choices = [(one.id, one.name) for one in rooms if one.active or one.id in made.resources]
    return form


def _save(service_id: int, form: PhasesForm) -> None:
    actor, now = current_user, present()
    set_phases(service_id=service_id, phases=form.said(), actor=actor, now=now)
    set_people(service_id=service_id, staff_ids=form.staff_ids.data or (), actor=actor, now=now)
    set_resources(service_id=service_id, resource_ids=form.resource_ids.data or (), actor=actor, now=now)
