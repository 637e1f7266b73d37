"""Which scheme pays: by person, line, level or nobody in particular, for what was done or sold, by that day."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from salon.catalog.models import Product, Service
from salon.catalog.services import add_product
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.invoices.models import PayTerms
from salon.invoices.rules import LineSpec
from salon.invoices.terms.rules import Terms
from salon.staff.models import Line, LineMember, PayKind, PayTarget, StaffLevel, StaffMember
from tests.factories import SmallSalon
from tests.invoices.pay.conftest import Back, Pay, Scheme, Sell, Write, counted, owed, verify


@pytest.fixture
def hair(salon: SmallSalon) -> int:
    """Sara heads the hair line."""
    with transaction() as session:
        line = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        session.add(line)
        session.flush()
        session.add(LineMember(line_id=line.id, staff_id=salon.sara))
        return line.id


@pytest.fixture
def senior(salon: SmallSalon) -> int:
    """Sara is a senior."""
    with transaction() as session:
        level = StaffLevel(name="ارشد")
        session.add(level)
        session.flush()
        session.execute(update(StaffMember).where(StaffMember.id == salon.sara).values(level_id=level.id))
        return level.id


@pytest.fixture
def shampoo(salon: SmallSalon, now: datetime) -> int:
    """A product for 300,000."""
    with transaction():
        return add_product(name="شامپو", price=300_000, category="مو", actor=None, now=now).id


def scheme_of_last_line() -> int | None:
    """The scheme by which the last line was paid."""
    db.session.rollback()
    return db.session.scalar(select(PayTerms.scheme_id).order_by(PayTerms.id.desc()).limit(1))


def test_the_person_counts_before_her_line_her_level_and_everybody(
    salon: SmallSalon, hair: int, senior: int, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    """Each clearer scheme is made after the ones before it, and pays from then on."""
    nobody = {"staff_id": None}
    for whom in (nobody, nobody | {"level_id": senior}, nobody | {"line_id": hair}, {"staff_id": salon.sara}):
        made = scheme(1_000, **whom)
        pay(sell(100_000), 100_000)
        assert scheme_of_last_line() == made
    assert owed(salon.sara) == 40_000


def test_the_service_counts_before_its_category_and_all_services(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    with transaction() as session:
        session.execute(update(Service).where(Service.id == salon.cut).values(category="مو"))
    for what in ({}, {"category": "مو"}, {"service_id": salon.cut}):
        made = scheme(1_000, **what)
        pay(sell(100_000), 100_000)
        assert scheme_of_last_line() == made
    scheme(9_000, staff_id=None, service_id=salon.cut)  # whom it means counts before what for
    pay(sell(100_000), 100_000)
    assert scheme_of_last_line() == made


def test_a_scheme_of_a_level_or_a_category_pays_nobody_and_nothing_else(
    salon: SmallSalon, senior: int, scheme: Scheme, write: Write, pay: Pay
) -> None:
    scheme(4_000, staff_id=None, level_id=senior, category="ناخن")
    with transaction() as session:
        session.execute(update(Service).where(Service.id == salon.color).values(category="ناخن"))
    people = [(salon.cut, salon.sara), (salon.color, salon.negar), (salon.color, salon.sara)]
    lines = [LineSpec(service_id=what, staff_id=who, unit_price=100_000) for what, who in people]
    pay(write(*lines), 300_000)
    assert (owed(salon.sara), owed(salon.negar)) == (40_000, 0)


def test_goods_have_schemes_of_their_own_and_come_back_in_the_same_terms(
    salon: SmallSalon, shampoo: int, scheme: Scheme, write: Write, pay: Pay, back: Back
) -> None:
    scheme(4_000)
    scheme(1_000, target=PayTarget.GOODS)
    scheme(500, target=PayTarget.GOODS, staff_id=None)
    sold = write(LineSpec(product_id=shampoo, staff_id=salon.sara, quantity=3))
    pay(sold, 900_000)
    assert (counted(salon.sara), owed(salon.sara)) == ((900_000, 90_000), 90_000)
    back(sold, 1)
    assert owed(salon.sara) == 60_000
    pay(write(LineSpec(product_id=shampoo, staff_id=salon.negar)), 300_000)
    pay(write(LineSpec(product_id=shampoo)), 300_000)  # sold by nobody
    assert (owed(salon.sara), owed(salon.negar)) == (60_000, 15_000)
    assert verify() == []


def test_a_product_and_its_category_may_pay_by_the_piece(
    salon: SmallSalon, shampoo: int, now: datetime, scheme: Scheme, write: Write, pay: Pay
) -> None:
    with transaction():
        mask = add_product(name="ماسک", price=200_000, category="مو", actor=None, now=now).id
    scheme(0, kind=PayKind.FIXED, amount=7_000, target=PayTarget.GOODS, category="مو")
    scheme(0, kind=PayKind.FIXED, amount=20_000, target=PayTarget.GOODS, product_id=mask)
    lines = [LineSpec(product_id=product, staff_id=salon.sara, quantity=2) for product in (shampoo, mask)]
    pay(write(*lines), 1_000_000)
    assert owed(salon.sara) == 2 * 7_000 + 2 * 20_000
    assert db.session.query(Product).count() == 2


def test_the_scheme_of_the_day_of_settling_counts_and_not_that_of_the_draft(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back, now: datetime
) -> None:
    today, tomorrow = local_date(now), now + timedelta(days=1)
    scheme(4_000, ends_on=today)
    scheme(5_000, starts_on=today + timedelta(days=1))
    drafts = [sell(1_000_000) for _turn in range(2)]
    pay(drafts[0], 1_000_000)
    assert owed(salon.sara) == 400_000
    pay(drafts[1], 1_000_000, at=tomorrow)
    assert owed(salon.sara) == 900_000
    back(drafts[0], at=tomorrow)  # in the terms of its own day
    assert owed(salon.sara) == 500_000


def test_what_is_still_owed_is_counted_when_it_is_issued_and_not_again_when_it_is_paid(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, now: datetime
) -> None:
    scheme(4_000, ends_on=local_date(now))
    sold = sell(1_000_000)
    pay(sold, 300_000)
    assert owed(salon.sara) == 400_000
    pay(sold, 700_000, at=now + timedelta(days=30))
    assert owed(salon.sara) == 400_000
    assert verify() == []


def test_tips_are_hers_beside_any_scheme_and_without_one(
    salon: SmallSalon, scheme: Scheme, write: Write, pay: Pay, back: Back
) -> None:
    scheme(4_000)
    cut = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000_000)
    sold = write(cut, terms=Terms(tips=((salon.sara, 70_000), (salon.negar, 30_000))))
    pay(sold, 1_100_000)
    assert (owed(salon.sara), owed(salon.negar)) == (470_000, 30_000)
    assert counted(salon.sara) == (1_000_000, 400_000), "a tip is no work that a percentage is taken of"


def test_no_scheme_of_another_day_pays(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    scheme(4_000, starts_on=date(2026, 11, 22))
    scheme(4_000, ends_on=date(2026, 11, 20))
    pay(sell(), 1_000_000)
    assert counted(salon.sara) == (0, 0)
