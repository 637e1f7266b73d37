"""Verbs that take a booking's customer and its people wait for one another in one order: neither is refused."""

from datetime import datetime, timedelta

from salon.appointments.queue.services import call, come
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.core.db import transaction
from tests.factories import SmallSalon
from tests.test_meanwhile import Meanwhile, meanwhile

__all__ = ["meanwhile"]


def test_who_is_called_while_another_booking_of_hers_is_called_off_waits_for_it(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    items = [BookingItem(salon.cut, salon.sara)]
    by = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "items": items, "actor": None, "now": now}
    with transaction():
        standing = book(starts_at=now + timedelta(hours=5), **by).id
        walk_in = come(**by).id
    seen = meanwhile(
        lambda: set_status(appointment_id=standing, status="cancelled", actor=None, now=now),
        lambda: call(branch_id=salon.branch_id, walk_in_id=walk_in, actor=None, now=now).status,
    )
    assert (seen.waited, seen.second) == (True, "arrived")
