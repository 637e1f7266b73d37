"""What the API promises, call by call.

A field ending in `?` may be missing from what is sent; one that begins with `+` is ours beyond the promise, in answers that
the promise leaves open or where a program can't do without. Amounts are rials.
"""

from .calendar_table import APPOINTMENT, CALENDAR_CALLS
from .call import Call
from .groups_table import GROUP_CALLS
from .invoices_table import INVOICE_CALLS
from .kinds import (
    DAY,
    DAY_ASKED,
    FLAG,
    KEY,
    NUMBER,
    TEXT,
    UTC,
    one_of,
    text,
    whole,
)
from .money_table import MONEY_CALLS
from .pay_table import PAY_CALLS
from .rules_table import RULES_CALLS
from .setup_table import SETUP_CALLS
from .staff_table import STAFF_CALLS
from .waiting_table import WAITING_CALLS
from .years_table import YEAR_CALLS

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
    "+group_id": NUMBER.or_null(),
    "+own_staff_id": NUMBER.or_null(),
}
ABOUT_HER = {
    "+wedding_day?": DAY_ASKED.or_null(),
    "+note?": text(None, 1000),
    "+allergies?": text(None, 300),
    "+group_id?": KEY.or_null(),
    "+own_staff_id?": KEY.or_null(),
}
TYPED_WRONG = {
    "group_unknown": 404,
    "staff_unknown": 404,
    "customer_exists": 409,
    "first_name_missing": 422,
    "mobile_invalid": 422,
    "day_ahead": 422,
}
BALANCE = {"balance": NUMBER, "pending": NUMBER}
WALLET = {
    "points": BALANCE,
    "credit": BALANCE,
    "lots": [{"unit": one_of("IRR", "PTS"), "remaining": NUMBER, "valid_from": UTC, "expires_at": UTC.or_null()}],
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
        TYPED_WRONG,
        body={
            "first_name": text(1, 80),
            "last_name": text(None, 80),
            "mobile?": text(None, 40).or_null(),
            "birthday?": DAY_ASKED.or_null(),
            "shared_mobile?": FLAG,
            **ABOUT_HER,
        },
    ),
    Call(
        "PATCH",
        "/customers/{customer_id}",
        "customers.write",
        200,
        CUSTOMER,
        TYPED_WRONG | {"customer_unknown": 404},
        body={
            "first_name?": text(1, 80),
            "last_name?": text(None, 80),
            "mobile?": text(None, 40).or_null(),
            "birthday?": DAY_ASKED.or_null(),
            "shared_mobile?": FLAG,
            **ABOUT_HER,
            "+is_member?": FLAG,
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
                    "+materials": NUMBER,  # what a piece takes of them
                }
            ]
        },
    ),
    Call(
        "GET",
        "/staff",
        "staff.view",
        200,
        {
            "items": [
                {
                    "id": NUMBER,
                    "name": TEXT,
                    "+code": TEXT,
                    "+title": TEXT,
                    "+level_id": NUMBER.or_null(),
                    "+line_id": NUMBER.or_null(),
                }
            ]
        },
    ),
    Call(
        "GET",
        "/availability",
        "desk.view",
        200,
        {"slots": [{"staff_id": NUMBER, "starts_at": UTC, "ends_at": UTC}]},
        {"service_unknown": 404, "staff_unknown": 404},
        query={"date": DAY_ASKED, "service_id": KEY, "staff_id?": KEY},
    ),
    *INVOICE_CALLS,
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
CALLS += [
    *MONEY_CALLS,
    *SETUP_CALLS,
    *STAFF_CALLS,
    *CALENDAR_CALLS,
    *WAITING_CALLS,
    *RULES_CALLS,
    *YEAR_CALLS,
    *PAY_CALLS,
    *GROUP_CALLS,
]
BY_NAME = {str(call): call for call in CALLS}
REFUSALS = [(call, code) for call in CALLS for code in call.refuses]
