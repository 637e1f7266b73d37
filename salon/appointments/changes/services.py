"""Keeps what happened to a booking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ..models import AppointmentChange

_NEW_CHANGE = insert(AppointmentChange)


def record_change(
    *,
    appointment_id: int,
    what: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    actor: Actor | None,
    now: datetime,
) -> None:
    """Keep what happened to a booking (`What`), with what it was and became (`facts_of`), and why."""
    row = {
        "appointment_id": appointment_id,
        "at": now,
        "by": actor.id if actor else None,
        "what": what,
        "before": dict(before or {}),
        "after": dict(after or {}),
        "reason": line_of(reason, AppointmentChange.reason),
    }
    db.session.connection().execute(_NEW_CHANGE, row)
