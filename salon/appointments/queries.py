"""Bookings as they are kept, and a customer's own."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from ..core.db import db
from ..core.jalali import SALON_ZONE, day_range
from .errors import appointment_unknown
from .models import Appointment, AppointmentItem
from .models import AppointmentStatus as S

_DAY = timedelta(days=1)

_LOCKED = (
    select(Appointment)
    .where(Appointment.id == bindparam("appointment"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_ITEMS = (
    select(AppointmentItem)
    .where(AppointmentItem.appointment_id == bindparam("appointment"))
    .order_by(AppointmentItem.staff_id, AppointmentItem.starts_at)
    .execution_options(populate_existing=True)
)
_OF_CUSTOMER = (
    select(Appointment)
    .where(
        Appointment.customer_id == bindparam("customer"),
        Appointment.starts_at >= bindparam("first"),
        Appointment.starts_at < bindparam("before"),
    )
    .order_by(Appointment.starts_at, Appointment.id)
    .options(selectinload(Appointment.items))
)


def locked(appointment_id: int) -> Appointment:
    """A booking that nobody else changes until the transaction ends. Raises NotFound `appointment_unknown`."""
    found = db.session.scalar(_LOCKED, {"appointment": appointment_id})
    if found is None:
        raise appointment_unknown()
    return found


def items_of(appointment_id: int) -> Sequence[AppointmentItem]:
    """The services of a booking, as they are in the database."""
    return db.session.scalars(_ITEMS, {"appointment": appointment_id}).all()


def appointment(appointment_id: int) -> Appointment:
    """A booking. Raises NotFound `appointment_unknown`."""
    found = db.session.get(Appointment, appointment_id)
    if found is None:
        raise appointment_unknown()
    return found


def of_branch(appointment_id: int, branch_id: int) -> Appointment:
    """A booking of this branch. Raises NotFound `appointment_unknown`."""
    found = appointment(appointment_id)
    if found.branch_id != branch_id:
        raise appointment_unknown()
    return found


def today_of(customer_id: int, day: date) -> list[Appointment]:
    """The customer's bookings of a day that still count, the earliest first."""
    first, before = day_range(day)
    asked = {"customer": customer_id, "first": first, "before": before}
    return [found for found in db.session.scalars(_OF_CUSTOMER, asked) if found.status != S.CANCELLED]


def upcoming_of(customer_id: int, day: date) -> list[Appointment]:
    """The customer's bookings after a day that still stand, the earliest first."""
    asked = {"customer": customer_id, "first": day_range(day)[1], "before": day_range(day + 400 * _DAY)[1]}
    kept = {S.BOOKED, S.CONFIRMED}
    return [found for found in db.session.scalars(_OF_CUSTOMER, asked) if found.status in kept]


def midnight_of(day: date) -> datetime:
    """The moment from which the wall clock's minutes are counted, in UTC.

    Taken from noon: on the days when the clocks of 1401 and before changed at midnight, the working day stays right.
    """
    return datetime.combine(day, time(12), SALON_ZONE).astimezone(UTC) - timedelta(hours=12)
