"""Reads how a branch's calendar stands, in few statements."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, or_, select

from ....catalog.models import Resource
from ....core.db import db
from ....core.jalali import local_date
from ....setup.days.queries import closed_days
from ....staff.models import Absence, StaffDay, StaffMember, WorkingHours
from ...availability.queries import MOST_DAYS
from ...models import Occupancy, SlotHold
from .rules import HeldTime, Seen, Standing

_SEEN = "salon_openings"
_DAY = timedelta(days=1)
_OURS: Any = select(StaffMember.id).where(StaffMember.branch_id == bindparam("branch"), StaffMember.active)
_ROOMS: Any = select(Resource.id).where(Resource.branch_id == bindparam("branch"))
# A booking is shorter than a day: looking back one day finds all that are not over, by the index.
_HELD_NOW = (
    select(Occupancy.id, Occupancy.staff_id, Occupancy.resource_id, Occupancy.starts_at, Occupancy.ends_at)
    .outerjoin(SlotHold, SlotHold.id == Occupancy.hold_id)
    .where(
        Occupancy.starts_at > bindparam("after"),
        Occupancy.ends_at > bindparam("now"),
        or_(Occupancy.hold_id.is_(None), SlotHold.expires_at > bindparam("now")),
    )
)
_HELD = (_HELD_NOW.where(Occupancy.staff_id.in_(_OURS)), _HELD_NOW.where(Occupancy.resource_id.in_(_ROOMS)))
_WORKS = [
    _OURS.order_by(StaffMember.id),
    select(WorkingHours.staff_id, WorkingHours.weekday, WorkingHours.starts_at, WorkingHours.ends_at)
    .where(WorkingHours.staff_id.in_(_OURS))
    .order_by(WorkingHours.staff_id, WorkingHours.weekday, WorkingHours.starts_at),
    select(StaffDay.staff_id, StaffDay.day, StaffDay.starts_at, StaffDay.ends_at)
    .where(StaffDay.staff_id.in_(_OURS), StaffDay.day >= bindparam("today"))
    .order_by(StaffDay.staff_id, StaffDay.day, StaffDay.starts_at),
    select(Absence.staff_id, Absence.starts_at, Absence.ends_at)
    .where(Absence.staff_id.in_(_OURS), Absence.ends_at > bindparam("now"))
    .order_by(Absence.staff_id, Absence.starts_at, Absence.ends_at),
]


def standing_of(branch_id: int, now: datetime) -> Standing:
    """What is held in a branch from now on, and when it works from today on."""
    connection, today = db.session.connection(), local_date(now)
    asked = {"branch": branch_id, "now": now, "after": now - _DAY, "today": today}
    held = frozenset(HeldTime(*row) for question in _HELD for row in connection.execute(question, asked))
    works = tuple(tuple(map(tuple, connection.execute(question, asked))) for question in _WORKS)
    closed = tuple(sorted(closed_days(branch_id, today, today + MOST_DAYS * _DAY)))
    return Standing(held, (works, closed))


def seen_in(branch_id: int) -> Seen:
    """What this program remembers of a branch; a new one remembers nothing and looks at everybody."""
    seen: dict[int, Seen] = current_app.extensions.setdefault(_SEEN, {})
    return seen.setdefault(branch_id, Seen())
