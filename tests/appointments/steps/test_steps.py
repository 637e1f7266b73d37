"""Who takes which step of a visit when, and what is counted of who called off."""

from datetime import timedelta

import pytest

from salon.access.models import User
from salon.appointments.changes.queries import changes_of
from salon.appointments.deposits.queries import deposit_of_booking, spendable
from salon.appointments.deposits.services import take_deposit
from salon.appointments.models import Appointment
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.record.queries import record_of
from salon.appointments.services import finish_visit, set_status
from salon.appointments.steps.queries import steps_of
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.setup.queries import profile
from salon.staff.hours.services import add_absence

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def desk(salon):
    """The receptionist."""
    return db.session.get(User, salon.desk_id)


@pytest.fixture
def owner(salon):
    """The owner."""
    return db.session.get(User, salon.owner_id)


def step(booking, status, actor, now, **more):
    with transaction():
        return set_status(appointment_id=booking.id, status=status, actor=actor, now=now, **more)


def open_to(booking, actor, now):
    """The steps that somebody is offered."""
    return steps_of(db.session.get(Appointment, booking.id), actor=actor, now=now)


def refusal(booking, status, actor, now):
    with pytest.raises(DomainError) as refused:
        step(booking, status, actor, now)
    assert refused.value.code == "wrong_status"
    return refused.value.message


def test_a_no_show_is_one_from_the_hour_of_the_visit_on(desk, book_cut, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    assert "هنوز وقت این نوبت نرسیده است" in refusal(booking, S.NO_SHOW, desk, tomorrow_ten - MINUTE)
    assert step(booking, S.NO_SHOW, desk, tomorrow_ten).status == S.NO_SHOW


@pytest.mark.parametrize("status", [S.ARRIVED, S.IN_SERVICE, S.DONE])
def test_nobody_is_here_for_a_visit_of_another_day(status, desk, book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    refusal(booking, status, desk, now)
    assert step(booking, status, desk, tomorrow_ten - timedelta(hours=3)).status == status


@pytest.mark.parametrize("end", [S.DONE, S.NO_SHOW, S.CANCELLED])
def test_the_desk_takes_its_own_slip_back_for_ten_minutes(end, desk, owner, book_cut, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    step(booking, end, desk, tomorrow_ten)
    assert S.ARRIVED in open_to(booking, desk, tomorrow_ten + 10 * MINUTE)
    assert step(booking, S.ARRIVED, desk, tomorrow_ten + 10 * MINUTE).status == S.ARRIVED
    step(booking, end if end != S.NO_SHOW else S.DONE, desk, tomorrow_ten + 11 * MINUTE)
    late = tomorrow_ten + 22 * MINUTE
    assert open_to(booking, desk, late) == []
    assert "فقط با اجازهٔ مدیر باز می‌شود" in refusal(booking, S.ARRIVED, desk, late)
    assert step(booking, S.ARRIVED, owner, late + 30 * DAY).status == S.ARRIVED


def test_what_another_ended_is_not_taken_back_by_the_desk(desk, owner, book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    step(booking, S.CANCELLED, owner, now)
    refusal(booking, S.BOOKED, desk, now + MINUTE)


def test_what_paying_ended_is_taken_back_by_who_took_the_money(desk, owner, book_cut, now):
    booking = book_cut(now - 45 * MINUTE)
    with transaction():
        finish_visit(appointment_id=booking.id, actor_id=desk.id, now=now)
    db.session.expire_all()
    assert S.IN_SERVICE in open_to(booking, desk, now + MINUTE)
    assert open_to(booking, desk, now + 11 * MINUTE) == []
    assert changes_of(booking.id)[0].sentence == "پایان یافته، با فاکتور"


def test_whether_it_was_late_is_told_by_the_settings_of_that_moment(salon, desk, book_cut, tomorrow_ten):
    early, late = book_cut(tomorrow_ten + 3 * DAY), book_cut(tomorrow_ten + 4 * DAY)
    with transaction():
        profile().late_cancel_hours = 12
    step(early, S.CANCELLED, desk, early.starts_at - timedelta(hours=12))
    step(late, S.CANCELLED, desk, late.starts_at - timedelta(hours=12) + MINUTE)
    with transaction():
        profile().late_cancel_hours = 0
    db.session.expire_all()
    assert [db.session.get(Appointment, one.id).late for one in (early, late)] == [False, True]
    assert record_of(salon.zahra, late.starts_at) == (0, 1)
    step(late, S.BOOKED, desk, late.starts_at - timedelta(hours=11, minutes=55))
    assert record_of(salon.zahra, late.starts_at).misses == 0
    step(late, S.NO_SHOW, desk, late.starts_at)
    assert record_of(salon.zahra, late.starts_at) == (1, 0)
    assert record_of(salon.zahra, late.starts_at + 370 * DAY).misses == 0


def test_the_deposit_of_what_is_begun_again_is_whole_again(salon, desk, owner, book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    with transaction():
        take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            appointment_id=booking.id,
            payment=PaymentSpec(PaymentMethod.CASH, 200_000),
            key="held",
            actor=desk,
            now=now,
        )

    def left():
        return sum(
            held.remaining for held in spendable(salon.zahra, appointment_id=booking.id, today=local_date(tomorrow_ten))
        )

    step(booking, S.NO_SHOW, desk, tomorrow_ten)
    assert left() == 0
    step(booking, S.ARRIVED, owner, tomorrow_ten + 3 * DAY)
    assert left() == 200_000


def test_it_is_not_late_when_she_came_or_the_salon_could_not_serve_her(salon, desk, book_cut, now, tomorrow_ten):
    came, displaced, hers = (book_cut(tomorrow_ten + hours * 60 * MINUTE) for hours in (0, 2, 4))
    with transaction():
        profile().late_cancel_hours = 24
        begins = displaced.starts_at
        add_absence(staff_id=salon.sara, starts_at=begins, ends_at=begins + 60 * MINUTE, actor=None, now=now)
    step(came, S.ARRIVED, desk, tomorrow_ten)
    called_off = [step(one, S.CANCELLED, desk, tomorrow_ten).late for one in (came, displaced, hers)]
    assert called_off == [False, False, True]


def test_nothing_is_kept_of_a_deposit_where_the_salon_could_not_serve_her(salon, desk, book_cut, now, tomorrow_ten):
    served, displaced = (book_cut(tomorrow_ten + hours * 60 * MINUTE) for hours in (0, 2))
    begins = displaced.starts_at
    with transaction():
        for booking in (served, displaced):
            take_deposit(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                appointment_id=booking.id,
                payment=PaymentSpec(PaymentMethod.CASH, 200_000),
                key=f"held-{booking.id}",
                actor=desk,
                now=now,
            )
        add_absence(staff_id=salon.sara, starts_at=begins, ends_at=begins + 60 * MINUTE, actor=None, now=now)
    evening = tomorrow_ten - timedelta(hours=12)
    assert [deposit_of_booking(one, evening).kept for one in (served, displaced)] == [200_000, 0]
    for booking in (served, displaced):
        step(booking, S.CANCELLED, desk, evening)
    free = spendable(salon.zahra, appointment_id=None, today=local_date(evening))
    assert sum(held.remaining for held in free) == 200_000
