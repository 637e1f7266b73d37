"""Reads about what the salon sells."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, select, union

from ..core.db import db
from .errors import product_unknown, service_unknown
from .models import Product, Service, ServiceStaff

_ACTIVE_SERVICES = select(Service).where(Service.active).order_by(Service.category, Service.name, Service.id)
_ACTIVE_PRODUCTS = select(Product).where(Product.active).order_by(Product.category, Product.name, Product.id)
_STAFF_OF = select(ServiceStaff.staff_id).where(ServiceStaff.service_id == bindparam("service_id"))


def active_services() -> Sequence[Service]:
    """What can be booked and sold, by category."""
    return db.session.scalars(_ACTIVE_SERVICES).all()


def all_services() -> Sequence[Service]:
    """Every service, those that are sold first."""
    order = (Service.active.desc(), Service.category, Service.name, Service.id)
    return db.session.scalars(select(Service).order_by(*order)).all()


def service(service_id: int) -> Service:
    """The service of this number. Raises NotFound service_unknown."""
    found = db.session.get(Service, service_id)
    if found is None:
        raise service_unknown()
    return found


def service_by_code(code: str) -> Service | None:
    """The service of this code."""
    return db.session.scalar(select(Service).where(Service.code == code))


def service_codes_in_use(codes: Collection[str]) -> set[str]:
    """Which of these codes a service has."""
    return set(db.session.scalars(select(Service.code).where(Service.code.in_(codes))))


def staff_ids_of(service_id: int) -> set[int]:
    """Who does a service; empty when everybody does."""
    return set(db.session.scalars(_STAFF_OF, {"service_id": service_id}))


def staff_ids_by_service() -> dict[int, set[int]]:
    """Who does each service that names somebody."""
    found: dict[int, set[int]] = {}
    for service_id, staff_id in db.session.execute(select(ServiceStaff.service_id, ServiceStaff.staff_id)):
        found.setdefault(service_id, set()).add(staff_id)
    return found


def active_products() -> Sequence[Product]:
    """What is sold over the counter, by category."""
    return db.session.scalars(_ACTIVE_PRODUCTS).all()


def all_products() -> Sequence[Product]:
    """Every product, those that are sold first."""
    order = (Product.active.desc(), Product.category, Product.name, Product.id)
    return db.session.scalars(select(Product).order_by(*order)).all()


def product(product_id: int) -> Product:
    """The product of this number. Raises NotFound product_unknown."""
    found = db.session.get(Product, product_id)
    if found is None:
        raise product_unknown()
    return found


def product_by_code(code: str) -> Product | None:
    """The product of this code."""
    return db.session.scalar(select(Product).where(Product.code == code))


def product_codes_in_use(codes: Collection[str]) -> set[str]:
    """Which of these codes a product has."""
    return set(db.session.scalars(select(Product.code).where(Product.code.in_(codes))))


def known_ids(table: type[Service] | type[Product], ids: Collection[int]) -> set[int]:
    """Which of these numbers a service, or a product, has."""
    return set(db.session.scalars(select(table.id).where(table.id.in_(ids)))) if ids else set()


def services_named() -> list[tuple[int, str]]:
    """Numbers and names of all services."""
    return [(one.id, one.name) for one in all_services()]


def products_named() -> list[tuple[int, str]]:
    """Numbers and names of all products."""
    return [(one.id, one.name) for one in all_products()]


def categories() -> list[str]:
    """Every category of services and goods, once."""
    named = union(select(Service.category), select(Product.category))
    return sorted(category for category in db.session.scalars(named) if category)
