"""One good request for each call about the pay of staff."""

from collections.abc import Callable
from typing import Any

from .setup_good import fresh, made
from .till import Asked, Till

EVERYTHING = {
    "kind": "steps",
    "line_id": None,
    "level_id": None,
    "target": "services",
    "service_id": None,
    "product_id": None,
    "ends_on": None,
    "percent_bp": 0,
    "own_bp": 6_000,
    "amount": 0,
    "steps": [{"above": 0, "percent_bp": 3_000}, {"above": 1_000_000, "percent_bp": 3_500}],
    "steps_over": "part",
    "after_materials": True,
    "discount_bp": 5_000,
    "credit_bp": None,
    "redo_bp": 5_000,
}


def scheme(till: Till, **more: Any) -> Asked:
    """A scheme of Sara's: forty percent, unless said otherwise."""
    known = {"name": "مو", "kind": "percent", "starts_on": "2026-03-21", "percent_bp": 4_000}
    return Asked("POST", "/pay-schemes", known | {"staff_id": till.salon.sara} | more)


def schemed(till: Till, **more: Any) -> int:
    """The id of a new scheme."""
    return int(till.got(scheme(till, **more))["id"])


def _new(till: Till) -> Asked:
    """Everything is said of it, for a category of its own."""
    return scheme(till, category=fresh("دسته"), **EVERYTHING)


def _listed(till: Till) -> Asked:
    till.got(_new(till))
    line = made(till, "lines")
    till.got(scheme(till, staff_id=None, line_id=line))
    return Asked("GET", "/pay-schemes")


def _ended(till: Till) -> Asked:
    made_before = till.got(_new(till))["id"]
    return Asked("PATCH", f"/pay-schemes/{made_before}", {"name": "تا آبان", "ends_on": "2026-11-21"})


STAFF_GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /pay-schemes": _listed,
    "POST /pay-schemes": _new,
    "PATCH /pay-schemes/{scheme_id}": _ended,
}
