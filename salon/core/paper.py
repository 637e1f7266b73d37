"""Pages for printing: HTML laid out as PDF, on a roll or on sheets, with the salon's own fonts."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from flask import current_app, render_template

from .late import Late

weasyprint = Late("weasyprint")  # half a second of loading, for which opening the desk need not wait

_MM = 96 / 25.4  # CSS pixels
_LONGEST = 3000  # millimetres of a roll; a slip of hundreds of lines still fits
_MARGIN = 4  # millimetres above and below on a roll
_SPARE = 2  # millimetres below it for the knife


class Paper(StrEnum):
    """What is printed on."""

    ROLL = "80mm"
    A5 = "a5"
    A4 = "a4"


SLIPS = frozenset({Paper.ROLL, Paper.A5})


def warm_up() -> None:
    """Load what printing needs, before the first customer waits for her slip."""
    weasyprint.text.fonts.FontConfiguration()


def laid_out(html: str) -> Any:
    """A document of pages. Fonts come from the salon's own folder; nothing is fetched from elsewhere."""
    fonts = Path(str(current_app.static_folder)) / "vendor" / "vazirmatn" / "fonts" / "ttf"
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"file"})
    page = weasyprint.HTML(string=html, base_url=fonts.as_uri() + "/", url_fetcher=fetcher)
    return page.render(font_config=weasyprint.text.fonts.FontConfiguration())


def pdf_of(html: str) -> bytes:
    """The PDF of a page of HTML."""
    return bytes(laid_out(html).write_pdf())


def printed(template: str, paper: Paper, **values: Any) -> bytes:
    """A template as PDF; it is given `paper`, the CSS `size` and the `margin` of a roll. A roll is cut at its end."""
    given = {**values, "paper": paper.value, "margin": _MARGIN}
    if paper != Paper.ROLL:
        return pdf_of(render_template(template, size=paper.value.upper(), **given))
    roll = laid_out(render_template(template, size=f"80mm {_LONGEST}mm", **given))
    if len(roll.pages) == 1:  # cut where it ends; laying it out once more on the right length would take as long again
        roll.pages[0].height = _height(roll) + (2 * _MARGIN + _SPARE) * _MM
    return bytes(roll.write_pdf())


def _height(document: Any) -> float:
    """How far down the print reaches on its first page, in CSS pixels."""
    page_box = document.pages[0]._page_box  # no public way tells how tall the text came out
    return float(max(box.height for box in page_box.descendants() if getattr(box, "element_tag", "") == "main"))
