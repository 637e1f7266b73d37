"""Work that is done again, in words. No database."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from ...core.jalali import format_date


@dataclass(frozen=True)
class DoneWork:
    """A service that was done for a customer, and is still sold."""

    line_id: int
    service_id: int
    description: str
    business_date: date
    staff_name: str


def again_sentence(done: DoneWork) -> str:
    """Whose work of which day is done again."""
    day = format_date(done.business_date, "short")
    return str(_("کار %(day)s، %(name)s؛ رایگان", day=day, name=done.staff_name))
