"""What the API promises about the waitlist and about customers' own requests; see `table`."""

from .calendar_table import PATCH_TESTS, TAKEN, WHO_AND_WHAT
from .call import Call
from .kinds import DAY, DAY_ASKED, KEY, MOMENT_ASKED, NUMBER, TEXT, UTC, one_of, text, whole

PAGE = {"+cursor?": whole(0, 2**63 - 1), "+limit?": whole(1, 100)}
WANTED = [{"service_id": KEY, "staff_id?": KEY.or_null()}]
OFFER = {
    "id": NUMBER,
    "status": one_of("open", "taken", "declined", "lapsed", "withdrawn"),
    "starts_at": UTC,
    "ends_at": UTC,
    "expires_at": UTC,
    "appointment_id": NUMBER.or_null(),
}
STATES = one_of("open", "proposed", "confirmed", "refused", "withdrawn")
GIVEN = [{"service_id": NUMBER, "staff_id": NUMBER.or_null()}]
ENTRY = {
    "id": NUMBER,
    "customer_id": NUMBER,
    "status": one_of("waiting", "taken", "left"),
    "items": GIVEN,
    "from": DAY,
    "to": DAY,
    "weekdays": [NUMBER],
    "from_time": NUMBER,
    "to_time": NUMBER,
    "note": TEXT,
    "created_at": UTC,
    "appointment_id": NUMBER.or_null(),
    "offers": [OFFER],
}
REQUEST = {
    "id": NUMBER,
    "customer_id": NUMBER,
    "status": STATES,
    "starts_at": UTC,
    "items": GIVEN,
    "note": TEXT,
    "reason": TEXT,
    "created_at": UTC,
    "appointment_id": NUMBER.or_null(),
    "proposals": [OFFER],
}
TIMES = {"weekdays?": [whole(0, 6)], "from_time?": whole(0, 1440), "to_time?": whole(0, 1440), "note?": text(None, 500)}
WISH_REFUSED = WHO_AND_WHAT | {"days_invalid": 422, "times_invalid": 422}
NOTICE = {"self_booking_off": 409, "short_notice": 409, "too_far": 409}
OF_TODAY = {"service_inactive": 422, "staff_inactive": 422}
WRITE, ONE = "appointments.write", {"request_unknown": 404, "wrong_status": 409}
WAITING_CALLS = [
    Call(
        "POST",
        "/waitlist",
        WRITE,
        201,
        ENTRY,
        {"customer_unknown": 404} | WISH_REFUSED,
        body={"customer_id": KEY, "items": WANTED, "from": DAY_ASKED, "to": DAY_ASKED} | TIMES,
    ),
    Call("GET", "/waitlist", "desk.view", 200, {"items": [ENTRY], "next": TEXT.or_null()}, query=PAGE),
    Call(
        "PATCH",
        "/waitlist/{entry_id}",
        WRITE,
        200,
        ENTRY,
        {"entry_unknown": 404, "wrong_status": 409} | WISH_REFUSED,
        body={"items?": WANTED, "from?": DAY_ASKED, "to?": DAY_ASKED} | TIMES,
    ),
    Call("DELETE", "/waitlist/{entry_id}", WRITE, 200, ENTRY, {"entry_unknown": 404, "wrong_status": 409}),
    Call(
        "POST",
        "/waitlist/{entry_id}/offer",
        WRITE,
        201,
        OFFER,
        {"entry_unknown": 404, "wrong_status": 409, "nothing_free": 409} | PATCH_TESTS | WHO_AND_WHAT | TAKEN,
        body={"starts_at?": MOMENT_ASKED, "items?": WANTED},
    ),
    Call(
        "POST",
        "/requests",
        WRITE,
        201,
        REQUEST,
        {"customer_unknown": 404} | NOTICE | PATCH_TESTS | WHO_AND_WHAT | TAKEN,
        body={"customer_id": KEY, "starts_at": MOMENT_ASKED, "items": WANTED, "note?": text(None, 500)},
    ),
    Call(
        "GET",
        "/requests",
        "desk.view",
        200,
        {"items": [REQUEST], "next": TEXT.or_null()},
        query={"status?": STATES} | PAGE,
    ),
    Call("POST", "/requests/{request_id}/approve", WRITE, 200, REQUEST, ONE | PATCH_TESTS | OF_TODAY | TAKEN),
    Call(
        "POST",
        "/requests/{request_id}/refuse",
        WRITE,
        200,
        REQUEST,
        ONE | {"reason_missing": 422},
        body={"reason": text(1, 300)},
    ),
    Call(
        "POST",
        "/requests/{request_id}/propose",
        WRITE,
        200,
        REQUEST,
        ONE | PATCH_TESTS | WHO_AND_WHAT | TAKEN,
        body={"starts_at": MOMENT_ASKED, "items?": WANTED},
    ),
    Call("DELETE", "/requests/{request_id}", WRITE, 200, REQUEST, ONE),
]
