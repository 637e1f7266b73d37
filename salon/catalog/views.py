"""Screens of services and products."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..core.forms import answered, saved, typed
from ..core.pages import page, present
from ..core.permissions import Permission, requires
from .forms import EditProductForm, EditServiceForm, NewProductForm, NewServiceForm, ProductForm, ServiceForm
from .models import Product, Service
from .phases.queries import has_phases
from .prices.queries import Change, price_history
from .prices.rules import PRODUCT, SERVICE, Thing
from .queries import all_products, all_services, product, service, staff_ids_by_service, staff_ids_of
from .services import add_product, add_service, change_product, change_service

blueprint = Blueprint("catalog", __name__)

People = Callable[[int], Sequence[tuple[int, str]]]


def init_catalog(app: Flask, *, people: People) -> None:
    """Say who may do services: numbers and names of a branch. They live in a room beside this one."""
    app.extensions["salon_people"] = people


def _people() -> Sequence[tuple[int, str]]:
    people: People = current_app.extensions["salon_people"]
    return people(current_user.branch_id)


@blueprint.get("/services")
@requires(Permission.CATALOG_VIEW)
def service_list() -> Response:
    """What is booked and sold, by category."""
    names = dict(_people())
    by_service = {
        service_id: [names[staff_id] for staff_id in sorted(staff_ids) if staff_id in names]
        for service_id, staff_ids in staff_ids_by_service().items()
    }
    return page("catalog/services.html", services=all_services(), staff_of=by_service)


@blueprint.route("/services/new", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def new_service() -> Response:
    """Sell a service."""
    form = NewServiceForm()
    form.staff_ids.choices = _people()
    if saved(form, lambda: _add_service(form)):
        flash(_("%(name)s افزوده شد.", name=form.name.data))
        return redirect(url_for("catalog.service_list"), HTTPStatus.SEE_OTHER)
    return _service_page(form, _("خدمت تازه"), [])


@blueprint.route("/services/<key:service_id>/edit", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def edit_service(service_id: int) -> Response:
    """Change a service."""
    shown = service(service_id)
    form = EditServiceForm(obj=shown, staff_ids=sorted(staff_ids_of(service_id)))
    form.staff_ids.choices = _people()
    title, in_phases = shown.name, has_phases(service_id)
    if in_phases:  # it takes as long as they do, whatever was sent
        form.duration.data, form.duration.typed = shown.duration, None
        form.duration.render_kw = {"readonly": True}
    if saved(form, lambda: _change_service(service_id, form)):
        flash(_("ذخیره شد."))
        return redirect(url_for("catalog.service_list"), HTTPStatus.SEE_OTHER)
    history = price_history(Thing(SERVICE, service_id))
    return _service_page(form, title, history, shown=service(service_id), in_phases=in_phases)


@blueprint.get("/products")
@requires(Permission.CATALOG_VIEW)
def product_list() -> Response:
    """What is sold over the counter."""
    return page("catalog/products.html", products=all_products())


@blueprint.route("/products/new", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def new_product() -> Response:
    """Sell a product."""
    form = NewProductForm()
    if saved(form, lambda: _add_product(form)):
        flash(_("%(name)s افزوده شد.", name=form.name.data))
        return redirect(url_for("catalog.product_list"), HTTPStatus.SEE_OTHER)
    return _product_page(form, _("کالای تازه"), [])


@blueprint.route("/products/<key:product_id>/edit", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def edit_product(product_id: int) -> Response:
    """Change a product."""
    shown = product(product_id)
    form, title = EditProductForm(obj=shown), shown.name
    if saved(form, lambda: _change_product(product_id, form)):
        flash(_("ذخیره شد."))
        return redirect(url_for("catalog.product_list"), HTTPStatus.SEE_OTHER)
    return _product_page(form, title, price_history(Thing(PRODUCT, product_id)))


def _service_page(form: ServiceForm, title: str, history: Sequence[Change], **more: Any) -> Response:
    categories = sorted({known.category for known in all_services() if known.category})
    return answered("catalog/service.html", form, title=title, categories=categories, history=history, **more)


def _product_page(form: ProductForm, title: str, history: Sequence[Change]) -> Response:
    categories = sorted({known.category for known in all_products() if known.category})
    return answered("catalog/product.html", form, title=title, categories=categories, history=history)


def _add_service(form: NewServiceForm) -> Service:
    return add_service(**_said(form), actor=current_user, now=present())


def _change_service(service_id: int, form: EditServiceForm) -> Service:
    return change_service(service_id=service_id, **_said(form), actor=current_user, now=present())


def _said(form: ServiceForm) -> dict[str, Any]:
    """What was typed; nothing for materials is nought."""
    said = typed(form)
    return said | {"materials": said["materials"] or 0}


def _add_product(form: NewProductForm) -> Product:
    said = typed(form)
    return add_product(**said | {"low_stock": said["low_stock"] or 0}, actor=current_user, now=present())


def _change_product(product_id: int, form: EditProductForm) -> Product:
    return change_product(product_id=product_id, **typed(form), actor=current_user, now=present())
