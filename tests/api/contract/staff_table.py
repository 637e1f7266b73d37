"""What the API promises about the pay of staff; see `table`."""

from .call import Call
from .kinds import DAY, DAY_ASKED, FLAG, KEY, NUMBER, RIALS_ASKED, TEXT, one_of, text, whole

KINDS = one_of("percent", "fixed", "steps", "salary", "rent")
TARGETS, OVER = one_of("services", "goods"), one_of("whole", "part")
PART = whole(0, 10_000)
SCHEME = {
    "id": NUMBER,
    "name": TEXT,
    "kind": KINDS,
    "staff_id": NUMBER.or_null(),
    "line_id": NUMBER.or_null(),
    "level_id": NUMBER.or_null(),
    "target": TARGETS,
    "service_id": NUMBER.or_null(),
    "product_id": NUMBER.or_null(),
    "category": TEXT,
    "starts_on": DAY,
    "ends_on": DAY.or_null(),
    "percent_bp": NUMBER,
    "own_bp": NUMBER.or_null(),
    "amount": NUMBER,
    "steps": [{"above": NUMBER, "percent_bp": NUMBER}],
    "steps_over": OVER,
    "after_materials": FLAG,
    "discount_bp": NUMBER.or_null(),
    "credit_bp": NUMBER.or_null(),
    "redo_bp": NUMBER,
}
NEW_SCHEME = {
    "name": text(1, 80),
    "kind": KINDS,
    "starts_on": DAY_ASKED,
    "staff_id?": KEY.or_null(),
    "line_id?": KEY.or_null(),
    "level_id?": KEY.or_null(),
    "target?": TARGETS,
    "service_id?": KEY.or_null(),
    "product_id?": KEY.or_null(),
    "category?": text(None, 80),
    "ends_on?": DAY_ASKED.or_null(),
    "percent_bp?": PART,
    "own_bp?": PART.or_null(),
    "amount?": RIALS_ASKED,
    "steps?": [{"above": RIALS_ASKED, "percent_bp": PART}],
    "steps_over?": OVER,
    "after_materials?": FLAG,
    "discount_bp?": PART.or_null(),
    "credit_bp?": PART.or_null(),
    "redo_bp?": PART,
}
STAFF_CALLS = [
    Call("GET", "/pay-schemes", "staff.write", 200, {"items": [SCHEME]}),
    Call(
        "POST",
        "/pay-schemes",
        "staff.write",
        201,
        SCHEME,
        {
            "staff_unknown": 404,
            "line_unknown": 404,
            "level_unknown": 404,
            "service_unknown": 404,
            "product_unknown": 404,
            "scheme_overlaps": 409,
            "name_missing": 422,
            "scheme_whom_invalid": 422,
            "scheme_whom_missing": 422,
            "scheme_days_invalid": 422,
            "scheme_amount_invalid": 422,
            "scheme_steps_invalid": 422,
        },
        body=NEW_SCHEME,
    ),
    Call(
        "PATCH",
        "/pay-schemes/{scheme_id}",
        "staff.write",
        200,
        SCHEME,
        {"scheme_unknown": 404, "scheme_overlaps": 409, "name_missing": 422, "scheme_days_invalid": 422},
        body={"name?": text(1, 80), "ends_on?": DAY_ASKED.or_null()},
    ),
]
