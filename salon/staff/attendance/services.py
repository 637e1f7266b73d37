"""Verbs about who is here. Moments in UTC, to the minute."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ..errors import (
    already_here,
    left_before_came,
    moment_ahead,
    not_here,
    note_missing,
    staff_inactive,
    stay_overlaps,
)
from ..models import Attendance
from ..queries import locked_staff
from .queries import attendance, stays_of
from .rules import overlaps


def come_in(*, staff_id: int, at: datetime | None = None, actor: Actor | None, now: datetime) -> Attendance:
    """Somebody came, now unless said otherwise.

    Raises NotFound staff_unknown; Invalid staff_inactive, moment_ahead; DomainError already_here, stay_overlaps.
    """
    if not locked_staff(staff_id).active:
        raise staff_inactive()
    came_at = _to_the_minute(at or now)
    known = stays_of(staff_id)
    if any(stay.left_at is None for stay in known):
        raise already_here()
    if came_at > now:
        raise moment_ahead("came_at")
    if overlaps(came_at, None, known):
        raise stay_overlaps("came_at")
    added = Attendance(staff_id=staff_id, came_at=came_at, left_at=None, note="")
    db.session.add(added)
    db.session.flush()
    return added


def go_out(*, staff_id: int, at: datetime | None = None, actor: Actor | None, now: datetime) -> Attendance:
    """Somebody went, now unless said otherwise. She was here for a minute at the least.

    Raises NotFound staff_unknown; Invalid moment_ahead, left_before_came; DomainError not_here.
    """
    locked_staff(staff_id)
    here = next((stay for stay in stays_of(staff_id) if stay.left_at is None), None)
    if here is None:
        raise not_here()
    left_at = _to_the_minute(at or now)
    if left_at > now:
        raise moment_ahead("left_at")
    if left_at <= here.came_at:
        raise left_before_came()
    changed = attendance(here.id)
    changed.left_at = left_at
    db.session.flush()
    return changed


def correct_stay(
    *,
    attendance_id: int,
    came_at: datetime,
    left_at: datetime | None,
    reason: str,
    actor: Actor | None,
    now: datetime,
) -> Attendance:
    """Say when somebody really came and went, and why that was not written down then.

    Raises NotFound attendance_unknown; Invalid note_missing, moment_ahead, left_before_came; DomainError
    stay_overlaps.
    """
    changed = attendance(attendance_id)
    locked_staff(changed.staff_id)
    why = line_of(reason, Attendance.note, "reason")
    if not why:
        raise note_missing()
    came_at, left_at = _to_the_minute(came_at), None if left_at is None else _to_the_minute(left_at)
    for field, moment in (("came_at", came_at), ("left_at", left_at)):
        if moment is not None and moment > now:
            raise moment_ahead(field)
    if left_at is not None and left_at <= came_at:
        raise left_before_came()
    if overlaps(came_at, left_at, [stay for stay in stays_of(changed.staff_id) if stay.id != attendance_id]):
        raise stay_overlaps("came_at")
    changed.came_at, changed.left_at, changed.note = came_at, left_at, why
    db.session.flush()
    return changed


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
