"""Printing a slip: PDF on a roll of 80 mm or a sheet of A5."""

from enum import StrEnum
from typing import Any

from flask import render_template

from ...core.paper import laid_out
from .queries import Slip

_MM = 96 / 25.4  # CSS pixels
_LONGEST = 3000  # millimetres of a roll; a slip of hundreds of lines still fits
_MARGIN = 4  # millimetres above and below on a roll


class Paper(StrEnum):
    """What the slip is printed on."""

    ROLL = "80mm"
    A5 = "a5"


def slip_pdf(slip: Slip, paper: Paper) -> bytes:
    """The slip as PDF. A roll is cut where the slip ends."""
    if paper == Paper.A5:
        return bytes(_document(slip, paper, "A5").write_pdf())
    tall = _document(slip, paper, f"80mm {_LONGEST}mm")
    height = min(_LONGEST, round(_height(tall) / _MM) + 2 * _MARGIN + 2)
    return bytes(_document(slip, paper, f"80mm {height}mm").write_pdf())


def _document(slip: Slip, paper: Paper, size: str) -> Any:
    """The slip laid out on pages of a CSS size."""
    html = render_template("invoices/slip_print.html", slip=slip, paper=paper.value, size=size, margin=_MARGIN)
    return laid_out(html)


def _height(document: Any) -> float:
    """How far down the slip reaches on its first page, in CSS pixels."""
    page_box = document.pages[0]._page_box  # no public way tells how tall the text came out
    return float(max(box.height for box in page_box.descendants() if getattr(box, "element_tag", "") == "main"))
