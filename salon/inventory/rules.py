"""How many pieces may come, go or be counted, and when a shelf is low. No database."""

from dataclasses import dataclass

from .errors import MOST_PIECES
from .models import MovementKind


@dataclass(frozen=True)
class LineOfGoods:
    """Pieces of a product on a line of an invoice; more than none."""

    line_id: int
    product_id: int
    quantity: int


def is_possible(kind: MovementKind, pieces: int) -> bool:
    """Whether so many pieces may be told; only a count may find none."""
    least = 0 if kind is MovementKind.COUNTED else 1
    return least <= pieces <= MOST_PIECES


def moved(kind: MovementKind, pieces: int, standing: int) -> int:
    """By how much the stock changes: what came, what went, or what a count found above what the books say."""
    if kind is MovementKind.COUNTED:
        return pieces - standing
    return -pieces if kind in {MovementKind.USED, MovementKind.SOLD} else pieces


def is_low(stock: int, low_stock: int) -> bool:
    """Whether it is time to buy more."""
    return stock <= low_stock
