"""Reads the bookings of somebody's calendar."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from ...catalog.models import Resource, Service, ServiceResource
from ...core.db import db
from ...customers.models import Customer
from ...customers.rules import full_name
from ..models import Appointment, AppointmentChange, AppointmentItem
from ..rules import takes_place
from .rules import Entry

BEFORE, AHEAD = timedelta(days=60), timedelta(days=400)

_CHANGES = select(AppointmentChange).where(AppointmentChange.appointment_id == Appointment.id).correlate(Appointment)
_OF_PERSON = (
    select(
        AppointmentItem.id,
        AppointmentItem.service_id,
        AppointmentItem.starts_at,
        AppointmentItem.ends_at,
        Appointment.status,
        Appointment.status_at,
        Appointment.created_at,
        _CHANGES.with_only_columns(func.max(AppointmentChange.at)).scalar_subquery().label("changed_at"),
        _CHANGES.with_only_columns(func.count()).scalar_subquery().label("changes"),
        Customer.first_name,
        Customer.last_name,
        Service.name.label("service"),
    )
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .join(Customer, Customer.id == Appointment.customer_id)
    .join(Service, Service.id == AppointmentItem.service_id)
    .where(
        AppointmentItem.staff_id == bindparam("staff"),
        AppointmentItem.starts_at >= bindparam("first"),
        AppointmentItem.starts_at < bindparam("before"),
    )
    .order_by(AppointmentItem.starts_at, AppointmentItem.id)
)
_PLACES = (
    select(ServiceResource.service_id, Resource.name)
    .join(Resource, Resource.id == ServiceResource.resource_id)
    .where(ServiceResource.service_id.in_(bindparam("services", expanding=True)))
    .order_by(Resource.position, Resource.id)
)


def entries_of(staff_id: int, now: datetime) -> list[Entry]:
    """What somebody's calendar shows: her bookings of two months before and a year ahead, the earliest first."""
    asked = {"staff": staff_id, "first": now - BEFORE, "before": now + AHEAD}
    rows = db.session.connection().execute(_OF_PERSON, asked).all()
    places = _places(rows)
    return [
        Entry(
            row.id,
            row.starts_at,
            row.ends_at,
            row.service,
            full_name(row.first_name, row.last_name),
            "، ".join(places.get(row.service_id, ())),
            takes_place(row.status),
            row.created_at,
            max(row.created_at, row.status_at, row.changed_at or row.created_at),
            row.changes,
        )
        for row in rows
    ]


def _places(rows: Sequence[Any]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    services = sorted({row.service_id for row in rows})
    if services:
        for service_id, name in db.session.connection().execute(_PLACES, {"services": services}):
            found[service_id].append(name)
    return found
