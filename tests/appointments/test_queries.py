"""Free times, the board and a customer's day, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from salon.appointments.availability.queries import free_slots
from salon.appointments.board.queries import booked_between
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import move
from salon.appointments.queries import (
    midnight_of,
    today_of,
    upcoming_of,
)
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.catalog.models import ServiceStaff
from salon.core.db import db, transaction
from salon.core.errors import NotFound
from salon.core.jalali import format_time, weekday_of
from salon.staff.hours.services import set_hours

SUNDAY = date(2026, 11, 22)


def board_of(day, branch_id):
    return booked_between(day, day + timedelta(days=1), branch_id)


def times(slots, staff_id):
    return [format_time(slot.starts_at) for slot in slots if slot.staff_id == staff_id]


def test_the_day_is_free_in_quarters_within_working_hours(salon, now):
    slots = free_slots(branch_id=salon.branch_id, day=SUNDAY, service_id=salon.cut, now=now)
    hers = times(slots, salon.sara)
    assert (hers[0], hers[1], hers[-1], len(hers)) == ("۹:۰۰", "۹:۱۵", "۲۰:۱۵", 46)
    assert {slot.staff_id for slot in slots} == {salon.sara, salon.negar}
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=45) for slot in slots)


def test_a_booking_takes_its_time_out_and_its_end_is_offered(salon, now, book_cut, tomorrow_ten, minutes):
    book_cut(tomorrow_ten + minutes(5))
    hers = times(
        free_slots(branch_id=salon.branch_id, day=SUNDAY, service_id=salon.cut, staff_id=salon.sara, now=now),
        salon.sara,
    )
    assert hers[:4] == ["۹:۰۰", "۹:۱۵", "۱۰:۵۰", "۱۱:۰۰"]


def test_today_only_what_lies_ahead_is_offered_and_yesterday_nothing(salon, now):
    today = free_slots(
        branch_id=salon.branch_id, day=date(2026, 11, 21), service_id=salon.cut, staff_id=salon.sara, now=now
    )
    assert times(today, salon.sara)[0] == "۱۱:۳۰"
    assert free_slots(branch_id=salon.branch_id, day=date(2026, 11, 20), service_id=salon.cut, now=now) == []


def test_anybody_is_whoever_does_it_while_somebody_named_is_taken_at_her_word(salon, now):
    with transaction() as session:
        session.add(ServiceStaff(service_id=salon.cut, staff_id=salon.negar))
    anybody = free_slots(branch_id=salon.branch_id, day=SUNDAY, service_id=salon.cut, now=now)
    assert {slot.staff_id for slot in anybody} == {salon.negar}
    assert times(
        free_slots(branch_id=salon.branch_id, day=SUNDAY, service_id=salon.cut, staff_id=salon.sara, now=now),
        salon.sara,
    )


def test_nobody_is_offered_on_her_day_off(salon, now):
    with transaction():
        set_hours(staff_id=salon.sara, week={weekday_of(SUNDAY): ()})
    assert {
        slot.staff_id for slot in free_slots(branch_id=salon.branch_id, day=SUNDAY, service_id=salon.cut, now=now)
    } == {salon.negar}


def test_an_unknown_service_is_not_found(salon, now):
    with pytest.raises(NotFound) as refused:
        free_slots(branch_id=salon.branch_id, day=SUNDAY, service_id=999, now=now)
    assert refused.value.code == "service_unknown"


def test_the_board_shows_the_day_without_what_was_cancelled(salon, now, book_cut, tomorrow_ten, minutes):
    kept, dropped = book_cut(tomorrow_ten), book_cut(tomorrow_ten + minutes(60))
    book_cut(tomorrow_ten + timedelta(days=1))
    with transaction():
        set_status(appointment_id=dropped.id, status=S.CANCELLED, actor=None, now=now)
    (row,) = board_of(SUNDAY, salon.branch_id)
    assert (row.appointment_id, row.first_name, row.service, row.status) == (kept.id, "زهرا", "کوتاهی", S.BOOKED)
    assert board_of(SUNDAY, salon.branch_id + 1) == []


def test_a_booking_over_midnight_is_on_the_board_of_both_days(salon, book_cut, tomorrow_ten):
    late = book_cut(tomorrow_ten + timedelta(hours=13, minutes=40), overbook=True)  # from 23:40 on
    for day, seen in ((SUNDAY, True), (SUNDAY + timedelta(days=1), True), (SUNDAY + timedelta(days=2), False)):
        assert [row.appointment_id for row in board_of(day, salon.branch_id)] == [late.id] * seen


def test_a_service_that_was_moved_away_from_the_rest_of_its_visit_is_on_the_board_of_its_new_day(
    salon, now, tomorrow_ten
):
    items = [BookingItem(salon.cut, salon.sara), BookingItem(salon.color, salon.negar)]
    with transaction():
        trial = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=items,
            actor=None,
            now=now,
        )
    with transaction():
        item_id, later = trial.items[1].id, tomorrow_ten + timedelta(days=7)
        move(appointment_id=trial.id, item_id=item_id, starts_at=later, staff_id=salon.negar, actor=None, now=now)
    assert [row.id for row in board_of(SUNDAY, salon.branch_id)] == [trial.items[0].id]
    assert [row.id for row in board_of(SUNDAY + timedelta(days=7), salon.branch_id)] == [item_id]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_day_s_board_looks_at_no_other_day(salon):
    plans = []

    def plan(connection, _cursor, statement, parameters, *_more):
        plans.extend(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())

    db.session.connection()  # begun before, so that the next statement is the board's
    event.listen(db.engine, "before_cursor_execute", plan, once=True)
    board_of(SUNDAY, salon.branch_id)
    assert any("ix_appointment_item_starts_at" in row.detail for row in plans)
    assert not any(row.detail.startswith("SCAN") for row in plans)


def test_a_customer_sees_her_day_and_what_comes_after(salon, now, book_cut, tomorrow_ten, minutes):
    second, first = book_cut(tomorrow_ten + minutes(60)), book_cut(tomorrow_ten)
    later = book_cut(tomorrow_ten + timedelta(days=1))
    assert [found.id for found in today_of(salon.zahra, SUNDAY)] == [first.id, second.id]
    assert [found.id for found in upcoming_of(salon.zahra, SUNDAY)] == [later.id]
    with transaction():
        set_status(appointment_id=first.id, status=S.CANCELLED, actor=None, now=now)
    assert [found.id for found in today_of(salon.zahra, SUNDAY)] == [second.id]


def test_the_wall_clock_stays_right_when_the_clocks_changed_at_midnight():
    nine = midnight_of(date(2022, 3, 22)) + timedelta(hours=9)
    assert nine == datetime(2022, 3, 22, 4, 30, tzinfo=UTC)
    assert format_time(nine) == "۹:۰۰"
