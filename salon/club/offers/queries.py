"""The offers of the club."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable, select

from ...core.db import db
from ..errors import offer_unknown
from ..models import Offer, OfferStack
from .rules import Terms

_ACTIVE: Executable = (
    select(
        Offer.id,
        Offer.name,
        OfferStack.name,
        OfferStack.mode,
        Offer.priority,
        Offer.reward,
        Offer.step_amount,
        Offer.points_per_step,
        Offer.percent_bp,
        Offer.min_amount,
        Offer.usable_after_days,
        Offer.expires_after_days,
        Offer.starts_on,
        Offer.ends_on,
    )
    .join(OfferStack, OfferStack.id == Offer.stack_id)
    .where(Offer.active)
)


def active_terms() -> list[Terms]:
    """The terms of every offer that is switched on, whatever its days."""
    return [Terms(*row) for row in db.session.connection().execute(_ACTIVE)]


def terms_of(kept: list[dict[str, Any]] | None) -> list[Terms]:
    """The terms kept with an invoice; where none were, those of now."""
    return active_terms() if kept is None else [Terms.from_kept(terms) for terms in kept]


def stack(name: str) -> OfferStack | None:
    """The stack of this name."""
    return db.session.scalar(select(OfferStack).where(OfferStack.name == name))


def offers() -> Sequence[Offer]:
    """All offers, by priority."""
    return db.session.scalars(select(Offer).order_by(Offer.active.desc(), Offer.priority, Offer.id)).all()


def offer(offer_id: int) -> Offer:
    """One offer. Raises NotFound offer_unknown."""
    found = db.session.get(Offer, offer_id)
    if found is None:
        raise offer_unknown()
    return found
