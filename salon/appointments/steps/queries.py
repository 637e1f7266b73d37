"""Which steps a visit may take at a moment, and by whom."""

from datetime import datetime, timedelta

from sqlalchemy import Date, bindparam, column, exists, func, or_, select, table

from ...access.rules import Actor, permissions_of
from ...core.db import db
from ...core.jalali import local_date
from ...core.permissions import Permission
from ..changes.rules import What
from ..errors import invoice_stands, reopening_refused, status_early, status_refused
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
_SALE = table(
    "invoice",
    *map(column, ("id", "kind", "status", "net", "appointment_id")),
    column("business_date", Date),
).alias("sale")
_BACK = table("invoice", column("net"), column("returns_id")).alias("back")  # of the room above this one
_OF_SALE = _BACK.c.returns_id == _SALE.c.id
_GONE_BACK = select(func.coalesce(func.sum(-_BACK.c.net), 0)).where(_OF_SALE).scalar_subquery()
_INVOICE = select(_SALE.c.id).where(
    _SALE.c.appointment_id == bindparam("appointment"),
    _SALE.c.kind == "sale",
    _SALE.c.status != "draft",
    _SALE.c.business_date >= bindparam("day"),
    or_(~exists().where(_OF_SALE), _SALE.c.net > _GONE_BACK),
)


def steps_of(found: Appointment, *, actor: Actor | None, now: datetime) -> list[S]:
    """The statuses that a booking may go to now by this person, in the order of a visit."""
    opens = is_over(found.status) and may_reopen(found, actor=actor, now=now)
    steps = [
        status
        for status in S
        if (may_become(found.status, status) or (opens and reopens(found.status, status)))
        and not is_early(status, found.starts_at, now)
    ]
    if S.CANCELLED in steps and is_invoiced(found):
        steps.remove(S.CANCELLED)
    return steps


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
    if status == S.CANCELLED and is_invoiced(found):
        raise invoice_stands()


def is_invoiced(found: Appointment) -> bool:
    """Whether an invoice that was issued for a visit on its day or later stands, in whole or in part."""
    asked = {"appointment": found.id, "day": local_date(found.starts_at)}
    return db.session.connection().execute(_INVOICE, asked).first() is not None


def may_reopen(found: Appointment, *, actor: Actor | None, now: datetime) -> bool:
    """Whether this person may begin again what is over: by permission, or for some minutes what she ended herself."""
    if actor is None or Permission.APPOINTMENTS_REOPEN in permissions_of(actor.role):
        return True
    ended = db.session.connection().execute(_ENDED, {"appointment": found.id}).first()
    return ended is not None and ended.by == actor.id and now - ended.at <= GRACE
