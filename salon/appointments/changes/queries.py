"""Reads what happened to a booking, in the words of the desk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from ...access.models import User
from ...catalog.models import Service
from ...core.db import db
from ...staff.models import StaffMember
from ..models import AppointmentChange
from .rules import Names, told

_CHANGES = (
    select(
        AppointmentChange.id,
        AppointmentChange.at,
        User.full_name.label("by"),
        AppointmentChange.what,
        AppointmentChange.before,
        AppointmentChange.after,
        AppointmentChange.reason,
    )
    .outerjoin(User, User.id == AppointmentChange.by)
    .where(AppointmentChange.appointment_id == bindparam("appointment"))
    .order_by(AppointmentChange.id.desc())
)


class Told(NamedTuple):
    """A change as it is read: who, what, when; the facts beside the words."""

    at: datetime
    by: str  # empty where nobody did it by hand
    what: str
    sentence: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]


def changes_of(appointment_id: int) -> list[Told]:
    """What happened to a booking, the latest first."""
    rows = db.session.connection().execute(_CHANGES, {"appointment": appointment_id}).all()
    names = _names(rows)
    return [_told(row, names) for row in rows]


def _told(row: Any, names: Names) -> Told:
    sentence = told(row.what, row.before, row.after, names)
    return Told(row.at, row.by or "", row.what, sentence, row.reason, row.before, row.after)


def _names(rows: Sequence[Any]) -> Names:
    items = [item for row in rows for facts in (row.before, row.after) for item in facts.get("items", ())]
    return Names(
        _named(select(Service.id, Service.name), Service.id, (item["service_id"] for item in items)),
        _named(select(StaffMember.id, StaffMember.name), StaffMember.id, (item["staff_id"] for item in items)),
    )


def _named(names: Any, column: Any, ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    return {row.id: row.name for row in db.session.execute(names.where(column.in_(wanted)))} if wanted else {}
