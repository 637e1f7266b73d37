"""Stretching bookings, and moving them within a line."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from salon.appointments.changes.queries import changes_of
from salon.appointments.models import AppointmentChange, AppointmentItem, Occupancy
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import move, move_to_one_of, reschedule, stretch
from salon.appointments.patch_tests.services import record_patch_test
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.catalog.models import BookingRule, Service
from salon.catalog.models import PhaseKind as K
from salon.catalog.phases.rules import Phase
from salon.catalog.phases.services import set_phases, set_resources
from salon.catalog.resources.services import ResourceSpec, add_resource
from salon.core.db import db, transaction
from salon.core.errors import DomainError


@contextmanager
def refused_as(code):
    """Expect a refusal of this code."""
    with pytest.raises(DomainError) as refused:
        yield refused
    assert refused.value.code == code


@pytest.fixture
def stretched(now):
    """Let the only service of a booking end at a time."""

    def act(booked, ends_at):
        with transaction():
            stretch(appointment_id=booked.id, item_id=booked.items[0].id, ends_at=ends_at, actor=None, now=now)
        db.session.expire_all()
        return db.session.get_one(AppointmentItem, booked.items[0].id)

    return act


@pytest.fixture
def book_color(salon, now):
    """Book a colour by Sara for Zahra: 30 minutes with her, 40 without, 50 with her, 10 to clean."""

    def booked(starts_at, **more):
        with transaction():
            phases = (Phase(K.BUSY, 30), Phase(K.PROCESSING, 40), Phase(K.BUSY, 50), Phase(K.BUFFER, 10))
            set_phases(service_id=salon.color, phases=phases)
            items = [BookingItem(salon.color, salon.sara)]
            asked = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "items": items, "actor": None}
            return book(starts_at=starts_at, now=now, **asked, **more)

    return booked


def held(item_id):
    """What a service holds of people, in minutes from its begin."""
    rows = db.session.execute(
        select(Occupancy.starts_at, Occupancy.ends_at, AppointmentItem.starts_at)
        .join(AppointmentItem, AppointmentItem.id == Occupancy.item_id)
        .where(Occupancy.item_id == item_id, Occupancy.staff_id.is_not(None))
        .order_by(Occupancy.starts_at)
    )
    return [((row[0] - row[2]).seconds // 60, (row[1] - row[2]).seconds // 60) for row in rows]


def test_a_longer_booking_holds_its_person_longer_and_stays_the_same_one(
    salon, book_cut, stretched, tomorrow_ten, minutes
):
    booked = book_cut(tomorrow_ten)
    item = stretched(booked, tomorrow_ten + minutes(70))
    assert (item.appointment_id, item.starts_at, item.ends_at) == (
        booked.id,
        tomorrow_ten,
        tomorrow_ten + minutes(70),
    )
    assert held(item.id) == [(0, 70)]
    with refused_as("slot_taken"):
        book_cut(tomorrow_ten + minutes(65))
    book_cut(tomorrow_ten + minutes(70))


def test_a_shorter_booking_gives_the_rest_of_its_time_back(book_cut, stretched, tomorrow_ten, minutes):
    stretched(book_cut(tomorrow_ten), tomorrow_ten + minutes(20))
    book_cut(tomorrow_ten + minutes(20))


def test_of_a_colour_the_longest_work_is_stretched_and_its_development_is_not(
    book_color, stretched, tomorrow_ten, minutes
):
    booked = book_color(tomorrow_ten)
    item = stretched(booked, tomorrow_ten + minutes(150))
    assert [(phase["kind"], phase["minutes"]) for phase in item.phases] == [
        ("busy", 30),
        ("processing", 40),
        ("busy", 70),
        ("buffer", 10),
    ]
    assert held(item.id) == [(0, 30), (70, 150)]


def test_work_takes_five_minutes_at_least_and_a_booking_less_than_a_day(book_color, stretched, tomorrow_ten, minutes):
    booked = book_color(tomorrow_ten)
    for ends, code in ((minutes(80), "booking_too_short"), (minutes(24 * 60), "booking_too_long")):
        with refused_as(code) as refused:
            stretched(booked, tomorrow_ten + ends)
    assert refused.value.field == "starts_at"
    with refused_as("booking_too_short") as refused:
        stretched(booked, tomorrow_ten - minutes(5))
    assert "دست‌کم تا ۱۱:۲۵" in refused.value.message
    assert stretched(booked, tomorrow_ten + minutes(85)).ends_at == tomorrow_ten + minutes(85)


def test_a_booking_is_not_stretched_over_the_next_one(salon, book_cut, stretched, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    book_cut(tomorrow_ten + minutes(60))
    with pytest.raises(DomainError) as refused:
        stretched(booked, tomorrow_ten + minutes(75))
    assert refused.value.code == "slot_taken"
    assert refused.value.message == "سارا احمدی ۱۱:۰۰ تا ۱۱:۴۵ پر است؛ تا ۱۱:۰۰ جا دارد؛ با این طول، نزدیک‌ترین: ۹:۴۵"
    assert refused.value.nearest[0] == tomorrow_ten - minutes(35)
    assert stretched(booked, tomorrow_ten + minutes(60)).ends_at == tomorrow_ten + minutes(60)


def test_every_time_that_a_refused_stretch_names_is_free_for_it(salon, now, book_cut, stretched, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    book_cut(tomorrow_ten + minutes(60))
    with pytest.raises(DomainError) as refused:
        stretched(booked, tomorrow_ten + minutes(75))
    for start in refused.value.nearest:
        with transaction():
            item_id = booked.items[0].id
            move(appointment_id=booked.id, item_id=item_id, starts_at=start, staff_id=salon.sara, actor=None, now=now)
        stretched(booked, start + minutes(75))
        stretched(booked, start + minutes(45))


def test_a_booking_is_not_stretched_beyond_working_hours_or_in_a_full_room(
    salon, now, book_cut, stretched, tomorrow_ten, minutes
):
    late = book_cut(tomorrow_ten + minutes(9 * 60 + 15))
    with refused_as("slot_taken") as refused:
        stretched(late, tomorrow_ten + minutes(13 * 60))
    assert "کار نمی‌کند" in refused.value.message
    with transaction():
        room = add_resource(branch_id=salon.branch_id, spec=ResourceSpec("اتاق لیزر", "room"))
        set_resources(service_id=salon.cut, resource_ids=[room.id])
    booked = book_cut(tomorrow_ten)
    book_cut(tomorrow_ten + minutes(60), staff_id=salon.negar)
    with refused_as("slot_taken") as refused:
        stretched(booked, tomorrow_ten + minutes(75))
    assert "اتاق" in refused.value.message


def test_what_is_over_stays_as_long_as_it_was(book_cut, stretched, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    for status, refuses in ((S.ARRIVED, False), (S.IN_SERVICE, False), (S.DONE, True)):
        with transaction():
            set_status(appointment_id=booked.id, status=status, actor=None, now=tomorrow_ten)
        if refuses:
            with refused_as("wrong_status"):
                stretched(booked, tomorrow_ten + minutes(80))
        else:
            stretched(booked, tomorrow_ten + minutes(60))


def test_what_was_let_in_beside_others_may_shrink_but_not_grow_there(salon, book_cut, stretched, tomorrow_ten, minutes):
    book_cut(tomorrow_ten)
    beside = book_cut(tomorrow_ten, overbook=True)
    with refused_as("slot_taken"):
        stretched(beside, tomorrow_ten + minutes(60))
    item = stretched(beside, tomorrow_ten + minutes(30))
    assert (item.overbooked, item.ends_at) == (True, tomorrow_ten + minutes(30))


def test_no_service_of_another_booking_is_stretched(salon, now, book_cut, tomorrow_ten, minutes):
    first, other = book_cut(tomorrow_ten), book_cut(tomorrow_ten + minutes(120))
    with refused_as("appointment_unknown"), transaction():
        stretch(
            appointment_id=first.id,
            item_id=other.items[0].id,
            ends_at=tomorrow_ten + minutes(200),
            actor=None,
            now=now,
        )


def test_within_a_line_the_first_who_is_free_takes_a_booking_over(salon, now, book_cut, tomorrow_ten, minutes):
    booked, other = book_cut(tomorrow_ten), book_cut(tomorrow_ten + minutes(60))

    def to_line(people, starts_at):
        with transaction():
            move_to_one_of(
                appointment_id=booked.id,
                item_id=booked.items[0].id,
                starts_at=starts_at,
                staff_ids=people,
                actor=None,
                now=now,
            )
        db.session.expire_all()
        return db.session.get_one(AppointmentItem, booked.items[0].id).staff_id

    assert to_line([salon.sara, salon.negar], tomorrow_ten + minutes(75)) == salon.negar
    assert other.items[0].staff_id == salon.sara
    with refused_as("slot_taken"):
        to_line([salon.sara], tomorrow_ten + minutes(75))
    with refused_as("staff_unknown"):
        to_line([], tomorrow_ten)


def test_the_phases_it_was_booked_with_are_kept_when_the_service_changes(
    salon, now, book_color, stretched, tomorrow_ten, minutes
):
    booked = book_color(tomorrow_ten)
    with transaction():
        set_phases(service_id=salon.color, phases=[Phase(K.BUSY, 20)])
    item = stretched(booked, tomorrow_ten + timedelta(minutes=135))
    assert [phase["minutes"] for phase in item.phases] == [30, 40, 55, 10]


def test_the_history_tells_how_long_it_was_and_is(book_cut, stretched, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    stretched(booked, tomorrow_ten + minutes(60))
    changes = (
        select(AppointmentChange).where(AppointmentChange.appointment_id == booked.id).order_by(AppointmentChange.id)
    )
    told = db.session.scalars(changes).all()[-1]
    ends = [facts["items"][0]["ends_at"] for facts in (told.before, told.after)]
    assert (told.what, ends) == ("stretched", [(tomorrow_ten + minutes(length)).isoformat() for length in (45, 60)])


def test_a_visit_is_moved_beside_others_and_without_its_patch_test_only_where_that_is_asked_for(
    salon, now, book_cut, tomorrow_ten, minutes
):
    booked = book_cut(tomorrow_ten + minutes(240))
    book_cut(tomorrow_ten)
    asked = {"appointment_id": booked.id, "starts_at": tomorrow_ten, "actor": None, "now": now}
    with refused_as("slot_taken"), transaction():
        reschedule(**asked)
    with transaction():
        reschedule(**asked, overbook=True)
    assert db.session.get_one(AppointmentItem, booked.items[0].id).overbooked
    with transaction():
        reschedule(**asked | {"starts_at": tomorrow_ten + minutes(240)}, overbook=True)
    assert not db.session.get_one(AppointmentItem, booked.items[0].id).overbooked, "there it is free"
    with transaction():  # tested a day before: it counts then, but not a month later
        db.session.add(BookingRule(service_id=salon.cut, patch_hours=24, patch_months=1))
        tested_at = now - timedelta(days=3)
        record_patch_test(
            customer_id=salon.zahra, service_id=salon.cut, result="clear", tested_at=tested_at, actor=None, now=now
        )
    asked["starts_at"] = tomorrow_ten + timedelta(days=60)
    with refused_as("patch_test_missing"), transaction():
        reschedule(**asked)
    with transaction():
        reschedule(**asked, without_patch_test=True)
    assert changes_of(booked.id)[0].after["without_patch_test"] is True


def test_what_is_sold_no_more_is_still_moved_and_stretched_where_it_is_booked(
    salon, now, book_cut, stretched, tomorrow_ten, minutes
):
    booked = book_cut(tomorrow_ten)
    with transaction():
        db.session.get_one(Service, salon.cut).active = False
    with transaction():
        reschedule(appointment_id=booked.id, starts_at=tomorrow_ten + minutes(60), actor=None, now=now)
    assert stretched(booked, tomorrow_ten + minutes(120)).ends_at == tomorrow_ten + minutes(120)
    with refused_as("service_inactive"):
        book_cut(tomorrow_ten + minutes(240))
