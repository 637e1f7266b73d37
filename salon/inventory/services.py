"""Verbs about stock. Nothing is ever changed: what was wrong is put right by the next count."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from ..access.rules import Actor
from ..catalog.errors import product_unknown
from ..core.db import db
from ..core.jalali import local_date
from ..core.keys import KEY_REUSED
from ..core.lengths import line_of
from .errors import pieces_invalid, pieces_missing, product_uncounted
from .models import MovementKind, StockMovement
from .queries import held_products, stock_of, told_under
from .rules import LineOfGoods, is_possible, moved


def receive(
    *, branch_id: int, pieces: Mapping[int, int], note: str = "", key: str, actor: Actor | None, now: datetime
) -> None:
    """Put what came on the shelf: pieces by product. The same key again moves nothing.

    Raises NotFound product_unknown; Invalid pieces_missing, pieces_invalid, product_uncounted, key_reused.
    """
    _move(MovementKind.IN, branch_id, pieces, note, key, actor, now)


def use(
    *, branch_id: int, pieces: Mapping[int, int], note: str = "", key: str, actor: Actor | None, now: datetime
) -> None:
    """Take what is used at work off the shelf: pieces by product. Raises as `receive` does."""
    _move(MovementKind.USED, branch_id, pieces, note, key, actor, now)


def count_stock(
    *, branch_id: int, pieces: Mapping[int, int], note: str = "", key: str, actor: Actor | None, now: datetime
) -> None:
    """Say how many pieces were found, by product; the difference to the books is a movement. Raises as `receive`."""
    _move(MovementKind.COUNTED, branch_id, pieces, note, key, actor, now)


def sell_lines(
    *, branch_id: int, lines: Sequence[LineOfGoods], business_date: date, actor_id: int | None, now: datetime
) -> None:
    """Take what an invoice sells off the shelf, more than is there if need be: the till never waits for the shelf."""
    _move_lines(MovementKind.SOLD, branch_id, lines, business_date, actor_id, now)


def return_lines(
    *, branch_id: int, lines: Sequence[LineOfGoods], business_date: date, actor_id: int | None, now: datetime
) -> None:
    """Put back what a return brings."""
    _move_lines(MovementKind.RETURNED, branch_id, lines, business_date, actor_id, now)


def _move_lines(
    kind: MovementKind,
    branch_id: int,
    lines: Sequence[LineOfGoods],
    business_date: date,
    actor_id: int | None,
    now: datetime,
) -> None:
    rows = [
        {
            **_row(kind, branch_id, line.product_id, moved(kind, line.quantity, 0), actor_id, now),
            "business_date": business_date,
            "line_id": line.line_id,
            "idempotency_key": f"{kind.value}:{line.line_id}",
        }
        for line in lines
    ]
    if rows:
        db.session.connection().execute(insert(StockMovement), rows)


def _move(
    kind: MovementKind,
    branch_id: int,
    pieces: Mapping[int, int],
    note: str,
    key: str,
    actor: Actor | None,
    now: datetime,
) -> None:
    """Move what is told by hand, product by product in the order of their numbers."""
    _check(kind, pieces)
    _lock(pieces)
    if _is_known(kind, branch_id, pieces, key):
        return
    standing = stock_of(branch_id, pieces.keys())
    kept = line_of(note, StockMovement.note)
    rows = [
        {
            **_row(kind, branch_id, product_id, moved(kind, pieces[product_id], standing[product_id]), _id(actor), now),
            "note": kept,
            "idempotency_key": mark,
        }
        for product_id, mark in zip(sorted(pieces), _marks(key, len(pieces)), strict=True)
    ]
    db.session.execute(insert(StockMovement), rows)


def _row(
    kind: MovementKind, branch_id: int, product_id: int, quantity: int, actor_id: int | None, now: datetime
) -> dict[str, Any]:
    return {
        "branch_id": branch_id,
        "product_id": product_id,
        "kind": kind.value,
        "quantity": quantity,
        "business_date": local_date(now),
        "recorded_at": now,
        "actor_id": actor_id,
        "note": "",
    }


def _check(kind: MovementKind, pieces: Mapping[int, int]) -> None:
    if not pieces:
        raise pieces_missing()
    for product_id, told in pieces.items():
        if not is_possible(kind, told):
            raise pieces_invalid(product_id)


def _lock(pieces: Mapping[int, int]) -> None:
    """Hold the products, so that two counts of one don't both find the same difference; sales go on meanwhile."""
    counted = held_products(pieces.keys())
    for product_id in pieces:
        if product_id not in counted:
            raise product_unknown()
        if not counted[product_id]:
            raise product_uncounted(product_id)


def _marks(key: str, count: int) -> list[str]:
    """The keys of so many movements that one request makes."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return [f"{digest}:{position}" for position in range(count)]


def _is_known(kind: MovementKind, branch_id: int, pieces: Mapping[int, int], key: str) -> bool:
    """Whether this very request was done before. Raises Invalid key_reused when the key did something else."""
    marks = _marks(key, len(pieces) + 1)
    told = told_under(marks)
    if not told:
        return False
    if told != [(kind.value, branch_id, product_id, pieces[product_id]) for product_id in sorted(pieces)]:
        raise KEY_REUSED.again()
    return True


def _id(actor: Actor | None) -> int | None:
    return actor.id if actor else None
