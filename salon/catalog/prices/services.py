"""Verbs about price lists; every price that is set leaves a line in the history of its thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import InstrumentedAttribute

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ...core.money import MOST_PRICE
from ..errors import days_invalid, price_invalid, price_range_invalid, things_unknown
from ..models import ListedPrice, OwnPrice, PriceChange, PriceList, Product, Service
from ..queries import known_ids, service
from ..rules import is_price_range
from .queries import listed_prices, lock_prices, price_list
from .rules import PRODUCT, SERVICE, Price, Thing


@dataclass(frozen=True)
class ListSpec:
    """When a price list counts: lower priority first; None is any group, branch, level or day."""

    name: str
    priority: int = 100
    group_id: int | None = None
    branch_id: int | None = None
    level_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None  # the last day
    active: bool = True


def add_price_list(*, spec: ListSpec, actor: Actor | None, now: datetime) -> PriceList:
    """Begin a list of other prices. Raises DomainError price_list_exists, Invalid."""
    added = PriceList()
    _describe(added, spec)
    db.session.add(added)
    db.session.flush()
    return added


def change_price_list(*, list_id: int, spec: ListSpec, actor: Actor | None, now: datetime) -> PriceList:
    """Change when a list counts; what was sold keeps its price. Raises NotFound, DomainError, Invalid."""
    changed = price_list(list_id)
    _describe(changed, spec)
    db.session.flush()
    return changed


def set_prices(
    *, list_id: int, prices: Mapping[Thing, Price | None], actor: Actor | None, now: datetime
) -> dict[Thing, Price]:
    """Put these prices on a list, or take things off it (None); things that aren't named stay. Gives what changed.

    Raises NotFound price_list_unknown, Invalid price_invalid, price_range_invalid, things_unknown.
    """
    _check_things(prices)
    lock_prices(list_id)
    listed = listed_prices(list_id)
    changed = {
        thing: None if price is None else _checked(price, list_id)
        for thing, price in prices.items()
        if (None if price is None else (price.price, price.price_to)) != _standing(listed.get(thing))
    }
    for thing, price in changed.items():
        _write(list_id, thing, price)
        note_price(thing=thing, price=price, list_id=list_id, actor=actor, now=now)
    return {thing: price for thing, price in changed.items() if price is not None}


def set_own_prices(
    *,
    service_id: int,
    whose: str,
    prices: Mapping[int, int | None],
    actor: Actor | None = None,
    now: datetime | None = None,
) -> None:
    """Say what a service costs by these people, or for these customers, in rials; nothing: by the lists.

    `whose`: staff or customer, who are known; those that aren't named stay. What was sold keeps its price.
    Raises NotFound service_unknown, Invalid price_invalid.
    """
    column = getattr(OwnPrice, f"{whose}_id")
    service(service_id)
    if not all(price is None or 0 <= price <= MOST_PRICE for price in prices.values()):
        raise price_invalid()
    db.session.execute(delete(OwnPrice).where(OwnPrice.service_id == service_id, column.in_(list(prices))))
    rows = [
        {"service_id": service_id, f"{whose}_id": one, "price": price}
        for one, price in prices.items()
        if price is not None
    ]
    if rows:
        db.session.execute(insert(OwnPrice), rows)


def note_price(*, thing: Thing, price: Price | None, list_id: int | None, actor: Actor | None, now: datetime) -> None:
    """Keep in the history that a price was set, or that the thing was taken off a list."""
    row = {
        "service_id": thing.id if thing.kind == SERVICE else None,
        "product_id": thing.id if thing.kind == PRODUCT else None,
        "list_id": list_id,
        "price": price.price if price else None,
        "price_to": price.price_to if price else None,
        "changed_at": now,
        "changed_by": actor.id if actor else None,
    }
    db.session.execute(insert(PriceChange), row)


def _standing(price: Price | None) -> tuple[int, int | None] | None:
    return None if price is None else (price.price, price.price_to)


def _checked(price: Price, list_id: int) -> Price:
    if not 0 <= price.price <= MOST_PRICE or (price.price_to or 0) > MOST_PRICE:
        raise price_invalid()
    if not is_price_range(price.price, price.price_to):
        raise price_range_invalid()
    return Price(price.price, price.price_to, list_id)


def _check_things(prices: Mapping[Thing, object]) -> None:
    for kind, table in ((SERVICE, Service), (PRODUCT, Product)):
        asked = {thing.id for thing in prices if thing.kind == kind}
        if asked - known_ids(table, asked):
            raise things_unknown()


def _write(list_id: int, thing: Thing, price: Price | None) -> None:
    column: InstrumentedAttribute[int | None] = (
        ListedPrice.service_id if thing.kind == SERVICE else ListedPrice.product_id
    )
    db.session.execute(delete(ListedPrice).where(ListedPrice.list_id == list_id, column == thing.id))
    if price is not None:
        row = {"list_id": list_id, column.key: thing.id, "price": price.price, "price_to": price.price_to}
        db.session.execute(insert(ListedPrice), row)


def _describe(described: PriceList, spec: ListSpec) -> None:
    described.name = name_of(spec.name, PriceList.name)
    if spec.starts_on is not None and spec.ends_on is not None and spec.starts_on > spec.ends_on:
        raise days_invalid()
    described.priority = spec.priority
    described.group_id, described.branch_id, described.level_id = spec.group_id, spec.branch_id, spec.level_id
    described.starts_on, described.ends_on = spec.starts_on, spec.ends_on
    described.active = spec.active
