"""One request for each code by which a call about what is set up refuses."""

from collections.abc import Callable
from typing import Any

from .setup_good import listed, made, moved, product
from .setup_table import BODIES
from .till import Asked, Till

NOBODY = 999_999
Requests = dict[tuple[str, str], Callable[[Till], Asked]]
OF_KEYS = {
    "customer-groups": ("group_id", "group_exists", "group_unknown"),
    "staff-levels": ("level_id", "level_exists", "level_unknown"),
    "sale-kinds": ("kind_id", "sale_kind_exists", "sale_kind_unknown"),
    "branches": ("branch_id", "branch_exists", "branch_unknown"),
    "lines": ("line_id", "line_exists", "line_unknown"),
    "price-lists": ("list_id", "price_list_exists", "price_list_unknown"),
}
BACKWARDS = {"starts_on": "2026-11-22", "ends_on": "2026-11-21"}
LISTED = "PATCH /price-lists/{list_id}/prices"
BRANCHES = "PATCH /branches/{branch_id}"


def _patch(path: str, **more: Any) -> Callable[[Till], Asked]:
    """One that was just made is changed so."""
    return lambda till: Asked("PATCH", f"/{path}/{made(till, path)}", more)


def _post(path: str, **more: Any) -> Callable[[Till], Asked]:
    return lambda till: Asked("POST", f"/{path}", {"name": "تازه"} | more)


def _again(path: str) -> Callable[[Till], Asked]:
    """A second one of the same name."""

    def asked(till: Till) -> Asked:
        made(till, path, name="یکی")
        return Asked("POST", f"/{path}", {"name": "یکی"})

    return asked


def _as_another(path: str) -> Callable[[Till], Asked]:
    """One is named as another is."""

    def asked(till: Till) -> Asked:
        made(till, path, name="یکی")
        return Asked("PATCH", f"/{path}/{made(till, path)}", {"name": "یکی"})

    return asked


def _of_names() -> Requests:
    """What all that is chosen by its name is refused for."""
    found: Requests = {}
    for path, (key, exists, unknown) in OF_KEYS.items():
        post, patch = f"POST /{path}", f"PATCH /{path}/{{{key}}}"
        found |= {
            (post, exists): _again(path),
            (post, "name_missing"): _post(path, name=" "),
            (patch, exists): _as_another(path),
            (patch, "name_missing"): _patch(path, name=" "),
            (patch, unknown): lambda till, path=path: Asked("PATCH", f"/{path}/{NOBODY}", {"name": "تازه"}),  # type: ignore[misc]  # bound early
        }
    assert OF_KEYS.keys() == BODIES.keys()
    return found


def _of_whom() -> Requests:
    """A list that is for a group, branch or level that isn't there."""
    found: Requests = {}
    for name, code in (("group_id", "group_unknown"), ("branch_id", "branch_unknown"), ("level_id", "level_unknown")):
        found["POST /price-lists", code] = _post("price-lists", **{name: NOBODY})
        found["PATCH /price-lists/{list_id}", code] = _patch("price-lists", **{name: NOBODY})
    return found


def _only_branch(till: Till) -> Asked:
    return Asked("PATCH", f"/branches/{till.salon.branch_id}", {"active": False})


def _worked_in(till: Till) -> Asked:
    made(till, "branches")
    return _only_branch(till)


def _same_code(till: Till) -> Asked:
    product(till, code="L-7")
    return Asked("POST", "/products", {"name": "ماسک", "price": 1, "code": "L-7"})


def _reused(till: Till) -> Asked:
    serum = product(till)
    till.got(moved(till, product_id=serum, key="box"))
    return moved(till, product_id=serum, quantity=6, key="box")


def _too_much(method: str, path: str, till: Till) -> Asked:
    """Two assistants who would have more than all of their head's part."""
    people = [{"staff_id": staff_id, "share_bp": 6_000} for staff_id in (till.salon.sara, till.salon.negar)]
    return Asked(method, path, {"name": "لاین دو دستیار", "members": people})


SETUP_REFUSED: Requests = {
    **_of_names(),
    **_of_whom(),
    (BRANCHES, "branch_last"): _only_branch,
    (BRANCHES, "branch_in_use"): _worked_in,
    ("POST /lines", "staff_unknown"): _post("lines", head_id=NOBODY),
    ("POST /lines", "shares_above_whole"): lambda till: _too_much("POST", "/lines", till),
    ("PATCH /lines/{line_id}", "shares_above_whole"): lambda till: _too_much(
        "PATCH", f"/lines/{made(till, 'lines')}", till
    ),
    ("PATCH /lines/{line_id}", "staff_unknown"): _patch("lines", members=[{"staff_id": NOBODY}]),
    ("POST /price-lists", "days_invalid"): _post("price-lists", **BACKWARDS),
    ("PATCH /price-lists/{list_id}", "days_invalid"): _patch("price-lists", **BACKWARDS),
    ("GET /price-lists/{list_id}/prices", "price_list_unknown"): lambda till: Asked(
        "GET", f"/price-lists/{NOBODY}/prices"
    ),
    (LISTED, "price_list_unknown"): lambda till: listed(till, NOBODY),
    (LISTED, "price_range_invalid"): lambda till: listed(till, made(till, "price-lists"), price=5, price_to=4),
    (LISTED, "things_unknown"): lambda till: listed(till, made(till, "price-lists"), product_id=product(till)),
    ("GET /services/{service_id}/prices", "service_unknown"): lambda till: Asked("GET", f"/services/{NOBODY}/prices"),
    ("GET /products/{product_id}/prices", "product_unknown"): lambda till: Asked("GET", f"/products/{NOBODY}/prices"),
    ("POST /products", "name_missing"): _post("products", name=" ", price=1),
    ("POST /products", "product_exists"): _same_code,
    ("PATCH /products/{product_id}", "name_missing"): lambda till: Asked(
        "PATCH", f"/products/{product(till)}", {"name": " "}
    ),
    ("PATCH /products/{product_id}", "product_unknown"): lambda till: Asked("PATCH", f"/products/{NOBODY}", {}),
    ("POST /stock", "product_unknown"): lambda till: moved(till, product_id=NOBODY),
    ("POST /stock", "pieces_invalid"): lambda till: moved(till, quantity=0),
    ("POST /stock", "product_uncounted"): lambda till: moved(till, product_id=product(till, counted=False)),
    ("POST /stock", "key_reused"): _reused,
    ("GET /products/{product_id}/movements", "product_unknown"): lambda till: Asked(
        "GET", f"/products/{NOBODY}/movements"
    ),
}
