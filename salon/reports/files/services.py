"""A report as CSV, as an Excel sheet and as PDF."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from ...core.jalali import format_date
from ...core.money import WHOLE, Currency
from ...core.paper import pdf_of
from ...core.sheets import add_row, bytes_of, in_unit, new_sheet, shape_column
from ..rules import Cell, Column, Kind, Report, Row

_FORMATS = {Kind.MONEY: "#,##0", Kind.COUNT: "#,##0", Kind.PERCENT: "0.00%"}
BOM = "\ufeff"  # without it Excel takes Persian for another alphabet


def as_csv(report: Report) -> str:
    """Rows under the names that programs know, amounts in rials, days as they are stored."""
    return _written([column.name for column in report.columns], [row.cells for row in report.rows])


def as_csv_for_people(report: Report, currency: Currency) -> str:
    """Rows under titles, amounts in the salon's own unit, Jalali days."""
    return BOM + _written(_titles_of(report, currency), [_values_of(report, row, currency) for row in report.rows])


def as_xlsx(report: Report, title: str, currency: Currency, period: tuple[date, date]) -> bytes:
    """A sheet from right to left with the sums below; numbers stay numbers. Title and days head its printed pages."""
    sheet = new_sheet(title, _titles_of(report, currency))
    for row in report.rows:
        add_row(sheet, _values_of(report, row, currency))
    add_row(sheet, _sums_of(report, currency), bold=True)
    sheet.oddHeader.center.text = " · ".join([title, *(format_date(day, "numeric") for day in period)])
    for place, column in enumerate(report.columns, start=1):
        width = 28 if column.kind is Kind.TEXT else 18
        shape_column(sheet, place, width=width, number_format=_FORMATS.get(column.kind))
    return bytes_of(sheet)


def as_pdf(*, report: Report, kind: object, salon: str, period: tuple[date, date]) -> bytes:
    """Pages of A4 with the title and the sums."""
    html = render_template("reports/report_print.html", report=report, kind=kind, salon=salon, period=period)
    return pdf_of(html)


def _titles_of(report: Report, currency: Currency) -> list[str]:
    """The titles of the columns, with the unit of their money."""
    return [
        f"{column.title} ({currency.label})" if column.kind is Kind.MONEY else str(column.title)
        for column in report.columns
    ]


def _values_of(report: Report, row: Row, currency: Currency) -> list[Any]:
    """The values of a row as people read them: money in the salon's unit, days of the Jalali calendar."""
    return [_shown(column, cell, currency) for column, cell in zip(report.columns, row.cells, strict=True)]


def _sums_of(report: Report, currency: Currency) -> list[Any]:
    """What stands below the rows."""
    sums = [_shown(column, report.below(column), currency) for column in report.columns]
    return [_("جمع"), *sums[1:]]


def _shown(column: Column, cell: Cell, currency: Currency) -> Any:
    if column.kind is Kind.MONEY and isinstance(cell, int):
        return in_unit(cell, currency)
    if column.kind is Kind.PERCENT and isinstance(cell, int):
        return Decimal(cell) / WHOLE
    if isinstance(cell, date):
        return format_date(cell, "month" if column.kind is Kind.MONTH else "numeric")
    return cell


def _written(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return stream.getvalue()
