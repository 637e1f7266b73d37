"""One request for each code by which a call about group visits refuses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from salon.catalog.models import Service
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.staff.models import StaffMember

from .calendar_good import at
from .closed import close_year
from .groups_good import (
    booked,
    booking,
    changed,
    changed_task,
    companion,
    of,
    opened,
    opening,
    parties,
    taking,
    task,
    times,
)
from .till import Asked, Till

NOBODY = 999_999
ONE = "/groups/{group_id}"
TIMES, BOOK = f"POST {ONE}/availability", f"POST {ONE}/appointments"
Requests = dict[tuple[str, str], Callable[[Till], Asked]]


def _closed(till: Till) -> int:
    """The id of a file that was called off."""
    group_id = opened(till)
    till.got(Asked("PATCH", f"/groups/{group_id}", {"state": "cancelled"}))
    return group_id


def _inactive(table: type[Service | StaffMember], key: int) -> None:
    with transaction():
        db.session.execute(update(table).where(table.id == key).values(active=False))


def _fresh(till: Till, **more: Any) -> Asked:
    """Zahra is to be fitted in at ten."""
    return of(till, "appointments", {"starts_at": at(till, 10)} | parties(till) | more)


def _after(table: type[Service | StaffMember], asked: Callable[[Till], Asked]) -> Callable[[Till], Asked]:
    def act(till: Till) -> Asked:
        request = asked(till)
        _inactive(table, till.salon.cut if table is Service else till.salon.sara)
        return request

    return act


def _of_parties(call: str, asked: Callable[..., Asked]) -> Requests:
    """The refusals of who does what for whom."""
    return {
        (call, "service_unknown"): lambda till: asked(till, **parties(till, service_id=NOBODY)),
        (call, "staff_unknown"): lambda till: asked(till, **parties(till, staff_id=NOBODY)),
        (call, "service_inactive"): _after(Service, asked),
        (call, "staff_inactive"): _after(StaffMember, asked),
        (call, "member_unknown"): lambda till: asked(
            till, parties=[parties(till)["parties"][0] | {"customer_id": companion(till)}]
        ),
        (call, "parties_twice"): lambda till: asked(till, parties=parties(till)["parties"] * 2),
    }


def _known_member(till: Till) -> Asked:
    return of(till, "members", {"customer_id": till.salon.zahra})


def _taken(till: Till) -> Asked:
    till.got(till.booking())
    return _fresh(till)


def _moved_onto_another(till: Till) -> Asked:
    """Tomorrow's first haircut is moved to ten, where there is one already."""
    group_id = booked(till)
    till.got(till.booking())
    return of(till, "moves", {"minutes": 60}, group_id)


def _untested(till: Till, asked: Asked) -> Asked:
    """The same once the haircut wants a patch test that nobody made."""
    till.got(Asked("PUT", f"/services/{till.salon.cut}", {"patch_hours": 48}))
    return asked


def _after_reaction(till: Till, asked: Asked) -> Asked:
    """The same once Zahra's skin did not bear it."""
    tested = {"service_id": till.salon.cut, "result": "reaction"}
    till.got(Asked("POST", f"/customers/{till.salon.zahra}/patch-tests", tested))
    return asked


def _tested_too_early(till: Till) -> Asked:
    """A week later than she is booked, for when Zahra's patch test is older than a month."""
    booked_as: dict[str, Any] = till.got(booking(till))
    begins = datetime.fromisoformat(booked_as["appointments"][0]["starts_at"])
    tested = {"service_id": till.salon.cut, "result": "clear", "tested_at": (begins - timedelta(days=25)).isoformat()}
    till.got(Asked("POST", f"/customers/{till.salon.zahra}/patch-tests", tested))
    till.got(Asked("PUT", f"/services/{till.salon.cut}", {"patch_hours": 48, "patch_months": 1}))
    return of(till, "moves", {"minutes": 7 * 24 * 60}, int(booked_as["id"]))


def _moving(till: Till) -> Asked:
    return of(till, "moves", {"minutes": 30}, booked(till))


def _nameless(till: Till) -> Asked:
    group_id = booked(till)
    with transaction():
        db.session.execute(
            update(Customer).where(Customer.id == till.salon.zahra).values(is_walk_in=True, mobile=None, last_name="")
        )
    return taking(till, group_id)


def _another_amount(till: Till) -> Asked:
    group_id = booked(till)
    till.got(taking(till, group_id))
    return taking(till, group_id, amount=300_000)


def _in_closed_year(till: Till) -> Asked:
    group_id = booked(till)
    close_year()
    return taking(till, group_id)


def _done_when_cancelled(till: Till) -> Asked:
    return Asked("PATCH", f"/groups/{_closed(till)}", {"state": "done"})


def _cancelled_when_done(till: Till) -> Asked:
    group_id = opened(till)
    till.got(Asked("PATCH", f"/groups/{group_id}", {"state": "done"}))
    return Asked("PATCH", f"/groups/{group_id}", {"state": "cancelled"})


def _unknown(till: Till, asked: Asked) -> Asked:
    """The same of a file that nobody knows."""
    _start, _groups, _number, *rest = asked.path.split("/")
    return Asked(asked.method, "/".join(["", "groups", str(NOBODY), *rest]), asked.body, asked.headers)


OF_UNKNOWN: dict[str, Callable[[Till], Asked]] = {
    f"GET {ONE}": lambda till: Asked("GET", f"/groups/{opened(till)}"),
    f"PATCH {ONE}": lambda till: changed(till, name="عروسی"),
    f"POST {ONE}/members": lambda till: of(till, "members", {"customer_id": companion(till)}),
    TIMES: times,
    BOOK: booking,
    f"POST {ONE}/moves": lambda till: of(till, "moves", {"minutes": 30}),
    f"POST {ONE}/deposits": lambda till: taking(till, opened(till)),
    f"POST {ONE}/tasks": task,
    f"PATCH {ONE}/tasks/{{task_id}}": lambda till: changed_task(till, done=True),
}


def _asked_of_unknown(asked: Callable[[Till], Asked]) -> Callable[[Till], Asked]:
    return lambda till: _unknown(till, asked(till))


GROUPS_IN_CLOSED_YEAR: dict[str, Callable[[Till], Asked]] = {f"POST {ONE}/deposits": _in_closed_year}
GROUPS_REFUSED: Requests = {
    **{(call, "group_visit_unknown"): _asked_of_unknown(asked) for call, asked in OF_UNKNOWN.items()},
    **_of_parties(TIMES, times),
    **_of_parties(BOOK, _fresh),
    ("POST /groups", "customer_unknown"): lambda till: opening(till, head_id=NOBODY),
    (f"PATCH {ONE}", "group_over"): _cancelled_when_done,
    (f"PATCH {ONE}", "wrong_status"): _done_when_cancelled,
    (f"PATCH {ONE}", "name_missing"): lambda till: changed(till, name=" "),
    (f"POST {ONE}/members", "customer_unknown"): lambda till: of(till, "members", {"customer_id": NOBODY}),
    (f"POST {ONE}/members", "group_over"): lambda till: of(
        till, "members", {"customer_id": companion(till)}, _closed(till)
    ),
    (f"POST {ONE}/members", "member_known"): _known_member,
    (BOOK, "group_over"): lambda till: booking(till, _closed(till)),
    (BOOK, "slot_taken"): _taken,
    (BOOK, "patch_test_missing"): lambda till: _untested(till, _fresh(till)),
    (BOOK, "patch_test_reaction"): lambda till: _after_reaction(till, _fresh(till)),
    (f"POST {ONE}/moves", "patch_test_missing"): _tested_too_early,
    (f"POST {ONE}/moves", "patch_test_reaction"): lambda till: _after_reaction(till, _moving(till)),
    (BOOK, "starts_at_invalid"): lambda till: _fresh(till, starts_at="1999-12-31T10:00:00+03:30"),
    (f"POST {ONE}/moves", "group_over"): lambda till: of(till, "moves", {"minutes": 30}, _closed(till)),
    (f"POST {ONE}/moves", "group_unbooked"): lambda till: of(till, "moves", {"minutes": 30}),
    (f"POST {ONE}/moves", "slot_taken"): _moved_onto_another,
    (f"POST {ONE}/moves", "shift_invalid"): lambda till: of(till, "moves", {"minutes": 0}, booked(till)),
    (f"POST {ONE}/deposits", "group_over"): lambda till: taking(till, _closed(till)),
    (f"POST {ONE}/deposits", "group_unbooked"): lambda till: taking(till, opened(till)),
    (f"POST {ONE}/deposits", "period_closed"): _in_closed_year,
    (f"POST {ONE}/deposits", "customer_nameless"): _nameless,
    (f"POST {ONE}/deposits", "cashbox_unknown"): lambda till: taking(till, booked(till), cashbox_id=NOBODY),
    (f"POST {ONE}/deposits", "key_reused"): _another_amount,
    (f"POST {ONE}/tasks", "staff_unknown"): lambda till: task(till, staff_id=NOBODY),
    (f"POST {ONE}/tasks", "group_over"): lambda till: task(till, _closed(till)),
    (f"POST {ONE}/tasks", "name_missing"): lambda till: task(till, title=" "),
    (f"PATCH {ONE}/tasks/{{task_id}}", "task_unknown"): lambda till: Asked(
        "PATCH", f"/groups/{opened(till)}/tasks/{NOBODY}", {"done": True}
    ),
    (f"PATCH {ONE}/tasks/{{task_id}}", "staff_unknown"): lambda till: changed_task(till, staff_id=NOBODY),
    (f"PATCH {ONE}/tasks/{{task_id}}", "name_missing"): lambda till: changed_task(till, title=" "),
}
