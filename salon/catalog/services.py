"""Verbs about what the salon sells."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from ..access.rules import Actor
from ..core.db import db
from ..core.lengths import line_of, name_of
from ..core.money import MOST_PRICE
from ..setup.numbers.services import CodeSeries, give_code
from ..setup.queries import default_branch
from .errors import (
    PRODUCT_EXISTS,
    SERVICE_EXISTS,
    duration_invalid,
    low_stock_invalid,
    materials_invalid,
    price_invalid,
    price_range_invalid,
)
from .models import Product, Service, ServiceStaff
from .prices.rules import PRODUCT, SERVICE, Price, Thing
from .prices.services import note_price
from .queries import product, product_codes_in_use, service, service_codes_in_use
from .rules import is_duration, is_price_range

_SERVICE_CODES = CodeSeries("service", SERVICE_EXISTS, lambda _, codes: service_codes_in_use(codes), longest=80)
_PRODUCT_CODES = CodeSeries("product", PRODUCT_EXISTS, lambda _, codes: product_codes_in_use(codes), longest=80)


def add_service(
    *,
    name: str,
    price: int,
    duration: int,
    code: str | None = None,
    category: str = "",
    price_to: int | None = None,
    materials: int = 0,
    staff_ids: Iterable[int] = (),
    actor: Actor | None,
    now: datetime,
) -> Service:
    """Sell a service at a price in rials, taking so many minutes; nobody named means everybody does it.

    `materials`: what a piece takes of them, in rials. Raises DomainError service_exists, Invalid.
    """
    _check_service(price, price_to, duration, materials)
    added = Service(
        code=give_code(_SERVICE_CODES, branch_id=default_branch().id, typed=code),
        name=name_of(name, Service.name),
        category=line_of(category, Service.category),
        price=price,
        price_to=price_to,
        duration=duration,
        materials=materials,
        active=True,
    )
    db.session.add(added)
    db.session.flush()
    _write_staff(added.id, staff_ids)
    note_price(thing=Thing(SERVICE, added.id), price=Price(price, price_to), list_id=None, actor=actor, now=now)
    return added


def change_service(
    *,
    service_id: int,
    name: str,
    price: int,
    duration: int,
    category: str,
    price_to: int | None,
    active: bool,
    materials: int | None = None,
    staff_ids: Iterable[int] | None = None,
    actor: Actor | None,
    now: datetime,
) -> Service:
    """Change a service; what was sold keeps its price. Without `staff_ids` or `materials` those stay.

    Raises NotFound service_unknown, Invalid.
    """
    _check_service(price, price_to, duration, materials or 0)
    changed = service(service_id)
    changed.name = name_of(name, Service.name)
    changed.category = line_of(category, Service.category)
    if (changed.price, changed.price_to) != (price, price_to):
        note_price(thing=Thing(SERVICE, service_id), price=Price(price, price_to), list_id=None, actor=actor, now=now)
    changed.price, changed.price_to = price, price_to
    changed.duration = duration
    changed.materials = changed.materials if materials is None else materials
    changed.active = active
    if staff_ids is not None:
        _write_staff(service_id, staff_ids)
    db.session.flush()
    return changed


def _write_staff(service_id: int, staff_ids: Iterable[int]) -> None:
    """Write anew who does a service; nobody named means everybody."""
    db.session.execute(delete(ServiceStaff).where(ServiceStaff.service_id == service_id))
    named = [ServiceStaff(service_id=service_id, staff_id=staff_id) for staff_id in sorted(set(staff_ids))]
    db.session.add_all(named)
    db.session.flush()


def add_product(
    *,
    name: str,
    price: int,
    code: str | None = None,
    category: str = "",
    brand: str = "",
    counted: bool = True,
    low_stock: int = 0,
    actor: Actor | None,
    now: datetime,
) -> Product:
    """Sell a product at a price in rials; `low_stock`: pieces at which its stock is called low.

    Raises DomainError product_exists, Invalid.
    """
    _check_product(price, low_stock)
    added = Product(
        code=give_code(_PRODUCT_CODES, branch_id=default_branch().id, typed=code),
        name=name_of(name, Product.name),
        category=line_of(category, Product.category),
        brand=line_of(brand, Product.brand),
        price=price,
        counted=counted,
        low_stock=low_stock,
        active=True,
    )
    db.session.add(added)
    db.session.flush()
    note_price(thing=Thing(PRODUCT, added.id), price=Price(price), list_id=None, actor=actor, now=now)
    return added


def change_product(
    *,
    product_id: int,
    name: str,
    price: int,
    category: str,
    brand: str,
    active: bool,
    counted: bool | None = None,
    low_stock: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> Product:
    """Change a product; what was sold keeps its price. How its stock is kept stays where nothing is said of it.

    Raises NotFound product_unknown, Invalid.
    """
    _check_product(price, low_stock or 0)
    changed = product(product_id)
    if changed.price != price:
        note_price(thing=Thing(PRODUCT, product_id), price=Price(price), list_id=None, actor=actor, now=now)
    changed.name = name_of(name, Product.name)
    changed.category = line_of(category, Product.category)
    changed.brand = line_of(brand, Product.brand)
    changed.price = price
    changed.active = active
    if counted is not None:
        changed.counted = counted
    if low_stock is not None:
        changed.low_stock = low_stock
    db.session.flush()
    return changed


def _check_service(price: int, price_to: int | None, duration: int, materials: int) -> None:
    if not 0 <= materials <= MOST_PRICE:
        raise materials_invalid()
    if not 0 <= price <= MOST_PRICE or (price_to or 0) > MOST_PRICE:
        raise price_invalid()
    if not is_price_range(price, price_to):
        raise price_range_invalid()
    if not is_duration(duration):
        raise duration_invalid()


def _check_product(price: int, low_stock: int) -> None:
    if not 0 <= price <= MOST_PRICE:
        raise price_invalid()
    if low_stock < 0:
        raise low_stock_invalid()
