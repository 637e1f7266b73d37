"""Keeps what happened to a booking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ..models import AppointmentChange, AppointmentStatus
from .rules import What

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
    _write(appointment_id, what, before or {}, after or {}, reason, actor.id if actor else None, now)


def record_finish(*, appointment_id: int, actor_id: int | None, now: datetime) -> None:
    """Keep that a visit ended because its invoice was issued."""
    after = {"status": AppointmentStatus.DONE.value, "by_invoice": True}
    _write(appointment_id, What.STATUS, {}, after, "", actor_id, now)


def _write(
    appointment_id: int,
    what: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str,
    by: int | None,
    now: datetime,
) -> None:
    row = {"appointment_id": appointment_id, "at": now, "by": by, "what": what}
    row |= {"before": dict(before), "after": dict(after), "reason": line_of(reason, AppointmentChange.reason)}
    db.session.connection().execute(_NEW_CHANGE, row)
