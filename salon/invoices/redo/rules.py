"""Work that is done again, in words. No database."""

from datetime import date
from typing import Protocol

from flask_babel import gettext as _

from ...core.jalali import format_date


class Done(Protocol):
    """Work that was done on a day, by somebody."""

    @property
    def business_date(self) -> date:
        """The day of the sale."""

    @property
    def staff_name(self) -> str:
        """Who did it."""


def again_sentence(done: Done) -> str:
    """Whose work of which day is done again."""
    day = format_date(done.business_date, "short")
    return str(_("کار %(day)s، %(name)s؛ رایگان", day=day, name=done.staff_name))
