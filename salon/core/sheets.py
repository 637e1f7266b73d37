"""Excel sheets: from right to left under a head that stays, numbers as numbers, and what people wrote as text."""

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .late import Late
from .money import Currency

openpyxl = Late("openpyxl")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # its media type
_NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE = 31


def new_sheet(title: str, heads: Sequence[str]) -> Any:
    """A sheet of a book of its own, under the titles of its columns."""
    sheet = openpyxl.Workbook().active
    sheet.title = _NOT_IN_TITLES.sub(" ", title)[:_LONGEST_TITLE]
    sheet.sheet_view.rightToLeft, sheet.freeze_panes = True, "A2"
    add_row(sheet, heads)
    return sheet


def add_row(sheet: Any, values: Sequence[Any], *, bold: bool = False) -> None:
    """Write a row below the others."""
    sheet.append(list(values))
    for cell in sheet[sheet.max_row]:
        if bold:
            cell.font = openpyxl.styles.Font(bold=True)
        if cell.data_type == "f":  # a name or a note that begins with «=» is no formula
            cell.data_type = "s"


def shape_column(sheet: Any, place: int, *, width: int, number_format: str | None = None) -> None:
    """How wide a column is, the first being 1, and how its numbers are shown."""
    letter = openpyxl.utils.get_column_letter(place)
    sheet.column_dimensions[letter].width = width
    if number_format is not None:
        for cell in sheet[letter][1:]:
            cell.number_format = number_format


def bytes_of(sheet: Any) -> bytes:
    """The file of a sheet."""
    stream = io.BytesIO()
    sheet.parent.save(stream)
    return stream.getvalue()


def in_unit(rials: int, currency: Currency) -> int | Decimal:
    """An amount in the salon's unit, as a number to go on counting with."""
    whole, odd = divmod(rials, currency.rials)
    return Decimal(rials) / currency.rials if odd else whole
