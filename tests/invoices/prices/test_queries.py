"""Drafts at the prices of the customer's lists."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from salon.catalog.models import Service
from salon.catalog.prices.rules import PRODUCT, SERVICE, Price, Thing
from salon.catalog.prices.services import ListSpec, add_price_list, set_prices
from salon.catalog.services import add_product
from salon.core.db import db, transaction
from salon.core.errors import Invalid
from salon.core.jalali import local_date
from salon.customers.models import Customer, CustomerGroup
from salon.invoices.models import Invoice, InvoiceLine
from salon.invoices.prices.queries import till_prices
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, draft
from salon.staff.models import StaffLevel, StaffMember
from tests.factories import SmallSalon


@pytest.fixture
def senior(salon: SmallSalon) -> int:
    """A level that Negar has, and Sara has not."""
    with transaction():
        level = StaffLevel(name="ارشد")
        db.session.add(level)
        db.session.flush()
        negar = db.session.get(StaffMember, salon.negar)
        assert negar is not None
        negar.level_id = level.id
    return level.id


@pytest.fixture
def friends(salon: SmallSalon) -> int:
    """A group that Zahra belongs to."""
    with transaction():
        group = CustomerGroup(name="دوستان")
        db.session.add(group)
        db.session.flush()
        zahra = db.session.get(Customer, salon.zahra)
        assert zahra is not None
        zahra.group_id = group.id
    return group.id


def listed(salon: SmallSalon, now: datetime, price: Price, thing: Thing | None = None, **terms: Any) -> int:
    """A list with one price, of a cut unless another thing is named."""
    with transaction():
        added = add_price_list(spec=ListSpec(f"لیست {price.price}", **terms), actor=None, now=now)
        prices = {thing or Thing(SERVICE, salon.cut): price}
        set_prices(list_id=added.id, prices=prices, actor=None, now=now)
    return added.id


def drafted(salon: SmallSalon, now: datetime, *lines: LineSpec) -> Invoice:
    """A draft for Zahra."""
    with transaction():
        made = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
    return invoice(made)


def of(line: InvoiceLine) -> tuple[int, int | None]:
    """Price and list of a line."""
    return line.unit_price, line.list_id


def test_a_line_takes_the_price_of_her_group_and_keeps_the_list(salon: SmallSalon, friends: int, now: datetime) -> None:
    group = listed(salon, now, Price(400_000), group_id=friends)
    found = drafted(salon, now, LineSpec(salon.cut, None, salon.sara), LineSpec(salon.color, None, salon.sara))
    assert [of(line) for line in found.lines] == [(400_000, group), (2_800_000, None)]
    with transaction():
        another = Customer(branch_id=salon.branch_id, code="77", first_name="مینا", created_at=now)
        db.session.add(another)
        db.session.flush()
        lines = [LineSpec(salon.cut, None, salon.sara)]
        hers = draft(branch_id=salon.branch_id, customer_id=another.id, lines=lines, actor_id=None, now=now)
    assert [of(line) for line in invoice(hers).lines] == [(450_000, None)]


def test_who_does_it_decides_by_her_level(salon: SmallSalon, senior: int, now: datetime) -> None:
    listed(salon, now, Price(700_000), level_id=senior)
    found = drafted(salon, now, LineSpec(salon.cut, None, salon.sara), LineSpec(salon.cut, None, salon.negar))
    assert [line.unit_price for line in found.lines] == [450_000, 700_000]


def test_a_list_counts_on_its_days_and_in_its_branch(salon: SmallSalon, now: datetime) -> None:
    today = local_date(now)
    listed(salon, now, Price(1), ends_on=today - timedelta(days=1))
    listed(salon, now, Price(2), starts_on=today + timedelta(days=1))
    listed(salon, now, Price(3), branch_id=salon.branch_id, starts_on=today, ends_on=today)
    assert [line.unit_price for line in drafted(salon, now, LineSpec(salon.cut, None, salon.sara)).lines] == [3]


def test_a_typed_price_stays_and_names_a_list_only_where_it_stands_there(salon: SmallSalon, now: datetime) -> None:
    ranged = listed(salon, now, Price(400_000, 500_000))
    typed = [LineSpec(salon.cut, None, salon.sara, unit_price=price) for price in (399_999, 430_000, 1)]
    found = drafted(salon, now, *typed)
    assert [of(line) for line in found.lines] == [(399_999, None), (430_000, ranged), (1, None)]


def test_a_price_out_of_a_range_waits_where_it_is_asked_later(salon: SmallSalon, now: datetime) -> None:
    listed(salon, now, Price(400_000, 500_000))
    waits = LineSpec(salon.cut, None, salon.sara, price_waits=True)
    assert [line.unit_price for line in drafted(salon, now, waits).lines] == [0]


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_price_out_of_a_range_has_to_be_said_where_it_cannot_wait(
    salon: SmallSalon, now: datetime, is_listed: bool
) -> None:
    if is_listed:
        listed(salon, now, Price(400_000, 500_000))
    else:
        with transaction():
            db.session.get_one(Service, salon.cut).price_to = 900_000
    lines = [LineSpec(salon.color, None, salon.sara), LineSpec(salon.cut, None, salon.sara)]
    with pytest.raises(Invalid) as refused:
        drafted(salon, now, *lines)
    assert (refused.value.code, refused.value.field) == ("price_missing", "lines.1.unit_price")


def test_a_draft_that_is_changed_is_priced_by_its_own_day(salon: SmallSalon, now: datetime) -> None:
    found = drafted(salon, now)
    today = local_date(now)
    once = listed(salon, now, Price(5), Thing(SERVICE, salon.color), starts_on=today, ends_on=today)
    with transaction():
        change_draft(invoice_id=found.id, lines=[LineSpec(salon.color, None, salon.sara)])
    db.session.expire_all()
    assert [of(line) for line in invoice(found.id).lines] == [(5, once)]


def test_products_stand_on_lists_too(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        serum = add_product(name="سرم", price=600_000, actor=None, now=now).id
    listed(salon, now, Price(550_000), Thing(PRODUCT, serum))
    assert [line.unit_price for line in drafted(salon, now, LineSpec(product_id=serum)).lines] == [550_000]


def test_the_till_knows_her_prices_with_each_person(
    salon: SmallSalon, senior: int, friends: int, now: datetime
) -> None:
    listed(salon, now, Price(700_000, 900_000), level_id=senior, priority=1)
    listed(salon, now, Price(400_000), group_id=friends, priority=2)
    prices = till_prices(drafted(salon, now))
    assert prices.told(SERVICE, salon.cut, 450_000) == {
        "price": 400_000,
        "price_to": None,
        "by_staff": {salon.negar: {"price": 700_000, "price_to": 900_000}},
    }
    assert prices.told(PRODUCT, 1, 5) == {"price": 5, "price_to": None, "by_staff": {}}
    assert prices.asks(SERVICE, salon.cut, 450_000)
    assert not prices.asks(SERVICE, salon.color, 5)
    assert prices.asks(SERVICE, salon.color, 5, 6)
