"""Putting a visit's reminder into the outbox and taking it back."""

from datetime import datetime

from sqlalchemy import bindparam, select

from ...core.db import db
from ...customers.models import Customer
from ...messaging.services import NewMessage, cancel, enqueue, restore
from ...setup.models import SalonProfile
from ..models import Appointment
from .rules import Visit, due_at, reminder_key, reminder_text

_VISIT = (
    select(
        Appointment.id,
        Appointment.branch_id,
        Appointment.customer_id,
        Customer.first_name,
        Customer.mobile,
        Appointment.starts_at,
        SalonProfile.name,
        SalonProfile.reminder_minutes,
    )
    .join(Customer, Customer.id == Appointment.customer_id)
    .join(SalonProfile, SalonProfile.id == 1)
    .where(Appointment.id == bindparam("appointment"))
)


def remind(visit: Visit, *, now: datetime) -> None:
    """Put the reminder into the outbox, unless the visit is past or she has no mobile."""
    if visit.mobile is None or visit.starts_at <= now:
        return
    message = NewMessage(
        branch_id=visit.branch_id,
        customer_id=visit.customer_id,
        receiver=visit.mobile,
        kind="reminder",
        text=reminder_text(visit),
        dedupe_key=reminder_key(visit.appointment_id, visit.starts_at),
        due_at=due_at(visit, now),
        expires_at=visit.starts_at,
    )
    enqueue(message, now=now)


def remind_of(appointment_id: int, *, now: datetime) -> None:
    """The same for a booking that is there already; a reminder that was taken back goes into the outbox again."""
    visit = Visit(*db.session.connection().execute(_VISIT, {"appointment": appointment_id}).one())
    remind(visit, now=now)
    if visit.starts_at > now:
        restore(reminder_key(visit.appointment_id, visit.starts_at), due_at=due_at(visit, now))


def forget(appointment_id: int, starts_at: datetime) -> None:
    """Take the reminder back."""
    cancel(reminder_key(appointment_id, starts_at))
