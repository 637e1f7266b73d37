"""What happens to bookings, and how it is told. No database."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from ..availability.rules import Laid
from ..models import AppointmentItem


class What(StrEnum):
    """What happened to a booking."""

    BOOKED = "booked"
    MOVED = "moved"
    STRETCHED = "stretched"
    SERVICES = "services"  # it got others
    STATUS = "status"
    REOPENED = "reopened"  # it was over
    NOTE = "note"


Facts = dict[str, Any]


def facts_of(items: Sequence[AppointmentItem | Laid]) -> Facts:
    """The services of a booking with their people and times, as they are kept in its history."""
    told = [
        {
            "service_id": item.service_id,
            "staff_id": item.staff_id,
            "starts_at": item.starts_at.isoformat(),
            "ends_at": item.ends_at.isoformat(),
        }
        for item in sorted(items, key=lambda item: (item.starts_at, item.service_id))
    ]
    return {"items": told}
