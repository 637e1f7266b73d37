"""Verbs about when people work; bookings that fall out of it stay, and are told of."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ...core.hours import is_span
from ...core.lengths import line_of
from ..errors import absence_invalid, absence_unknown, hours_invalid
from ..models import Absence, StaffDay, WorkingHours
from ..queries import staff_member

Span = tuple[int, int]  # minutes after midnight, from and to


def set_hours(
    *, staff_id: int, week: Mapping[int, Sequence[Span]], actor: Actor | None = None, now: datetime | None = None
) -> None:
    """Say when she works on these weekdays (0 is Saturday), breaks between the spans; none: she is off.

    Raises NotFound `staff_unknown`, Invalid `hours_invalid`.
    """
    staff_member(staff_id)
    for spans in week.values():
        _check_spans(spans)
    of_days = WorkingHours.staff_id == staff_id, WorkingHours.weekday.in_(list(week))
    db.session.execute(delete(WorkingHours).where(*of_days))
    db.session.add_all(
        WorkingHours(staff_id=staff_id, weekday=weekday, starts_at=starts, ends_at=ends)
        for weekday, spans in sorted(week.items())
        for starts, ends in sorted(spans)
    )
    db.session.flush()


def set_day(
    *,
    staff_id: int,
    day: date,
    spans: Sequence[Span] | None,
    actor: Actor | None = None,
    now: datetime | None = None,
) -> None:
    """Say that she works otherwise on a date; no spans: she is off; None: as on every such weekday.

    Raises NotFound `staff_unknown`, Invalid `hours_invalid`.
    """
    staff_member(staff_id)
    _check_spans(spans or ())
    db.session.execute(delete(StaffDay).where(StaffDay.staff_id == staff_id, StaffDay.day == day))
    if spans is not None:
        told: Sequence[tuple[int | None, int | None]] = sorted(spans) or [(None, None)]
        db.session.add_all(
            StaffDay(staff_id=staff_id, day=day, starts_at=starts, ends_at=ends) for starts, ends in told
        )
    db.session.flush()


def add_absence(
    *, staff_id: int, starts_at: datetime, ends_at: datetime, reason: str = "", actor: Actor | None, now: datetime
) -> Absence:
    """Say that she is away. Raises NotFound `staff_unknown`, Invalid `absence_invalid`."""
    staff_member(staff_id)
    if starts_at >= ends_at:
        raise absence_invalid()
    added = Absence(
        staff_id=staff_id,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=line_of(reason, Absence.reason),
        created_at=now,
        created_by=actor.id if actor else None,
    )
    db.session.add(added)
    db.session.flush()
    return added


def end_absence(*, absence_id: int, actor: Actor | None = None, now: datetime | None = None) -> None:
    """Take an absence back. Raises NotFound `absence_unknown`."""
    found = db.session.get(Absence, absence_id)
    if found is None:
        raise absence_unknown()
    db.session.delete(found)
    db.session.flush()


def _check_spans(spans: Collection[Span]) -> None:
    """Refuse times that end before they begin, or that overlap."""
    ordered = sorted(spans)
    if not all(is_span(*span) for span in ordered):
        raise hours_invalid()
    if any(before[1] > after[0] for before, after in pairwise(ordered)):
        raise hours_invalid("starts_at")
