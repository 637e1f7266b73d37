"""What a settlement moves, and what the customer is told of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.models import Reward
from salon.club.offers.rules import Award
from salon.core.money import Currency
from salon.invoices.checkout.rules import (
    Outcome,
    Sale,
    Tender,
    Told,
    award_entry,
    club_sentences,
    earned,
    message_text,
    payment_entry,
    sale_entry,
    told_of,
)
from salon.ledger.models import AccountKind, Unit
from salon.ledger.rules import EntrySpec, PostingSpec

YESTERDAY, TODAY = date(2026, 11, 20), date(2026, 11, 21)
LATE = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)  # midnight in Tehran: TODAY has begun
SALE = Sale(
    id=31,
    branch_id=2,
    customer_id=7,
    appointment_id=None,
    status="draft",
    number=None,
    business_date=YESTERDAY,
    net=1_000_000,
    discount=30_000,
    products=230_000,
    tax=100_000,
    total=1_100_000,
    paid=200_000,
    first_name="زهرا",
    mobile="09123456789",
    is_member=True,
    debt_limit=None,
    offer_terms=None,
)
TENDER = Tender(
    branch_id=4,
    payments=(
        PaymentSpec(PaymentMethod.CASH, 300_000),
        PaymentSpec(PaymentMethod.CARD, 200_000),
        PaymentSpec(PaymentMethod.CASH, 50_000),
    ),
    credit=150_000,
    key="abc",
    fingerprint="f",
    actor_id=3,
    now=LATE,
)
POINTS = Award(Reward.POINTS, 40, LATE, None, 1, {})
CREDIT = Award(Reward.CREDIT, 50_000, datetime(2026, 11, 22, 20, 30, tzinfo=UTC), None, 2, {})
OUTCOME = Outcome(
    invoice_id=31,
    number=12,
    total=1_100_000,
    status="open",
    paid=700_000,
    due=200_000,
    credit_used=150_000,
    earned_points=40,
    earned_credit=50_000,
    points_left=140,
    credit_left=60_000,
)
TOLD = Told(
    salon="گل‌نرگس",
    name="زهرا",
    number=12,
    total=1_100_000,
    due=0,
    credit_used=0,
    earned_points=0,
    earned_credit=0,
    points_left=0,
    credit_left=0,
    usable_from=None,
)


def told(**facts: Any) -> list[str]:
    return club_sentences(replace(TOLD, **facts), Currency.TOMAN)


def test_what_is_left_to_pay_is_the_total_less_what_was_paid() -> None:
    assert SALE.due == 900_000


def test_a_tender_is_money_and_credit_on_the_day_in_tehran() -> None:
    assert TENDER.today == TODAY
    assert TENDER.amount == 700_000
    assert TENDER.left_of(SALE) == 200_000


def test_what_was_paid_up_to_an_act_is_the_total_less_what_is_still_due() -> None:
    assert OUTCOME.paid_so_far == 900_000


def test_a_sale_is_owed_by_the_customer_and_earned_as_services_goods_and_tax_less_the_discount() -> None:
    assert sale_entry(SALE) == EntrySpec(
        2,
        YESTERDAY,
        "sale",
        "invoice",
        31,
        "invoice:31:sale",
        (
            PostingSpec(AccountKind.RECEIVABLE, 1_100_000, 7),
            PostingSpec(AccountKind.REVENUE, -800_000),
            PostingSpec(AccountKind.PRODUCT_REVENUE, -230_000),
            PostingSpec(AccountKind.DISCOUNT, 30_000),
            PostingSpec(AccountKind.TAX_PAYABLE, -100_000),
        ),
    )


def test_a_sale_of_a_service_without_tax_and_discount_posts_none() -> None:
    plain = replace(SALE, discount=0, products=0, tax=0, total=1_000_000)
    kinds = [posting.kind for posting in sale_entry(plain).postings]
    assert kinds == [AccountKind.RECEIVABLE, AccountKind.REVENUE]


def test_money_of_one_method_comes_in_as_one_sum_and_the_customer_owes_so_much_less() -> None:
    assert payment_entry(SALE, TENDER) == EntrySpec(
        4,
        TODAY,
        "payment",
        "invoice",
        31,
        "settlement:abc",
        (
            PostingSpec(AccountKind.CASH, 350_000),
            PostingSpec(AccountKind.CARD_TERMINAL, 200_000),
            PostingSpec(AccountKind.CLUB_CREDIT, 150_000, 7),
            PostingSpec(AccountKind.RECEIVABLE, -700_000, 7),
        ),
    )


@pytest.mark.parametrize(
    ("method", "account"),
    [
        (PaymentMethod.CASH, AccountKind.CASH),
        (PaymentMethod.CARD, AccountKind.CARD_TERMINAL),
        (PaymentMethod.TRANSFER, AccountKind.BANK),
        (PaymentMethod.PRIOR, AccountKind.PRIOR_TAKINGS),
    ],
)
def test_each_method_has_its_place_in_the_books(method: PaymentMethod, account: AccountKind) -> None:
    entry = payment_entry(SALE, replace(TENDER, payments=(PaymentSpec(method, 5),), credit=0))
    assert entry.postings == (PostingSpec(account, 5), PostingSpec(AccountKind.RECEIVABLE, -5, 7))


def test_the_club_gives_each_reward_once_as_the_sum_of_its_awards() -> None:
    awards = [POINTS, CREDIT, replace(POINTS, amount=2)]
    assert award_entry(SALE, awards, TODAY) == EntrySpec(
        2,
        TODAY,
        "award",
        "invoice",
        31,
        "invoice:31:award",
        (
            PostingSpec(AccountKind.POINTS_ISSUED, 42, 0, Unit.POINT),
            PostingSpec(AccountKind.POINTS, -42, 7, Unit.POINT),
            PostingSpec(AccountKind.CLUB_COST, 50_000),
            PostingSpec(AccountKind.CLUB_CREDIT, -50_000, 7),
        ),
    )
    assert (earned(awards, Reward.POINTS), earned(awards, Reward.CREDIT)) == (42, 50_000)


def test_what_is_said_of_a_settlement_is_what_came_of_it() -> None:
    later = replace(CREDIT, valid_from=datetime(2026, 12, 1, 20, 30, tzinfo=UTC))
    assert told_of(
        OUTCOME, salon_name="گل‌نرگس", customer_name="زهرا", total=900, awards=[POINTS, later, CREDIT]
    ) == Told(
        salon="گل‌نرگس",
        name="زهرا",
        number=12,
        total=900,
        due=200_000,
        credit_used=150_000,
        earned_points=40,
        earned_credit=50_000,
        points_left=140,
        credit_left=60_000,
        usable_from=CREDIT.valid_from,
    )
    assert told_of(OUTCOME, salon_name="", customer_name="", total=0).usable_from is None


def test_somebody_the_club_has_nothing_for_is_told_nothing_of_it(app: Flask) -> None:
    assert told() == []


def test_the_club_says_what_was_used_earned_and_is_left(app: Flask) -> None:
    facts = {"credit_used": 150_000, "earned_points": 1_040, "earned_credit": 50_000, "usable_from": CREDIT.valid_from}
    assert told(**facts, points_left=1_140, credit_left=60_000) == [
        "اعتبار استفاده‌شده: ۱۵٬۰۰۰ تومان",
        "امتیاز این خرید: ۱٬۰۴۰",
        "اعتبار این خرید: ۵٬۰۰۰ تومان (از ۲ آذر)",
        "ماندهٔ باشگاه: ۱٬۱۴۰ امتیاز، ۶٬۰۰۰ تومان اعتبار",
    ]


def test_credit_is_told_in_the_unit_of_the_salon(app: Flask) -> None:
    assert club_sentences(replace(TOLD, credit_left=60_000), Currency.RIAL) == [
        "ماندهٔ باشگاه: ۰ امتیاز، ۶۰٬۰۰۰ ریال اعتبار"
    ]


def test_credit_without_a_first_day_is_told_without_one(app: Flask) -> None:
    assert told(earned_credit=50_000)[0] == "اعتبار این خرید: ۵٬۰۰۰ تومان"


@pytest.mark.parametrize("fact", ["points_left", "credit_left", "credit_used", "earned_points", "earned_credit"])
def test_any_dealing_with_the_club_ends_with_what_is_left_there(app: Flask, fact: str) -> None:
    assert told(**{fact: 10})[-1].startswith("ماندهٔ باشگاه: ")


def test_the_message_says_the_same_as_the_slip(app: Flask) -> None:
    assert message_text(replace(TOLD, due=200_000, points_left=5), Currency.RIAL).split("\n") == [
        "زهرا عزیز، فاکتور ۱۲: ۱٬۱۰۰٬۰۰۰ ریال",
        "مانده بدهی: ۲۰۰٬۰۰۰ ریال",
        "ماندهٔ باشگاه: ۵ امتیاز، ۰ ریال اعتبار",
        "گل‌نرگس",
    ]
    assert message_text(TOLD, Currency.TOMAN).split("\n") == ["زهرا عزیز، فاکتور ۱۲: ۱۱۰٬۰۰۰ تومان", "گل‌نرگس"]
