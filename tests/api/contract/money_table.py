"""What the API promises about boxes, shifts, deposits, old debts, reports and balances; see `table`."""

from salon.ledger.models import AccountKind

from .call import Call
from .kinds import (
    DAY,
    DAY_ASKED,
    FLAG,
    KEY,
    NUMBER,
    RIALS_ASKED,
    TEXT,
    UTC,
    one_of,
    text,
    whole,
)

ACCOUNT = one_of(*AccountKind)
BY_THINGS = {"quantity": NUMBER, "amount": NUMBER}
ROWS = {
    "cash-balance": {"cashbox": TEXT, "opening": NUMBER, "in": NUMBER, "out": NUMBER, "balance": NUMBER},
    "debtors": {
        "customer_id": NUMBER,
        "code": TEXT,
        "customer": TEXT,
        "opening": NUMBER,
        "added": NUMBER,
        "paid": NUMBER,
        "due": NUMBER,
    },
    "services-by-customer": {"customer_id": NUMBER, "code": TEXT, "customer": TEXT, **BY_THINGS},
    "services-by-staff": {"staff": TEXT, **BY_THINGS},
    "discounts": {"given_by": TEXT, "discounts": NUMBER, "amount": NUMBER},
}
MONEY = {
    "amount": whole(1, 10**15),
    "method": one_of("cash", "card", "transfer"),
    "+cashbox_id?": KEY.or_null(),
    "+reference?": text(None, 60),
}
DEPOSIT = {
    "id": NUMBER,
    "amount": NUMBER,
    "remaining": NUMBER,
    "+customer_id": NUMBER,
    "+appointment_id": NUMBER.or_null(),
    "+method": one_of("cash", "card", "transfer", "return"),
    "+taken_at": UTC,
}
VOUCHER = {
    "id": NUMBER,
    "kind": one_of("receipt", "payment", "expense", "transfer", "advance", "withdrawal"),
    "cashbox_id": NUMBER,
    "to_cashbox_id": NUMBER.or_null(),
    "amount": NUMBER,
    "category_id": NUMBER.or_null(),
    "staff_id": NUMBER.or_null(),
    "party": TEXT,
    "note": TEXT,
    "business_date": DAY,
    "recorded_at": UTC,
    "reverses_id": NUMBER.or_null(),
}
UNPOSTED = {"till_short": 409, "period_closed": 409, "year_closed": 409, "key_reused": 422}

MONEY_CALLS = [
    Call(
        "GET",
        "/deposits",
        "deposits.write",
        200,
        {"items": [DEPOSIT]},
        {"customer_unknown": 404},
        query={"customer_id": KEY},
    ),
    Call(
        "POST",
        "/deposits",
        "deposits.write",
        201,
        DEPOSIT,
        {
            "customer_unknown": 404,
            "appointment_unknown": 404,
            "appointment_over": 409,
            "year_closed": 409,
            "period_closed": 409,
            "appointment_mismatch": 422,
            "customer_nameless": 422,
            "cashbox_unknown": 422,
            "key_reused": 422,
        },
        body={"customer_id": KEY, "appointment_id?": KEY.or_null(), **MONEY},
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        "/deposits/{deposit_id}/returns",
        "deposits.write",
        201,
        DEPOSIT,
        {
            "deposit_unknown": 404,
            "deposit_spent": 409,
            "till_short": 409,
            "year_closed": 409,
            "period_closed": 409,
            "deposit_exceeds_balance": 422,
            "cashbox_unknown": 422,
            "key_reused": 422,
        },
        body=MONEY,
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "GET",
        "/cashboxes",
        "cashbox.view",
        200,
        {
            "items": [
                {
                    "id": NUMBER,
                    "name": TEXT,
                    "kind": one_of("cash", "card_terminal", "bank"),
                    "branch_id": NUMBER,
                    "balance": NUMBER,
                    "+number": TEXT,
                    "+is_main": FLAG,
                    "+shift_id": NUMBER.or_null(),
                    "+opened_at": UTC.or_null(),
                }
            ]
        },
    ),
    Call(
        "POST",
        "/shifts",
        "shifts.write",
        201,
        {
            "id": NUMBER,
            "+cashbox_id": NUMBER,
            "+business_date": DAY,
            "+opened_at": UTC,
            "+counted": NUMBER,
            "+difference": NUMBER,
        },
        {"cashbox_unknown": 404, "shift_open": 409, "year_closed": 409, "not_a_till": 422, "key_reused": 422},
        body={"cashbox_id": KEY, "counted": RIALS_ASKED},
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        "/shifts/{shift_id}/close",
        "shifts.write",
        200,
        {"expected": NUMBER, "counted": NUMBER, "difference": NUMBER},
        {"shift_unknown": 404, "period_closed": 409, "year_closed": 409, "key_reused": 422},
        body={"counted": RIALS_ASKED, "+explanation?": text(None, 300)},
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        "/receipts",
        "invoices.settle",
        201,
        {"id": NUMBER, "allocated": [{"invoice_id": NUMBER, "amount": NUMBER}]},
        {
            "customer_unknown": 404,
            "nothing_owed": 409,
            "year_closed": 409,
            "period_closed": 409,
            "overpaid": 422,
            "key_reused": 422,
        },
        body={
            "customer_id": KEY,
            "amount": whole(1, 10**15),
            "method": one_of("cash", "card", "transfer"),
            "+invoices?": [KEY],  # the chosen ones; otherwise the oldest first
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "GET",
        "/cash-categories",
        "cashbox.view",
        200,
        {"items": [{"id": NUMBER, "name": TEXT, "direction": one_of("in", "out")}]},
    ),
    Call(
        "POST",
        "/vouchers",
        "cashbox.write",
        201,
        VOUCHER,
        UNPOSTED | {"cashbox_unknown": 422, "category_unknown": 422, "staff_unknown": 422, "day_ahead": 422},
        body={
            "kind": one_of("receipt", "payment", "expense", "advance", "withdrawal"),
            "cashbox_id": KEY,
            "amount": whole(1, 10**15),
            "category_id?": KEY.or_null(),
            "staff_id?": KEY.or_null(),
            "party?": text(None, 120),
            "note?": text(None, 300),
            "business_date?": DAY_ASKED.or_null(),
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        "/transfers",
        "cashbox.write",
        201,
        VOUCHER,
        UNPOSTED | {"cashbox_unknown": 422, "same_box": 422, "day_ahead": 422},
        body={
            "cashbox_id": KEY,
            "to_cashbox_id": KEY,
            "amount": whole(1, 10**15),
            "note?": text(None, 300),
            "business_date?": DAY_ASKED.or_null(),
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        "/vouchers/{voucher_id}/reversals",
        "cashbox.write",
        201,
        VOUCHER,
        UNPOSTED | {"voucher_unknown": 404, "voucher_reversed": 409, "voucher_reverses": 409},
        body={"note?": text(None, 300)},
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    *(
        Call(
            "GET",
            f"/reports/{name}",
            "reports.view",
            200,
            {"rows": [{f"+{field}": kind for field, kind in row.items()}], "total": NUMBER},
            {"dates_reversed": 422},
            query={"from?": DAY_ASKED, "to?": DAY_ASKED},
        )
        for name, row in ROWS.items()
    ),
    Call(
        "GET",
        "/accounts",
        "ledger.view",
        200,
        {"items": [{"kind": ACCOUNT, "owner": NUMBER, "unit": one_of("IRR", "PTS"), "balance": NUMBER}]},
        query={"kind?": ACCOUNT},
    ),
]
