"""Reads about the salon itself."""

from datetime import date

from sqlalchemy import bindparam, select

from ..core.db import db
from .errors import salon_missing
from .models import Branch, FiscalYear, SalonProfile

_YEAR_OF = select(FiscalYear.id).where(
    FiscalYear.starts_on <= bindparam("day"), FiscalYear.ends_before > bindparam("day")
)


def is_set_up() -> bool:
    """Whether somebody has set this salon up."""
    return db.session.get(SalonProfile, 1) is not None


def profile() -> SalonProfile:
    """What the salon is and how it works; read once per session. Raises NotFound salon_missing."""
    found = db.session.get(SalonProfile, 1)
    if found is None:
        raise salon_missing()
    return found


def default_branch() -> Branch:
    """The first branch. Raises NotFound salon_missing."""
    found = db.session.scalar(select(Branch).order_by(Branch.id).limit(1))
    if found is None:
        raise salon_missing()
    return found


def has_fiscal_year(day: date) -> bool:
    """Whether the books know the year of a day."""
    return db.session.execute(_YEAR_OF, {"day": day}).first() is not None
