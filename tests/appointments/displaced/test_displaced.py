"""Bookings that lie where nobody serves them: listed until they are moved, and none vanishes."""

from datetime import timedelta

import pytest

from salon.appointments.displaced.queries import displaced, displaced_count, nearest_times
from salon.appointments.displaced.rules import Why
from salon.appointments.displaced.services import leave_standing
from salon.appointments.models import Appointment, AppointmentItem
from salon.appointments.moves.services import move
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.catalog.models import PhaseKind
from salon.catalog.phases.rules import Phase
from salon.catalog.phases.services import set_phases, set_resources
from salon.catalog.resources.services import ResourceSpec, add_resource, change_resource
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date, wall_clock, weekday_of
from salon.setup.days.services import close_day
from salon.staff.hours.services import add_absence, end_absence, set_day, set_hours
from salon.staff.models import StaffMember

HOUR = timedelta(hours=1)


@pytest.fixture
def listed(salon, now):
    """By booking why it has to be moved."""
    return lambda: {one.appointment_id: one.why for one in displaced(salon.branch_id, now)}


@pytest.fixture
def away(salon, now):
    """Somebody is away for some hours."""

    def absent(starts_at, hours=24, staff_id=None):
        with transaction():
            return add_absence(
                staff_id=staff_id or salon.sara,
                starts_at=starts_at,
                ends_at=starts_at + hours * HOUR,
                actor=None,
                now=now,
            )

    return absent


def test_a_booking_within_her_hours_is_left_alone(book_cut, tomorrow_ten, listed):
    book_cut(tomorrow_ten)
    assert listed() == {}


def test_an_absence_over_bookings_lists_those_that_it_touches_until_it_ends(book_cut, tomorrow_ten, listed, away):
    before, touched, after = (book_cut(tomorrow_ten + n * HOUR) for n in (0, 1, 3))
    absence = away(tomorrow_ten + 1.5 * HOUR, hours=1)
    assert listed() == {touched.id: Why.AWAY}
    assert db.session.query(Appointment).count() == 3, "none vanishes"
    with transaction():
        end_absence(absence_id=absence.id)
    assert listed() == {}
    assert before.id < after.id


def test_a_closed_day_lists_all_bookings_of_it_and_no_other(salon, now, book_cut, tomorrow_ten, listed):
    first = book_cut(tomorrow_ten)
    second = book_cut(tomorrow_ten + HOUR, salon.negar)
    book_cut(tomorrow_ten + 24 * HOUR)
    with transaction():
        close_day(branch_id=salon.branch_id, day=local_date(tomorrow_ten), name="تعمیرات", actor=None, now=now)
    assert listed() == {first.id: Why.CLOSED, second.id: Why.CLOSED}
    assert displaced_count(salon.branch_id, now) == 2


def test_other_hours_of_the_week_or_of_the_date_list_what_falls_out_of_them(salon, book_cut, tomorrow_ten, listed):
    day = local_date(tomorrow_ten)
    booked = book_cut(tomorrow_ten)
    with transaction():
        set_hours(staff_id=salon.sara, week={weekday_of(day): [(540, 600), (660, 1200)]})  # a break from ten to eleven
    assert listed() == {booked.id: Why.HOURS}
    with transaction():
        set_day(staff_id=salon.sara, day=day, spans=[(540, 1200)])
    assert listed() == {}
    with transaction():
        set_day(staff_id=salon.sara, day=day, spans=[])
    assert listed() == {booked.id: Why.HOURS}


def test_who_serves_no_more_leaves_her_bookings_to_be_moved(salon, book_cut, tomorrow_ten, listed):
    booked = book_cut(tomorrow_ten)
    with transaction():
        db.session.get_one(StaffMember, salon.sara).active = False
    assert listed() == {booked.id: Why.LEFT}


def test_what_is_past_begun_or_called_off_is_not_moved(salon, now, book_cut, tomorrow_ten, listed, away):
    cancelled, came = book_cut(tomorrow_ten), book_cut(tomorrow_ten + HOUR)
    away(tomorrow_ten - HOUR)
    for booked, status, at in ((cancelled, "cancelled", now), (came, "arrived", tomorrow_ten + HOUR)):
        with transaction():
            set_status(appointment_id=booked.id, status=status, actor=None, now=at)
    assert listed() == {}
    booked = book_cut(tomorrow_ten + 48 * HOUR)
    away(tomorrow_ten + 47 * HOUR)
    assert listed() == {booked.id: Why.AWAY}
    assert displaced(salon.branch_id, tomorrow_ten + 49 * HOUR) == []


def test_a_room_that_is_laid_aside_or_shrinks_lists_those_that_fit_no_more(salon, now, book_cut, tomorrow_ten, listed):
    with transaction():
        room = add_resource(branch_id=salon.branch_id, spec=ResourceSpec("سرشور", "chair", 2))
        set_resources(service_id=salon.cut, resource_ids=[room.id])
    first = book_cut(tomorrow_ten)
    second = book_cut(tomorrow_ten, salon.negar)
    alone = book_cut(tomorrow_ten + 3 * HOUR)
    assert listed() == {}
    for spec, expected in (
        (ResourceSpec("سرشور", "chair", 1), {second.id}),
        (ResourceSpec("سرشور", "chair", 2, active=False), {first.id, second.id, alone.id}),
        (ResourceSpec("سرشور", "chair", 2), set()),
    ):
        with transaction():
            change_resource(branch_id=salon.branch_id, resource_id=room.id, spec=spec)
        assert listed() == dict.fromkeys(expected, Why.ROOM)


def test_a_service_whose_room_is_laid_aside_has_no_times(salon, now, tomorrow_ten, book_cut):
    with transaction():
        room = add_resource(branch_id=salon.branch_id, spec=ResourceSpec("اتاق لیزر", "room"))
        set_resources(service_id=salon.cut, resource_ids=[room.id])
        change_resource(
            branch_id=salon.branch_id, resource_id=room.id, spec=ResourceSpec("اتاق لیزر", "room", active=False)
        )
    with pytest.raises(DomainError, match="کنار گذاشته"):
        book_cut(tomorrow_ten)


def test_a_phase_without_her_may_lie_in_her_break(salon, now, tomorrow_ten, listed):
    from_ten = [Phase(PhaseKind.BUSY, 30), Phase(PhaseKind.PROCESSING, 60), Phase(PhaseKind.BUSY, 30)]
    with transaction():
        set_phases(service_id=salon.color, phases=from_ten)
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=[BookingItem(salon.color, salon.sara)],
            actor=None,
            now=now,
        )
        set_hours(staff_id=salon.sara, week={1: [(540, 630), (690, 1200)]})
    assert listed() == {}
    with transaction():
        set_hours(staff_id=salon.sara, week={1: [(540, 630), (700, 1200)]})
    assert listed() == {booked.id: Why.HOURS}


def test_the_nearest_times_are_the_same_hour_by_another_and_her_next_ones(salon, now, book_cut, tomorrow_ten, away):
    book_cut(tomorrow_ten)
    away(tomorrow_ten - HOUR, hours=2.5)
    (one,) = displaced(salon.branch_id, now)
    times = nearest_times(one, now)
    assert (times[0].staff_id, times[0].starts_at) == (salon.negar, tomorrow_ten)
    assert (times[1].staff_id, times[1].starts_at) == (salon.sara, tomorrow_ten + 1.5 * HOUR)
    assert len(times) == 2, "the nearest of hers to the hour of before is her next one"
    for slot in times:
        with transaction():
            move(
                appointment_id=one.appointment_id,
                item_id=one.item_id,
                starts_at=slot.starts_at,
                staff_id=slot.staff_id,
                actor=None,
                now=now,
            )
    assert displaced(salon.branch_id, now) == []


def test_one_that_stays_as_it_is_comes_back_when_the_reason_is_another(
    salon, now, book_cut, tomorrow_ten, listed, away
):
    booked = book_cut(tomorrow_ten)
    away(tomorrow_ten - HOUR)
    (one,) = displaced(salon.branch_id, now)
    with transaction():
        leave_standing(branch_id=salon.branch_id, item_id=one.item_id, actor=None, now=now)
    assert listed() == {}
    with transaction():
        close_day(branch_id=salon.branch_id, day=local_date(tomorrow_ten), name="تعمیرات", actor=None, now=now)
    assert listed() == {booked.id: Why.CLOSED}


def test_overbooked_outside_her_hours_is_meant_so_but_an_absence_lists_it(salon, now, listed, away):
    late = wall_clock(local_date(now) + timedelta(days=1), 22 * 60)
    with transaction():
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=late,
            items=[BookingItem(salon.cut, salon.sara)],
            overbook=True,
            actor=None,
            now=now,
        )
    assert db.session.query(AppointmentItem).filter_by(overbooked=True).count() == 1
    assert listed() == {}
    away(late - HOUR)
    assert listed() == {booked.id: Why.AWAY}


def test_the_desk_sees_how_many_and_moves_one_with_a_button(
    salon, now, book_cut, tomorrow_ten, away, log_in, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: now)
    desk = log_in("desk")
    booked = book_cut(tomorrow_ten)
    away(tomorrow_ten - HOUR)
    assert "۱ نوبت باید جابه‌جا شود" in desk.get("/desk/foot").text
    shown = desk.get("/desk/to-move").text
    assert "زهرا" in shown
    assert "۰۹۱۲۳۴۵۶۷۸۹" in shown
    item = booked.items[0].id
    said = {"starts_at": tomorrow_ten.isoformat(), "staff_id": salon.negar}
    assert desk.post(f"/desk/to-move/{item}/move", data=said).status_code == 303
    assert "باید جابه‌جا شود" not in desk.get("/desk/foot").text
    assert desk.post(f"/desk/to-move/{item}/keep").status_code == 404
    assert desk.post(f"/desk/to-move/{item}/move", data=said | {"starts_at": "فردا"}).status_code == 422
