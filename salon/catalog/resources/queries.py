"""Reads about rooms, chairs and devices."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from ...core.db import db
from ..errors import resource_not_found
from ..models import Resource, Service, ServiceResource


def resources_of(branch_id: int) -> Sequence[Resource]:
    """The rooms, chairs and devices of a branch, those that are laid aside last."""
    of_branch = select(Resource).where(Resource.branch_id == branch_id)
    return db.session.scalars(of_branch.order_by(Resource.active.desc(), Resource.position, Resource.id)).all()


def resource_of(branch_id: int, resource_id: int) -> Resource:
    """One of a branch. Raises NotFound `resource_unknown`."""
    found = db.session.get(Resource, resource_id)
    if found is None or found.branch_id != branch_id:
        raise resource_not_found()
    return found


def known_resources(ids: Collection[int], branch_id: int | None = None) -> set[int]:
    """Which of these are there and in use, in a branch or in all."""
    asked = select(Resource.id).where(Resource.id.in_(ids), Resource.active)
    return set(db.session.scalars(asked if branch_id is None else asked.where(Resource.branch_id == branch_id)))


def last_position(branch_id: int) -> int:
    """The last place in the order that is taken, or 0."""
    last = select(func.max(Resource.position)).where(Resource.branch_id == branch_id)
    return db.session.scalar(last) or 0


def needed_by(branch_id: int) -> Mapping[int, list[str]]:
    """By the number of a resource the names of the services that need it."""
    rows = db.session.execute(
        select(ServiceResource.resource_id, Service.name)
        .join(Service, Service.id == ServiceResource.service_id)
        .join(Resource, Resource.id == ServiceResource.resource_id)
        .where(Resource.branch_id == branch_id, Service.active)
        .order_by(Service.name)
    )
    found: dict[int, list[str]] = {}
    for resource_id, name in rows:
        found.setdefault(resource_id, []).append(name)
    return found
