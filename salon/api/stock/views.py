"""Calls about products and their stock."""

import uuid
from typing import Any

from flask_login import current_user

from ...catalog.models import Product
from ...catalog.queries import all_products, product
from ...catalog.services import add_product, change_product
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...inventory.models import MovementKind
from ...inventory.queries import history, shelf, stock_of
from ...inventory.services import count_stock, receive, use
from ..calls import Calls
from ..invoices.schemas import IdempotencyHeaderSchema
from ..schemas import page_of
from . import schemas as s

calls = Calls("stock", __name__, "Products and their stock.")

_VERBS = {MovementKind.IN: receive, MovementKind.USED: use, MovementKind.COUNTED: count_stock}
_KEPT = ("name", "price", "category", "brand", "counted", "low_stock", "active")


@calls.get("/products")
@calls.answers(200, s.ProductsSchema)
@requires(Permission.CATALOG_VIEW)
def list_products() -> dict[str, Any]:
    """Products, those that are sold first."""
    return {"items": all_products()}


@calls.post("/products")
@calls.takes(s.NewProductSchema, example=s.PRODUCT)
@calls.answers(201, s.ProductSchema, product_exists=409, invalid=422, name_missing=422)
@requires(Permission.CATALOG_WRITE)
def create_product(asked: dict[str, Any]) -> Product:
    """Sell a product."""
    with transaction():
        return add_product(**asked, actor=current_user, now=present())


@calls.patch("/products/<key:product_id>")
@calls.takes(s.ChangedProductSchema, example=s.PRODUCT)
@calls.answers(200, s.ProductSchema, not_found=404, product_unknown=404, invalid=422, name_missing=422)
@requires(Permission.CATALOG_WRITE)
def patch_product(asked: dict[str, Any], product_id: int) -> Product:
    """Change a product, or sell it no more."""
    with transaction():
        known = product(product_id)
        said = {name: getattr(known, name) for name in _KEPT} | asked
        return change_product(product_id=product_id, **said, actor=current_user, now=present())


@calls.get("/stock")
@calls.answers(200, s.StocksSchema)
@requires(Permission.CATALOG_VIEW)
def list_stock() -> dict[str, Any]:
    """What is on the shelf of the branch."""
    rows = shelf(current_user.branch_id)
    return {
        "items": [
            {
                "product_id": row.product.id,
                "name": row.product.name,
                "stock": row.stock,
                "low_stock": row.product.low_stock,
                "low": row.is_low,
            }
            for row in rows
        ]
    }


@calls.post("/stock")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewMoveSchema, example=s.MOVE)
@calls.answers(
    201,
    s.MoveSchema,
    product_unknown=404,
    invalid=422,
    pieces_invalid=422,
    product_uncounted=422,
    key_reused=422,
)
@requires(Permission.STOCK_WRITE)
def move_stock(headers: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Say what came, was used or was counted; the same Idempotency-Key moves nothing twice."""
    pieces = {item["product_id"]: item["quantity"] for item in asked["items"]}
    branch_id, key = current_user.branch_id, f"api:{headers['key'] or uuid.uuid4().hex}"
    with transaction():
        _VERBS[MovementKind(asked["kind"])](
            branch_id=branch_id, pieces=pieces, note=asked["note"], key=key, actor=current_user, now=present()
        )
        stock = stock_of(branch_id, pieces.keys())
    return {"items": [{"product_id": key, "stock": stock[key]} for key in pieces]}


@calls.get("/products/<key:product_id>/movements")
@calls.takes(s.MovementsQuerySchema, "query")
@calls.answers(200, s.MovementsSchema, not_found=404, product_unknown=404, invalid=422)
@requires(Permission.CATALOG_VIEW)
def list_movements(asked: dict[str, Any], product_id: int) -> dict[str, Any]:
    """How the stock of a product in the branch came about, the latest first, page by page."""
    limit = asked["limit"]
    rows = history(current_user.branch_id, product(product_id).id, limit + 1, before=asked["cursor"])
    return page_of(rows, limit)
