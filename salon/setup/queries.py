"""Reads about the salon itself."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select

from ..core.db import db
from .errors import salon_missing
from .models import Branch, FiscalYear, SaleKind, SalonProfile, TaxRate

_YEAR_OF = select(FiscalYear.id).where(
    FiscalYear.starts_on <= bindparam("day"), FiscalYear.ends_before > bindparam("day")
)
_HOUSE_RULES = select(
    SalonProfile.name,
    SalonProfile.currency,
    SalonProfile.debt_limit,
    SalonProfile.club_starts_on,
    SalonProfile.redeem_ceiling_bp,
).where(SalonProfile.id == 1)

_TAX_OF = (
    select(TaxRate.rate_bp).where(TaxRate.starts_on <= bindparam("day")).order_by(TaxRate.starts_on.desc()).limit(1)
)
_PROPOSED = select(SaleKind.id).where(SaleKind.active).order_by(SaleKind.position, SaleKind.id).limit(1)


class HouseRules(NamedTuple):
    """What a settlement goes by: rials and basis points."""

    name: str
    currency: str
    debt_limit: int
    club_starts_on: date
    redeem_ceiling_bp: int


def is_set_up() -> bool:
    """Whether somebody has set this salon up."""
    return db.session.get(SalonProfile, 1) is not None


def profile() -> SalonProfile:
    """What the salon is and how it works; read once per session. Raises NotFound salon_missing."""
    found = db.session.get(SalonProfile, 1)
    if found is None:
        raise salon_missing()
    db.session.info["profile"] = found  # a session forgets what nobody holds
    return found


def house_rules() -> HouseRules:
    """The part of the profile that a settlement goes by, as it stands now. Raises NotFound salon_missing."""
    row = db.session.connection().execute(_HOUSE_RULES).first()
    if row is None:
        raise salon_missing()
    return HouseRules(*row)


def default_branch() -> Branch:
    """The first branch. Raises NotFound salon_missing."""
    found = db.session.scalar(select(Branch).order_by(Branch.id).limit(1))
    if found is None:
        raise salon_missing()
    return found


def has_fiscal_year(day: date) -> bool:
    """Whether the books know the year of a day."""
    return db.session.connection().execute(_YEAR_OF, {"day": day}).first() is not None


def tax_bp_on(day: date) -> int:
    """The VAT of a day in basis points: the last rate that began by then, else the profile's own."""
    rate = db.session.connection().execute(_TAX_OF, {"day": day}).scalar()
    return profile().tax_bp if rate is None else int(rate)


def active_sale_kinds() -> Sequence[SaleKind]:
    """How something may be sold, the proposed kind first."""
    return db.session.scalars(select(SaleKind).where(SaleKind.active).order_by(SaleKind.position, SaleKind.id)).all()


def proposed_sale_kind() -> int | None:
    """The first active kind of sale, if there is any."""
    return db.session.connection().execute(_PROPOSED).scalar()
