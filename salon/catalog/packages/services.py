"""Verbs about packages."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from ...access.rules import Actor
from ...core.db import db, is_postgresql
from ...core.lengths import name_of
from ...core.money import MOST_PRICE
from ..errors import price_invalid
from ..models import Package, PackageItem, Service
from ..queries import known_ids
from .errors import days_invalid, package_empty, package_name_taken, sessions_invalid
from .queries import is_package_name, locked_package, package_named

_MOST_DAYS, _MOST_SESSIONS = 3_650, 1_000


@dataclass(frozen=True)
class PackageSpec:
    """A package as it is written down. Price in rials; `items`: (service id, sessions)."""

    name: str
    price: int
    valid_days: int | None
    items: tuple[tuple[int, int], ...]
    active: bool = True


def add_package(*, spec: PackageSpec, actor: Actor | None, now: datetime) -> int:
    """Offer a package and give its id. Raises Invalid, at its field."""
    added = Package()
    _describe(added, spec)
    db.session.add(added)
    db.session.flush()
    _write_items(added.id, spec)
    return added.id


def past_package(*, actor: Actor | None, now: datetime) -> int:
    """What sessions of older software stand under: a package that holds nothing and is offered to nobody. Its id."""
    name = _("جلسه‌های برنامهٔ پیشین")
    write = postgresql.insert if is_postgresql() else sqlite.insert
    row = {"name": name, "price": 0, "valid_days": None, "active": False}
    db.session.execute(write(Package).on_conflict_do_nothing(), row)
    return package_named(name)


def change_package(*, package_id: int, spec: PackageSpec, actor: Actor | None, now: datetime) -> int:
    """Change what is offered; what was sold stays as it was sold. Raises NotFound `package_unknown`, Invalid."""
    changed = locked_package(package_id)
    _describe(changed, spec)
    db.session.flush()
    db.session.execute(delete(PackageItem).where(PackageItem.package_id == package_id))
    _write_items(package_id, spec)
    return package_id


def _describe(described: Package, spec: PackageSpec) -> None:
    name = name_of(spec.name, Package.name)
    with db.session.no_autoflush:
        if is_package_name(name, besides=described.id):
            raise package_name_taken()
    if not 0 <= spec.price <= MOST_PRICE:
        raise price_invalid()
    if spec.valid_days is not None and not 1 <= spec.valid_days <= _MOST_DAYS:
        raise days_invalid()
    _check_items(spec)
    described.name, described.price, described.valid_days = name, spec.price, spec.valid_days
    described.active = spec.active


def _check_items(spec: PackageSpec) -> None:
    if not spec.items:
        raise package_empty()
    services = {service_id for service_id, _sessions in spec.items}
    if len(services) < len(spec.items) or services - known_ids(Service, services):
        raise sessions_invalid()
    if any(not 1 <= sessions <= _MOST_SESSIONS for _service, sessions in spec.items):
        raise sessions_invalid()


def _write_items(package_id: int, spec: PackageSpec) -> None:
    rows = [
        {"package_id": package_id, "service_id": service_id, "sessions": sessions}
        for service_id, sessions in spec.items
    ]
    db.session.execute(insert(PackageItem), rows)
