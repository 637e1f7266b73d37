"""Verbs about bookings that have to be moved."""

from datetime import datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ..errors import appointment_unknown
from ..models import StandingItem
from .queries import displaced


def leave_standing(*, branch_id: int, item_id: int, actor: Actor | None, now: datetime) -> None:
    """Leave a booked service where it is, whoever comes in for it; it is listed no more while nothing changes.

    Raises NotFound `appointment_unknown` for one that needn't be moved.
    """
    found = next((one for one in displaced(branch_id, now) if one.item_id == item_id), None)
    if found is None:
        raise appointment_unknown()
    db.session.execute(delete(StandingItem).where(StandingItem.item_id == item_id))
    left = StandingItem(item_id=item_id, staff_id=found.staff_id, starts_at=found.starts_at, why=found.why.value)
    left.kept_at, left.kept_by = now, actor.id if actor else None
    db.session.add(left)
    db.session.flush()
