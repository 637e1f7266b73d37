"""One request for each code by which a call about the pay of staff refuses."""

from collections.abc import Callable
from typing import Any

from .staff_good import scheme, schemed
from .till import Asked, Till

NOBODY = 999_999
POST, PATCH = "POST /pay-schemes", "PATCH /pay-schemes/{scheme_id}"


def _said(**more: Any) -> Callable[[Till], Asked]:
    return lambda till: scheme(till, **more)


def _changed(**more: Any) -> Callable[[Till], Asked]:
    return lambda till: Asked("PATCH", f"/pay-schemes/{schemed(till)}", more)


def _again(till: Till) -> Asked:
    schemed(till)
    return scheme(till, kind="fixed", amount=1)


def _into_the_next(till: Till) -> Asked:
    """A scheme that ended shall go on, though another stands there."""
    first = schemed(till, ends_on="2026-06-01")
    schemed(till, starts_on="2026-06-02")
    return Asked("PATCH", f"/pay-schemes/{first}", {"ends_on": None})


STAFF_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    (POST, "staff_unknown"): _said(staff_id=NOBODY),
    (POST, "line_unknown"): _said(staff_id=None, line_id=NOBODY),
    (POST, "level_unknown"): _said(staff_id=None, level_id=NOBODY),
    (POST, "service_unknown"): _said(service_id=NOBODY),
    (POST, "product_unknown"): _said(target="goods", product_id=NOBODY),
    (POST, "scheme_overlaps"): _again,
    (POST, "name_missing"): _said(name=" "),
    (POST, "scheme_whom_invalid"): _said(line_id=NOBODY),
    (POST, "scheme_whom_missing"): _said(kind="rent", amount=1, staff_id=None),
    (POST, "scheme_days_invalid"): _said(ends_on="2026-03-20"),
    (POST, "scheme_amount_invalid"): _said(kind="salary"),
    (POST, "scheme_steps_invalid"): _said(kind="steps", steps=[{"above": 5, "percent_bp": 1}]),
    (PATCH, "scheme_unknown"): lambda till: Asked("PATCH", f"/pay-schemes/{NOBODY}", {}),
    (PATCH, "scheme_overlaps"): _into_the_next,
    (PATCH, "name_missing"): _changed(name=" "),
    (PATCH, "scheme_days_invalid"): _changed(ends_on="2026-03-20"),
}
