"""Making and changing offers."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ...core.money import WHOLE
from ...setup.errors import amount_negative
from ..errors import (
    dates_reversed,
    days_invalid,
    expires_before_usable,
    name_missing,
    percent_invalid,
    points_invalid,
    priority_invalid,
    step_missing,
)
from ..models import Offer, OfferStack, Reward, StackMode
from .queries import stack
from .rules import LAST_PRIORITY, MAIN_STACK, MOST_DAYS, MOST_POINTS


@dataclass(frozen=True)
class OfferTerms:
    """What is typed for an offer. Money in rials, percentages in basis points, days from the day of earning."""

    name: str
    reward: Reward
    category: str = ""
    priority: int = 100
    step_amount: int = 0
    points_per_step: int = 0
    percent_bp: int = 0
    min_amount: int = 0
    usable_after_days: int = 0
    expires_after_days: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    active: bool = True


def add_offer(*, terms: OfferTerms, actor: Actor | None, now: datetime) -> Offer:
    """Add an offer to the main stack. Raises Invalid."""
    kept = _checked(terms)
    offer = Offer(stack_id=_main_stack().id)
    db.session.add(offer)
    return _write(offer, kept)


def change_offer(*, offer: Offer, terms: OfferTerms, actor: Actor | None, now: datetime) -> Offer:
    """Change an offer; lots already given keep their own terms. Raises Invalid."""
    return _write(offer, _checked(terms))


def _main_stack() -> OfferStack:
    """The stack that always exists."""
    known = stack(MAIN_STACK)
    if known is not None:
        return known
    main = OfferStack(name=MAIN_STACK, mode=StackMode.ALL)
    db.session.add(main)
    db.session.flush()
    return main


def _write(offer: Offer, terms: OfferTerms) -> Offer:
    for field, value in vars(terms).items():
        setattr(offer, field, value)
    db.session.flush()
    return offer


def _checked(typed: OfferTerms) -> OfferTerms:
    """The same in one spelling. Raises Invalid."""
    terms = replace(typed, name=line_of(typed.name, Offer.name), category=line_of(typed.category, Offer.category))
    if not terms.name:
        raise name_missing()
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise dates_reversed()
    _check_reward(terms)
    _check_days(terms)
    if not 0 <= terms.priority <= LAST_PRIORITY:
        raise priority_invalid(LAST_PRIORITY)
    return terms


def _check_reward(terms: OfferTerms) -> None:
    """Refuse what gives nothing, and what gives more than anybody can mean."""
    if terms.min_amount < 0:
        raise amount_negative("min_amount")
    if terms.reward == Reward.CREDIT and not 0 < terms.percent_bp <= WHOLE:
        raise percent_invalid()
    if terms.reward == Reward.POINTS and (terms.step_amount <= 0 or terms.points_per_step <= 0):
        raise step_missing()
    if terms.points_per_step > MOST_POINTS:
        raise points_invalid(MOST_POINTS)


def _check_days(terms: OfferTerms) -> None:
    """Refuse days so far away that a slip of the finger wrote them."""
    for field, days in (
        ("usable_after_days", terms.usable_after_days),
        ("expires_after_days", terms.expires_after_days),
    ):
        if days is not None and not 0 <= days <= MOST_DAYS:
            raise days_invalid(field, MOST_DAYS)
    if terms.expires_after_days is not None and terms.expires_after_days < terms.usable_after_days:
        raise expires_before_usable()
