"""Prices out of a range, which no line has by itself. Rials."""

from ..errors import price_missing
from ..rules import LineSpec


def price_in_range(line: LineSpec, position: int) -> int:
    """The price of a line that has none yet, of a thing with a range of prices: nought while it may wait.

    Raises Invalid `price_missing` at `lines.N.unit_price`: the lower end is nobody's choice.
    """
    if not line.price_waits:
        raise price_missing(f"lines.{position}")
    return 0
