"""The slip as a file: paper of the right width, in Persian letters of our own font."""

import re
import zlib
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.factories import SmallSalon, pay_cash

from .conftest import Screen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
POINTS_PER_MM = 72 / 25.4


def open_text(pdf: bytes) -> str:
    """A PDF with its streams unpacked: pages, fonts and the maps from glyphs to letters."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    unpacked = [zlib.decompress(one) for one in packed if one[:1] == b"\x78"]
    return b"\n".join([pdf, *unpacked]).decode("latin-1")


def letters_of(pdf: bytes) -> str:
    """The letters that a reader can copy out of a PDF."""
    maps = re.findall(r"beginbfchar(.*?)endbfchar", open_text(pdf), re.S)
    return "".join(
        bytes.fromhex(code).decode("utf-16-be")
        for one in maps
        for _glyph, code in re.findall(r"<(\w+)>\s*<(\w+)>", one)
    )


@pytest.mark.parametrize(("paper", "width_mm"), [("80mm", 80), ("a5", 148)])
def test_the_slip_is_a_persian_pdf_of_the_paper_s_width(
    screen: Screen, salon: SmallSalon, now: datetime, written: Callable[..., int], paper: str, width_mm: int
) -> None:
    invoice_id = written()
    pay_cash(salon, now, invoice_id, 450_000, "slip")
    desk = screen(at=f"/invoices/{invoice_id}/slip")
    link = desk.page.locator(f"a[href*='{paper}']").get_attribute("href")
    answer = desk.page.request.get(link)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    pdf = answer.body()
    assert pdf.startswith(b"%PDF-")
    width = re.search(r"/MediaBox\s*\[\s*0 0 ([\d.]+)", open_text(pdf))
    assert width
    assert abs(float(width[1]) / POINTS_PER_MM - width_mm) < 1
    assert "Vazirmatn" in open_text(pdf)
    assert set("قابل پرداخت کوتاهی زهرا ۴۵٬۰۰۰") - {" "} <= set(letters_of(pdf))
