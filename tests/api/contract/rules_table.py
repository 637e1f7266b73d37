"""What the API promises about the rules of booking, patch tests and the history of a booking; see `table`."""

from .call import Call
from .kinds import KEY, MOMENT_ASKED, NUMBER, RIALS_ASKED, TEXT, UTC, one_of, text, whole

FACTS = {
    "status": TEXT.or_null(),
    "items": [{"service_id": NUMBER, "staff_id": NUMBER, "starts_at": UTC, "ends_at": UTC}],
}
RESULT = one_of("clear", "reaction")
PATCH_TEST = {
    "id": NUMBER,
    "customer_id": NUMBER,
    "service_id": NUMBER,
    "tested_at": UTC,
    "result": RESULT,
    "note": TEXT,
}
RULES_TOLD = {
    "+minimum_notice": NUMBER.or_null(),
    "+furthest_days": NUMBER.or_null(),
    "+patch_hours": NUMBER.or_null(),
    "+patch_months": NUMBER.or_null(),
    "+touch_ups": [{"of_service_id": NUMBER, "within_days": NUMBER, "price": NUMBER}],
}
RULES_ASKED = {
    "+minimum_notice?": whole(0, 86_400).or_null(),
    "+furthest_days?": whole(1, 730).or_null(),
    "+patch_hours?": whole(0, 720).or_null(),
    "+patch_months?": whole(1, 60).or_null(),
    "+touch_ups?": [{"of_service_id": KEY, "within_days": whole(1, 730), "price": RIALS_ASKED}],
    "+extras?": [{"whose": one_of("staff", "level", "customer"), "id": KEY, "minutes": whole(-720, 720)}],
    "+prices?": [{"whose": one_of("staff", "customer"), "id": KEY, "price": RIALS_ASKED.or_null()}],
}
RULES_CALLS = [
    Call(
        "GET",
        "/appointments/{appointment_id}/history",
        "desk.view",
        200,
        {
            "items": [
                {
                    "at": UTC,
                    "by": TEXT,
                    "what": TEXT,
                    "sentence": TEXT,
                    "reason": TEXT,
                    "before": FACTS,
                    "after": FACTS,
                }
            ]
        },
        {"appointment_unknown": 404},
    ),
    Call(
        "GET",
        "/customers/{customer_id}/patch-tests",
        "customers.view",
        200,
        {"items": [PATCH_TEST]},
        {"customer_unknown": 404},
    ),
    Call(
        "POST",
        "/customers/{customer_id}/patch-tests",
        "appointments.write",
        201,
        PATCH_TEST,
        {"customer_unknown": 404, "service_unknown": 404, "tested_at_invalid": 422},
        body={
            "service_id": KEY,
            "result": RESULT,
            "tested_at?": MOMENT_ASKED.or_null(),
            "note?": text(None, 200),
        },
    ),
]
