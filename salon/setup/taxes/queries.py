"""Which VAT begins when."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from ...core.db import db
from ..models import TaxRate


def tax_rates() -> Sequence[TaxRate]:
    """The rates of VAT by the days on which they begin, the latest first."""
    return db.session.scalars(select(TaxRate).order_by(TaxRate.starts_on.desc())).all()


def tax_rate_from(day: date) -> TaxRate | None:
    """The rate that begins on a day."""
    return db.session.scalar(select(TaxRate).where(TaxRate.starts_on == day))
