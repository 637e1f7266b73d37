"""Who gets a time back that was given beside another booking."""

import pytest

from salon.access.models import User
from salon.appointments.models import Appointment, Occupancy
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.services import set_status
from salon.core.db import db, transaction
from salon.core.errors import DomainError


def step(booking, status, user_id, now):
    with transaction():
        actor = db.session.get_one(User, user_id)
        return set_status(appointment_id=booking.id, status=status, actor=actor, now=now)


def test_a_time_beside_another_booking_is_taken_back_by_whoever_may_overbook(salon, book_cut, now, tomorrow_ten):
    book_cut(tomorrow_ten)
    beside = book_cut(tomorrow_ten, overbook=True)
    step(beside, S.CANCELLED, salon.desk_id, now)
    with pytest.raises(DomainError) as refused:
        step(beside, S.BOOKED, salon.desk_id, now)
    assert refused.value.code == "slot_taken"
    db.session.expire_all()
    kept = db.session.get_one(Appointment, beside.id)
    assert (kept.status, kept.items[0].overbooked) == (S.CANCELLED, True)
    assert step(beside, S.BOOKED, salon.owner_id, now).status == S.BOOKED
    assert db.session.query(Occupancy).filter_by(item_id=kept.items[0].id).one().overbooked


def test_a_time_that_is_free_by_now_is_taken_back_as_any(salon, book_cut, now, tomorrow_ten):
    first = book_cut(tomorrow_ten)
    beside = book_cut(tomorrow_ten, overbook=True)
    for booking in (first, beside):
        step(booking, S.CANCELLED, salon.desk_id, now)
    step(beside, S.BOOKED, salon.desk_id, now)
    (item,) = db.session.get_one(Appointment, beside.id).items
    assert not item.overbooked
    assert not db.session.query(Occupancy).filter_by(item_id=item.id).one().overbooked
