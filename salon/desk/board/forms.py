"""What the board's address says, read into values."""

from datetime import date

from werkzeug.datastructures import MultiDict

from ...core.pages import row_key
from ..forms import day_of
from .rules import Asked, View


def asked_of(typed: MultiDict[str, str], today: date) -> Asked:
    """Which look at the board an address means; an unknown view is the day by staff. Raises Invalid for no day."""
    view, day = typed.get("view", ""), typed.get("day", "")
    known = View(view) if view in set(View) else View.STAFF
    return Asked(known, day_of(day) if day else today, row_key(typed.get("of", "")) if known == View.WEEK else None)
