"""Reports on paper: every column stands whole on the page."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from salon.reports.books.queries import OF_DAYS
from salon.reports.files.services import as_pdf
from salon.reports.pay.queries import OF_STATEMENTS
from salon.reports.queries import REPORTS
from salon.reports.rules import Cell, Column, Report, Row
from tests.factories import SmallSalon

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"')
PAGE = re.compile(r'<page width="([\d.]+)"')
DAY = date(2026, 11, 21)
POINTS_OF_MARGIN = 30  # of the 12 mm beside the table


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "columns", "first", "main"),
    [("daily-close", OF_DAYS, DAY, "sales"), ("staff-statements", OF_STATEMENTS, "نگار رضایی", "due")],
)
def test_hundreds_of_millions_in_each_column_fit_on_the_page(
    salon: SmallSalon, tmp_path: Path, name: str, columns: tuple[Column, ...], first: Cell, main: str
) -> None:
    amounts = [-9_876_543_210 - place for place in range(1, len(columns))]
    report = Report(columns, [Row((first, *amounts))] * 3, main)
    paper = tmp_path / "report.pdf"
    paper.write_bytes(as_pdf(report=report, kind=REPORTS[name], salon="سالن", period=(DAY, DAY)))
    layout = subprocess.run(["pdftotext", "-bbox", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    width = PAGE.search(layout)
    assert width
    words = [(float(left), float(right)) for left, right in WORD.findall(layout)]
    assert len(words) > len(columns) * 4
    assert min(left for left, _right in words) > POINTS_OF_MARGIN
    assert max(right for _left, right in words) < float(width[1]) - POINTS_OF_MARGIN


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_pages_are_counted_in_persian_digits(salon: SmallSalon, tmp_path: Path) -> None:
    report = Report(OF_DAYS, [Row((DAY, *[0] * (len(OF_DAYS) - 1)))] * 60, "sales")
    paper = tmp_path / "report.pdf"
    paper.write_bytes(as_pdf(report=report, kind=REPORTS["daily-close"], salon="سالن", period=(DAY, DAY)))
    text = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    assert re.search(r"[0-9]", text) is None
    assert len(re.findall("[۱-۹] ?/ ?[۱-۹]", text)) > 1
