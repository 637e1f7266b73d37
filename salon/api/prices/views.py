"""Calls about price lists and the history of prices."""

from dataclasses import fields
from typing import Any

from flask_login import current_user

from ...catalog.errors import things_unknown
from ...catalog.models import PriceList
from ...catalog.prices.queries import listed_prices, price_history, price_list, price_lists
from ...catalog.prices.rules import PRODUCT, SERVICE, Price, Thing
from ...catalog.prices.services import ListSpec, add_price_list, change_price_list, set_prices
from ...catalog.queries import product, service
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...customers.groups.queries import customer_group
from ...setup.branches.queries import branch_of
from ...staff.levels.queries import staff_level
from ..calls import Calls
from . import schemas as s

calls = Calls("prices", __name__, "Price lists, and what each price was before.")

_WHOM = {"group_id": customer_group, "branch_id": branch_of, "level_id": staff_level}


@calls.get("/price-lists")
@calls.answers(200, s.PriceListsSchema)
@requires(Permission.CATALOG_VIEW)
def list_price_lists() -> dict[str, Any]:
    """Price lists in the order in which they count, those that are laid aside last."""
    return {"items": price_lists()}


@calls.post("/price-lists")
@calls.takes(s.NewPriceListSchema, example=s.PRICE_LIST)
@calls.answers(
    201,
    s.PriceListSchema,
    group_unknown=404,
    branch_unknown=404,
    level_unknown=404,
    price_list_exists=409,
    invalid=422,
    name_missing=422,
    days_invalid=422,
)
@requires(Permission.CATALOG_WRITE)
def create_price_list(asked: dict[str, Any]) -> PriceList:
    """Begin a list of other prices."""
    with transaction():
        _check_whom(asked)
        return add_price_list(spec=ListSpec(**asked), actor=current_user, now=present())


@calls.patch("/price-lists/<key:list_id>")
@calls.takes(s.ChangedPriceListSchema, example=s.PRICE_LIST)
@calls.answers(
    200,
    s.PriceListSchema,
    not_found=404,
    price_list_unknown=404,
    group_unknown=404,
    branch_unknown=404,
    level_unknown=404,
    price_list_exists=409,
    invalid=422,
    name_missing=422,
    days_invalid=422,
)
@requires(Permission.CATALOG_WRITE)
def patch_price_list(asked: dict[str, Any], list_id: int) -> PriceList:
    """Change when a list counts, or lay it aside; what was sold keeps its price."""
    with transaction():
        known = price_list(list_id)
        _check_whom(asked)
        said = {part.name: getattr(known, part.name) for part in fields(ListSpec)} | asked
        return change_price_list(list_id=list_id, spec=ListSpec(**said), actor=current_user, now=present())


@calls.get("/price-lists/<key:list_id>/prices")
@calls.answers(200, s.ListedPricesSchema, not_found=404, price_list_unknown=404)
@requires(Permission.CATALOG_VIEW)
def list_listed_prices(list_id: int) -> dict[str, Any]:
    """What stands on a list."""
    return {"items": _told(price_list(list_id).id)}


@calls.patch("/price-lists/<key:list_id>/prices")
@calls.takes(s.NewListedPricesSchema, example=s.PRICES)
@calls.answers(
    200,
    s.ListedPricesSchema,
    not_found=404,
    price_list_unknown=404,
    invalid=422,
    price_range_invalid=422,
    things_unknown=422,
)
@requires(Permission.CATALOG_WRITE)
def patch_listed_prices(asked: dict[str, Any], list_id: int) -> dict[str, Any]:
    """Put prices on a list, or take things off it."""
    prices = {_thing(row): _price(row) for row in asked["prices"]}
    with transaction():
        set_prices(list_id=list_id, prices=prices, actor=current_user, now=present())
        return {"items": _told(list_id)}


@calls.get("/services/<key:service_id>/prices")
@calls.answers(200, s.ChangesSchema, not_found=404, service_unknown=404)
@requires(Permission.CATALOG_VIEW)
def list_service_prices(service_id: int) -> dict[str, Any]:
    """Every price that a service had, its own and on lists, the latest first."""
    return {"items": _history(Thing(SERVICE, service(service_id).id))}


@calls.get("/products/<key:product_id>/prices")
@calls.answers(200, s.ChangesSchema, not_found=404, product_unknown=404)
@requires(Permission.CATALOG_VIEW)
def list_product_prices(product_id: int) -> dict[str, Any]:
    """Every price that a product had, its own and on lists, the latest first."""
    return {"items": _history(Thing(PRODUCT, product(product_id).id))}


def _history(thing: Thing) -> list[dict[str, Any]]:
    return [
        {
            "changed_at": change.changed_at,
            "by": change.by,
            "list_name": change.list_name,
            "price": change.after and change.after.price,
            "price_to": change.after and change.after.price_to,
            "price_before": change.before and change.before.price,
            "price_to_before": change.before and change.before.price_to,
        }
        for change in price_history(thing)
    ]


def _check_whom(asked: dict[str, Any]) -> None:
    """Refuse a group, branch or level that isn't there."""
    for name, look_up in _WHOM.items():
        if asked.get(name) is not None:
            look_up(asked[name])


def _thing(row: dict[str, Any]) -> Thing:
    """What the price is of. Raises Invalid things_unknown unless it is just one."""
    if (row["service_id"] is None) == (row["product_id"] is None):
        raise things_unknown()
    return Thing(PRODUCT, row["product_id"]) if row["service_id"] is None else Thing(SERVICE, row["service_id"])


def _price(row: dict[str, Any]) -> Price | None:
    return None if row["price"] is None else Price(row["price"], row["price_to"])


def _told(list_id: int) -> list[dict[str, Any]]:
    return [
        {
            "service_id": thing.id if thing.kind == SERVICE else None,
            "product_id": thing.id if thing.kind == PRODUCT else None,
            "price": price.price,
            "price_to": price.price_to,
        }
        for thing, price in sorted(listed_prices(list_id).items())
    ]
