"""Reports on paper: every column stands whole on the page."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from salon.reports.books.queries import OF_DAYS
from salon.reports.files.services import as_pdf
from salon.reports.queries import REPORTS
from salon.reports.rules import Report, Row
from tests.factories import SmallSalon

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"')
PAGE = re.compile(r'<page width="([\d.]+)"')
DAY = date(2026, 11, 21)
POINTS_OF_MARGIN = 30  # of the 12 mm beside the table


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_days_of_hundreds_of_millions_fit_on_the_page(salon: SmallSalon, tmp_path: Path) -> None:
    amounts = [-9_876_543_210 - place for place in range(1, len(OF_DAYS))]
    report = Report(OF_DAYS, [Row((DAY, *amounts))] * 3, "sales")
    paper = tmp_path / "days.pdf"
    paper.write_bytes(as_pdf(report=report, kind=REPORTS["daily-close"], salon="سالن", period=(DAY, DAY)))
    layout = subprocess.run(["pdftotext", "-bbox", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    width = PAGE.search(layout)
    assert width
    words = [(float(left), float(right)) for left, right in WORD.findall(layout)]
    assert len(words) > len(OF_DAYS) * 4
    assert min(left for left, _right in words) > POINTS_OF_MARGIN
    assert max(right for _left, right in words) < float(width[1]) - POINTS_OF_MARGIN
