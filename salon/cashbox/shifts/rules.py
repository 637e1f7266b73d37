"""Counting a till: notes, differences, and what a terminal's own slip says. Money in rials. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...core.money import MOST_RIALS
from ..errors import counted_invalid

# Notes and Iran cheques in use, the greatest first; what is counted beside them stands under COINS.
NOTES = (5_000_000, 2_000_000, 1_000_000, 500_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
COINS = 1  # coins and small notes together, as an amount


@dataclass(frozen=True)
class SlipTotal:
    """What the slip of a terminal says that it took since the shift was opened."""

    cashbox_id: int
    total: int


@dataclass(frozen=True)
class TerminalBooks:
    """What the books say that a terminal took since the shift was opened."""

    cashbox_id: int
    name: str
    books: int


def sum_of(pieces: Mapping[int, int]) -> int:
    """What so many pieces of each value come to. Raises Invalid `counted_invalid`."""
    if any(value not in {*NOTES, COINS} or count < 0 for value, count in pieces.items()):
        raise counted_invalid("pieces")
    return check_counted(sum(value * count for value, count in pieces.items()))


def check_counted(counted: int) -> int:
    """What was counted. Raises Invalid `counted_invalid` for less than nothing or beyond all measure."""
    if not 0 <= counted <= MOST_RIALS:
        raise counted_invalid()
    return counted


def reconciled(books: Sequence[TerminalBooks], slips: Sequence[SlipTotal]) -> list[dict[str, Any]]:
    """Books and slip of each terminal; a slip of None was not looked at."""
    totals = {slip.cashbox_id: check_counted(slip.total) for slip in slips}
    return [
        {"cashbox_id": of.cashbox_id, "name": of.name, "books": of.books, "slip": totals.get(of.cashbox_id)}
        for of in books
    ]
