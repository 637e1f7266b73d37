"""Reads about lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from ...core.db import db
from ..errors import line_unknown
from ..models import Line, LineMember, StaffMember

_ORDER = (Line.active.desc(), Line.name, Line.id)


@dataclass(frozen=True)
class LineView:
    """A line with its people: basis points of the head's part by person, nought for whoever is no assistant."""

    line: Line
    members: dict[int, int]


def lines_of(branch_id: int) -> list[LineView]:
    """Every line of a branch with its people, those that are laid aside last."""
    lines: Sequence[Line] = db.session.scalars(select(Line).where(Line.branch_id == branch_id).order_by(*_ORDER)).all()
    people = _members([line.id for line in lines])
    return [LineView(line, people.get(line.id, {})) for line in lines]


def lines_named(branch_id: int, kept_id: int | None = None) -> list[tuple[int, str]]:
    """Numbers and names of every line of a branch, and of one more, of whichever branch."""
    named = select(Line.id, Line.name).where(or_(Line.branch_id == branch_id, Line.id == kept_id))
    return [(row.id, row.name) for row in db.session.execute(named.order_by(*_ORDER))]


def line_view(line_id: int) -> LineView:
    """The line of this number with its people. Raises NotFound line_unknown."""
    found = db.session.get(Line, line_id)
    if found is None:
        raise line_unknown()
    return LineView(found, _members([line_id]).get(line_id, {}))


def locked_line(line_id: int) -> Line:
    """The line, whose people nobody else changes until the transaction ends. Raises NotFound line_unknown."""
    # Sales may name people of it meanwhile.
    asked = select(Line).where(Line.id == line_id).with_for_update(key_share=True)
    found = db.session.scalar(asked.execution_options(populate_existing=True))
    if found is None:
        raise line_unknown()
    return found


def place_of(staff_id: int) -> tuple[int | None, int]:
    """The line somebody belongs to, and her share of the head's part in basis points."""
    row = db.session.execute(
        select(LineMember.line_id, LineMember.share_bp).where(LineMember.staff_id == staff_id)
    ).one_or_none()
    return (None, 0) if row is None else (row.line_id, row.share_bp)


def line_ids_of(branch_id: int) -> dict[int, int]:
    """The line of everybody of a branch who belongs to one, by person."""
    rows = db.session.execute(
        select(LineMember.staff_id, LineMember.line_id)
        .join(Line, Line.id == LineMember.line_id)
        .where(Line.branch_id == branch_id)
    )
    return {row.staff_id: row.line_id for row in rows}


def shares_taken(line_id: int) -> int:
    """What the assistants of a line have of the head's part together, in basis points."""
    taken = select(func.coalesce(func.sum(LineMember.share_bp), 0)).where(LineMember.line_id == line_id)
    return int(db.session.scalar(taken) or 0)


def _members(line_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    rows = db.session.execute(
        select(LineMember.line_id, LineMember.staff_id, LineMember.share_bp)
        .join(StaffMember, StaffMember.id == LineMember.staff_id)
        .where(LineMember.line_id.in_(line_ids))
        .order_by(StaffMember.position, StaffMember.id)
    )
    found: dict[int, dict[int, int]] = {}
    for line_id, staff_id, share_bp in rows:
        found.setdefault(line_id, {})[staff_id] = share_bp
    return found
