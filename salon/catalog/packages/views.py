"""Screens of packages."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ...core.text import persian_digits
from ..models import Service
from ..queries import active_services, all_services
from .forms import PackageForm, field_of
from .queries import package, packages
from .rules import Offer
from .services import add_package, change_package

blueprint = Blueprint("packages", __name__)

_HERE = "/settings/packages"


@blueprint.get("/settings/packages")
@requires(Permission.CATALOG_WRITE)
def listing() -> Response:
    """The packages that are sold, and those that were."""
    return page("catalog/packages.html", packages=packages())


@blueprint.route("/settings/packages/new", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def new() -> Response:
    """Offer a package."""
    form, offered = PackageForm(), active_services()
    if saved(form, lambda: add_package(spec=form.spec(request.form, offered), actor=current_user, now=present())):
        return _kept()
    return _form_page(form, offered, {}, _("بستهٔ تازه"))


@blueprint.route("/settings/packages/<key:package_id>/edit", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def edit(package_id: int) -> Response:
    """Change a package; what was sold stays as it was sold."""
    shown = package(package_id)
    form, offered = PackageForm(obj=shown), _services_for(shown)

    def change() -> int:
        spec = form.spec(request.form, offered)
        return change_package(package_id=package_id, spec=spec, actor=current_user, now=present())

    if saved(form, change):
        return _kept()
    kept = {field_of(item.service_id): persian_digits(str(item.sessions)) for item in shown.items}
    return _form_page(form, offered, kept, shown.name)


def _services_for(shown: Offer) -> Sequence[Service]:
    """What is sold, and what the package holds though it is sold no more."""
    held = {item.service_id for item in shown.items}
    return [service for service in all_services() if service.active or service.id in held]


def _kept() -> Response:
    flash(_("ذخیره شد."))
    return redirect(_HERE, HTTPStatus.SEE_OTHER)


def _form_page(form: PackageForm, offered: Sequence[Service], kept: Mapping[str, str], title: str) -> Response:
    said = request.form if form.is_submitted() else kept
    return answered(
        "catalog/package.html", form, title=title, services=offered, said=said, field_of=field_of, back=_HERE
    )
