"""What goes to paper from the browser: whole, in dark letters, without the frame."""

import re
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.factories import SmallSalon, pay_cash

from .conftest import Screen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">([^<]*)</word>')
PAGE = re.compile(r'<page width="([\d.]+)"')

# The faintest letters of the page, from 0 (black) to 1 (white).
FAINTEST = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let faintest = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    const [red, green, blue] = getComputedStyle(node.parentElement).color.match(/[\\d.]+/g).map((part) => part / 255);
    faintest = Math.max(faintest, 0.2126 * red + 0.7152 * green + 0.0722 * blue);
  }
  return faintest;
}"""


def words_of(pdf: Path) -> tuple[float, list[tuple[float, float, str]]]:
    """The width of the paper, and left end, right end and text of each word on it."""
    layout = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    width = PAGE.search(layout)
    assert width
    return float(width[1]), [(float(left), float(right), text) for left, right, text in WORD.findall(layout)]


@pytest.mark.parametrize("name", ["report", "invoices", "debtors", "slip"])
def test_a_page_is_printed_whole_and_in_dark_letters(
    screen: Screen, salon: SmallSalon, now: datetime, written: Callable[..., int], tmp_path: Path, name: str
) -> None:
    invoice_id = written()
    pay_cash(salon, now, invoice_id, 330_000, "paper")
    at, amount = {
        "report": ("/reports/services-by-staff", "۴۵٬۰۰۰"),
        "invoices": ("/invoices", "۱۲٬۰۰۰"),
        "debtors": ("/invoices/receive", "۱۲٬۰۰۰"),
        "slip": (f"/invoices/{invoice_id}/slip", "۴۵٬۰۰۰"),
    }[name]
    page = screen("owner", at=at).page
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(FAINTEST) < 0.5
    page.pdf(path=tmp_path / "paper.pdf", format="A5", prefer_css_page_size=True)
    width, words = words_of(tmp_path / "paper.pdf")
    assert amount in [text for _left, _right, text in words]
    assert min(left for left, _right, _text in words) > 5
    assert max(right for _left, right, _text in words) < width - 5
    assert "خروج" not in [text for _left, _right, text in words]
