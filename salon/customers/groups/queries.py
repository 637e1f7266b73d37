"""Reads about groups of customers."""

from collections.abc import Sequence

from sqlalchemy import func, select

from ...core.db import db
from ..errors import group_unknown
from ..models import Customer, CustomerGroup


def customer_groups() -> Sequence[CustomerGroup]:
    """Every group by name, those that are laid aside last."""
    order = (CustomerGroup.active.desc(), CustomerGroup.name, CustomerGroup.id)
    return db.session.scalars(select(CustomerGroup).order_by(*order)).all()


def groups_offered(kept_id: int | None = None) -> list[tuple[int, str]]:
    """Numbers and names of the groups that may be given, and of the one she has."""
    return [(group.id, group.name) for group in customer_groups() if group.active or group.id == kept_id]


def customer_group(group_id: int) -> CustomerGroup:
    """The group of this number. Raises NotFound group_unknown."""
    found = db.session.get(CustomerGroup, group_id)
    if found is None:
        raise group_unknown()
    return found


def group_sizes() -> dict[int, int]:
    """How many customers each group has."""
    counted = select(Customer.group_id, func.count()).where(Customer.group_id.is_not(None)).group_by(Customer.group_id)
    return {group_id: int(count) for group_id, count in db.session.execute(counted) if group_id is not None}
