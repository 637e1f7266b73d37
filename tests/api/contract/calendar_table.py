"""What the API promises about calendars, free times and bookings; see `table`."""

from .call import Call
from .kinds import DAY, DAY_ASKED, FLAG, KEY, MOMENT_ASKED, NUMBER, TEXT, UTC, one_of, text, whole
from .rules_table import RULES_ASKED, RULES_TOLD

STATUSES = one_of("booked", "confirmed", "arrived", "in_service", "done", "no_show", "cancelled")
PHASES, KINDS = one_of("busy", "processing", "buffer"), one_of("room", "chair", "device")
SELF_BOOKING = one_of("none", "approval", "confirmed")
RESOURCE = {"id": NUMBER, "name": TEXT, "kind": KINDS, "capacity": NUMBER, "active": FLAG}
SPAN = {"weekday": whole(0, 6), "starts_at": whole(0, 1440), "ends_at": whole(0, 1440)}
APPOINTMENT = {
    "id": NUMBER,
    "status": STATUSES,
    "+customer_id": NUMBER,
    "+starts_at": UTC,
    "+items": [
        {"id": NUMBER, "service_id": NUMBER, "staff_id": NUMBER, "starts_at": UTC, "ends_at": UTC, "overbooked": FLAG}
    ],
}
# As an offered time has it: what is only told there counts for nothing when it comes back.
ITEM = {
    "service_id": KEY,
    "staff_id?": KEY.or_null(),
    "starts_at?": MOMENT_ASKED.or_null(),
    "+ends_at?": MOMENT_ASKED,
    "+resource_ids?": [KEY],
    "+phases?": [{"kind": PHASES, "starts_at": MOMENT_ASKED, "ends_at": MOMENT_ASKED}],
}
OFFERED = {"starts_at": MOMENT_ASKED, "items": [ITEM], "+ends_at?": MOMENT_ASKED, "+reason?": text(None, 200)}
WHO_AND_WHAT = {"service_unknown": 404, "staff_unknown": 404, "service_inactive": 422, "staff_inactive": 422}
TAKEN = {"slot_taken": 409, "starts_at_invalid": 422}
PATCH_TESTS = {"patch_test_missing": 409, "patch_test_reaction": 409}
CALENDAR_CALLS = [
    Call(
        "POST",
        "/availability",
        "desk.view",
        200,
        {
            "slots": [
                {
                    "starts_at": UTC,
                    "ends_at": UTC,
                    "items": [
                        {
                            "service_id": NUMBER,
                            "staff_id": NUMBER,
                            "resource_ids": [NUMBER],
                            "starts_at": UTC,
                            "ends_at": UTC,
                            "phases": [{"kind": PHASES, "starts_at": UTC, "ends_at": UTC}],
                        }
                    ],
                    "reason": TEXT,
                }
            ]
        },
        WHO_AND_WHAT,
        body={
            "from": MOMENT_ASKED,
            "to?": MOMENT_ASKED.or_null(),
            "items": [{"service_id": KEY, "staff_id?": KEY.or_null()}],
            "order?": one_of("sequence", "parallel"),
            "limit?": whole(1, 1_000),
            "+customer_id?": KEY.or_null(),
            "+longest_wait?": whole(0, 240),
        },
    ),
    Call(
        "POST",
        "/appointments",
        "appointments.write",
        201,
        APPOINTMENT | {"+warnings": [{"code": TEXT, "detail": TEXT}]},
        {"customer_unknown": 404} | WHO_AND_WHAT | TAKEN | PATCH_TESTS,
        body={"customer_id": KEY, "hold_id?": KEY.or_null(), "allow_overbooking?": FLAG, "+note?": text(None, 500)}
        | {"+without_patch_test?": FLAG}
        | OFFERED,
    ),
    Call(
        "PATCH",
        "/appointments/{appointment_id}",
        "appointments.write",
        200,
        APPOINTMENT,
        {"appointment_unknown": 404, "wrong_status": 409} | WHO_AND_WHAT | TAKEN | PATCH_TESTS,
        body={"starts_at?": MOMENT_ASKED, "status?": STATUSES, "items?": [ITEM], "reason?": text(None, 200)}
        | {"+allow_overbooking?": FLAG, "+without_patch_test?": FLAG},
    ),
    Call(
        "POST",
        "/holds",
        "appointments.write",
        201,
        {"id": NUMBER, "expires_at": UTC},
        WHO_AND_WHAT | TAKEN,
        body={"+customer_id?": KEY.or_null()} | OFFERED,
    ),
    Call(
        "PUT",
        "/services/{service_id}",
        "catalog.write",
        200,
        {
            "id": NUMBER,
            "name": TEXT,
            "duration": NUMBER,
            "phases": [{"kind": PHASES, "minutes": whole(1, 1439)}],
            "staff_ids": [NUMBER],
            "resources": [NUMBER],
            "+self_booking": SELF_BOOKING,
            **RULES_TOLD,
        },
        {
            "service_unknown": 404,
            "staff_unknown": 404,
            "level_unknown": 404,
            "customer_unknown": 404,
            "phases_invalid": 422,
            "resource_unknown": 422,
            "service_inactive": 422,
            "rule_invalid": 422,
            "touch_up_invalid": 422,
            "price_invalid": 422,
        },
        body={
            "phases?": [{"kind": PHASES, "minutes": whole(1, 1439)}],
            "staff_ids?": [KEY],
            "resources?": [KEY],
            "+self_booking?": SELF_BOOKING,
            **RULES_ASKED,
        },
    ),
    Call(
        "PUT",
        "/staff/{staff_id}/hours",
        "staff.write",
        200,
        {"hours": [SPAN]},
        {"staff_unknown": 404, "hours_invalid": 422},
        body={"hours": [SPAN]},
    ),
    Call(
        "POST",
        "/staff/{staff_id}/absences",
        "staff.write",
        201,
        {
            "id": NUMBER,
            "staff_id": NUMBER,
            "starts_at": UTC,
            "ends_at": UTC,
            "reason": TEXT,
            "+appointment_ids": [NUMBER],
        },
        {"staff_unknown": 404, "absence_invalid": 422},
        body={"starts_at": MOMENT_ASKED, "ends_at": MOMENT_ASKED, "reason?": text(None, 120)},
    ),
    Call(
        "GET",
        "/closed-days",
        "desk.view",
        200,
        {"items": [{"id": NUMBER.or_null(), "day": DAY, "name": TEXT}]},
        {"dates_reversed": 422},
        query={"from?": DAY_ASKED, "to?": DAY_ASKED},
    ),
    Call(
        "POST",
        "/closed-days",
        "setup.write",
        201,
        {"id": NUMBER, "day": DAY, "name": TEXT, "appointment_ids": [NUMBER]},
        {"closed_day_exists": 409, "name_missing": 422},
        body={"day": DAY_ASKED, "name": text(1, 120)},
    ),
    Call("GET", "/resources", "catalog.view", 200, {"items": [RESOURCE]}),
    Call(
        "POST",
        "/resources",
        "catalog.write",
        201,
        RESOURCE,
        {"resource_exists": 409, "name_missing": 422},
        body={"name": text(1, 80), "kind?": KINDS, "capacity?": whole(1, 100)},
    ),
    Call(
        "PATCH",
        "/resources/{resource_id}",
        "catalog.write",
        200,
        RESOURCE,
        {"resource_unknown": 404, "resource_exists": 409, "name_missing": 422},
        body={"name?": text(1, 80), "kind?": KINDS, "capacity?": whole(1, 100), "active?": FLAG},
    ),
]
