"""Reads about stock. Pieces; what is there is the sum of the movements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from ..access.models import User
from ..catalog.models import Product
from ..core.db import db
from ..core.text import search_key
from .models import MovementKind, StockMovement
from .rules import is_low

_STOCK = (
    select(StockMovement.product_id, func.sum(StockMovement.quantity))
    .where(StockMovement.branch_id == bindparam("branch"))
    .group_by(StockMovement.product_id)
)
_STOCK_OF = _STOCK.where(StockMovement.product_id.in_(bindparam("products", expanding=True)))


@dataclass(frozen=True)
class ShelfRow:
    """A product on the shelf; a stock of None was never moved nor counted."""

    product: Product
    stock: int | None

    @property
    def is_low(self) -> bool:
        """Whether it is time to buy more."""
        return self.stock is not None and is_low(self.stock, self.product.low_stock)


@dataclass(frozen=True)
class HistoryRow:
    """A movement of a product, and what was there after it."""

    id: int
    kind: MovementKind
    quantity: int
    stock: int
    business_date: date
    recorded_at: datetime
    by: str  # empty where nobody did it by hand
    note: str
    line_id: int | None


def stock_of(branch_id: int, product_ids: Collection[int]) -> dict[int, int]:
    """How many pieces of these products a branch has; nought of what was never moved."""
    rows = db.session.execute(_STOCK_OF, {"branch": branch_id, "products": sorted(product_ids)})
    return dict.fromkeys(product_ids, 0) | {product_id: int(stock) for product_id, stock in rows}


def shelf(branch_id: int, *, looked_for: str = "", low_only: bool = False) -> list[ShelfRow]:
    """What is sold and counted in a branch, by category and name; by the words of a name, brand or code."""
    stock = {product_id: int(pieces) for product_id, pieces in db.session.execute(_STOCK, {"branch": branch_id})}
    counted = select(Product).where(Product.active, Product.counted)
    products: Sequence[Product] = db.session.scalars(counted.order_by(Product.category, Product.name, Product.id)).all()
    words = [search_key(word) for word in looked_for.split()]
    rows = [ShelfRow(product, stock.get(product.id)) for product in products if _holds(product, words)]
    return [row for row in rows if row.is_low] if low_only else rows


def how_many_low(branch_id: int) -> int:
    """How many products are to be bought."""
    return len(shelf(branch_id, low_only=True))


def history(
    branch_id: int, product_id: int, limit: int, offset: int = 0, *, before: int | None = None
) -> list[HistoryRow]:
    """The movements of a product in a branch, the latest first, each with what was there after it."""
    movement = StockMovement
    stock = func.sum(movement.quantity).over(order_by=movement.id).label("stock")
    all_of_it = (
        select(movement.id, stock).where(movement.branch_id == branch_id, movement.product_id == product_id).subquery()
    )
    rows = (
        select(movement, all_of_it.c.stock, func.coalesce(User.full_name, ""))
        .join(all_of_it, all_of_it.c.id == movement.id)
        .outerjoin(User, User.id == movement.actor_id)
        .order_by(movement.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if before is not None:
        rows = rows.where(movement.id < before)
    return [_history_row(row, int(after), by) for row, after, by in db.session.execute(rows)]


def _history_row(row: StockMovement, stock: int, by: str) -> HistoryRow:
    return HistoryRow(
        id=row.id,
        kind=MovementKind(row.kind),
        quantity=row.quantity,
        stock=stock,
        business_date=row.business_date,
        recorded_at=row.recorded_at,
        by=by,
        note=row.note,
        line_id=row.line_id,
    )


def held_products(product_ids: Collection[int]) -> dict[int, bool]:
    """Whether the stock of these products is kept, locking them until the transaction ends; sales go on meanwhile."""
    asked = select(Product.id, Product.counted).where(Product.id.in_(list(product_ids))).order_by(Product.id)
    return {row.id: row.counted for row in db.session.execute(asked.with_for_update(key_share=True))}


def told_under(keys: Collection[str]) -> list[tuple[str, int, int, int]]:
    """What was told under these keys: kind, branch, product and pieces, of a count those that were found."""
    asked = select(StockMovement).where(StockMovement.idempotency_key.in_(keys)).order_by(StockMovement.product_id)
    return [(row.kind, row.branch_id, row.product_id, _told(row)) for row in db.session.scalars(asked)]


def _told(movement: StockMovement) -> int:
    if movement.kind != MovementKind.COUNTED:
        return abs(movement.quantity)
    until = select(func.sum(StockMovement.quantity)).where(
        StockMovement.branch_id == movement.branch_id,
        StockMovement.product_id == movement.product_id,
        StockMovement.id <= movement.id,
    )
    return int(db.session.execute(until).scalar_one())


def _holds(product: Product, words: Sequence[str]) -> bool:
    key = search_key(f"{product.name} {product.brand} {product.code}")
    return all(word in key for word in words)
