"""Screens of rooms, chairs and devices."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved, typed
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ...core.unsettled import onward, unsettled
from .forms import KINDS, ResourceForm
from .queries import needed_by, resource_of, resources_of
from .services import ResourceSpec, add_resource, change_resource

blueprint = Blueprint("resources", __name__)


@blueprint.get("/settings/resources")
@requires(Permission.CATALOG_WRITE)
def listing() -> Response:
    """Rooms, chairs and devices of the branch."""
    branch_id = current_user.branch_id
    return page("catalog/resources.html", rows=resources_of(branch_id), kinds=KINDS, needed=needed_by(branch_id))


@blueprint.route("/settings/resources/new", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def new() -> Response:
    """Begin to use one."""
    form, before = ResourceForm(), unsettled()
    if saved(form, lambda: _add(form)):
        return onward(url_for("resources.listing"), before)
    return answered("catalog/resource.html", form, title=_("اتاق، صندلی یا دستگاه تازه"), services=[])


@blueprint.route("/settings/resources/<key:resource_id>", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def edit(resource_id: int) -> Response:
    """Describe one anew, or lay it aside; bookings for which there is no room any more are listed."""
    shown = resource_of(current_user.branch_id, resource_id)
    form, title, before = ResourceForm(obj=shown), shown.name, unsettled()
    if saved(form, lambda: _change(resource_id, form)):
        return onward(url_for("resources.listing"), before)
    services = needed_by(current_user.branch_id).get(resource_id, [])
    return answered("catalog/resource.html", form, title=title, services=services)


def _add(form: ResourceForm) -> None:
    add_resource(branch_id=current_user.branch_id, spec=ResourceSpec(**typed(form)), actor=current_user, now=present())


def _change(resource_id: int, form: ResourceForm) -> None:
    spec = ResourceSpec(**typed(form))
    branch_id = current_user.branch_id
    change_resource(branch_id=branch_id, resource_id=resource_id, spec=spec, actor=current_user, now=present())
