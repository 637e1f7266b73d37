"""The lines of a sale and the pieces of them that go back. Rials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...packages.rules import Series
from ..errors import line_unknown, quantity_invalid, return_exceeds_sale


@dataclass(frozen=True)
class WantedLine:
    """So many pieces of a line are to go back."""

    line_id: int
    quantity: int


@dataclass(frozen=True)
class SoldLine:
    """A line of the sale, with the pieces that went back and the sessions that were used."""

    id: int
    nature: str
    description: str
    product_id: int | None
    quantity: int
    unit_price: int
    discount: int
    shared_discount: int
    tax: int
    net: int
    returned: int
    used: int
    discount_back: int
    shared_back: int
    uses_session: bool  # paid by a session of a series, and never by anything else

    @property
    def taken_off(self) -> int:
        """Both discounts."""
        return self.discount + self.shared_discount

    @property
    def left(self) -> int:
        """Pieces that may still go back; negative on a line that itself takes something back."""
        return self.quantity - self.returned - self.used


@dataclass(frozen=True)
class BackLine:
    """What goes back of a line."""

    line: SoldLine
    quantity: int

    @property
    def discount(self) -> int:
        """Its part of the line's own discount."""
        before, now = self._taken_off(self.line.returned), self._taken_off(self.line.returned + self.quantity)
        return part_of(self.line.discount, self.line.taken_off or 1, before, now - before)

    @property
    def shared_discount(self) -> int:
        """Its part of the discount on the whole: with that of its own, what both are rounded to together."""
        return self._part(self.line.taken_off) - self.discount

    @property
    def tax(self) -> int:
        """Its part of the tax."""
        return self._part(self.line.tax)

    @property
    def net(self) -> int:
        """Quantity times price, less the discounts."""
        return self.quantity * self.line.unit_price - self.discount - self.shared_discount

    def _taken_off(self, pieces: int) -> int:
        return part_of(self.line.taken_off, self.line.quantity, 0, pieces)

    def _part(self, whole: int) -> int:
        return part_of(whole, self.line.quantity, self.line.returned, self.quantity)


@dataclass(frozen=True)
class BackSessions(BackLine):
    """Unused sessions that go back, at what they were paid with: the net less what was used takes."""

    series: Series

    @property
    def discount(self) -> int:
        """What of their discounts is the line's own."""
        return self._off - self.shared_discount

    @property
    def shared_discount(self) -> int:
        """Its part of the discount on the whole, as near as the discounts that are left allow."""
        line = self.line
        least = self._off - (line.discount - line.discount_back)
        return min(max(self._part(line.shared_discount), least), line.shared_discount - line.shared_back, self._off)

    @property
    def _off(self) -> int:
        return self.quantity * self.line.unit_price - self.series.worth(self.quantity)


def part_of(whole: int, quantity: int, before: int, now: int) -> int:
    """The part of `whole` that `now` of `quantity` pieces take after `before`; together the parts are the whole."""
    return whole * (before + now) // quantity - whole * before // quantity


def taken_back(lines: Sequence[SoldLine], wanted: Sequence[WantedLine] | None) -> list[BackLine]:
    """The lines of a return; None takes all that is left.

    Raises Invalid `line_unknown` at `lines.N.line_id`, `quantity_invalid` and `return_exceeds_sale` at
    `lines.N.quantity`, `return_exceeds_sale` at `lines` when nothing is left.
    """
    if wanted is None:
        left = [BackLine(line, line.left) for line in lines if line.left]
        if not left:
            raise return_exceeds_sale()
        return left
    pieces = _pieces(lines, wanted)
    if all(line.left == pieces.get(line.id, 0) for line in lines if line.left > 0):
        pieces |= {line.id: line.left for line in lines if line.left < 0}  # what took something back goes with the last
    return [BackLine(line, pieces[line.id]) for line in lines if line.id in pieces]


def _pieces(lines: Sequence[SoldLine], wanted: Sequence[WantedLine]) -> dict[int, int]:
    """How many pieces of each line go back; a line that is named twice is added up."""
    left = {line.id: line.left for line in lines}
    pieces: dict[int, int] = {}
    for position, asked in enumerate(wanted):
        if asked.line_id not in left:
            raise line_unknown(f"lines.{position}.line_id")
        if asked.quantity < 1:
            raise quantity_invalid(f"lines.{position}.quantity")
        pieces[asked.line_id] = pieces.get(asked.line_id, 0) + asked.quantity
        if pieces[asked.line_id] > left[asked.line_id]:
            raise return_exceeds_sale(f"lines.{position}.quantity")
    return pieces


def at_series(back: Sequence[BackLine], series: Mapping[int, Series]) -> list[BackLine]:
    """The lines of a return with unused sessions at what is left of their series."""
    return [
        BackSessions(part.line, part.quantity, series[part.line.id]) if part.line.id in series else part
        for part in back
    ]


def leaves_nothing(lines: Sequence[SoldLine], back: Sequence[BackLine]) -> bool:
    """Whether a return takes the last piece of the sale."""
    pieces = {part.line.id: part.quantity for part in back}
    return all(line.quantity == line.returned + pieces.get(line.id, 0) for line in lines)
