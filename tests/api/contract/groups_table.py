"""What the API promises about group visits."""

from .calendar_table import APPOINTMENT, ITEM, PATCH_TESTS, PHASES, TAKEN, WHO_AND_WHAT
from .call import Call
from .kinds import DAY, DAY_ASKED, FLAG, KEY, MOMENT_ASKED, NUMBER, TEXT, UTC, one_of, text, whole
from .money_table import DEPOSIT

STATE = one_of("open", "done", "cancelled")
ORDER = one_of("sequence", "parallel")
RIALS = whole(1, 10**15)
OFFERED = {
    "service_id": NUMBER,
    "staff_id": NUMBER,
    "resource_ids": [NUMBER],
    "starts_at": UTC,
    "ends_at": UTC,
    "phases": [{"kind": PHASES, "starts_at": UTC, "ends_at": UTC}],
}
TASK = {
    "id": NUMBER,
    "title": TEXT,
    "due_on": DAY.or_null(),
    "staff_id": NUMBER.or_null(),
    "done_at": UTC.or_null(),
    "done_by": NUMBER.or_null(),
}
LISTED = {"id": NUMBER, "name": TEXT, "head_id": NUMBER, "day": DAY, "state": STATE}
GROUP = LISTED | {
    "note": TEXT,
    "members": [{"customer_id": NUMBER, "name": TEXT, "relation": TEXT}],
    "appointments": [APPOINTMENT | {"trial": FLAG}],
    "tasks": [TASK],
    "deposits": {"taken": NUMBER, "remaining": NUMBER, "kept_if_off": NUMBER},
}
ONE = "/groups/{group_id}"
UNKNOWN = {"group_visit_unknown": 404}
OVER = UNKNOWN | {"group_over": 409}
PARTIES = WHO_AND_WHAT | {"member_unknown": 422, "parties_twice": 422}
WANTED = [{"customer_id": KEY, "items": [{"service_id": KEY, "staff_id?": KEY.or_null()}]}]
GROUP_CALLS = [
    Call(
        "GET",
        "/groups",
        "desk.view",
        200,
        {"items": [LISTED | {"people": NUMBER, "bookings": NUMBER, "open_tasks": NUMBER}], "next": TEXT.or_null()},
        query={"state?": STATE, "customer_id?": KEY, "cursor?": whole(0, 2**63 - 1), "limit?": whole(1, 100)},
    ),
    Call(
        "POST",
        "/groups",
        "appointments.write",
        201,
        GROUP,
        {"customer_unknown": 404},
        body={"head_id": KEY, "day": DAY_ASKED, "name?": text(None, 120), "note?": text(None, 1000)},
    ),
    Call("GET", ONE, "desk.view", 200, GROUP, UNKNOWN),
    Call(
        "PATCH",
        ONE,
        "appointments.write",
        200,
        GROUP,
        OVER | {"wrong_status": 409, "name_missing": 422},
        body={"name?": text(1, 120), "day?": DAY_ASKED, "note?": text(None, 1000), "state?": STATE},
    ),
    Call(
        "POST",
        f"{ONE}/members",
        "appointments.write",
        201,
        GROUP,
        OVER | {"customer_unknown": 404, "member_known": 409},
        body={"customer_id": KEY, "relation?": text(None, 60)},
    ),
    Call(
        "POST",
        f"{ONE}/availability",
        "desk.view",
        200,
        {
            "slots": [
                {"starts_at": UTC, "ends_at": UTC, "parties": [{"customer_id": NUMBER, "items": [OFFERED]}]},
            ]
        },
        UNKNOWN | PARTIES,
        body={
            "from": MOMENT_ASKED,
            "to?": MOMENT_ASKED.or_null(),
            "parties": WANTED,
            "order?": ORDER,
            "limit?": whole(1, 1_000),
        },
    ),
    Call(
        "POST",
        f"{ONE}/appointments",
        "appointments.write",
        201,
        GROUP,
        OVER | PARTIES | TAKEN | PATCH_TESTS,
        body={
            "starts_at": MOMENT_ASKED,
            "ends_at?": MOMENT_ASKED,
            "parties": [{"customer_id": KEY, "items": [ITEM], "ends_at?": MOMENT_ASKED}],
            "order?": ORDER,
            "trial?": FLAG,
            "note?": text(None, 500),
        },
    ),
    Call(
        "POST",
        f"{ONE}/moves",
        "appointments.write",
        201,
        GROUP,
        OVER | PATCH_TESTS | {"group_unbooked": 409, "slot_taken": 409, "shift_invalid": 422},
        body={"minutes": whole(-366 * 1440, 366 * 1440)},
    ),
    Call(
        "POST",
        f"{ONE}/deposits",
        "deposits.write",
        201,
        DEPOSIT,
        OVER
        | {"group_unbooked": 409, "period_closed": 409}
        | {"customer_nameless": 422, "cashbox_unknown": 422, "key_reused": 422},
        body={
            "amount": RIALS,
            "method": one_of("cash", "card", "transfer"),
            "cashbox_id?": KEY.or_null(),
            "reference?": text(None, 60),
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        f"{ONE}/tasks",
        "appointments.write",
        201,
        TASK,
        OVER | {"staff_unknown": 404, "name_missing": 422},
        body={"title": text(1, 200), "due_on?": DAY_ASKED.or_null(), "staff_id?": KEY.or_null()},
    ),
    Call(
        "PATCH",
        f"{ONE}/tasks/{{task_id}}",
        "appointments.write",
        200,
        TASK,
        UNKNOWN | {"task_unknown": 404, "staff_unknown": 404, "name_missing": 422},
        body={"title?": text(1, 200), "due_on?": DAY_ASKED, "staff_id?": KEY, "done?": FLAG},
    ),
]
