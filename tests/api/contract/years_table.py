"""What the API promises about fiscal years; see `table`."""

from .call import Call
from .kinds import DAY, FLAG, NUMBER, UTC, text, whole

YEAR = {
    "+id": NUMBER,
    "+year": NUMBER,
    "+starts_on": DAY,
    "+ends_before": DAY,
    "+closed": FLAG,
    "+closed_at": UTC.or_null(),
    "+closed_by": NUMBER.or_null(),
}
KEY_HEADER = {"Idempotency-Key?": text(1, 100)}

YEAR_CALLS = [
    Call("GET", "/fiscal-years", "ledger.view", 200, {"items": [YEAR]}),
    Call(
        "POST",
        "/fiscal-years",
        "years.close",
        201,
        YEAR,
        {"year_exists": 409},
        body={"year": whole(1300, 1499)},
    ),
    Call(
        "POST",
        "/fiscal-years/{year_id}/close",
        "years.close",
        200,
        YEAR,
        {
            "year_unknown": 404,
            "period_closed": 409,
            "year_ahead": 409,
            "year_order": 409,
            "year_unready": 409,
            "invalid": 422,  # of the header
            "key_reused": 422,
        },
        headers=KEY_HEADER,
    ),
    Call(
        "POST",
        "/fiscal-years/{year_id}/reopen",
        "years.reopen",
        200,
        YEAR,
        {"year_unknown": 404, "year_open": 409, "year_order": 409, "reason_missing": 422, "key_reused": 422},
        body={"reason": text(1, 300)},
        headers=KEY_HEADER,
    ),
]
