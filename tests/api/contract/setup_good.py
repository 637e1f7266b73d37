"""One good request for each call about what is set up."""

from collections.abc import Callable
from itertools import count
from typing import Any

from .till import Asked, Till

_NUMBERS = count(1)


def fresh(name: str = "نام") -> str:
    """A name, or a key, that nothing has yet."""
    return f"{name} {next(_NUMBERS)}"


def made(till: Till, path: str, **more: Any) -> int:
    """The id of something new."""
    return int(till.got(Asked("POST", f"/{path}", {"name": fresh()} | more))["id"])


def product(till: Till, **more: Any) -> int:
    """The id of a new product."""
    return made(till, "products", **{"price": 600_000} | more)


def listed(till: Till, list_id: int, **row: Any) -> Asked:
    """A price of a cut is put on a list."""
    return Asked(
        "PATCH", f"/price-lists/{list_id}/prices", {"prices": [{"service_id": till.salon.cut, "price": 1} | row]}
    )


def moved(till: Till, kind: str = "in", quantity: int = 5, key: str = "", **row: Any) -> Asked:
    """So many pieces of a new product, or of another, come in or are counted."""
    items = [{"product_id": row.get("product_id") or product(till), "quantity": quantity}]
    return Asked(
        "POST", "/stock", {"kind": kind, "items": items, "note": "کارتن"}, {"Idempotency-Key": key or fresh("box")}
    )


def _prices(till: Till) -> Asked:
    found = made(till, "price-lists")
    till.got(listed(till, found, price=400_000, price_to=500_000))
    return Asked("GET", f"/price-lists/{found}/prices")


def _listed(till: Till) -> Asked:
    serum = {"product_id": product(till), "service_id": None, "price": None, "price_to": None}
    asked = listed(till, made(till, "price-lists"), product_id=None, price_to=500_000)
    return Asked(asked.method, asked.path, {"prices": [*asked.body["prices"], serum]})


def _shelf(till: Till) -> Asked:
    till.got(moved(till))
    return Asked("GET", "/stock")


def _movements(till: Till) -> Asked:
    serum = product(till)
    till.got(moved(till, product_id=serum))
    return Asked("GET", f"/products/{serum}/movements?limit=5&cursor=0")


def _line(till: Till) -> dict[str, Any]:
    members = [{"staff_id": till.salon.negar, "share_bp": 3_000}]
    return {"name": fresh(), "head_id": till.salon.sara, "members": members, "active": True}


def _terms(till: Till) -> dict[str, Any]:
    return {
        "name": fresh(),
        "priority": 5,
        "group_id": made(till, "customer-groups"),
        "branch_id": till.salon.branch_id,
        "level_id": made(till, "staff-levels"),
        "starts_on": "2026-11-21",
        "ends_on": "2026-12-21",
        "active": True,
    }


BRANCH = {"phone": "۰۲۱", "address": "تهران", "active": True}
PRODUCT = {
    "name": fresh(),
    "price": 500_000,
    "category": "مو",
    "brand": "لورآل",
    "counted": True,
    "low_stock": 2,
}
SETUP_GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /customer-groups": lambda till: Asked("GET", "/customer-groups"),
    "POST /customer-groups": lambda till: Asked("POST", "/customer-groups", {"name": fresh(), "active": True}),
    "PATCH /customer-groups/{group_id}": lambda till: Asked(
        "PATCH", f"/customer-groups/{made(till, 'customer-groups')}", {"name": fresh(), "active": False}
    ),
    "GET /staff-levels": lambda till: Asked("GET", "/staff-levels"),
    "POST /staff-levels": lambda till: Asked("POST", "/staff-levels", {"name": fresh(), "position": 1, "active": True}),
    "PATCH /staff-levels/{level_id}": lambda till: Asked(
        "PATCH",
        f"/staff-levels/{made(till, 'staff-levels')}",
        {"name": fresh(), "position": 2, "active": False},
    ),
    "GET /sale-kinds": lambda till: Asked("GET", "/sale-kinds"),
    "POST /sale-kinds": lambda till: Asked("POST", "/sale-kinds", {"name": fresh(), "position": 9, "active": True}),
    "PATCH /sale-kinds/{kind_id}": lambda till: Asked(
        "PATCH", f"/sale-kinds/{made(till, 'sale-kinds')}", {"name": fresh(), "position": 2, "active": False}
    ),
    "GET /branches": lambda till: Asked("GET", "/branches"),
    "POST /branches": lambda till: Asked("POST", "/branches", BRANCH | {"name": fresh()}),
    "PATCH /branches/{branch_id}": lambda till: Asked(
        "PATCH", f"/branches/{made(till, 'branches')}", BRANCH | {"name": fresh(), "active": False}
    ),
    "GET /lines": lambda till: Asked("GET", "/lines"),
    "POST /lines": lambda till: Asked("POST", "/lines", _line(till)),
    "PATCH /lines/{line_id}": lambda till: Asked("PATCH", f"/lines/{made(till, 'lines')}", _line(till)),
    "GET /price-lists": lambda till: Asked("GET", "/price-lists"),
    "POST /price-lists": lambda till: Asked("POST", "/price-lists", _terms(till)),
    "PATCH /price-lists/{list_id}": lambda till: Asked(
        "PATCH",
        f"/price-lists/{made(till, 'price-lists')}",
        {"name": fresh(), "priority": 1, "group_id": None, "branch_id": None, "level_id": None}
        | {"starts_on": None, "ends_on": "2026-12-21", "active": False},
    ),
    "GET /price-lists/{list_id}/prices": _prices,
    "PATCH /price-lists/{list_id}/prices": _listed,
    "GET /services/{service_id}/prices": lambda till: Asked("GET", f"/services/{till.salon.cut}/prices"),
    "GET /products/{product_id}/prices": lambda till: Asked("GET", f"/products/{product(till)}/prices"),
    "GET /products": lambda till: Asked("GET", "/products"),
    "POST /products": lambda till: Asked("POST", "/products", PRODUCT | {"code": fresh("L")}),
    "PATCH /products/{product_id}": lambda till: Asked(
        "PATCH", f"/products/{product(till)}", PRODUCT | {"active": False}
    ),
    "GET /stock": _shelf,
    "POST /stock": moved,
    "GET /products/{product_id}/movements": _movements,
}
