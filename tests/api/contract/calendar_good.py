"""One good request for each call about calendars, free times and bookings."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from salon.core.jalali import SALON_ZONE

from .setup_good import fresh
from .setup_good import made as set_up
from .till import Asked, Till

PHASES = [{"kind": "buffer", "minutes": 5}, {"kind": "busy", "minutes": 30}, {"kind": "processing", "minutes": 20}]
_DAYS = count()
AWAY = {"starts_at": "2027-01-02T09:00:00+03:30", "ends_at": "2027-01-03T09:00:00+03:30", "reason": "مرخصی"}


def at(till: Till, hour: int, days: int = 0) -> str:
    """An hour of tomorrow, or of so many days later."""
    return datetime.combine(till.tomorrow() + timedelta(days=days), time(hour), SALON_ZONE).isoformat()


def resource(till: Till, **more: Any) -> Asked:
    """A room for one."""
    return Asked("POST", "/resources", {"name": fresh("اتاق"), "kind": "room", "capacity": 1} | more)


def room(till: Till) -> int:
    """The id of a new room."""
    return int(till.got(resource(till))["id"])


def made(till: Till, **more: Any) -> Asked:
    """What a haircut is made of."""
    return Asked("PUT", f"/services/{till.salon.cut}", more)


def wanted(till: Till, **more: Any) -> Asked:
    """When somebody has time for a haircut, from tomorrow on."""
    known = {"from": at(till, 9), "to": at(till, 20, 30), "items": [{"service_id": till.salon.cut, "staff_id": None}]}
    return Asked("POST", "/availability", known | more)


def offered(till: Till, hour: int = 9) -> dict[str, Any]:
    """The first time that is free from an hour of tomorrow on, as it was offered."""
    found: dict[str, Any] = till.got(wanted(till, **{"from": at(till, hour), "limit": 1}))["slots"][0]
    return found


def hold(till: Till, hour: int = 11, **more: Any) -> Asked:
    """A time is kept as it was offered."""
    return Asked("POST", "/holds", offered(till, hour) | {"customer_id": till.salon.zahra} | more)


def changed(till: Till, **more: Any) -> Asked:
    """A haircut of an afternoon is changed."""
    booked = till.got(Asked("POST", "/appointments", offered(till, 13) | {"customer_id": till.salon.zahra}))
    return Asked("PATCH", f"/appointments/{booked['id']}", more)


def rules(till: Till) -> dict[str, Any]:
    """What a haircut asks of its bookings, and whose minutes and prices differ."""
    return {
        "minimum_notice": 60,
        "furthest_days": 365,
        "patch_hours": None,
        "patch_months": None,
        "touch_ups": [{"of_service_id": till.salon.color, "within_days": 20, "price": 100_000}],
        "extras": [
            {"whose": "staff", "id": till.salon.negar, "minutes": 5},
            {"whose": "level", "id": set_up(till, "staff-levels"), "minutes": -5},
            {"whose": "customer", "id": till.salon.zahra, "minutes": 0},
        ],
        "prices": [
            {"whose": "staff", "id": till.salon.negar, "price": 500_000},
            {"whose": "customer", "id": till.salon.zahra, "price": None},
        ],
    }


def _needing_a_room(till: Till) -> None:
    rooms = till.got(Asked("GET", "/resources"))["items"]
    till.got(made(till, phases=PHASES, resources=[rooms[0]["id"] if rooms else room(till)]))


def _wanted(till: Till) -> Asked:
    _needing_a_room(till)
    more = {"order": "parallel", "limit": 3, "customer_id": till.salon.zahra, "longest_wait": 10}
    return wanted(till, **more)


def _booked(till: Till) -> Asked:
    _needing_a_room(till)
    afternoon = offered(till, 16)
    kept = till.got(hold(till, 16))["id"]
    more = {"customer_id": till.salon.zahra, "hold_id": kept, "allow_overbooking": False, "note": "با مادرش"}
    return Asked("POST", "/appointments", afternoon | more)


def _on_another_day(till: Till, days: int) -> dict[str, Any]:
    """A free time of days that no other request asks for."""
    then = {"from": at(till, 9, days), "to": at(till, 20, days + 6), "limit": 1}
    found: dict[str, Any] = till.got(wanted(till, **then))["slots"][0]
    return found


def _held(till: Till) -> Asked:
    return Asked("POST", "/holds", _on_another_day(till, 30) | {"customer_id": till.salon.zahra})


def _changed(till: Till) -> Asked:
    _needing_a_room(till)
    evening = _on_another_day(till, 20)
    return changed(till, starts_at=evening["starts_at"], status="confirmed", items=evening["items"], reason="خواست")


def booked_then(till: Till) -> Asked:
    """A haircut by Sara within `AWAY`."""
    return till.booking(starts_at="2027-01-02T10:00:00+03:30")


def closed(till: Till, **more: Any) -> Asked:
    """A day of repairs, another at each time."""
    known = {"day": (date(2030, 1, 1) + timedelta(days=next(_DAYS))).isoformat(), "name": "تعمیرات"}
    return Asked("POST", "/closed-days", known | more)


def _away(till: Till) -> Asked:
    till.got(booked_then(till))
    return Asked("POST", f"/staff/{till.salon.sara}/absences", AWAY)


def _closed_over_a_booking(till: Till) -> Asked:
    asked = closed(till)
    till.got(till.booking(starts_at=f"{asked.body['day']}T10:00:00+03:30"))
    return asked


def _closed_days(till: Till) -> Asked:
    asked = closed(till)
    till.got(asked)
    return Asked("GET", f"/closed-days?from={asked.body['day']}&to=2032-01-01")


def _listed(till: Till) -> Asked:
    till.got(resource(till))
    return Asked("GET", "/resources")


CALENDAR_GOOD: dict[str, Callable[[Till], Asked]] = {
    "POST /availability": _wanted,
    "POST /appointments": _booked,
    "PATCH /appointments/{appointment_id}": _changed,
    "POST /holds": _held,
    "PUT /services/{service_id}": lambda till: made(
        till,
        phases=PHASES,
        staff_ids=[till.salon.sara, till.salon.negar],
        resources=[room(till)],
        self_booking="confirmed",
        **rules(till),
    ),
    "PUT /staff/{staff_id}/hours": lambda till: Asked(
        "PUT",
        f"/staff/{till.salon.sara}/hours",
        {"hours": [{"weekday": day, "starts_at": 540, "ends_at": 1200} for day in range(7)]},
    ),
    "POST /staff/{staff_id}/absences": _away,
    "GET /closed-days": _closed_days,
    "POST /closed-days": _closed_over_a_booking,
    "GET /resources": _listed,
    "POST /resources": resource,
    "PATCH /resources/{resource_id}": lambda till: Asked(
        "PATCH", f"/resources/{room(till)}", {"name": fresh("صندلی"), "kind": "chair", "capacity": 2, "active": False}
    ),
}
