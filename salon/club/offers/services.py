"""Making and changing offers."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from ...core.db import db
from ...core.errors import Invalid
from ..models import Offer, OfferStack, Reward, StackMode


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


def add_offer(terms: OfferTerms) -> Offer:
    """Add an offer to the main stack. Raises Invalid."""
    _check(terms)
    offer = Offer(stack_id=main_stack().id)
    db.session.add(offer)
    return _write(offer, terms)


def change_offer(offer: Offer, terms: OfferTerms) -> Offer:
    """Change an offer; lots already given keep their own terms. Raises Invalid."""
    _check(terms)
    return _write(offer, terms)


def main_stack() -> OfferStack:
    """The stack that always exists."""
    stack = db.session.scalar(select(OfferStack).where(OfferStack.name == "main"))
    if stack is None:
        stack = OfferStack(name="main", mode=StackMode.ALL)
        db.session.add(stack)
        db.session.flush()
    return stack


def _write(offer: Offer, terms: OfferTerms) -> Offer:
    for field, value in vars(terms).items():
        setattr(offer, field, value)
    db.session.flush()
    return offer


def _check(terms: OfferTerms) -> None:
    if not terms.name:
        raise Invalid("name_missing", _("نام آفر را بنویسید."), "name")
    if terms.reward == Reward.POINTS and (terms.step_amount <= 0 or terms.points_per_step <= 0):
        raise Invalid("step_missing", _("بنویسید هر چند ریال چند امتیاز دارد."), "step_amount")
    if terms.reward == Reward.CREDIT and not 0 < terms.percent_bp <= 10_000:
        raise Invalid("percent_invalid", _("درصد اعتبار باید بیشتر از صفر و حداکثر ۱۰۰ باشد."), "percent_bp")
    if terms.expires_after_days is not None and terms.expires_after_days < terms.usable_after_days:
        raise Invalid(
            "expires_before_usable",
            _("روز پایان اعتبار باید پس از روز قابل استفاده شدن آن باشد."),
            "expires_after_days",
        )
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise Invalid("dates_reversed", _("تاریخ پایان آفر پیش از آغاز آن است."), "ends_on")
