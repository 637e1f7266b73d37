"""Packages as they are offered."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select

from ...core.db import db
from ..models import Package, PackageItem, Service
from .errors import package_unknown
from .rules import Item, Offer


def packages() -> Sequence[Offer]:
    """All packages, those that are offered first, by name."""
    return _offers()


def active_packages() -> Sequence[Offer]:
    """The packages that are offered, by name."""
    return _offers(Package.active.is_(True))


def packages_by_id(ids: Collection[int]) -> dict[int, Offer]:
    """Packages by their ids; unknown ids are left out."""
    return {offer.id: offer for offer in _offers(Package.id.in_(ids))} if ids else {}


def package(package_id: int) -> Offer:
    """A package. Raises NotFound `package_unknown`."""
    found = packages_by_id([package_id])
    if not found:
        raise package_unknown()
    return found[package_id]


def locked_package(package_id: int) -> Package:
    """A package that nobody else changes meanwhile. Raises NotFound `package_unknown`."""
    found = db.session.scalar(select(Package).where(Package.id == package_id).with_for_update())
    if found is None:
        raise package_unknown()
    return found


def is_package_name(name: str, *, besides: int | None) -> bool:
    """Whether a package, besides this one, has this name."""
    named = select(Package.id).where(Package.name == name, Package.id != (besides or 0))
    return db.session.scalar(named) is not None


def package_named(name: str) -> int:
    """The id of the package of this name, which there is."""
    return db.session.scalars(select(Package.id).where(Package.name == name)).one()


def _offers(*conditions: ColumnElement[bool]) -> list[Offer]:
    rows = db.session.execute(
        select(Package, PackageItem, Service)
        .join(PackageItem, PackageItem.package_id == Package.id)
        .join(Service, Service.id == PackageItem.service_id)
        .where(*conditions)
        .order_by(Package.active.desc(), Package.name, PackageItem.id)
    ).all()
    items: dict[int, list[Item]] = {}
    for kept, item, service in rows:
        items.setdefault(kept.id, []).append(Item(service.id, service.name, item.sessions, service.price))
    kept_by_id = {kept.id: kept for kept, _item, _service in rows}
    return [
        Offer(kept.id, kept.name, kept.price, kept.valid_days, kept.active, tuple(items[kept.id]))
        for kept in kept_by_id.values()
    ]
