"""One good request for each call about the waitlist and about customers' own requests."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from .calendar_good import at
from .till import Asked, Till

_DAYS = count(2)


def fresh_time(till: Till) -> str:
    """Four o'clock of a day on which nothing is booked yet."""
    return at(till, 16, next(_DAYS) % 700)


def cut(till: Till, **more: Any) -> list[dict[str, Any]]:
    """A haircut by Sara."""
    return [{"service_id": till.salon.cut, "staff_id": till.salon.sara} | more]


def wish(till: Till, **more: Any) -> Asked:
    """Zahra waits for a haircut tomorrow or the day after."""
    days = {"from": till.tomorrow().isoformat(), "to": (till.tomorrow() + timedelta(days=2)).isoformat()}
    times = {"weekdays": [0, 1, 2, 3, 4, 5, 6], "from_time": 600, "to_time": 1200, "note": "عصرها"}
    return Asked("POST", "/waitlist", {"customer_id": till.salon.zahra, "items": cut(till)} | days | times | more)


def waiting(till: Till) -> str:
    """The path of her entry."""
    return f"/waitlist/{till.got(wish(till))['id']}"


def rewritten(till: Till, **more: Any) -> Asked:
    """She says anew what she waits for."""
    body = {name: value for name, value in wish(till).body.items() if name != "customer_id"}
    return Asked("PATCH", waiting(till), body | more)


def offer(till: Till, **more: Any) -> Asked:
    """She is offered a named time."""
    return Asked("POST", f"{waiting(till)}/offer", {"starts_at": fresh_time(till), "items": cut(till)} | more)


def request(till: Till, **more: Any) -> Asked:
    """Zahra asks for a haircut."""
    body = {"customer_id": till.salon.zahra, "starts_at": fresh_time(till), "items": cut(till), "note": "با مادرش"}
    return Asked("POST", "/requests", body | more)


def requested(till: Till) -> str:
    """The path of her request."""
    return f"/requests/{till.got(request(till))['id']}"


def proposal(till: Till, **more: Any) -> Asked:
    """She is proposed another time."""
    return Asked("POST", f"{requested(till)}/propose", {"starts_at": fresh_time(till), "items": cut(till)} | more)


def _entries(till: Till) -> Asked:
    till.got(offer(till))
    return Asked("GET", "/waitlist?cursor=0&limit=5")


def _requests(till: Till) -> Asked:
    till.got(proposal(till))
    return Asked("GET", "/requests?status=proposed&cursor=0&limit=5")


WAITING_GOOD: dict[str, Callable[[Till], Asked]] = {
    "POST /waitlist": wish,
    "GET /waitlist": _entries,
    "PATCH /waitlist/{entry_id}": rewritten,
    "DELETE /waitlist/{entry_id}": lambda till: Asked("DELETE", waiting(till)),
    "POST /waitlist/{entry_id}/offer": offer,
    "POST /requests": request,
    "GET /requests": _requests,
    "POST /requests/{request_id}/approve": lambda till: Asked("POST", f"{requested(till)}/approve"),
    "POST /requests/{request_id}/refuse": lambda till: Asked(
        "POST", f"{requested(till)}/refuse", {"reason": "تعطیلیم"}
    ),
    "POST /requests/{request_id}/propose": proposal,
    "DELETE /requests/{request_id}": lambda till: Asked("DELETE", requested(till)),
}
