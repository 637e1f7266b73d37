"""Reads about schemes of pay, and about whom they mean."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import selectinload

from ...core.db import db
from ...setup.models import Branch
from ..errors import scheme_unknown
from ..models import Line, LineMember, PayScheme, StaffLevel, StaffMember
from .rules import Place

_IN_FORCE = (
    PayScheme.starts_on <= bindparam("day"),
    or_(PayScheme.ends_on.is_(None), PayScheme.ends_on >= bindparam("day")),
)
_ANY = select(PayScheme.id).where(*_IN_FORCE).limit(1)
_ON = select(PayScheme).options(selectinload(PayScheme.steps)).where(*_IN_FORCE).order_by(PayScheme.id)
_ORDER = (PayScheme.starts_on.desc(), PayScheme.name, PayScheme.id)


def pays_by_scheme(day: date) -> bool:
    """Whether any scheme is in force on a day."""
    return db.session.connection().execute(_ANY, {"day": day}).first() is not None


def schemes_on(day: date) -> Sequence[PayScheme]:
    """The schemes in force on a day, with their steps."""
    return db.session.scalars(_ON, {"day": day}).all()


def all_schemes() -> Sequence[PayScheme]:
    """Every scheme with its steps, the latest first."""
    return db.session.scalars(select(PayScheme).options(selectinload(PayScheme.steps)).order_by(*_ORDER)).all()


def schemes_within(starts_on: date, ends_before: date) -> Sequence[PayScheme]:
    """The schemes in force on any of these days."""
    meant: list[ColumnElement[bool]] = [
        PayScheme.starts_on < ends_before,
        or_(PayScheme.ends_on.is_(None), PayScheme.ends_on >= starts_on),
    ]
    return db.session.scalars(
        select(PayScheme).options(selectinload(PayScheme.steps)).where(*meant).order_by(PayScheme.id)
    ).all()


def whom_named() -> dict[str, dict[int, str]]:
    """What people, lines and levels of all branches are called, by the field of a scheme that names them."""
    named: dict[str, type[StaffMember | Line | StaffLevel]] = {
        "staff_id": StaffMember,
        "line_id": Line,
        "level_id": StaffLevel,
    }
    return {
        field: {row.id: row.name for row in db.session.execute(select(of.id, of.name))} for field, of in named.items()
    }


def pay_scheme(scheme_id: int) -> PayScheme:
    """The scheme of this number. Raises NotFound scheme_unknown."""
    found = db.session.get(PayScheme, scheme_id)
    if found is None:
        raise scheme_unknown()
    return found


def lock_schemes() -> None:
    """Let nobody else make schemes until the transaction ends: two at once could each miss the other's."""
    # Sales may name the branch meanwhile.
    db.session.execute(select(Branch.id).order_by(Branch.id).limit(1).with_for_update(key_share=True))


def places_of(staff_ids: Collection[int]) -> dict[int, Place]:
    """Where each of these people stands; a line that is laid aside is none."""
    asked = select(StaffMember.id, StaffMember.level_id).where(StaffMember.id.in_(staff_ids))
    levels = dict(db.session.execute(asked).all())
    lines: dict[int, set[int]] = {}
    belongs = (
        select(LineMember.staff_id, LineMember.line_id)
        .join(Line, Line.id == LineMember.line_id)
        .where(LineMember.staff_id.in_(staff_ids), Line.active)
    )
    heads = select(Line.head_id, Line.id).where(Line.head_id.in_(staff_ids), Line.active)
    for staff_id, line_id in [*db.session.execute(belongs), *db.session.execute(heads)]:
        lines.setdefault(staff_id, set()).add(line_id)
    return {staff_id: Place(level, frozenset(lines.get(staff_id, ()))) for staff_id, level in levels.items()}


def assistants_of(head_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Who takes a part of what these people earn: (staff id, basis points) by head. Whoever left takes none."""
    rows: Iterable[Any] = db.session.execute(
        select(Line.head_id, LineMember.staff_id, LineMember.share_bp)
        .join(LineMember, LineMember.line_id == Line.id)
        .join(StaffMember, StaffMember.id == LineMember.staff_id)
        .where(Line.head_id.in_(head_ids), Line.active, StaffMember.active)
        .where(LineMember.share_bp > 0, LineMember.staff_id != Line.head_id)
        .order_by(LineMember.staff_id)
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for head_id, staff_id, share_bp in rows:
        found.setdefault(head_id, []).append((staff_id, share_bp))
    return found
