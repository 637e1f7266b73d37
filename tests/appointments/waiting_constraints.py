"""What the database refuses of those who wait, and a row of each of them; tests.test_constraints tries it."""

from datetime import datetime, timedelta

from salon.appointments.queue.services import come
from salon.appointments.requests.services import ask, propose
from salon.appointments.rules import BookingItem
from salon.appointments.waitlist.rules import WaitSpec
from salon.appointments.waitlist.services import join, offer_to
from salon.core.jalali import local_date
from tests.factories import SmallSalon

# By the name of each rule: a change of a row that it refuses.
WAITING_CHECKS = {
    "ck_booking_request_state": "UPDATE booking_request SET state = 'lost'",
    "ck_salon_profile_offer_minutes": "UPDATE salon_profile SET offer_minutes = 4",
    "ck_salon_profile_waitlist_rule": "UPDATE salon_profile SET waitlist_rule = 'tier'",
    "ck_service_self_booking": "UPDATE service SET self_booking = 'maybe'",
    "ck_slot_offer_order": "UPDATE slot_offer SET ends_at = starts_at",
    "ck_slot_offer_state": "UPDATE slot_offer SET state = 'lost'",
    "ck_slot_offer_whose": "UPDATE slot_offer SET entry_id = NULL, request_id = NULL",
    "ck_waitlist_entry_days": "UPDATE waitlist_entry SET ends_before = starts_on",
    "ck_waitlist_entry_state": "UPDATE waitlist_entry SET state = 'lost'",
    "ck_waitlist_entry_times": "UPDATE waitlist_entry SET to_time = from_time",
    "ck_waitlist_entry_weekdays": "UPDATE waitlist_entry SET weekdays = 0",
    "ck_walk_in_state": "UPDATE walk_in SET state = 'lost'",
    "ck_wanted_item_whose": "UPDATE wanted_item SET entry_id = 1, walk_in_id = 1",
}


def let_them_wait(salon: SmallSalon, now: datetime) -> None:
    """Zahra waits for a time, in the salon, and for an answer; she was offered two times."""
    day = local_date(now) + timedelta(days=3)
    hers = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "actor": None, "now": now}
    by = {"branch_id": salon.branch_id, "actor": None, "now": now}
    items = [BookingItem(salon.cut, salon.negar)]
    entry = join(spec=WaitSpec(items, day, day + timedelta(days=1)), **hers)
    offered = offer_to(entry_id=entry.id, **by)
    come(items=items, **hers)
    asked_for = ask(starts_at=offered.starts_at + timedelta(hours=2), items=items, **hers)
    propose(request_id=asked_for.id, starts_at=offered.starts_at + timedelta(hours=3), **by)
