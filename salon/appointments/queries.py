"""Free times, the board of a day, and a customer's bookings."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from ..catalog.models import Service
from ..core.db import db
from ..core.jalali import SALON_ZONE, day_range, weekday_of
from ..customers.models import Customer
from ..staff.models import StaffMember, WorkingHours
from .errors import appointment_unknown
from .models import Appointment, AppointmentItem
from .models import AppointmentStatus as S
from .rules import Span

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
_BOARD = (
    select(
        AppointmentItem.id,
        AppointmentItem.appointment_id,
        AppointmentItem.staff_id,
        AppointmentItem.starts_at,
        AppointmentItem.ends_at,
        Appointment.status,
        Appointment.customer_id,
        Customer.first_name,
        Customer.last_name,
        Customer.allergies,
        Service.name.label("service"),
    )
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .join(Customer, Customer.id == Appointment.customer_id)
    .join(Service, Service.id == AppointmentItem.service_id)
    .where(
        Appointment.branch_id == bindparam("branch"),
        Appointment.status != S.CANCELLED.value,
        AppointmentItem.starts_at >= bindparam("first"),
        AppointmentItem.starts_at < bindparam("before"),
    )
    .order_by(AppointmentItem.starts_at, AppointmentItem.id)
)
_WORKING_ON = (
    select(WorkingHours.staff_id, WorkingHours.starts_at, WorkingHours.ends_at)
    .join(StaffMember, StaffMember.id == WorkingHours.staff_id)
    .where(StaffMember.branch_id == bindparam("branch"), WorkingHours.weekday == bindparam("weekday"))
    .order_by(WorkingHours.starts_at)
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


def board(day: date, branch_id: int) -> list[Any]:
    """What is on the board of a day, cancelled bookings aside."""
    first, before = day_range(day)
    return list(db.session.connection().execute(_BOARD, {"branch": branch_id, "first": first, "before": before}))


def working_hours(day: date, branch_id: int) -> dict[int, list[Span]]:
    """When each person works that day, in minutes after midnight."""
    found: dict[int, list[Span]] = {}
    rows = db.session.connection().execute(_WORKING_ON, {"branch": branch_id, "weekday": weekday_of(day)})
    for staff_id, starts, ends in rows:
        found.setdefault(staff_id, []).append(Span(starts, ends))
    return found


def appointment(appointment_id: int) -> Appointment:
    """A booking. Raises NotFound `appointment_unknown`."""
    found = db.session.get(Appointment, appointment_id)
    if found is None:
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
