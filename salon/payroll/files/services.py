"""A statement as an Excel sheet and as PDF."""

import io
from decimal import Decimal
from typing import Any

from ...core.jalali import format_date
from ...core.late import Late
from ...core.money import Currency
from ...core.paper import Paper, printed
from ..statements.rules import Statement
from .rules import SheetRow, sheet_heads, sheet_rows

openpyxl = Late("openpyxl")


def as_xlsx(*, shown: Statement, notes: dict[int, Any], title: str, currency: Currency) -> bytes:
    """A sheet from right to left with every line, and the sums below; numbers stay numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title, sheet.sheet_view.rightToLeft, sheet.freeze_panes = title[:31], True, "A2"
    sheet.append(sheet_heads(currency))
    for row in sheet_rows(shown, notes):
        sheet.append(_values_of(row, currency))
    for letter, width in zip("ABCDEF", (14, 24, 12, 36, 18, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    for letter in "EF":
        for cell in sheet[letter][1:]:
            cell.number_format = "#,##0"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_pdf(**facts: Any) -> bytes:
    """Sheets of A4 with places to sign."""
    return printed("payroll/statement_print.html", Paper.A4, **facts)


def _values_of(row: SheetRow, currency: Currency) -> list[Any]:
    day = format_date(row.day, "numeric") if row.day else ""
    return [day, str(row.what), row.number, row.text, _in_unit(row.base, currency), _in_unit(row.amount, currency)]


def _in_unit(amount: int | None, currency: Currency) -> int | Decimal | None:
    if amount is None:
        return None
    whole, odd = divmod(amount, currency.rials)
    return Decimal(amount) / currency.rials if odd else whole
