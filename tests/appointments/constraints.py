"""What the database refuses of calendars, whoever asks; see `tests.test_constraints`."""

from datetime import date, datetime, timedelta
from typing import Any

from salon.appointments.models import Occupancy, SlotHold
from salon.catalog.models import Resource, ServiceExtra, ServicePhase, ServiceResource
from salon.core.db import db
from salon.setup.models import ClosedDay
from salon.staff.models import Absence, StaffDay, StaffLevel
from tests.factories import SmallSalon

CALENDAR_CHECKS = {
    "ck_absence_order": "UPDATE absence SET ends_at = starts_at",
    "ck_occupancy_by": "UPDATE occupancy SET hold_id = NULL, item_id = NULL",
    "ck_occupancy_of": "UPDATE occupancy SET staff_id = NULL, resource_id = NULL",
    "ck_occupancy_order": "UPDATE occupancy SET ends_at = starts_at",
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
    room = Resource(branch_id=salon.branch_id, name="اتاق لیزر", kind="room", capacity=2)
    held = SlotHold(branch_id=salon.branch_id, expires_at=now + timedelta(minutes=5), created_at=now)
    level = StaffLevel(name="استاد")
    db.session.add_all([room, held, level])
    db.session.flush()
    when: dict[str, Any] = {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=1)}
    whose = ({"staff_id": salon.sara}, {"level_id": level.id}, {"customer_id": salon.zahra})
    db.session.add_all(
        [
            ServicePhase(service_id=salon.cut, position=0, kind="busy", minutes=45),
            ServiceResource(service_id=salon.cut, resource_id=room.id),
            *(ServiceExtra(service_id=salon.cut, minutes=5, **one) for one in whose),
            StaffDay(staff_id=salon.sara, day=date(2026, 12, 1), starts_at=540, ends_at=600),
            Absence(staff_id=salon.negar, created_at=now, **when),
            ClosedDay(branch_id=salon.branch_id, day=date(2026, 12, 2), name="تعمیر"),
            Occupancy(resource_id=room.id, hold_id=held.id, **when),
        ]
    )
    db.session.flush()
