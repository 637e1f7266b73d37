"""What the database refuses of calendars, whoever asks; see `tests.test_constraints`."""

from datetime import date, datetime, timedelta
from typing import Any

from salon.appointments.models import (
    BookingSeries,
    GroupMember,
    GroupVisit,
    Occupancy,
    PatchTest,
    SlotHold,
    StandingItem,
)
from salon.catalog.models import BookingRule, FollowUp, OwnPrice, Resource, ServiceExtra, ServicePhase, ServiceResource
from salon.core.db import db
from salon.setup.models import ClosedDay, HolidayShift, KeptHoliday
from salon.staff.models import Absence, StaffDay, StaffLevel, StaffMember
from tests.factories import SmallSalon

CALENDAR_CHECKS = {
    "ck_absence_order": "UPDATE absence SET ends_at = starts_at",
    "ck_appointment_item_price": "UPDATE appointment_item SET price = -1",
    "ck_booking_rule_furthest_days": "UPDATE booking_rule SET furthest_days = 0",
    "ck_booking_rule_least_notice": "UPDATE booking_rule SET least_notice = -1",
    "ck_booking_rule_patch_hours": "UPDATE booking_rule SET patch_hours = -1",
    "ck_booking_rule_patch_months": "UPDATE booking_rule SET patch_hours = NULL, patch_months = 6",
    "ck_booking_series_every_weeks": "UPDATE booking_series SET every_weeks = 0",
    "ck_follow_up_price": "UPDATE follow_up SET price = -1",
    "ck_follow_up_within_days": "UPDATE follow_up SET within_days = 0",
    "ck_group_visit_state": "UPDATE group_visit SET state = 'forgotten'",
    "ck_holiday_shift_days": "UPDATE holiday_shift SET days = 0",
    "ck_occupancy_by": "UPDATE occupancy SET hold_id = NULL, item_id = NULL",
    "ck_occupancy_of": "UPDATE occupancy SET staff_id = NULL, resource_id = NULL",
    "ck_occupancy_order": "UPDATE occupancy SET ends_at = starts_at",
    "ck_own_price_price": "UPDATE own_price SET price = -1",
    "ck_own_price_whose": "UPDATE own_price SET staff_id = NULL, customer_id = NULL",
    "ck_patch_test_result": "UPDATE patch_test SET result = 'itches'",
    "ck_salon_profile_deposit_share": "UPDATE salon_profile SET deposit_share_bp = 10001",
    "ck_salon_profile_furthest_days": "UPDATE salon_profile SET furthest_days = 0",
    "ck_salon_profile_late_cancel": "UPDATE salon_profile SET late_cancel_hours = -1",
    "ck_salon_profile_least_notice": "UPDATE salon_profile SET least_notice = -1",
    "ck_salon_profile_misses": "UPDATE salon_profile SET misses_before_deposit = 0",
    "ck_resource_capacity": "UPDATE resource SET capacity = 0",
    "ck_resource_kind": "UPDATE resource SET kind = 'garden'",
    "ck_service_extra_minutes": "UPDATE service_extra SET minutes = 0",
    "ck_service_extra_whose": "UPDATE service_extra SET staff_id = NULL, level_id = NULL, customer_id = NULL",
    "ck_service_phase_kind": "UPDATE service_phase SET kind = 'tea'",
    "ck_service_phase_minutes": "UPDATE service_phase SET minutes = 0",
    "ck_staff_day_order": "UPDATE staff_day SET ends_at = starts_at",
}


def lay_out_calendar(salon: SmallSalon, now: datetime) -> None:
    """A row of everything that a calendar is made of, and a slot that is kept."""
    db.session.get_one(StaffMember, salon.sara).feed_key = "s" * 43
    room = Resource(branch_id=salon.branch_id, name="اتاق لیزر", kind="room", capacity=2)
    held = SlotHold(branch_id=salon.branch_id, expires_at=now + timedelta(minutes=5), created_at=now)
    level = StaffLevel(name="استاد")
    group = GroupVisit(branch_id=salon.branch_id, name="عروسی", head_id=salon.zahra, day=now.date(), created_at=now)
    db.session.add_all([room, held, level, group])
    db.session.flush()
    when: dict[str, Any] = {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=1)}
    whose = ({"staff_id": salon.sara}, {"level_id": level.id}, {"customer_id": salon.zahra})
    db.session.add_all(
        [
            GroupMember(group_id=group.id, customer_id=salon.zahra),
            ServicePhase(service_id=salon.cut, position=0, kind="busy", minutes=45),
            ServiceResource(service_id=salon.cut, resource_id=room.id),
            *(ServiceExtra(service_id=salon.cut, minutes=5, **one) for one in whose),
            StaffDay(staff_id=salon.sara, day=date(2026, 12, 1), starts_at=540, ends_at=600),
            Absence(staff_id=salon.negar, created_at=now, **when),
            ClosedDay(branch_id=salon.branch_id, day=date(2026, 12, 2), name="تعمیر"),
            KeptHoliday(branch_id=salon.branch_id, code="jalali-01-13"),
            HolidayShift(code="hijri-01-10", hijri_year=1448, days=1),
            Occupancy(resource_id=room.id, hold_id=held.id, **when),
            StandingItem(item_id=1, staff_id=salon.sara, starts_at=now, why="away", kept_at=now),
        ]
    )
    db.session.flush()
    _ask_for_bookings(salon, now)


def _ask_for_bookings(salon: SmallSalon, now: datetime) -> None:
    """A row of everything that services ask of bookings, and of what is kept of these."""
    hers = {"customer_id": salon.zahra, "created_at": now}
    db.session.add_all(
        [
            BookingRule(service_id=salon.cut, least_notice=60, furthest_days=60, patch_hours=48, patch_months=6),
            FollowUp(service_id=salon.brushing, of_service_id=salon.cut, within_days=20, price=1),
            OwnPrice(service_id=salon.cut, staff_id=salon.sara, price=1),
            OwnPrice(service_id=salon.cut, customer_id=salon.zahra, price=1),
            PatchTest(service_id=salon.cut, tested_at=now, result="clear", **hers),
            BookingSeries(branch_id=salon.branch_id, every_weeks=3, **hers),
        ]
    )
    db.session.flush()
