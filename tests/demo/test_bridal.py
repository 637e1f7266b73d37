"""The demo tells of a bride: her people, a trial, a great day, a deposit and tasks."""

from datetime import datetime, timedelta

from salon.appointments.groups.queries import bookings_of, group_visits, members_of, money_of, tasks_of
from salon.appointments.models import AppointmentStatus as S
from salon.core.jalali import local_date
from salon.demo.bridal.rules import DEPOSIT, GUESTS, TASKS
from salon.setup.queries import default_branch


def test_a_bride_s_file_lies_ahead_with_all_that_belongs_to_it(told: datetime) -> None:
    branch = default_branch()
    (listed,) = group_visits(branch.id)
    bookings = bookings_of(listed.id)
    assert [(person.first_name, member.relation) for member, person in members_of(listed.id)] == [
        (guest.first_name, guest.relation) for guest in GUESTS
    ]
    great_day = [booking for booking in bookings if not booking.trial]
    assert {local_date(booking.starts_at) for booking in great_day} == {listed.group.day}
    assert listed.group.day - local_date(told) >= timedelta(days=9)
    assert [booking.customer_id for booking in great_day].count(listed.group.head_id) == 1
    assert len(great_day) == len(GUESTS)
    assert [local_date(one.starts_at) < listed.group.day for one in bookings if one.trial] == [True]
    assert {booking.status for booking in bookings} == {S.BOOKED}
    assert money_of(bookings, told).taken == DEPOSIT
    assert [task.title for task in tasks_of(listed.id) if task.done_at] == [task.title for task in TASKS if task.done]
