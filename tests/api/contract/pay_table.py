"""What the API promises about statements of pay and their payments; see `table`."""

from .call import Call
from .kinds import DAY, DAY_ASKED, FLAG, KEY, NUMBER, UTC, text, whole

_KEY = {"Idempotency-Key?": text(1, 100)}

PAY_CALLS = [
    Call(
        "GET",
        "/staff/{staff_id}/statement",
        "pay.view",
        200,
        {
            "lines": [{"invoice_id": NUMBER, "line_id": NUMBER, "base": NUMBER, "share": NUMBER}],
            "advances": NUMBER,
            "paid": NUMBER,
            "due": NUMBER,
            **{f"+{name}": NUMBER for name in ("opening", "tips", "own_card", "bonuses", "fines", "salary", "rent")},
            "+approved": FLAG,
        },
        {"staff_unknown": 404, "dates_reversed": 422},
        query={"from?": DAY_ASKED, "to?": DAY_ASKED},
    ),
    Call(
        "POST",
        "/staff/{staff_id}/statements",
        "pay.write",
        201,
        {
            "+id": NUMBER,
            "+staff_id": NUMBER,
            "+from": DAY,
            "+to": DAY,
            "+opening": NUMBER,
            "+due": NUMBER,
            "+approved_at": UTC,
        },
        {
            "staff_unknown": 404,
            "statement_approved": 409,
            "period_closed": 409,
            "dates_reversed": 422,
            "day_ahead": 422,
            "statement_gap": 422,
            "key_reused": 422,
        },
        body={"from": DAY_ASKED, "to": DAY_ASKED},
        headers=_KEY,
    ),
    Call(
        "POST",
        "/staff/{staff_id}/payments",
        "pay.write",
        201,
        {
            "+id": NUMBER,
            "+staff_id": NUMBER,
            "+statement_id": NUMBER,
            "+cashbox_id": NUMBER,
            "+amount": NUMBER,
            "+due": NUMBER,
        },
        {
            "staff_unknown": 404,
            "till_short": 409,
            "period_closed": 409,
            "cashbox_unknown": 422,
            "overpaid": 422,
            "key_reused": 422,
        },
        body={"amount": whole(1, 10**15), "cashbox_id": KEY},
        headers=_KEY,
    ),
]
