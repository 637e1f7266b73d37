"""Verbs about rooms, chairs and devices."""

from dataclasses import dataclass
from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ..errors import capacity_invalid
from ..models import Resource
from .queries import last_position, resource_of

MOST_CAPACITY = 100


@dataclass(frozen=True)
class ResourceSpec:
    """A room, chair or device as somebody describes it. `capacity`: customers at a time; no `position`: as it was."""

    name: str
    kind: str
    capacity: int = 1
    active: bool = True
    position: int | None = None


def add_resource(
    *, branch_id: int, spec: ResourceSpec, actor: Actor | None = None, now: datetime | None = None
) -> Resource:
    """Begin to use a room, chair or device. Raises DomainError `resource_exists`, Invalid."""
    added = Resource(branch_id=branch_id, position=last_position(branch_id) + 1)
    _describe(added, spec)
    db.session.add(added)
    db.session.flush()
    return added


def change_resource(
    *, branch_id: int, resource_id: int, spec: ResourceSpec, actor: Actor | None = None, now: datetime | None = None
) -> Resource:
    """Describe it anew, or lay it aside; what is booked stays. Raises NotFound, DomainError, Invalid."""
    changed = resource_of(branch_id, resource_id)
    _describe(changed, spec)
    db.session.flush()
    return changed


def _describe(changed: Resource, spec: ResourceSpec) -> None:
    if not 1 <= spec.capacity <= MOST_CAPACITY:
        raise capacity_invalid()
    changed.name = name_of(spec.name, Resource.name)
    changed.kind, changed.capacity, changed.active = spec.kind, spec.capacity, spec.active
    if spec.position is not None:
        changed.position = spec.position
