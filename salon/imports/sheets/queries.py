"""Reads CSV and Excel files, row by row, with the line each row stood on."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from ...core.late import Late
from ..errors import file_empty, file_unreadable
from .rules import Cell, Sheet, SheetRow

openpyxl = Late("openpyxl")  # of all commands only an import of an Excel file needs it

_EXCEL = {".xlsx", ".xlsm"}
_DELIMITERS = ",;\t|"


def read_sheet(path: Path) -> Sheet:
    """Read a CSV (UTF-8, else Windows-1256) or the first sheet of an Excel file. Raises Invalid `file_*`."""
    try:
        lines = list(_excel_lines(path) if path.suffix.lower() in _EXCEL else _csv_lines(path))
    except (OSError, BadZipFile, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise file_unreadable(path.name) from error
    while lines and not any(cell != "" for cell in lines[0][1]):
        lines.pop(0)
    if not lines:
        raise file_empty(path.name)
    columns = tuple(str(cell).strip() for cell in lines[0][1])
    rows = (SheetRow(line, _named(columns, cells)) for line, cells in lines[1:])
    return Sheet(columns, tuple(row for row in rows if any(cell != "" for cell in row.cells.values())))


Line = tuple[int, Sequence[Cell]]


def _csv_lines(path: Path) -> Iterator[Line]:
    written = _decoded(path.read_bytes())
    first, _, _ = written.partition("\n")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
    before = 0
    for cells in reader:
        yield before + 1, [cell.strip() for cell in cells]
        before = reader.line_num


def _decoded(content: bytes) -> str:
    """Persian programs of old write Windows-1256; everybody else UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1256")


def _excel_lines(path: Path) -> Iterator[Line]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = workbook.worksheets[0]
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_cell(cell) for cell in cells]
    finally:
        workbook.close()


def _cell(value: object) -> Cell:
    """What an Excel cell holds; numbers exactly as they are shown, not as the machine keeps them."""
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return Decimal(repr(value))
    return str(value).strip()


def _named(columns: Sequence[str], cells: Sequence[Cell]) -> dict[str, Cell]:
    """Cells by their columns; of two columns with one name the first counts, what is missing at the end is blank."""
    filled = [*cells, *[""] * (len(columns) - len(cells))]
    named: dict[str, Cell] = {}
    for column, cell in zip(columns, filled, strict=False):
        named.setdefault(column, cell)
    return named
