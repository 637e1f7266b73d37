"""One good request for each call about group visits."""

from collections.abc import Callable
from typing import Any

from .calendar_good import at
from .setup_good import fresh
from .till import Asked, Till


def opened(till: Till, **more: Any) -> int:
    """The id of a new file of Zahra's."""
    return int(till.got(opening(till, **more))["id"])


def opening(till: Till, **more: Any) -> Asked:
    """Zahra's file is opened."""
    return Asked("POST", "/groups", {"head_id": till.salon.zahra, "day": str(till.tomorrow())} | more)


def of(till: Till, what: str, body: dict[str, Any], group_id: int | None = None) -> Asked:
    """Something of a file, of a new one unless another is named."""
    return Asked("POST", f"/groups/{opened(till) if group_id is None else group_id}/{what}", body)


def parties(till: Till, **item: Any) -> dict[str, Any]:
    """Zahra's haircut."""
    items = [{"service_id": till.salon.cut, "staff_id": till.salon.sara} | item]
    return {"parties": [{"customer_id": till.salon.zahra, "items": items}]}


def times(till: Till, **more: Any) -> Asked:
    """When all have time tomorrow."""
    known = {"from": at(till, 9), "to": at(till, 20), "order": "parallel", "limit": 3} | parties(till)
    return of(till, "availability", known | more)


def booking(till: Till, group_id: int | None = None, days: int = 0, **more: Any) -> Asked:
    """They are booked as it was offered, tomorrow unless it is so many days later."""
    asked = times(till, **{"from": at(till, 9, days), "to": at(till, 20, days)})
    offered = till.got(asked)["slots"][0]
    for party in offered["parties"]:
        party["ends_at"] = offered["ends_at"]
    known = offered | {"order": "sequence", "trial": False, "note": "آرایش ملایم"}
    path = asked.path if group_id is None else f"/groups/{group_id}/availability"
    return Asked("POST", path.replace("availability", "appointments"), known | more)


def booked(till: Till, days: int = 0) -> int:
    """The id of a file in which Zahra is booked."""
    return int(till.got(booking(till, days=days))["id"])


def taking(till: Till, group_id: int, key: str = "bride-1", **more: Any) -> Asked:
    """Her deposit is taken."""
    body = {"amount": 200_000, "method": "card", "cashbox_id": None, "reference": "۷۷۱"} | more
    return Asked("POST", f"/groups/{group_id}/deposits", body, {"Idempotency-Key": key})


def task(till: Till, group_id: int | None = None, **more: Any) -> Asked:
    """Sara is to see to the crown."""
    body = {"title": "تاج", "due_on": str(till.tomorrow()), "staff_id": till.salon.sara} | more
    return of(till, "tasks", body, group_id)


def companion(till: Till) -> int:
    """The id of a new customer."""
    return int(till.got(till.customer(first_name=fresh("مینا")))["id"])


def changed_task(till: Till, **more: Any) -> Asked:
    """A new task is changed."""
    group_id = opened(till)
    known = till.got(task(till, group_id))["id"]
    return Asked("PATCH", f"/groups/{group_id}/tasks/{known}", more)


def changed(till: Till, **more: Any) -> Asked:
    """A new file is changed."""
    return Asked("PATCH", f"/groups/{opened(till)}", more)


def _listed(till: Till) -> Asked:
    booked(till)
    return Asked("GET", f"/groups?state=open&customer_id={till.salon.zahra}&cursor=0&limit=5")


def _whole(till: Till) -> Asked:
    """With a booking, a deposit, and a task that is done."""
    group_id = booked(till)
    till.got(taking(till, group_id))
    known = till.got(task(till, group_id))["id"]
    till.got(Asked("PATCH", f"/groups/{group_id}/tasks/{known}", {"done": True}))
    return Asked("GET", f"/groups/{group_id}")


GROUPS_GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /groups": _listed,
    "POST /groups": lambda till: opening(till, name="عروسی زهرا", note="باغ"),
    "GET /groups/{group_id}": _whole,
    "PATCH /groups/{group_id}": lambda till: changed(
        till, name="عروسی", day=str(till.tomorrow()), note="", state="done"
    ),
    "POST /groups/{group_id}/members": lambda till: of(
        till, "members", {"customer_id": companion(till), "relation": "خواهر"}
    ),
    "POST /groups/{group_id}/availability": times,
    "POST /groups/{group_id}/appointments": lambda till: booking(till, days=12),
    "POST /groups/{group_id}/moves": lambda till: of(till, "moves", {"minutes": 30}, booked(till, days=13)),
    "POST /groups/{group_id}/deposits": lambda till: taking(till, booked(till)),
    "POST /groups/{group_id}/tasks": task,
    "PATCH /groups/{group_id}/tasks/{task_id}": lambda till: changed_task(
        till, title="تاج گل", due_on=str(till.tomorrow()), staff_id=till.salon.negar, done=True
    ),
}
