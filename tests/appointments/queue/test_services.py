"""The queue: who came without a booking, how long she waits, and that she is called. On both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salon.appointments.models import Appointment, AppointmentStatus
from salon.appointments.queue.models import WalkIn, WalkInState
from salon.appointments.queue.queries import next_in, queue_length, queue_of
from salon.appointments.queue.services import call, call_next, come, go
from salon.appointments.rules import BookingItem
from salon.core.db import db, transaction
from salon.core.errors import DomainError


@pytest.fixture
def waits(salon, now):
    """Zahra comes for a cut, by whoever is free."""

    def came(staff_id=None, service_id=None, moment=None):
        with transaction():
            items = [BookingItem(service_id or salon.cut, staff_id)]
            return come(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                items=items,
                note="عجله دارد",
                actor=None,
                now=moment or now,
            ).id

    return came


def minutes_of(salon, now):
    return [(one.place, one.minutes, one.by) for one in queue_of(salon.branch_id, now)]


def test_the_wait_comes_from_the_board_and_from_those_before_her(salon, now, book_cut, waits, minutes):
    sara, negar = "سارا احمدی", "نگار رضایی"
    book_cut(now)  # Sara cuts until 12:05
    for _each in range(3):
        waits()
    assert minutes_of(salon, now) == [(1, 0, negar), (2, 45, sara), (3, 45, negar)]
    assert minutes_of(salon, now + minutes(10)) == [(1, 0, negar), (2, 35, sara), (3, 45, negar)]


def test_a_person_who_is_wanted_is_waited_for(salon, now, book_cut, waits):
    book_cut(now)
    waits(salon.sara), waits()
    assert [wait for _place, wait, _by in minutes_of(salon, now)] == [45, 0]
    assert next_in(salon.branch_id, now) == 2, "who can begin now is called before who still has to wait"


def test_who_has_no_place_today_is_told_so(salon, now, waits):
    late = now.replace(hour=17, minute=0)  # half past eight in the evening
    waits(service_id=salon.color, moment=late)
    assert minutes_of(salon, late) == [(1, None, "")]


def test_who_is_called_has_a_booking_of_now_and_is_here(salon, now, waits):
    waits(), waits()
    moment = now + timedelta(seconds=40)
    with transaction():
        booked = call_next(branch_id=salon.branch_id, actor=None, now=moment)
    db.session.expire_all()
    kept = db.session.get(Appointment, booked.id)
    assert (kept.status, kept.starts_at, kept.note) == (AppointmentStatus.ARRIVED, now, "عجله دارد")
    first = db.session.get(WalkIn, 1)
    assert (first.state, first.appointment_id, queue_length(salon.branch_id, now)) == (WalkInState.CALLED, booked.id, 1)


def test_nobody_is_called_to_somebody_who_is_taken(salon, now, book_cut, waits):
    book_cut(now)
    waits(salon.sara)
    with pytest.raises(DomainError) as refused, transaction():
        call(branch_id=salon.branch_id, walk_in_id=1, actor=None, now=now)
    assert refused.value.code == "slot_taken"
    with transaction():
        beside = call(branch_id=salon.branch_id, walk_in_id=1, overbook=True, actor=None, now=now)
    assert beside.items[0].overbooked


def test_of_two_desks_that_call_one_does(salon, now, waits, together):
    waits()

    def calls():
        with transaction():
            return call(branch_id=salon.branch_id, walk_in_id=1, actor=None, now=now)

    answers = together(calls, calls)
    assert sorted(getattr(answer, "code", "") for answer in answers) == ["", "wrong_status"]
    assert len(db.session.scalars(select(Appointment)).all()) == 1


def test_who_goes_or_was_forgotten_yesterday_waits_no_more(salon, now, waits):
    waits(), waits()
    with transaction():
        go(branch_id=salon.branch_id, walk_in_id=1, actor=None, now=now)
    assert queue_length(salon.branch_id, now) == 1
    tomorrow = now + timedelta(days=1)
    assert (queue_of(salon.branch_id, tomorrow), queue_length(salon.branch_id, tomorrow)) == ([], 0)
    with pytest.raises(DomainError) as refused, transaction():
        call_next(branch_id=salon.branch_id, actor=None, now=tomorrow)
    assert refused.value.code == "queue_empty"
