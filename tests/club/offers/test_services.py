"""Offers are made and changed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from salon.club.models import Offer, Reward
from salon.club.offers.queries import active_terms
from salon.club.offers.rules import MOST_DAYS, Purchase, awards_for
from salon.club.offers.services import OfferTerms, add_offer, change_offer
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import LAST_DAY, local_date
from tests.conftest import NOW
from tests.factories import SmallSalon

CREDIT = OfferTerms("یلدا", Reward.CREDIT, percent_bp=500)
POINTS = OfferTerms("یلدا", Reward.POINTS, step_amount=50_000, points_per_step=1)


def test_an_offer_is_kept_in_one_spelling(salon: SmallSalon) -> None:
    with transaction():
        offer = add_offer(terms=replace(CREDIT, name="كش‌بك  يلدا", category="ويژه"), actor=None, now=NOW)
        assert (offer.name, offer.category) == ("کش‌بک یلدا", "ویژه")
        changed = change_offer(offer=offer, terms=replace(CREDIT, name="كوتاهي"), actor=None, now=NOW)
        assert changed.name == "کوتاهی"


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        (replace(CREDIT, name=" \u200c"), "name_missing", "name"),
        (replace(CREDIT, name="ی" * 121), "text_long", "name"),
        (replace(CREDIT, category="ی" * 61), "text_long", "category"),
        (replace(CREDIT, percent_bp=0), "percent_invalid", "percent_bp"),
        (replace(CREDIT, percent_bp=10_001), "percent_invalid", "percent_bp"),
        (replace(CREDIT, min_amount=-1), "amount_negative", "min_amount"),
        (replace(CREDIT, usable_after_days=-1), "days_invalid", "usable_after_days"),
        (replace(CREDIT, usable_after_days=MOST_DAYS + 1), "days_invalid", "usable_after_days"),
        (replace(CREDIT, expires_after_days=MOST_DAYS + 1), "days_invalid", "expires_after_days"),
        (replace(CREDIT, usable_after_days=2, expires_after_days=1), "expires_before_usable", "expires_after_days"),
        (replace(CREDIT, priority=10_000), "priority_invalid", "priority"),
        (replace(CREDIT, priority=-1), "priority_invalid", "priority"),
        (replace(POINTS, step_amount=0), "step_missing", "step_amount"),
        (replace(POINTS, points_per_step=0), "step_missing", "step_amount"),
        (replace(POINTS, points_per_step=1_000_001), "points_invalid", "points_per_step"),
    ],
)
def test_an_offer_that_nobody_can_mean_is_refused(salon: SmallSalon, terms: OfferTerms, code: str, field: str) -> None:
    with pytest.raises(DomainError) as refusal, transaction():
        add_offer(terms=terms, actor=None, now=NOW)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_an_offer_ends_after_it_begins(salon: SmallSalon, now: datetime) -> None:
    today = local_date(now)
    with pytest.raises(DomainError) as refusal, transaction():
        add_offer(terms=replace(CREDIT, starts_on=today, ends_on=today - timedelta(days=1)), actor=None, now=NOW)
    assert refusal.value.code == "dates_reversed"


def test_the_farthest_days_are_still_an_offer(salon: SmallSalon) -> None:
    with transaction():
        farthest = replace(CREDIT, usable_after_days=MOST_DAYS, expires_after_days=MOST_DAYS, priority=9999)
        assert add_offer(terms=farthest, actor=None, now=NOW).usable_after_days == MOST_DAYS


def test_a_row_of_old_whose_days_no_calendar_holds_still_earns(salon: SmallSalon, now: datetime) -> None:
    today = local_date(now)
    with transaction():
        db.session.execute(
            update(Offer).where(Offer.reward == "credit").values(usable_after_days=9_999_999, expires_after_days=10**10)
        )
    purchase = Purchase(salon.zahra, True, today, 1_000_000, 0)
    award = next(
        award
        for award in awards_for(purchase, active_terms(), club_starts_on=today, today=today)
        if award.reward == Reward.CREDIT
    )
    assert award.expires_at is not None
    assert (local_date(award.valid_from), local_date(award.expires_at)) == (LAST_DAY, LAST_DAY)
