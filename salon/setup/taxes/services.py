"""Setting the VAT of a day on."""

from datetime import date, datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.money import is_share
from ..errors import percent_invalid
from ..models import TaxRate
from .queries import tax_rate_from


def set_tax_rate(*, starts_on: date, rate_bp: int, actor: Actor | None, now: datetime) -> TaxRate:
    """Let new lines have this VAT (basis points) from a day on. Raises Invalid `percent_invalid`."""
    if not is_share(rate_bp):
        raise percent_invalid("rate_bp")
    found = tax_rate_from(starts_on) or TaxRate(starts_on=starts_on)
    found.rate_bp = rate_bp
    db.session.add(found)
    db.session.flush()
    return found


def drop_tax_rate(*, starts_on: date, actor: Actor | None, now: datetime) -> None:
    """Forget the VAT that begins on a day; the one before it goes on. What was invoiced keeps its own."""
    found = tax_rate_from(starts_on)
    if found is not None:
        db.session.delete(found)
        db.session.flush()
