"""Screens of price lists."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import answered, outcome_of, saved
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ...setup.branches.queries import branches_offered
from ..models import PriceList
from ..queries import active_products, active_services
from .forms import PriceListForm, TypedPrices, field_of, prices_typed
from .queries import how_many_listed, listed_prices, price_list, price_lists
from .rules import PRODUCT, SERVICE, Price, Thing
from .services import add_price_list, change_price_list, set_prices

blueprint = Blueprint("prices", __name__)

Offered = Callable[[int | None], Sequence[tuple[int, str]]]


def init_prices(app: Flask, *, groups: Offered, levels: Offered) -> None:
    """Say whom lists may be for: numbers and names. They live in rooms beside this one."""
    app.extensions["salon_price_lists"] = (groups, levels)


@blueprint.get("/settings/price-lists")
@requires(Permission.CATALOG_WRITE)
def listing() -> Response:
    """Other prices, in the order in which they count."""
    groups, levels = _offered(None, None)
    return page(
        "catalog/price_lists.html",
        lists=price_lists(),
        counts=how_many_listed(),
        groups=dict(groups),
        levels=dict(levels),
        branches=dict(branches_offered()),
    )


@blueprint.route("/settings/price-lists/new", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def new() -> Response:
    """Begin a list, and go on to its prices."""
    form = _form(None)
    added = outcome_of(form, lambda: add_price_list(spec=form.spec(), actor=current_user, now=present()))
    if added is not None:
        return redirect(url_for("prices.grid", list_id=added.id), HTTPStatus.SEE_OTHER)
    return answered("catalog/price_list.html", form, title=_("لیست قیمت تازه"), back="/settings/price-lists")


@blueprint.route("/settings/price-lists/<key:list_id>/edit", methods=["GET", "POST"])
@requires(Permission.CATALOG_WRITE)
def edit(list_id: int) -> Response:
    """Change when a list counts."""
    shown = price_list(list_id)
    form, title = _form(shown), shown.name
    spec = form.spec
    if saved(form, lambda: change_price_list(list_id=list_id, spec=spec(), actor=current_user, now=present())):
        flash(_("ذخیره شد."))
        return redirect(url_for("prices.listing"), HTTPStatus.SEE_OTHER)
    return answered("catalog/price_list.html", form, title=title, back=f"/settings/price-lists/{list_id}")


@blueprint.get("/settings/price-lists/<key:list_id>")
@requires(Permission.CATALOG_WRITE)
def grid(list_id: int) -> Response:
    """Every price on a list beside the own ones, to be typed one under the other."""
    return _grid_page(price_list(list_id), {}, {})


@blueprint.post("/settings/price-lists/<key:list_id>")
@requires(Permission.CATALOG_WRITE)
def keep(list_id: int) -> Response:
    """Keep the prices that were typed."""
    shown = price_list(list_id)
    typed = prices_typed(request.form, _things())
    if typed.errors:
        return _grid_page(shown, request.form, typed.errors, HTTPStatus.UNPROCESSABLE_ENTITY)
    _keep(list_id, typed)
    flash(_("قیمت‌ها ذخیره شد."))
    return redirect(url_for("prices.grid", list_id=list_id), HTTPStatus.SEE_OTHER)


def _keep(list_id: int, typed: TypedPrices) -> None:
    with transaction():
        set_prices(list_id=list_id, prices=typed.prices, actor=current_user, now=present())


def _things() -> list[Thing]:
    services = [Thing(SERVICE, service.id) for service in active_services()]
    return services + [Thing(PRODUCT, product.id) for product in active_products()]


def _grid_page(shown: PriceList, said: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Response:
    return page(
        "catalog/price_grid.html",
        status,
        list=shown,
        services=active_services(),
        products=active_products(),
        listed=_by_field(listed_prices(shown.id)),
        said=said,
        errors=errors,
    )


def _by_field(listed: Mapping[Thing, Price]) -> dict[str, int | None]:
    """The prices on a list by the names of their fields."""
    prices = {field_of(thing): price.price for thing, price in listed.items()}
    return {**prices, **{field_of(thing, "to"): price.price_to for thing, price in listed.items()}}


def _form(shown: PriceList | None) -> PriceListForm:
    form = PriceListForm(obj=shown)
    groups, levels = _offered(shown.group_id if shown else None, shown.level_id if shown else None)
    form.group_id.offer(groups, _("همهٔ مشتریان"))
    form.branch_id.offer(branches_offered(shown.branch_id if shown else None), _("همهٔ شعبه‌ها"))
    form.level_id.offer(levels, _("همهٔ پرسنل"))
    return form


def _offered(group_id: int | None, level_id: int | None) -> tuple[Sequence[tuple[int, str]], Sequence[tuple[int, str]]]:
    groups: Offered
    levels: Offered
    groups, levels = current_app.extensions["salon_price_lists"]
    return groups(group_id), levels(level_id)
