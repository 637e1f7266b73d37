"""A statement as an Excel sheet and as PDF."""

from collections.abc import Mapping
from typing import Any

from ...core.jalali import format_date
from ...core.money import Currency
from ...core.paper import Paper, printed
from ...core.sheets import add_row, bytes_of, in_unit, new_sheet, shape_column
from ..statements.rules import Note, Statement
from .rules import SheetRow, sheet_heads, sheet_rows

_WIDTHS = (14, 24, 12, 36, 18, 18)
_OF_MONEY = {5, 6}


def as_xlsx(*, shown: Statement, notes: Mapping[int, Note], title: str, currency: Currency) -> bytes:
    """A sheet from right to left with every line, and the sums below; numbers stay numbers."""
    sheet = new_sheet(title, sheet_heads(currency))
    for row in sheet_rows(shown, notes):
        add_row(sheet, _values_of(row, currency))
    for place, width in enumerate(_WIDTHS, start=1):
        shape_column(sheet, place, width=width, number_format="#,##0" if place in _OF_MONEY else None)
    return bytes_of(sheet)


def as_pdf(**facts: Any) -> bytes:
    """Sheets of A4 with places to sign."""
    return printed("payroll/statement_print.html", Paper.A4, **facts)


def _values_of(row: SheetRow, currency: Currency) -> list[Any]:
    day = format_date(row.day, "numeric") if row.day else ""
    base = None if row.base is None else in_unit(row.base, currency)
    return [day, str(row.what), row.number, row.text, base, in_unit(row.amount, currency)]
