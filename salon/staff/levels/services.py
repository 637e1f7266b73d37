"""Verbs about levels of staff."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ..models import StaffLevel
from ..queries import staff_member
from .queries import staff_level


def add_level(*, name: str, position: int = 0, active: bool = True, actor: Actor | None, now: datetime) -> StaffLevel:
    """Begin a level. Raises DomainError level_exists, Invalid name_missing, text_long."""
    added = StaffLevel(name=name_of(name, StaffLevel.name), position=position, active=active)
    db.session.add(added)
    db.session.flush()
    return added


def change_level(
    *, level_id: int, name: str, position: int, active: bool, actor: Actor | None, now: datetime
) -> StaffLevel:
    """Rename a level, move it or lay it aside; who has it keeps it. Raises NotFound, and as `add_level`."""
    changed = staff_level(level_id)
    changed.name, changed.position, changed.active = name_of(name, StaffLevel.name), position, active
    db.session.flush()
    return changed


def give_level(*, staff_id: int, level_id: int | None, actor: Actor | None, now: datetime) -> None:
    """Say how experienced somebody is; None: nothing is said. Raises NotFound staff_unknown, level_unknown."""
    member = staff_member(staff_id)
    member.level_id = None if level_id is None else staff_level(level_id).id
    db.session.flush()
