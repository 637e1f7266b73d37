"""Bookings of the small salon."""

from datetime import UTC, datetime, timedelta

import pytest

from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.core.db import transaction


@pytest.fixture
def tomorrow_ten() -> datetime:
    """Sunday, ten o'clock in Tehran."""
    return datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@pytest.fixture
def book_cut(salon, now):
    """Book a cut of 45 minutes for Zahra."""

    def booked(starts_at, staff_id=None, **more):
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=starts_at,
                items=[BookingItem(salon.cut, staff_id or salon.sara)],
                actor=None,
                now=now,
                **more,
            )

    return booked


@pytest.fixture
def minutes():
    """So many minutes."""
    return lambda count: timedelta(minutes=count)
