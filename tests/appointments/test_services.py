"""Booking, moving and the steps of a visit, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from salon.appointments.errors import SlotTaken
from salon.appointments.models import Appointment, AppointmentItem
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import move
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, finish_visit, set_status
from salon.catalog.models import Service
from salon.catalog.phases.services import set_people
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid, NotFound
from salon.customers.models import Customer
from salon.messaging.models import MessageState, OutboxMessage
from salon.staff.models import StaffDay, StaffMember


def count_of(table):
    return db.session.scalar(select(func.count()).select_from(table))


def step(appointment_id, status, now):
    with transaction():
        return set_status(appointment_id=appointment_id, status=status, actor=None, now=now)


def reminders():
    found = db.session.execute(select(OutboxMessage.dedupe_key, OutboxMessage.state).order_by(OutboxMessage.id))
    return {row.dedupe_key: row.state for row in found}


def test_services_are_booked_one_after_another(salon, now, tomorrow_ten, minutes):
    with transaction():
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten.replace(second=40),
            items=[BookingItem(salon.cut, salon.sara), BookingItem(salon.brushing, salon.negar)],
            note="موی بلند",
            actor=None,
            now=now,
        )
    db.session.expire_all()
    kept = db.session.get(Appointment, booked.id)
    assert (kept.status, kept.starts_at, kept.note) == (S.BOOKED, tomorrow_ten, "موی بلند")
    assert [(item.staff_id, item.starts_at, item.ends_at) for item in kept.items] == [
        (salon.sara, tomorrow_ten, tomorrow_ten + minutes(45)),
        (salon.negar, tomorrow_ten + minutes(45), tomorrow_ten + minutes(75)),
    ]
    assert [item.id for item in booked.items] == [item.id for item in kept.items]


def test_a_taken_time_is_refused_with_the_person_and_the_nearest_free_times(salon, book_cut, tomorrow_ten, minutes):
    book_cut(tomorrow_ten)
    with pytest.raises(DomainError) as refused:
        book_cut(tomorrow_ten + minutes(30))
    assert refused.value.code == "slot_taken"
    assert refused.value.field == "starts_at"
    assert refused.value.message == "سارا احمدی ۱۰:۰۰ تا ۱۰:۴۵ پر است؛ نزدیک‌ترین: ۱۰:۴۵ سارا احمدی، ۱۰:۳۰ نگار رضایی"
    assert count_of(Appointment) == count_of(AppointmentItem) == 1


def test_a_booking_that_begins_where_another_ends_is_taken(book_cut, tomorrow_ten, minutes):
    book_cut(tomorrow_ten)
    book_cut(tomorrow_ten + minutes(45))
    book_cut(tomorrow_ten - minutes(45))
    assert count_of(AppointmentItem) == 3


def test_a_booking_over_midnight_still_holds_its_person(salon, book_cut, tomorrow_ten):
    late, tomorrow = tomorrow_ten.replace(hour=20, minute=10), tomorrow_ten.date()  # 23:40 in Tehran
    with transaction():  # she works through a night
        db.session.add(StaffDay(staff_id=salon.sara, day=tomorrow, starts_at=1200, ends_at=1440))
        db.session.add(StaffDay(staff_id=salon.sara, day=tomorrow + timedelta(days=1), starts_at=0, ends_at=120))
    book_cut(late)
    with pytest.raises(DomainError, match="پر است"):
        book_cut(late + timedelta(minutes=40))


def test_what_takes_a_day_or_longer_is_no_booking(salon, book_cut, tomorrow_ten):
    day, second = timedelta(days=1), timedelta(seconds=1)
    (booked,) = book_cut(tomorrow_ten).items
    kept = {
        "appointment_id": booked.appointment_id,
        "service_id": salon.cut,
        "staff_id": salon.negar,
        "starts_at": tomorrow_ten,
    }
    for change in (update(AppointmentItem), insert(AppointmentItem).values(kept)):
        with pytest.raises(Invalid) as refused, transaction() as session:
            session.execute(change.values(ends_at=tomorrow_ten + day))
        assert refused.value.code == "booking_too_long"
        with transaction() as session:
            session.execute(change.values(ends_at=tomorrow_ten + day - second))


def test_of_fifty_who_want_one_slot_exactly_one_gets_it(app, salon, now, tomorrow_ten):
    def try_it(_number):
        with app.app_context():
            try:
                with transaction():
                    book(
                        branch_id=salon.branch_id,
                        customer_id=salon.zahra,
                        starts_at=tomorrow_ten,
                        items=[BookingItem(salon.cut, salon.sara)],
                        actor=None,
                        now=now,
                    )
            except SlotTaken as refused:
                return refused.nearest
            finally:
                db.session.remove()
            return "booked"

    with ThreadPoolExecutor(50) as people:
        answers = list(people.map(try_it, range(50)))
    assert answers.count("booked") == 1
    minute = timedelta(minutes=1)
    near = {
        tuple((moment - tomorrow_ten) // minute for moment in nearest) for nearest in answers if nearest != "booked"
    }
    assert near == {(-50, -45, 45, 50, 55)}  # the cut takes 45 minutes
    assert count_of(Appointment) == count_of(AppointmentItem) == count_of(OutboxMessage) == 1


def test_anybody_means_the_first_who_does_it_and_is_free(salon, now, book_cut, tomorrow_ten):
    book_cut(tomorrow_ten)
    with transaction():
        anybody = [BookingItem(salon.cut, None)]
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=anybody,
            actor=None,
            now=now,
        )
    assert booked.items[0].staff_id == salon.negar
    with pytest.raises(DomainError) as refused, transaction():
        book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=anybody,
            actor=None,
            now=now,
        )
    assert refused.value.code == "slot_taken"


def test_people_are_chosen_so_that_all_services_have_theirs(salon, now, tomorrow_ten):
    with transaction():
        set_people(service_id=salon.color, staff_ids=[salon.sara])
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=[BookingItem(service, None, tomorrow_ten) for service in (salon.cut, salon.color)],
            actor=None,
            now=now,
        )
    assert {item.service_id: item.staff_id for item in booked.items} == {
        salon.cut: salon.negar,
        salon.color: salon.sara,
    }


def test_what_does_not_exist_is_refused(salon, now, tomorrow_ten):
    cases = [
        (NotFound, "customer_unknown", 999, [BookingItem(salon.cut, salon.sara)]),
        (NotFound, "service_unknown", salon.zahra, [BookingItem(999, salon.sara)]),
        (NotFound, "staff_unknown", salon.zahra, [BookingItem(salon.cut, 999)]),
        (Invalid, "items_missing", salon.zahra, []),
    ]
    for kind, code, customer_id, items in cases:
        with pytest.raises(kind) as refused, transaction():
            book(
                branch_id=salon.branch_id,
                customer_id=customer_id,
                starts_at=tomorrow_ten,
                items=items,
                actor=None,
                now=now,
            )
        assert refused.value.code == code
    with pytest.raises(Invalid) as refused, transaction():
        old = tomorrow_ten.replace(year=1)
        book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=old,
            items=[BookingItem(salon.cut, salon.sara)],
            actor=None,
            now=now,
        )
    assert refused.value.code == "starts_at_invalid"


def test_a_booking_enqueues_its_reminder_a_day_before(salon, now, book_cut, tomorrow_ten):
    later = tomorrow_ten + timedelta(days=3)
    booked = book_cut(later)
    message = db.session.scalars(select(OutboxMessage)).one()
    assert message.dedupe_key == f"reminder:{booked.id}:2026-11-25T06:30Z"
    assert message.due_at == later - timedelta(days=1)
    assert message.receiver == "09123456789"
    assert "چهارشنبه ۴ آذر ۱۴۰۵ ساعت ۱۰:۰۰" in message.text


def test_a_near_visit_is_reminded_at_once_and_a_past_one_never(now, book_cut, minutes):
    book_cut(now + minutes(90))
    book_cut(now - minutes(90))
    assert [message.due_at for message in db.session.scalars(select(OutboxMessage))] == [now]


def test_somebody_without_a_mobile_gets_no_reminder(salon, book_cut, tomorrow_ten):
    with transaction():
        db.session.get(Customer, salon.zahra).mobile = None
    book_cut(tomorrow_ten)
    assert reminders() == {}


def test_a_moved_booking_keeps_its_length_and_its_reminder_moves_along(salon, now, book_cut, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    later = tomorrow_ten + timedelta(days=1)
    with transaction():
        moved = move(
            appointment_id=booked.id,
            item_id=booked.items[0].id,
            starts_at=later,
            staff_id=salon.negar,
            actor=None,
            now=now,
        )
    item = db.session.get(AppointmentItem, booked.items[0].id)
    assert (item.staff_id, item.starts_at, item.ends_at) == (salon.negar, later, later + minutes(45))
    assert moved.starts_at == later
    assert reminders() == {
        f"reminder:{booked.id}:2026-11-22T06:30Z": MessageState.CANCELLED,
        f"reminder:{booked.id}:2026-11-23T06:30Z": MessageState.QUEUED,
    }


def test_a_booking_is_not_moved_onto_another(salon, now, book_cut, tomorrow_ten):
    book_cut(tomorrow_ten, salon.negar)
    booked = book_cut(tomorrow_ten)
    with pytest.raises(DomainError, match="نگار رضایی ۱۰:۰۰ تا ۱۰:۴۵ پر است") as refused, transaction():
        move(
            appointment_id=booked.id,
            item_id=booked.items[0].id,
            starts_at=tomorrow_ten,
            staff_id=salon.negar,
            actor=None,
            now=now,
        )
    assert refused.value.code == "slot_taken"
    db.session.expire_all()
    assert db.session.get(AppointmentItem, booked.items[0].id).staff_id == salon.sara


def test_what_is_over_is_not_moved(salon, now, book_cut, tomorrow_ten):
    booked = book_cut(tomorrow_ten)
    step(booked.id, S.CANCELLED, now)
    with pytest.raises(DomainError) as refused, transaction():
        move(
            appointment_id=booked.id,
            item_id=booked.items[0].id,
            starts_at=tomorrow_ten,
            staff_id=salon.negar,
            actor=None,
            now=now,
        )
    assert refused.value.code == "wrong_status"


@pytest.mark.parametrize(
    ("freed", "ahead", "reminded"),
    [(S.CANCELLED, timedelta(days=1), MessageState.QUEUED), (S.NO_SHOW, timedelta(0), MessageState.CANCELLED)],
)
def test_a_freed_time_may_be_taken_and_wanted_back_only_while_it_is_free(
    freed, ahead, reminded, salon, book_cut, tomorrow_ten
):
    booked, at = book_cut(tomorrow_ten), tomorrow_ten - ahead
    step(booked.id, freed, at)
    assert set(reminders().values()) == {MessageState.CANCELLED}
    step(booked.id, S.BOOKED, at)
    assert set(reminders().values()) == {reminded}
    step(booked.id, freed, at)
    book_cut(tomorrow_ten)
    with pytest.raises(DomainError, match="پر است") as refused:
        step(booked.id, S.BOOKED, at)
    assert refused.value.code == "slot_taken"


def test_a_visit_goes_from_booking_to_its_end(book_cut, tomorrow_ten):
    booked = book_cut(tomorrow_ten)
    for status in (S.CONFIRMED, S.ARRIVED, S.IN_SERVICE, S.DONE, S.DONE):
        assert step(booked.id, status, tomorrow_ten).status == status
    assert db.session.get(Appointment, booked.id).status_at == tomorrow_ten
    with pytest.raises(DomainError, match="«پایان یافته» است «لغو شده» نمی‌شود"):
        step(booked.id, S.CANCELLED, tomorrow_ten)


def test_a_step_of_no_booking_is_not_found(salon, now):
    with pytest.raises(NotFound) as refused:
        step(4711, S.DONE, now)
    assert refused.value.code == "appointment_unknown"


def test_paying_ends_a_visit_of_today_but_not_one_that_lies_ahead(now, book_cut, minutes):
    today, ahead = book_cut(now - minutes(45)), book_cut(now + timedelta(days=2))
    with transaction():
        finish_visit(appointment_id=today.id, now=now)
        finish_visit(appointment_id=ahead.id, now=now)
    db.session.expire_all()
    assert db.session.get(Appointment, today.id).status == S.DONE
    assert db.session.get(Appointment, ahead.id).status == S.BOOKED


@pytest.mark.parametrize("gone", ["staff", "service"])
def test_who_left_and_what_is_sold_no_more_is_not_booked(salon, book_cut, tomorrow_ten, gone):
    kept = (StaffMember, salon.sara) if gone == "staff" else (Service, salon.cut)
    with transaction():
        db.session.get(*kept).active = False
    with pytest.raises(DomainError) as refused:
        book_cut(tomorrow_ten)
    assert refused.value.code == f"{gone}_inactive"
