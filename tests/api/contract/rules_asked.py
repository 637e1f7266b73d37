"""Requests about the rules of booking: a good one for each call, and one for each code of a refusal."""

from collections.abc import Callable
from typing import Any

from .calendar_good import changed, made
from .till import Asked, Till

NOBODY = 999_999
MADE, BOOK, CHANGE = "PUT /services/{service_id}", "POST /appointments", "PATCH /appointments/{appointment_id}"
HISTORY = "GET /appointments/{appointment_id}/history"
TESTS, TEST = "GET /customers/{customer_id}/patch-tests", "POST /customers/{customer_id}/patch-tests"


def patch_test(till: Till, customer_id: int | None = None, **more: Any) -> Asked:
    """Zahra was tested."""
    body = {"service_id": till.salon.cut, "result": "clear"} | more
    return Asked("POST", f"/customers/{customer_id or till.salon.zahra}/patch-tests", body)


def _moved(till: Till) -> Asked:
    booked = till.got(till.booking(15))["id"]
    till.got(Asked("PATCH", f"/appointments/{booked}", {"status": "confirmed", "reason": "تلفنی"}))
    return Asked("GET", f"/appointments/{booked}/history")


def _tested(till: Till) -> Asked:
    till.got(patch_test(till))
    return Asked("GET", f"/customers/{till.salon.zahra}/patch-tests")


def _untested(asked: Callable[[Till], Asked]) -> Callable[[Till], Asked]:
    """What is asked while the colour wants a patch test that nobody made."""

    def then(till: Till) -> Asked:
        till.got(Asked("PUT", f"/services/{till.salon.color}", {"patch_hours": 48}))
        return asked(till)

    return then


def _after_reaction(asked: Callable[[Till], Asked]) -> Callable[[Till], Asked]:
    def then(till: Till) -> Asked:
        till.got(patch_test(till, service_id=till.salon.color, result="reaction"))
        return asked(till)

    return then


def _colour(till: Till) -> Asked:
    return till.booking(items=[{"service_id": till.salon.color, "staff_id": till.salon.sara}])


def _to_colour(till: Till) -> Asked:
    return changed(till, items=[{"service_id": till.salon.color, "staff_id": till.salon.sara}])


def _extra_of(whose: str) -> Callable[[Till], Asked]:
    return lambda till: made(till, extras=[{"whose": whose, "id": NOBODY, "minutes": 5}])


RULES_GOOD: dict[str, Callable[[Till], Asked]] = {
    HISTORY: _moved,
    TESTS: _tested,
    TEST: lambda till: patch_test(till, tested_at="2026-01-02T10:00:00+03:30", note="پشت گوش"),
}
RULES_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    (HISTORY, "appointment_unknown"): lambda till: Asked("GET", f"/appointments/{NOBODY}/history"),
    (TESTS, "customer_unknown"): lambda till: Asked("GET", f"/customers/{NOBODY}/patch-tests"),
    (TEST, "customer_unknown"): lambda till: patch_test(till, NOBODY),
    (TEST, "service_unknown"): lambda till: patch_test(till, service_id=NOBODY),
    (TEST, "tested_at_invalid"): lambda till: patch_test(till, tested_at="2199-01-02T10:00:00+03:30"),
    (BOOK, "patch_test_missing"): _untested(_colour),
    (BOOK, "patch_test_reaction"): _after_reaction(_colour),
    (CHANGE, "patch_test_missing"): _untested(_to_colour),
    (CHANGE, "patch_test_reaction"): _after_reaction(_to_colour),
    (MADE, "level_unknown"): _extra_of("level"),
    (MADE, "customer_unknown"): _extra_of("customer"),
    (MADE, "rule_invalid"): lambda till: made(till, patch_months=6),
    (MADE, "touch_up_invalid"): lambda till: made(
        till, touch_ups=[{"of_service_id": till.salon.cut, "within_days": 1, "price": 1}]
    ),
    (MADE, "price_invalid"): lambda till: made(
        till, prices=[{"whose": "staff", "id": till.salon.sara, "price": 10**12 + 1}]
    ),
}
