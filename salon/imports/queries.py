"""What the salon knows when an import begins."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Select, select

from ..access.models import User
from ..catalog.models import Product, Service
from ..core.db import db
from ..core.text import search_key
from ..customers.models import Customer
from ..setup.models import SalonProfile
from ..setup.queries import default_branch, profile
from ..staff.models import StaffMember
from .rules import Books, Named


def books(*, actor: User | None, now: datetime) -> Books:
    """Everything that rows may name, read once. Raises NotFound `salon_missing`."""
    branch_id = default_branch().id
    services = [Named(*row) for row in db.session.execute(_SERVICES)]
    products = [Named(*row) for row in db.session.execute(_PRODUCTS)]
    staff = select(StaffMember.code, StaffMember.id).where(StaffMember.branch_id == branch_id)
    return Books(
        branch_id=branch_id,
        actor=actor,
        now=now,
        opens_at=profile().opens_at,
        club_starts_on=profile().club_starts_on,
        customers=_ids(select(Customer.code, Customer.id)),
        staff=_ids(staff),
        services={service.code: service for service in services},
        products={product.code: product for product in products},
        services_by_name=_by_name(services),
        products_by_name=_by_name(products),
    )


_SERVICES = select(Service.id, Service.code, Service.name, Service.duration)
_PRODUCTS = select(Product.id, Product.code, Product.name)


def wait_for_others() -> None:
    """Let one batch be stored at a time: whoever brings the same file in too then finds its rows there."""
    db.session.execute(select(SalonProfile.id).with_for_update(key_share=True))


def _ids(coded: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(coded)}


def _by_name(things: Iterable[Named]) -> Mapping[str, Named]:
    """Things by the key of their names; where two have one name neither can be meant."""
    found: dict[str, Named | None] = {}
    for thing in things:
        key = search_key(thing.name)
        found[key] = None if key in found else thing
    return {key: thing for key, thing in found.items() if thing is not None and key}
