"""Reads about rooms, chairs and devices."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core.db import db
from ..errors import resource_not_found
from ..models import Resource


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
