"""Reads what a customer made of her bookings."""

from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, or_, select

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


def record_of(customer_id: int, now: datetime) -> Record:
    """Her no-shows, and what she called off late, of the last twelve months and of the days ahead."""
    first = start_of_day(add_months(local_date(now), -MONTHS))
    asked = {"customer": customer_id, "first": first, "until": start_of_day(add_months(local_date(now), MONTHS))}
    missed, all_of_them = db.session.connection().execute(_RECORD, asked).one()
    return Record(int(missed), int(all_of_them) - int(missed))
