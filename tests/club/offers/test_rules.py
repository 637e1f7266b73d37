"""What a purchase earns."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.club.models import Reward, StackMode
from salon.club.offers.rules import (
    LAST_PRIORITY,
    MAIN_STACK,
    MOST_DAYS,
    MOST_POINTS,
    Award,
    Purchase,
    Terms,
    awards_for,
)

TODAY = date(2026, 11, 21)
POINTS = Terms(1, "امتیاز", "main", StackMode.ALL, 100, Reward.POINTS, 50_000, 2, 0, 0, 0, None, None, None)
CASHBACK = Terms(2, "کش‌بک", "main", StackMode.ALL, 100, Reward.CREDIT, 0, 0, 500, 0, 1, 60, None, None)
PURCHASE = Purchase(7, True, TODAY, 1_020_000, 0)


def earned(
    *offers: Terms, purchase: Purchase = PURCHASE, today: date = TODAY, since: date = date(2020, 1, 1)
) -> list[Award]:
    return awards_for(purchase, list(offers), club_starts_on=since, today=today)


def amounts(*offers: Terms, **more: object) -> list[int]:
    return [award.amount for award in earned(*offers, **more)]


def test_only_full_steps_count_and_percentages_are_floored() -> None:
    assert amounts(POINTS, CASHBACK, purchase=replace(PURCHASE, net=99_999)) == [2, 4_999]


def test_what_was_paid_by_the_club_earns_nothing() -> None:
    assert amounts(POINTS, CASHBACK, purchase=replace(PURCHASE, paid_by_club=20_001)) == [38, 49_999]
    assert amounts(POINTS, CASHBACK, purchase=replace(PURCHASE, paid_by_club=2_000_000)) == []


def test_strangers_to_the_club_and_days_before_it_earn_nothing() -> None:
    assert amounts(POINTS, purchase=replace(PURCHASE, is_member=False)) == []
    assert amounts(POINTS, since=TODAY + timedelta(days=1)) == []
    assert amounts(POINTS, since=TODAY) == [40]


@pytest.mark.parametrize(
    ("starts", "ends", "gives"),
    [(0, 0, True), (1, None, False), (None, -1, False), (-1, None, True), (None, 1, True)],
)
def test_an_offer_counts_on_its_first_and_last_day(starts: int | None, ends: int | None, gives: bool) -> None:
    day = [None if off is None else TODAY + timedelta(days=off) for off in (starts, ends)]
    assert bool(amounts(replace(POINTS, starts_on=day[0], ends_on=day[1]))) is gives


def test_a_late_payment_asks_for_the_day_of_the_invoice_and_counts_days_from_the_payment() -> None:
    later = TODAY + timedelta(days=30)
    ended = replace(CASHBACK, ends_on=TODAY)
    award = earned(ended, today=later)[0]
    assert award.valid_from == datetime(2026, 12, 21, 20, 30, tzinfo=UTC)


def test_the_least_amount_looks_at_the_whole_invoice() -> None:
    offer = replace(POINTS, min_amount=1_020_000)
    assert amounts(offer, purchase=replace(PURCHASE, paid_by_club=500_000)) == [20]
    assert amounts(offer, purchase=replace(PURCHASE, net=1_019_999)) == []


def test_in_a_first_match_stack_the_first_that_gives_wins() -> None:
    first = [replace(offer, mode=StackMode.FIRST_MATCH) for offer in (CASHBACK, POINTS)]
    assert [award.offer_id for award in earned(*first)] == [1]
    nothing = replace(first[1], min_amount=10**9)
    assert [award.offer_id for award in earned(first[0], nothing)] == [2]
    sooner = replace(first[0], priority=1)
    assert [award.offer_id for award in earned(first[1], sooner)] == [2]


def test_stacks_add_up() -> None:
    alone = replace(POINTS, mode=StackMode.FIRST_MATCH)
    other = replace(CASHBACK, stack="ویژه", mode=StackMode.FIRST_MATCH)
    assert amounts(alone, other) == [40, 51_000]


def test_credit_is_usable_from_midnight_and_to_its_last_second() -> None:
    award = earned(CASHBACK)[0]
    assert award.valid_from == datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    assert award.expires_at == datetime(2027, 1, 20, 20, 30, tzinfo=UTC)
    assert earned(POINTS)[0].expires_at is None


def test_an_award_keeps_the_terms_it_was_given_by() -> None:
    terms = earned(CASHBACK)[0].terms
    assert (terms["offer"], terms["percent_bp"], terms["basis"]) == ("کش‌بک", 500, 1_020_000)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 10_000))
def test_nobody_earns_more_than_the_offers_share(net: int, by_club: int, percent: int) -> None:
    offer = replace(CASHBACK, percent_bp=percent)
    for amount in amounts(offer, purchase=replace(PURCHASE, net=net, paid_by_club=by_club)):
        assert 0 < amount * 10_000 <= max(0, net - by_club) * percent


def test_an_invoice_paid_by_the_club_alone_earns_not_even_a_rial() -> None:
    assert amounts(replace(CASHBACK, percent_bp=10_000), purchase=replace(PURCHASE, paid_by_club=2_000_000)) == []


def test_an_offer_without_steps_gives_no_points() -> None:
    assert amounts(replace(POINTS, step_amount=0)) == []


def test_a_single_point_or_rial_is_given() -> None:
    assert amounts(replace(POINTS, points_per_step=1), purchase=replace(PURCHASE, net=50_000)) == [1]
    assert amounts(replace(CASHBACK, percent_bp=1), purchase=replace(PURCHASE, net=10_000)) == [1]


def test_offers_of_one_priority_come_in_the_order_they_were_made() -> None:
    third = replace(POINTS, id=3, priority=1)
    assert [award.offer_id for award in earned(CASHBACK, POINTS, third)] == [3, 1, 2]


def test_a_stack_that_adds_up_leaves_no_room_for_the_first_match_of_the_same_name() -> None:
    alone = replace(CASHBACK, mode=StackMode.FIRST_MATCH)
    other = replace(POINTS, id=4, stack="ویژه")
    assert [award.offer_id for award in earned(POINTS, alone, other)] == [1, 4]


def test_the_days_of_an_award_are_counted_from_the_day_it_is_given() -> None:
    award = earned(replace(CASHBACK, usable_after_days=0, expires_after_days=0))[0]
    assert award.valid_from == datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    assert award.expires_at == datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


def test_an_award_says_what_was_given_by_which_offer() -> None:
    terms = {
        "offer": "کش‌بک",
        "stack": "main",
        "reward": "credit",
        "step_amount": 0,
        "points_per_step": 0,
        "percent_bp": 500,
        "usable_after_days": 1,
        "expires_after_days": 60,
        "basis": 1_020_000,
    }
    given_on, until = datetime(2026, 11, 21, 20, 30, tzinfo=UTC), datetime(2027, 1, 20, 20, 30, tzinfo=UTC)
    assert earned(CASHBACK) == [Award("credit", 51_000, given_on, until, 2, terms)]


def test_terms_are_kept_as_text_and_come_back_the_same() -> None:
    ended = replace(CASHBACK, starts_on=TODAY, ends_on=None)
    kept = ended.kept()
    assert (kept["starts_on"], kept["ends_on"], kept["percent_bp"]) == ("2026-11-21", None, 500)
    assert Terms.from_kept(kept) == ended
    whole = replace(ended, ends_on=TODAY + timedelta(days=9))
    assert Terms.from_kept(whole.kept()) == whole


def test_what_an_offer_may_promise_has_its_measure() -> None:
    assert (MAIN_STACK, MOST_DAYS, MOST_POINTS, LAST_PRIORITY) == ("main", 3_650, 1_000_000, 9_999)
