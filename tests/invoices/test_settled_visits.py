"""A visit whose invoice is settled is done, she is told once, and nothing reminds her of it any more."""

from datetime import datetime, timedelta

from sqlalchemy import select

from salon.appointments.models import Appointment, AppointmentStatus
from salon.appointments.services import BookingItem, book
from salon.core.db import db, transaction
from salon.invoices.till.services import draft_of_visit
from salon.messaging.models import MessageState, OutboxMessage
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay


def test_a_settled_visit_is_done_and_she_is_told_once(salon: SmallSalon, now: datetime, pay: Pay) -> None:
    with transaction():
        booking = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(hours=1),
            items=[BookingItem(salon.cut, salon.sara)],
            note="",
            actor=None,
            now=now,
        )
        written = draft_of_visit(appointment_id=booking.id, actor_id=None, now=now)
    pay(written, 450_000, key="visit")
    pay(written, 450_000, key="visit")
    db.session.expire_all()
    assert db.session.get_one(Appointment, booking.id).status == AppointmentStatus.DONE
    told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "settlement")).one()
    assert told.receiver == "09123456789"
    assert "۴۵٬۰۰۰ تومان" in told.text and "امتیاز این خرید: ۱۸" in told.text


def test_who_paid_before_her_time_is_reminded_of_it_no_more(salon: SmallSalon, now: datetime, pay: Pay) -> None:
    with transaction():
        booking = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(hours=5),
            items=[BookingItem(salon.cut, salon.sara)],
            actor=None,
            now=now - timedelta(days=3),
        )
        written = draft_of_visit(appointment_id=booking.id, actor_id=None, now=now)
    pay(written, 450_000)
    reminder = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reminder")).one()
    assert reminder.state == MessageState.CANCELLED
