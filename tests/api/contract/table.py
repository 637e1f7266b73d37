"""What the API promises, call by call.

A field ending in `?` may be missing from what is sent; one that begins with `+` is ours beyond the promise, in answers that
the promise leaves open or where a program can't do without. Amounts are rials.
"""

from .call import Call
from .kinds import (
    DAY,
    DAY_ASKED,
    FLAG,
    KEY,
    MOMENT_ASKED,
    NUMBER,
    RIALS_ASKED,
    TEXT,
    UTC,
    one_of,
    text,
    whole,
)
from .money_table import MONEY_CALLS
from .setup_table import SETUP_CALLS

CUSTOMER = {
    "id": NUMBER,
    "code": TEXT,
    "+first_name": TEXT,
    "+last_name": TEXT,
    "+full_name": TEXT,
    "+mobile": TEXT.or_null(),
    "+shared_mobile": FLAG,
    "+birthday": DAY.or_null(),
    "+wedding_day": DAY.or_null(),
    "+allergies": TEXT,
    "+note": TEXT,
    "+is_member": FLAG,
}
BALANCE = {"balance": NUMBER, "pending": NUMBER}
WALLET = {
    "points": BALANCE,
    "credit": BALANCE,
    "lots": [{"unit": one_of("IRR", "PTS"), "remaining": NUMBER, "valid_from": UTC, "expires_at": UTC.or_null()}],
}
APPOINTMENT = {
    "id": NUMBER,
    "status": one_of("booked", "confirmed", "arrived", "in_service", "done", "no_show", "cancelled"),
    "items": [{"staff_id": NUMBER, "starts_at": UTC, "ends_at": UTC, "+id": NUMBER, "+service_id": NUMBER}],
    "+customer_id": NUMBER,
    "+starts_at": UTC,
}
PAGE = {"+cursor?": whole(0, 2**63 - 1), "+limit?": whole(1, 100)}

CALLS = [
    Call(
        "GET",
        "/health",
        None,
        200,
        {"status": one_of("ok"), "database": one_of("sqlite", "postgresql")},
    ),
    Call(
        "POST",
        "/customers",
        "customers.write",
        201,
        CUSTOMER,
        {"customer_exists": 409, "first_name_missing": 422, "mobile_invalid": 422, "day_ahead": 422},
        body={
            "first_name": text(1, 80),
            "last_name": text(None, 80),
            "mobile?": text(None, 40).or_null(),
            "birthday?": DAY_ASKED.or_null(),
            "shared_mobile?": FLAG,
            "+wedding_day?": DAY_ASKED.or_null(),
            "+note?": text(None, 1000),
            "+allergies?": text(None, 300),
        },
    ),
    Call(
        "GET",
        "/customers",
        "customers.view",
        200,
        {"items": [CUSTOMER], "next": TEXT.or_null()},
        query={"search?": text(None, 200)} | PAGE,
    ),
    Call(
        "GET",
        "/services",
        "catalog.view",
        200,
        {
            "items": [
                {
                    "id": NUMBER,
                    "name": TEXT,
                    "+code": TEXT,
                    "+category": TEXT,
                    "+price": NUMBER,
                    "+price_to": NUMBER.or_null(),
                    "+duration": NUMBER,  # minutes
                }
            ]
        },
    ),
    Call("GET", "/staff", "staff.view", 200, {"items": [{"id": NUMBER, "name": TEXT, "+code": TEXT, "+title": TEXT}]}),
    Call(
        "GET",
        "/availability",
        "desk.view",
        200,
        {"slots": [{"staff_id": NUMBER, "starts_at": UTC, "ends_at": UTC}]},
        {"service_unknown": 404, "staff_unknown": 404},
        query={"date": DAY_ASKED, "service_id": KEY, "staff_id?": KEY},
    ),
    Call(
        "POST",
        "/appointments",
        "appointments.write",
        201,
        APPOINTMENT,
        {
            "customer_unknown": 404,
            "service_unknown": 404,
            "staff_unknown": 404,
            "slot_taken": 409,
            "service_inactive": 422,
            "staff_inactive": 422,
            "starts_at_invalid": 422,
        },
        body={
            "customer_id": KEY,
            "starts_at": MOMENT_ASKED,
            "items": [{"service_id": KEY, "staff_id": KEY}],
            "+note?": text(None, 500),
        },
    ),
    Call(
        "POST",
        "/invoices",
        "invoices.write",
        201,
        {
            "id": NUMBER,
            "number": NUMBER.or_null(),
            "status": one_of("draft", "open", "settled"),
            "total": NUMBER,
            "lines": [
                {
                    "id": NUMBER,
                    "+service_id": NUMBER.or_null(),
                    "+product_id": NUMBER.or_null(),
                    "+staff_id": NUMBER.or_null(),
                    "+description": TEXT,
                    "+quantity": NUMBER,
                    "+unit_price": NUMBER,
                    "+discount": NUMBER,
                    "+tax": NUMBER,
                    "+net": NUMBER,
                    "+package_id": NUMBER.or_null(),
                    "+series_line_id": NUMBER.or_null(),
                    "+usable_until": DAY.or_null(),
                }
            ],
            "+customer_id": NUMBER,
            "+appointment_id": NUMBER.or_null(),
            "+business_date": DAY,
            "+net": NUMBER,
            "+discount": NUMBER,
            "+tax": NUMBER,
            "+paid": NUMBER,
            "+due": NUMBER,
        },
        {
            "customer_unknown": 404,
            "appointment_unknown": 404,
            "appointment_invoiced": 409,
            "appointment_over": 409,
            "appointment_mismatch": 422,
            "line_empty": 422,
            "service_unknown": 422,
            "product_unknown": 422,
            "staff_unknown": 422,
            "staff_missing": 422,
            "price_invalid": 422,
            "discount_invalid": 422,
            "package_unknown": 422,
            "series_unknown": 422,
            "package_used_up": 422,
            "package_expired": 422,
        },
        body={
            "customer_id": KEY,
            "appointment_id?": KEY.or_null(),
            "lines": [
                {
                    "service_id?": KEY.or_null(),  # it or a product: `line_empty`; with a service, who did it:
                    "staff_id?": KEY.or_null(),  # `staff_missing`
                    "quantity?": whole(1, 10_000),
                    "unit_price?": RIALS_ASKED.or_null(),
                    "discount?": RIALS_ASKED,
                    "+product_id?": KEY.or_null(),
                    "+package_id?": KEY.or_null(),  # sells all that it holds
                    "+series_line_id?": KEY.or_null(),  # uses a session of what this line sold
                }
            ],
        },
    ),
    Call(
        "POST",
        "/invoices/{invoice_id}/settlement",
        "invoices.settle",
        200,
        {
            "status": one_of("open", "settled"),
            "paid": NUMBER,
            "due": NUMBER,
            "earned": {"points": NUMBER, "credit": NUMBER},
            "+invoice_id": NUMBER,
            "+number": NUMBER,  # given by this call
            "+total": NUMBER,
            "+credit_used": NUMBER,
            "+deposit_used": NUMBER,
            "+kept": NUMBER,
        },
        {
            "invoice_unknown": 404,
            "already_settled": 409,
            "debt_limit": 409,
            "year_closed": 409,
            "invoice_empty": 422,
            "payment_missing": 422,
            "overpaid": 422,
            "credit_exceeds_limit": 422,
            "deposit_exceeds_balance": 422,
            "price_missing": 422,
            "staff_missing": 422,
            "package_used_up": 422,
            "package_expired": 422,
            "staff_unknown": 422,
            "cashbox_unknown": 422,
            "reference_missing": 422,
            "due_on_missing": 422,
            "promise_past": 422,
            "period_closed": 409,
            "key_reused": 422,
        },
        body={
            "payments": [
                {
                    "method": one_of("cash", "card", "transfer", "card_to_card", "staff_card", "cheque"),
                    "amount": whole(1, 10**15),
                    "+cashbox_id?": KEY.or_null(),
                    "+staff_id?": KEY.or_null(),
                    "+reference?": text(None, 60),
                    "+due_on?": DAY_ASKED.or_null(),
                }
            ],
            "credit?": RIALS_ASKED,
            "deposit?": RIALS_ASKED,
            "+keep_rest?": FLAG,
            "+promised_on?": DAY_ASKED.or_null(),
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "POST",
        "/invoices/{invoice_id}/returns",
        "invoices.return",
        201,
        {
            "id": NUMBER,
            "amount": NUMBER,
            "refunded": [{"method": TEXT, "amount": NUMBER}],
            "clawback": {"points": NUMBER, "credit": NUMBER},
        },
        {
            "invoice_unknown": 404,
            "invoice_draft": 409,
            "return_of_return": 409,
            "year_closed": 409,
            "period_closed": 409,
            "line_unknown": 422,
            "return_exceeds_sale": 422,
            "customer_nameless": 422,
            "key_reused": 422,
        },
        body={
            "lines?": [{"line_id": KEY, "quantity": whole(1, 10_000)}],
            "refund": one_of("original", "credit", "cash"),
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call("GET", "/customers/{customer_id}/wallet", "club.view", 200, WALLET, {"customer_unknown": 404}),
    Call(
        "POST",
        "/swipes",
        "desk.view",
        200,
        {"customer": CUSTOMER, "wallet": WALLET, "appointments_today": [APPOINTMENT]},
        {"card_unknown": 404, "card_unreadable": 422, "bank_card": 422},
        body={"raw": text(1, 1000), "station?": text(None, 60)},
    ),
    Call(
        "POST",
        "/customers/{customer_id}/cards",
        "cards.issue",
        201,
        {"+id": NUMBER, "+customer_id": NUMBER, "+last_four": TEXT, "+issued_at": UTC},
        {"customer_unknown": 404, "card_taken": 409, "card_unreadable": 422, "bank_card": 422},
        body={"raw": text(1, 1000)},
    ),
    Call(
        "GET",
        "/messages",
        "messages.view",
        200,
        {
            "items": [
                {
                    "state": one_of("queued", "sending", "retry", "sent", "delivered", "failed", "cancelled"),
                    "text": TEXT,
                    "+id": NUMBER,
                    "+customer_id": NUMBER.or_null(),
                    "+kind": TEXT,
                    "+receiver": TEXT,
                    "+created_at": UTC,
                    "+due_at": UTC,
                    "+sent_at": UTC.or_null(),
                }
            ],
            "+next": TEXT.or_null(),
        },
        query={"customer_id?": KEY} | PAGE,
    ),
]
CALLS += [*MONEY_CALLS, *SETUP_CALLS]
BY_NAME = {str(call): call for call in CALLS}
REFUSALS = [(call, code) for call in CALLS for code in call.refuses]
