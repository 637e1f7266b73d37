"""A row of a file by our fields, and how its cells are read. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from ...core.text import latin_digits, normalise
from ..errors import (
    amount_fraction,
    amount_invalid,
    day_invalid,
    flag_invalid,
    number_invalid,
    price_missing,
    text_long,
    time_invalid,
    value_missing,
)
from ..sheets.rules import Cell
from ..values.rules import (
    Formats,
    parse_amount,
    parse_amount_range,
    parse_day,
    parse_flag,
    parse_time,
    parse_whole,
    rounded_rials,
    whole_rials,
)

LONGEST_CODE = 40
LONGEST_TEXT = 1000
_FIRST_DAY, _NO_DAY = date(1900, 1, 1), date(2200, 1, 1)
_NO_PRICE = "-–−_. ۰"  # what price lists draw where they leave a price out


@dataclass(frozen=True)
class Field:
    """A field that a file may fill. `headers`: our own names of its column."""

    name: str
    headers: tuple[str, ...]
    required: bool = False

    @property
    def label(self) -> str:
        """How people call it."""
        return self.headers[0]


@dataclass(frozen=True)
class Row:
    """A row of a file by our fields, and how to read it. Every reading raises Invalid at its field."""

    line: int
    cells: Mapping[str, tuple[Cell, ...]]
    labels: Mapping[str, str]
    formats: Formats

    def has(self, name: str) -> bool:
        """Whether the file has this field at all, blank or not."""
        return name in self.cells

    def text(self, name: str, most: int = LONGEST_TEXT) -> str:
        """The text, in one spelling; several columns stand one after another. A long one is refused, never cut."""
        parts = [normalise(written(cell)) for cell in self.cells.get(name, ())]
        found = " ".join(part for part in parts if part)
        if len(found) > most:
            raise text_long(self.labels[name], found, most)
        return found

    def code(self, name: str, most: int = LONGEST_CODE) -> str:
        """A key, digits as 0-9."""
        return latin_digits(self.text(name, most))

    def needed_code(self, name: str) -> str:
        """A key that must be there."""
        found = self.code(name)
        if not found:
            raise value_missing(self.labels[name])
        return found

    def amount(self, name: str) -> int | None:
        """Rials, exactly as written; several columns add up; None when all are blank."""
        parts = self._amounts(name)
        return self._whole_rials(name, sum(parts, Decimal(0))) if parts else None

    def needed_amount(self, name: str) -> int:
        """Rials that must be there."""
        found = self.amount(name)
        if found is None:
            raise value_missing(self.labels[name])
        return found

    def rounded_sum(self, name: str) -> int:
        """Several columns added up, then rounded to whole rials (of the money scale), halves away from zero."""
        return rounded_rials(sum(self._amounts(name), Decimal(0)))

    def price_range(self, name: str) -> tuple[int, int | None]:
        """A price and the upper end of its range; those of several columns add up.

        Raises Invalid `price_missing` where there are only blanks and dashes.
        """
        prices = [self._price(name, cell) for cell in self.cells.get(name, ()) if written(cell).strip(_NO_PRICE)]
        if not prices:
            raise price_missing(self.text(name))
        low = self._whole_rials(name, sum((price[0] for price in prices), Decimal(0)))
        if all(high is None for _, high in prices):
            return low, None
        highest = sum((low if high is None else high for low, high in prices), Decimal(0))
        return low, self._whole_rials(name, highest)

    def whole(self, name: str) -> int | None:
        """A whole number; None when blank."""
        typed = self.text(name)
        found = parse_whole(typed)
        if typed and found is None:
            raise number_invalid(self.labels[name], typed)
        return found

    def day(self, name: str) -> date | None:
        """A day; None when blank. One of no salon's time is refused: programs write such days for «never»."""
        cell, typed = self._cell(name), self.text(name)
        found = cell if isinstance(cell, date) else parse_day(typed, self.formats)
        found = found.date() if isinstance(found, datetime) else found
        if typed and (found is None or not _FIRST_DAY <= found < _NO_DAY):
            raise day_invalid(self.labels[name], typed)
        return found

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        found = self.day(name)
        if found is None:
            raise value_missing(self.labels[name])
        return found

    def time(self, name: str) -> time | None:
        """A time of day; None when blank."""
        cell = self._cell(name)
        if isinstance(cell, datetime):
            return cell.time()
        if isinstance(cell, time):
            return cell
        typed = self.text(name)
        found = parse_time(typed, self.formats)
        if typed and found is None:
            raise time_invalid(self.labels[name], typed)
        return found

    def flag(self, name: str) -> bool | None:
        """Yes or no; None when blank."""
        typed = self.text(name)
        found = parse_flag(typed)
        if typed and found is None:
            raise flag_invalid(self.labels[name], typed)
        return found

    def _cell(self, name: str) -> Cell:
        """The one cell that is filled; several are read as one text, so that none of them is passed over."""
        filled = [cell for cell in self.cells.get(name, ()) if cell != ""]
        return filled[0] if len(filled) == 1 else self.text(name)

    def _amounts(self, name: str) -> list[Decimal]:
        """The amounts of the columns that are filled."""
        parts = [self._amount(name, cell) for cell in self.cells.get(name, ())]
        return [part for part in parts if part is not None]

    def _amount(self, name: str, cell: Cell) -> Decimal | None:
        if isinstance(cell, Decimal):
            return cell * self.formats.money_scale
        typed = normalise(written(cell))
        found = parse_amount(typed, self.formats)
        if typed and found is None:
            raise amount_invalid(self.labels[name], typed)
        return found

    def _price(self, name: str, cell: Cell) -> tuple[Decimal, Decimal | None]:
        if isinstance(cell, Decimal):
            return cell * self.formats.money_scale, None
        ends = parse_amount_range(written(cell), self.formats)
        if ends is None:
            raise amount_invalid(self.labels[name], written(cell))
        return ends

    def _whole_rials(self, name: str, exact: Decimal) -> int:
        rials = whole_rials(exact)
        if rials is None:
            raise amount_fraction(self.labels[name], self.text(name))
        return rials


def written(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".removesuffix(".0")
    return cell if isinstance(cell, str) else cell.isoformat()
