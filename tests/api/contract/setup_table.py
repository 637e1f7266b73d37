"""What the API promises about all that is set up: groups, levels, lines, kinds of sale, branches, prices, stock."""

from .call import Call
from .kinds import DAY, DAY_ASKED, FLAG, KEY, NUMBER, RIALS_ASKED, TEXT, UTC, Shape, one_of, text, whole

PLACE = whole(0, 1_000_000)
PIECES = whole(0, 1_000_000)
NAMED = {"id": NUMBER, "name": TEXT, "active": FLAG}
ORDERED = NAMED | {"position": NUMBER}
BRANCH = NAMED | {"phone": TEXT, "address": TEXT}
LINE = NAMED | {"head_id": NUMBER.or_null(), "members": [{"staff_id": NUMBER, "share_bp": NUMBER}]}
PRICE_LIST = NAMED | {
    "priority": NUMBER,
    "group_id": NUMBER.or_null(),
    "branch_id": NUMBER.or_null(),
    "level_id": NUMBER.or_null(),
    "starts_on": DAY.or_null(),
    "ends_on": DAY.or_null(),
}
LISTED = {
    "service_id": NUMBER.or_null(),
    "product_id": NUMBER.or_null(),
    "price": NUMBER,
    "price_to": NUMBER.or_null(),
}
CHANGE = {
    "changed_at": UTC,
    "by": TEXT,
    "list_name": TEXT,
    "price": NUMBER.or_null(),
    "price_to": NUMBER.or_null(),
    "price_before": NUMBER.or_null(),
    "price_to_before": NUMBER.or_null(),
}
PRODUCT = {
    "id": NUMBER,
    "code": TEXT,
    "name": TEXT,
    "category": TEXT,
    "brand": TEXT,
    "price": NUMBER,
    "counted": FLAG,
    "low_stock": NUMBER,
    "active": FLAG,
}
MOVEMENT = {
    "id": NUMBER,
    "kind": one_of("in", "sold", "returned", "used", "counted"),
    "quantity": NUMBER,
    "stock": NUMBER,
    "business_date": DAY,
    "recorded_at": UTC,
    "by": TEXT,
    "note": TEXT,
    "line_id": NUMBER.or_null(),
}
UNNAMED = {"name_missing": 422}
BODIES: dict[str, dict[str, Shape]] = {
    "customer-groups": {"name": text(1, 80), "active?": FLAG},
    "staff-levels": {"name": text(1, 80), "position?": PLACE, "active?": FLAG},
    "sale-kinds": {"name": text(1, 60), "position?": PLACE, "active?": FLAG},
    "branches": {"name": text(1, 80), "phone?": text(None, 40), "address?": text(None, 300), "active?": FLAG},
    "lines": {
        "name": text(1, 80),
        "head_id?": KEY.or_null(),
        "members?": [{"staff_id": KEY, "share_bp?": whole(0, 10_000)}],
        "active?": FLAG,
    },
    "price-lists": {
        "name": text(1, 80),
        "priority?": PLACE,
        "group_id?": KEY.or_null(),
        "branch_id?": KEY.or_null(),
        "level_id?": KEY.or_null(),
        "starts_on?": DAY_ASKED.or_null(),
        "ends_on?": DAY_ASKED.or_null(),
        "active?": FLAG,
    },
}


def list_of(
    path: str,
    key: str,
    sees: str,
    row: Shape,
    refuses: dict[str, int],
    patch_refuses: dict[str, int],
    writes: str = "setup.write",
) -> list[Call]:
    """The three calls of something that is set up: all of them, a new one, a change of one."""
    new = BODIES[path]
    change = {name if name.endswith("?") else f"{name}?": shape for name, shape in new.items()}
    return [
        Call("GET", f"/{path}", sees, 200, {"items": [row]}),
        Call("POST", f"/{path}", writes, 201, row, UNNAMED | refuses, body=new),
        Call("PATCH", f"/{path}/{{{key}}}", writes, 200, row, UNNAMED | refuses | patch_refuses, body=change),
    ]


SETUP_CALLS = [
    *list_of("customer-groups", "group_id", "customers.view", NAMED, {"group_exists": 409}, {"group_unknown": 404}),
    *list_of("staff-levels", "level_id", "staff.view", ORDERED, {"level_exists": 409}, {"level_unknown": 404}),
    *list_of("sale-kinds", "kind_id", "invoices.view", ORDERED, {"sale_kind_exists": 409}, {"sale_kind_unknown": 404}),
    *list_of(
        "branches",
        "branch_id",
        "desk.view",
        BRANCH,
        {"branch_exists": 409},
        {"branch_unknown": 404, "branch_last": 409, "branch_in_use": 409},
    ),
    *list_of(
        "lines",
        "line_id",
        "staff.view",
        LINE,
        {"line_exists": 409, "staff_unknown": 404, "shares_above_whole": 422},
        {"line_unknown": 404},
    ),
    *list_of(
        "price-lists",
        "list_id",
        "catalog.view",
        PRICE_LIST,
        {
            "price_list_exists": 409,
            "group_unknown": 404,
            "branch_unknown": 404,
            "level_unknown": 404,
            "days_invalid": 422,
        },
        {"price_list_unknown": 404},
        writes="catalog.write",
    ),
    Call(
        "GET",
        "/price-lists/{list_id}/prices",
        "catalog.view",
        200,
        {"items": [LISTED]},
        {"price_list_unknown": 404},
    ),
    Call(
        "PATCH",
        "/price-lists/{list_id}/prices",
        "catalog.write",
        200,
        {"items": [LISTED]},
        {"price_list_unknown": 404, "price_range_invalid": 422, "things_unknown": 422},
        body={
            "prices": [
                {
                    "service_id?": KEY.or_null(),
                    "product_id?": KEY.or_null(),
                    "price": RIALS_ASKED.or_null(),
                    "price_to?": RIALS_ASKED.or_null(),
                }
            ]
        },
    ),
    Call("GET", "/services/{service_id}/prices", "catalog.view", 200, {"items": [CHANGE]}, {"service_unknown": 404}),
    Call("GET", "/products/{product_id}/prices", "catalog.view", 200, {"items": [CHANGE]}, {"product_unknown": 404}),
    Call("GET", "/products", "catalog.view", 200, {"items": [PRODUCT]}),
    Call(
        "POST",
        "/products",
        "catalog.write",
        201,
        PRODUCT,
        UNNAMED | {"product_exists": 409},
        body={
            "name": text(1, 160),
            "price": whole(0, 10**12),
            "code?": text(None, 80),
            "category?": text(None, 80),
            "brand?": text(None, 80),
            "counted?": FLAG,
            "low_stock?": PIECES,
        },
    ),
    Call(
        "PATCH",
        "/products/{product_id}",
        "catalog.write",
        200,
        PRODUCT,
        UNNAMED | {"product_unknown": 404},
        body={
            "name?": text(1, 160),
            "price?": whole(0, 10**12),
            "category?": text(None, 80),
            "brand?": text(None, 80),
            "counted?": FLAG,
            "low_stock?": PIECES,
            "active?": FLAG,
        },
    ),
    Call(
        "GET",
        "/stock",
        "catalog.view",
        200,
        {
            "items": [
                {"product_id": NUMBER, "name": TEXT, "stock": NUMBER.or_null(), "low_stock": NUMBER, "low": FLAG},
            ]
        },
    ),
    Call(
        "POST",
        "/stock",
        "stock.write",
        201,
        {"items": [{"product_id": NUMBER, "stock": NUMBER}]},
        {"product_unknown": 404, "pieces_invalid": 422, "product_uncounted": 422, "key_reused": 422},
        body={
            "kind": one_of("in", "used", "counted"),
            "items": [{"product_id": KEY, "quantity": PIECES}],
            "note?": text(None, 300),
        },
        headers={"Idempotency-Key?": text(1, 100)},
    ),
    Call(
        "GET",
        "/products/{product_id}/movements",
        "catalog.view",
        200,
        {"items": [MOVEMENT], "next": TEXT.or_null()},
        {"product_unknown": 404},
        query={"cursor?": whole(0, 2**63 - 1), "limit?": whole(1, 100)},
    ),
]
