"""Reads for the board of some days."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select

from ...catalog.models import Service
from ...core.db import db
from ...core.jalali import start_of_day
from ...customers.models import Customer
from ..models import Appointment, AppointmentItem, Occupancy, SlotHold
from ..models import AppointmentStatus as S

_DAY = timedelta(days=1)

# A booking is shorter than a day: looking back one day finds all that reach into these days, by the index.
_BOOKED = (
    select(
        AppointmentItem.id,
        AppointmentItem.appointment_id,
        AppointmentItem.staff_id,
        AppointmentItem.starts_at,
        AppointmentItem.ends_at,
        AppointmentItem.phases,
        AppointmentItem.overbooked,
        Appointment.status,
        Appointment.customer_id,
        Appointment.note,
        Customer.first_name,
        Customer.last_name,
        Customer.mobile,
        Customer.allergies,
        Service.name.label("service"),
    )
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .join(Customer, Customer.id == Appointment.customer_id)
    .join(Service, Service.id == AppointmentItem.service_id)
    .where(
        Appointment.branch_id == bindparam("branch"),
        Appointment.status != S.CANCELLED.value,
        AppointmentItem.starts_at > bindparam("after"),
        AppointmentItem.starts_at < bindparam("before"),
        AppointmentItem.ends_at > bindparam("first"),
    )
    .order_by(AppointmentItem.starts_at, AppointmentItem.id)
)
_TAKEN = (
    select(
        Occupancy.staff_id,
        Occupancy.resource_id,
        Occupancy.starts_at,
        Occupancy.ends_at,
        Occupancy.item_id,
        Occupancy.hold_id,
    )
    .outerjoin(SlotHold, SlotHold.id == Occupancy.hold_id)
    .where(
        Occupancy.starts_at > bindparam("after"),
        Occupancy.starts_at < bindparam("before"),
        Occupancy.ends_at > bindparam("first"),
        or_(Occupancy.hold_id.is_(None), SlotHold.expires_at > bindparam("now")),
    )
    .order_by(Occupancy.starts_at, Occupancy.id)
)
_TAKEN_OF_PEOPLE = _TAKEN.where(Occupancy.staff_id.in_(bindparam("people", expanding=True)))
_TAKEN_OF_RESOURCES = _TAKEN.where(Occupancy.resource_id.in_(bindparam("resources", expanding=True)))


def booked_between(first: date, before: date, branch_id: int) -> list[Any]:
    """The booked services of the days from `first` to `before` (exclusive), without what was cancelled."""
    return list(db.session.connection().execute(_BOOKED, _range(first, before) | {"branch": branch_id}))


def taken_of_people(first: date, before: date, people: Collection[int], now: datetime) -> list[Any]:
    """What bookings, and slots that are kept still, take of these people on those days."""
    asked = _range(first, before) | {"people": sorted(people), "now": now}
    return list(db.session.connection().execute(_TAKEN_OF_PEOPLE, asked)) if people else []


def taken_of_resources(first: date, before: date, resources: Collection[int], now: datetime) -> list[Any]:
    """Likewise of rooms, chairs and devices."""
    asked = _range(first, before) | {"resources": sorted(resources), "now": now}
    return list(db.session.connection().execute(_TAKEN_OF_RESOURCES, asked)) if resources else []


def _range(first: date, before: date) -> dict[str, datetime]:
    begins = start_of_day(first)
    return {"first": begins, "after": begins - _DAY, "before": start_of_day(before)}
