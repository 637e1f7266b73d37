"""What a reminder says, and when it is due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask

from salon.appointments.reminders.rules import Visit, due_at, reminder_key, reminder_text

STARTS = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
VISIT = Visit(5, 1, 7, "زهرا", "09123456789", STARTS, "گل‌نرگس", 120)


def test_a_booking_is_reminded_of_once_for_each_time_it_has() -> None:
    assert reminder_key(5, STARTS) == "reminder:5:2026-11-22T06:30Z"


def test_a_reminder_goes_out_so_long_before_and_at_once_when_that_is_over() -> None:
    two_hours_before = STARTS - timedelta(hours=2)
    assert due_at(VISIT, STARTS - timedelta(days=1)) == two_hours_before
    assert due_at(replace(VISIT, lead=121), STARTS - timedelta(days=1)) == two_hours_before - timedelta(minutes=1)
    assert due_at(VISIT, STARTS - timedelta(hours=1)) == STARTS - timedelta(hours=1)


def test_a_reminder_names_who_when_and_where(app: Flask) -> None:
    assert reminder_text(VISIT) == "زهرا عزیز، نوبت شما یکشنبه ۱ آذر ۱۴۰۵ ساعت ۱۰:۰۰ در گل‌نرگس است."
