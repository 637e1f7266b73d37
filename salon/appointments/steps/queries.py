"""Which steps a visit may take at a moment, and by whom."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from ...access.rules import Actor, permissions_of
from ...core.db import db
from ...core.permissions import Permission
from ..changes.rules import What
from ..errors import reopening_refused, status_early, status_refused
from ..models import Appointment, AppointmentChange
from ..models import AppointmentStatus as S
from ..rules import STATUS_LABELS, is_early, is_over, may_become, reopens

GRACE = timedelta(minutes=10)  # in which whoever ended a visit takes a slip of the finger back
_ENDED = (
    select(AppointmentChange.at, AppointmentChange.by)
    .where(
        AppointmentChange.appointment_id == bindparam("appointment"),
        AppointmentChange.what.in_([What.STATUS.value, What.REOPENED.value]),
    )
    .order_by(AppointmentChange.id.desc())
    .limit(1)
)


def steps_of(found: Appointment, *, actor: Actor | None, now: datetime) -> list[S]:
    """The statuses that a booking may go to now by this person, in the order of a visit."""
    opens = is_over(found.status) and may_reopen(found, actor=actor, now=now)
    return [
        status
        for status in S
        if (may_become(found.status, status) or (opens and reopens(found.status, status)))
        and not is_early(status, found.starts_at, now)
    ]


def check_step(found: Appointment, status: str, *, actor: Actor | None, now: datetime) -> None:
    """Refuse a step that a booking does not take. Raises DomainError `wrong_status`."""
    now_is, wanted = str(STATUS_LABELS[S(found.status)]), str(STATUS_LABELS[S(status)])
    over = is_over(found.status)
    if not (reopens(found.status, status) if over else may_become(found.status, status)):
        raise status_refused(now_is, wanted)
    if over and not may_reopen(found, actor=actor, now=now):
        raise reopening_refused(now_is)
    if is_early(status, found.starts_at, now):
        raise status_early(wanted)


def may_reopen(found: Appointment, *, actor: Actor | None, now: datetime) -> bool:
    """Whether this person may begin again what is over: by permission, or for some minutes what she ended herself."""
    if actor is None or Permission.APPOINTMENTS_REOPEN in permissions_of(actor.role):
        return True
    ended = db.session.connection().execute(_ENDED, {"appointment": found.id}).first()
    return ended is not None and ended.by == actor.id and now - ended.at <= GRACE
