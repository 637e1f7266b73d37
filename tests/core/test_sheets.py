"""Excel sheets: what people wrote stays text, and numbers stay numbers."""

import io
from decimal import Decimal

import openpyxl
import pytest

from salon.core.money import Currency
from salon.core.sheets import add_row, bytes_of, in_unit, new_sheet, shape_column


def test_a_note_that_begins_like_a_formula_is_read_back_as_it_was_written() -> None:
    sheet = new_sheet("کارکرد", ["شرح", "مبلغ"])
    add_row(sheet, ["=1+1", 1_250_000])
    read = openpyxl.load_workbook(io.BytesIO(bytes_of(sheet))).active
    assert [(cell.value, cell.data_type) for cell in read[2]] == [("=1+1", "s"), (1_250_000, "n")]


def test_a_sheet_reads_from_right_to_left_under_a_head_that_stays() -> None:
    sheet = new_sheet("کارکرد", ["شرح", "مبلغ"])
    add_row(sheet, ["رنگ", 1_250_000])
    shape_column(sheet, 2, width=18, number_format="#,##0")
    read = openpyxl.load_workbook(io.BytesIO(bytes_of(sheet))).active
    assert (read.sheet_view.rightToLeft, read.freeze_panes) == (True, "A2")
    assert (read.column_dimensions["B"].width, read["B2"].number_format, read["B1"].number_format) == (
        18,
        "#,##0",
        "General",
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [("سارا/مریم", "سارا مریم"), ("ناخن [۲]: *؟", "ناخن  ۲    ؟"), ("ن" * 40, "ن" * 31)],
)
def test_whatever_somebody_is_called_her_sheet_has_a_title(name: str, title: str) -> None:
    assert new_sheet(name, ["شرح"]).title == title


def test_an_amount_keeps_its_odd_rials_in_tomans() -> None:
    assert in_unit(1_250_000, Currency.RIAL) == 1_250_000
    assert in_unit(1_250_000, Currency.TOMAN) == 125_000
    assert in_unit(-1_250_005, Currency.TOMAN) == Decimal("-125000.5")
