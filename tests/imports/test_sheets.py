"""Files as they come: encodings, delimiters, Excel."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from salon.core.errors import Invalid
from salon.imports.sheets.queries import read_sheet


def test_a_csv_keeps_the_line_of_each_row(tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_bytes('\ufeffکد,یادداشت\r\n1,"دو\r\nسطر"\r\n\r\n2,\r\n'.encode())
    sheet = read_sheet(file)
    assert sheet.columns == ("کد", "یادداشت")
    assert [(row.line, row.cells["کد"]) for row in sheet.rows] == [(2, "1"), (5, "2")]


def test_an_old_persian_program_writes_windows_1256(tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_bytes("نام;موبايل\nزهرا;09123456789\n".encode("cp1256"))
    assert dict(read_sheet(file).rows[0].cells) == {"نام": "زهرا", "موبايل": "09123456789"}


def test_a_short_row_has_blanks_and_a_long_one_is_cut(tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_text("a,b\n1\n1,2,3\n", encoding="utf-8")
    assert [dict(row.cells) for row in read_sheet(file).rows] == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]


def test_excel_cells_keep_their_values(tmp_path: Path):
    book = Workbook()
    book.active.append([])
    book.active.append(["code", "price", "born", "active"])
    book.active.append([101, 2.304, datetime(2018, 3, 15), True])  # noqa: DTZ001  # Excel knows no zones
    book.save(tmp_path / "file.xlsx")
    (row,) = read_sheet(tmp_path / "file.xlsx").rows
    assert row.line == 3
    assert row.cells["code"] == Decimal(101)
    assert row.cells["price"] == Decimal("2.304")
    assert row.cells["born"] == datetime(2018, 3, 15)  # noqa: DTZ001
    assert row.cells["active"] == "TRUE"


@pytest.mark.parametrize(
    ("name", "content", "code"), [("a.csv", b"", "file_empty"), ("a.xlsx", b"x", "file_unreadable")]
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, code: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Invalid) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.code == code
