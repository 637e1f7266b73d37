"""Verbs about lines (لاین). The head is one of her line's people; nobody belongs to two lines."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, update

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ...core.money import WHOLE, is_share
from ..errors import share_invalid, shares_above_whole, staff_unknown
from ..models import Line, LineMember
from ..queries import all_staff, staff_member
from .queries import locked_line, shares_taken


def add_line(
    *,
    branch_id: int,
    name: str,
    head_id: int | None = None,
    members: Mapping[int, int] | None = None,
    active: bool = True,
    actor: Actor | None,
    now: datetime,
) -> Line:
    """Begin a line: its head, and by person the share of the head's part in basis points (0: no assistant).

    Whoever belonged to another line leaves it. Raises DomainError line_exists; NotFound staff_unknown; Invalid
    name_missing, share_invalid, shares_above_whole.
    """
    added = Line(branch_id=branch_id, name=name_of(name, Line.name), active=active)
    db.session.add(added)
    db.session.flush()
    _write_people(added, head_id, members or {})
    return added


def change_line(
    *,
    line_id: int,
    name: str,
    head_id: int | None,
    members: Mapping[int, int],
    active: bool,
    actor: Actor | None,
    now: datetime,
) -> Line:
    """Rename a line, give it another head and other people, or lay it aside. Raises NotFound, and as `add_line`."""
    changed = locked_line(line_id)
    changed.name, changed.active = name_of(name, Line.name), active
    db.session.flush()
    _write_people(changed, head_id, members)
    return changed


def join_line(*, staff_id: int, line_id: int | None, share_bp: int, actor: Actor | None, now: datetime) -> None:
    """Let somebody belong to a line with this share, or to none. A head stays head of the line that she stays in.

    Raises NotFound staff_unknown, line_unknown; Invalid share_invalid, shares_above_whole.
    """
    line = None if line_id is None else locked_line(line_id)
    _leave([staff_member(staff_id).id], stays_in=line_id)
    if line is not None:
        _enter(line, {staff_id: share_bp})


def _write_people(line: Line, head_id: int | None, members: Mapping[int, int]) -> None:
    people = dict(members) | ({} if head_id is None else {head_id: 0})
    db.session.execute(delete(LineMember).where(LineMember.line_id == line.id))
    _leave(list(people), stays_in=line.id)
    _enter(line, people)
    line.head_id = head_id
    db.session.flush()


def _leave(staff_ids: list[int], stays_in: int | None) -> None:
    """Take people out of the lines they belong to; what they were heads of has no head then."""
    db.session.execute(delete(LineMember).where(LineMember.staff_id.in_(staff_ids)))
    headed = update(Line).where(Line.head_id.in_(staff_ids))
    if stays_in is not None:
        headed = headed.where(Line.id != stays_in)
    db.session.execute(headed.values(head_id=None))


def _enter(line: Line, people: Mapping[int, int]) -> None:
    if not people.keys() <= {member.id for member in all_staff(line.branch_id)}:
        raise staff_unknown()
    if not all(is_share(share_bp) for share_bp in people.values()):
        raise share_invalid()
    rows = [{"line_id": line.id, "staff_id": staff_id, "share_bp": share} for staff_id, share in people.items()]
    if rows:
        db.session.execute(insert(LineMember), rows)
        _check_sum(line.id)


def _check_sum(line_id: int) -> None:
    """What assistants take of the head's part is no more than it."""
    if shares_taken(line_id) > WHOLE:
        raise shares_above_whole()
