"""Reads what a customer made of her bookings."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select

from ...catalog.models import OwnPrice, Service, ServiceExtra
from ...core.db import db
from ...core.jalali import add_months, local_date, start_of_day
from ..models import Appointment
from ..models import AppointmentStatus as S
from .rules import MONTHS, Record

_MISSED = Appointment.status == S.NO_SHOW.value
_LATE = and_(Appointment.status == S.CANCELLED.value, Appointment.late)
_RECORD = select(func.coalesce(func.sum(case((_MISSED, 1), else_=0)), 0), func.count()).where(
    Appointment.customer_id == bindparam("customer"),
    Appointment.starts_at >= bindparam("first"),
    Appointment.starts_at <= bindparam("until"),
    or_(_MISSED, _LATE),
)
_OWN = (
    select(Service.id, Service.name, ServiceExtra.minutes, OwnPrice.price)
    .outerjoin(
        ServiceExtra, and_(ServiceExtra.service_id == Service.id, ServiceExtra.customer_id == bindparam("customer"))
    )
    .outerjoin(OwnPrice, and_(OwnPrice.service_id == Service.id, OwnPrice.customer_id == bindparam("customer")))
    .where(or_(ServiceExtra.id.is_not(None), OwnPrice.id.is_not(None)))
    .order_by(Service.name)
)


class OwnTerms(NamedTuple):
    """How much longer a service takes with a customer (minutes), and what it costs her (rials), where that differs."""

    service_id: int
    service: str
    minutes: int | None
    price: int | None


def own_terms_of(customer_id: int) -> list[OwnTerms]:
    """Minutes and prices of her own."""
    return [OwnTerms(*row) for row in db.session.connection().execute(_OWN, {"customer": customer_id})]


def record_of(customer_id: int, now: datetime) -> Record:
    """Her no-shows, and what she called off late, of the last twelve months and of the days ahead."""
    first = start_of_day(add_months(local_date(now), -MONTHS))
    asked = {"customer": customer_id, "first": first, "until": start_of_day(add_months(local_date(now), MONTHS))}
    missed, all_of_them = db.session.connection().execute(_RECORD, asked).one()
    return Record(int(missed), int(all_of_them) - int(missed))
