"""What a purchase earns, by the offers of its day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _l

from ...core.jalali import days_later, start_of_day
from ...core.money import percent_of
from ..models import Reward, StackMode

REWARD_LABELS = {Reward.POINTS: _l("امتیاز"), Reward.CREDIT: _l("اعتبار (کش‌بک)")}
MAIN_STACK = "main"
MOST_DAYS = 3650  # ten years
MOST_POINTS = 1_000_000  # for a step
LAST_PRIORITY = 9999


@dataclass(frozen=True)
class Terms:
    """An offer as it stands, with the mode of its stack."""

    id: int
    name: str
    stack: str
    mode: str
    priority: int
    reward: str
    step_amount: int
    points_per_step: int
    percent_bp: int
    min_amount: int
    usable_after_days: int
    expires_after_days: int | None
    starts_on: date | None
    ends_on: date | None

    def kept(self) -> dict[str, Any]:
        """The terms as JSON keeps them."""
        return {name: str(value) if isinstance(value, date) else value for name, value in vars(self).items()}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        """The terms that were kept."""
        days = {name: date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on") if kept[name]}
        return cls(**kept | days)


@dataclass(frozen=True)
class Purchase:
    """What the club has to know of a settled invoice. `net`: rials after discounts, before tax."""

    customer_id: int
    is_member: bool
    business_date: date
    net: int
    paid_by_club: int  # rials paid with credit: they earn nothing

    @property
    def basis(self) -> int:
        """The rials that earn."""
        return max(0, self.net - self.paid_by_club)


@dataclass(frozen=True)
class Award:
    """Club value earned, with its days and the terms it was given by."""

    reward: str
    amount: int
    valid_from: datetime
    expires_at: datetime | None
    offer_id: int
    terms: dict[str, Any]


def awards_for(purchase: Purchase, offers: Sequence[Terms], *, club_starts_on: date, today: date) -> list[Award]:
    """The awards of a purchase settled today; stacks add up, in a stack its mode decides."""
    if not purchase.is_member or purchase.business_date < club_starts_on:
        return []
    matches = [offer for offer in _in_order(offers) if _worth(offer, purchase) > 0]
    return [_award(offer, purchase, today) for offer in _stacked(matches)]


def _in_order(offers: Iterable[Terms]) -> list[Terms]:
    return sorted(offers, key=lambda offer: (offer.priority, offer.id))


def _stacked(matches: Sequence[Terms]) -> list[Terms]:
    """What remains when stacks that take the first match have taken it."""
    taken: set[str] = set()
    kept = []
    for offer in matches:
        if offer.mode == StackMode.FIRST_MATCH and offer.stack in taken:
            continue
        taken.add(offer.stack)
        kept.append(offer)
    return kept


def _worth(offer: Terms, purchase: Purchase) -> int:
    """Whole points or rials the offer gives; 0 when it does not match."""
    if offer.starts_on and purchase.business_date < offer.starts_on:
        return 0
    if offer.ends_on and purchase.business_date > offer.ends_on:
        return 0
    if purchase.net < offer.min_amount:
        return 0
    if offer.reward == Reward.CREDIT:
        return percent_of(purchase.basis, offer.percent_bp)
    return purchase.basis // offer.step_amount * offer.points_per_step if offer.step_amount else 0


def _award(offer: Terms, purchase: Purchase, today: date) -> Award:
    valid_from = start_of_day(days_later(today, offer.usable_after_days))
    expires_at = None
    if offer.expires_after_days is not None:
        expires_at = start_of_day(days_later(today, offer.expires_after_days + 1))
    return Award(offer.reward, _worth(offer, purchase), valid_from, expires_at, offer.id, snapshot(offer, purchase))


def snapshot(offer: Terms, purchase: Purchase) -> dict[str, Any]:
    """The terms kept with the lot: a later change of the offer never changes the past."""
    return {
        "offer": offer.name,
        "stack": offer.stack,
        "reward": offer.reward,
        "step_amount": offer.step_amount,
        "points_per_step": offer.points_per_step,
        "percent_bp": offer.percent_bp,
        "usable_after_days": offer.usable_after_days,
        "expires_after_days": offer.expires_after_days,
        "basis": purchase.basis,
    }
