"""Reads about levels of staff."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core.db import db
from ..errors import level_unknown
from ..models import StaffLevel


def staff_levels() -> Sequence[StaffLevel]:
    """Every level in its order, those that are laid aside last."""
    order = (StaffLevel.active.desc(), StaffLevel.position, StaffLevel.id)
    return db.session.scalars(select(StaffLevel).order_by(*order)).all()


def levels_offered(kept_id: int | None = None) -> list[tuple[int, str]]:
    """Numbers and names of the levels that may be given, and of the one she has."""
    return [(level.id, level.name) for level in staff_levels() if level.active or level.id == kept_id]


def staff_level(level_id: int) -> StaffLevel:
    """The level of this number. Raises NotFound level_unknown."""
    found = db.session.get(StaffLevel, level_id)
    if found is None:
        raise level_unknown()
    return found
