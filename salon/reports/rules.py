"""Reports as facts: rows and their sums. No database."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class StaffRow:
    """What one person did and sold: pieces, and rials before tax. `staff` is empty for lines that name nobody."""

    staff: str
    quantity: int
    amount: int


@dataclass(frozen=True)
class StaffReport:
    """Services and products by the person who did or sold them."""

    rows: Sequence[StaffRow]

    @property
    def quantity(self) -> int:
        """All pieces."""
        return sum(row.quantity for row in self.rows)

    @property
    def amount(self) -> int:
        """All rials before tax."""
        return sum(row.amount for row in self.rows)
