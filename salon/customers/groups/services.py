"""Verbs about groups of customers."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ..models import CustomerGroup
from .queries import customer_group


def add_group(*, name: str, active: bool = True, actor: Actor | None, now: datetime) -> CustomerGroup:
    """Begin a group. Raises DomainError group_exists, Invalid name_missing, text_long."""
    added = CustomerGroup(name=name_of(name, CustomerGroup.name), active=active)
    db.session.add(added)
    db.session.flush()
    return added


def change_group(*, group_id: int, name: str, active: bool, actor: Actor | None, now: datetime) -> CustomerGroup:
    """Rename a group or lay it aside; who is in it stays in it. Raises NotFound group_unknown, and as `add_group`."""
    changed = customer_group(group_id)
    changed.name, changed.active = name_of(name, CustomerGroup.name), active
    db.session.flush()
    return changed
