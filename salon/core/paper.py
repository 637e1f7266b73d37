"""Pages for printing: HTML laid out as PDF, with the salon's own fonts."""

from pathlib import Path
from typing import Any

from flask import current_app

from .late import Late

weasyprint = Late("weasyprint")  # half a second of loading, for which opening the desk need not wait


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
