"""A booking on a day."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from salon.appointments.models import Appointment
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.core.db import transaction
from salon.core.jalali import wall_clock
from tests.factories import SmallSalon


@pytest.fixture
def book_on(salon: SmallSalon, now: datetime) -> Callable[[date], Appointment]:
    """Book a cut by Sara for Zahra at ten o'clock of a day."""

    def booked(day: date) -> Appointment:
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=wall_clock(day, 600),
                items=[BookingItem(salon.cut, salon.sara)],
                actor=None,
                now=now,
            )

    return booked
