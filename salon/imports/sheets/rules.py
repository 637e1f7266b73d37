"""A file as columns and rows of cells, each row with the line it stood on. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

Cell = str | Decimal | datetime | date | time


@dataclass(frozen=True)
class SheetRow:
    """A row as it stood in the file. `line` counts from 1, the column names included."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """The columns and rows of a file; blank rows are left out."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
