"""Free times of visits in the small salon: phases, rooms, breaks, absences, closed days, holds."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from salon.appointments.availability.queries import offers
from salon.appointments.availability.rules import Asked, Offer, Order
from salon.appointments.models import Occupancy, SlotHold
from salon.appointments.rules import BookingItem
from salon.catalog.models import PhaseKind, Resource
from salon.catalog.phases.rules import Phase
from salon.catalog.phases.services import set_phases, set_resources
from salon.core.db import db, transaction
from salon.core.jalali import day_range, format_time, local_date, start_of_day
from salon.setup.models import ClosedDay
from salon.staff.models import Absence, StaffDay

BUSY, PROCESSING, BUFFER = PhaseKind.BUSY, PhaseKind.PROCESSING, PhaseKind.BUFFER


@pytest.fixture
def tomorrow(now) -> date:
    return local_date(now) + timedelta(days=1)


@pytest.fixture
def found(salon, now, tomorrow):
    """The times of tomorrow at which a visit of these services fits, as the clock shows them."""

    def times(*items: tuple[int, int | None], **more) -> list[Offer]:
        asked = Asked(salon.branch_id, [BookingItem(*item) for item in items], **more)
        return list(offers(asked, *day_range(tomorrow), now))

    return times


def clock(offer: Offer) -> str:
    return format_time(offer.starts_at)


def test_a_whole_day_is_offered_in_steps_of_five_minutes(salon, found):
    offered = found((salon.cut, salon.sara))
    steps = {after.starts_at - before.starts_at for before, after in pairwise(offered)}
    assert steps == {timedelta(minutes=5)}
    assert offered[0].gaps == 0


def test_while_one_customer_s_colour_develops_another_is_cut(salon, found, now, tomorrow):
    ten = start_of_day(tomorrow) + timedelta(hours=10)
    with transaction():
        set_phases(service_id=salon.color, phases=[Phase(BUSY, 30), Phase(PROCESSING, 60), Phase(BUSY, 30)])
        hold = SlotHold(branch_id=salon.branch_id, expires_at=now + timedelta(days=9), created_at=now)
        db.session.add(hold)
        db.session.flush()
        for starts, ends in ((0, 30), (90, 120)):
            span = {name: ten + timedelta(minutes=m) for name, m in (("starts_at", starts), ("ends_at", ends))}
            db.session.add(Occupancy(staff_id=salon.sara, hold_id=hold.id, **span))
    starts = {offer.starts_at - ten for offer in found((salon.cut, salon.sara))}
    length = found((salon.cut, salon.sara))[0].items[0].shape.length
    assert timedelta(minutes=30) in starts
    assert timedelta(minutes=95 - length) not in starts
    assert timedelta(minutes=0) not in starts


def test_a_hold_that_has_lapsed_stands_in_nobodys_way(salon, found, now, tomorrow):
    ten = start_of_day(tomorrow) + timedelta(hours=10)
    with transaction():
        hold = SlotHold(branch_id=salon.branch_id, expires_at=now - timedelta(minutes=1), created_at=now)
        db.session.add(hold)
        db.session.flush()
        db.session.add(Occupancy(staff_id=salon.sara, hold_id=hold.id, starts_at=ten, ends_at=ten + timedelta(hours=1)))
    assert ten in {offer.starts_at for offer in found((salon.cut, salon.sara))}


def test_other_hours_absences_and_closed_days_count(salon, found, now, tomorrow):
    ten = start_of_day(tomorrow) + timedelta(hours=10)
    with transaction():
        db.session.add(StaffDay(staff_id=salon.sara, day=tomorrow, starts_at=600, ends_at=840))
        away = Absence(staff_id=salon.sara, starts_at=ten + timedelta(hours=1), ends_at=ten + timedelta(hours=2))
        away.created_at = now
        db.session.add(away)
    offered = found((salon.brushing, salon.sara))
    assert (clock(offered[0]), clock(offered[-1])) < ("۱۰:۰۱", "۱۴:۰۰")
    assert not any(ten + timedelta(hours=1) <= offer.starts_at < ten + timedelta(hours=2) for offer in offered)
    with transaction():
        db.session.add(ClosedDay(branch_id=salon.branch_id, day=tomorrow, name="عید فطر"))
    assert found((salon.brushing, salon.sara)) == []


def test_a_room_for_one_is_given_to_one(salon, found, now, tomorrow):
    ten = start_of_day(tomorrow) + timedelta(hours=10)
    with transaction():
        room = Resource(branch_id=salon.branch_id, name="اتاق لیزر", kind="room")
        db.session.add(room)
        db.session.flush()
        set_resources(service_id=salon.cut, resource_ids=[room.id])
        hold = SlotHold(branch_id=salon.branch_id, expires_at=now + timedelta(days=2), created_at=now)
        db.session.add(hold)
        db.session.flush()
        db.session.add(Occupancy(resource_id=room.id, hold_id=hold.id, starts_at=ten, ends_at=ten + timedelta(hours=1)))
    starts = {offer.starts_at for offer in found((salon.cut, None))}
    assert ten not in starts
    assert ten + timedelta(hours=1) in starts
    side_by_side = found((salon.cut, salon.sara), (salon.cut, salon.negar), order=Order.PARALLEL)
    assert side_by_side == []


def test_a_visit_of_three_services_has_its_people_one_after_another(salon, found):
    offered = found((salon.cut, None), (salon.color, None), (salon.brushing, None))
    first = offered[0].items
    assert [item.service_id for item in first] == [salon.cut, salon.color, salon.brushing]
    assert first[0].ends_at == first[1].starts_at
    assert first[1].ends_at == first[2].starts_at


def test_today_is_offered_from_now_on(salon, now):
    asked = Asked(salon.branch_id, [BookingItem(salon.brushing, salon.sara)])
    begins, ends = day_range(local_date(now))
    assert next(offers(asked, begins, ends, now)).starts_at >= now


def test_nothing_is_offered_in_the_past(salon, now):
    asked = Asked(salon.branch_id, [BookingItem(salon.brushing, salon.sara)])
    assert list(offers(asked, datetime.min.replace(tzinfo=now.tzinfo), now, now)) == []
