"""Price lists, and the history of prices."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from salon.access.models import User
from salon.catalog.prices.queries import (
    how_many_listed,
    listed_prices,
    lists_in_force,
    price_book,
    price_history,
    price_lists,
)
from salon.catalog.prices.rules import PRODUCT, SERVICE, Price, Thing
from salon.catalog.prices.services import ListSpec, add_price_list, change_price_list, set_prices
from salon.catalog.services import add_product, change_service
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from tests.factories import SmallSalon

DAY = date(2026, 11, 21)


@pytest.fixture
def owner(salon: SmallSalon) -> User:
    """The owner."""
    found = db.session.get(User, salon.owner_id)
    assert found is not None
    return found


@pytest.fixture
def bridal(salon: SmallSalon, now: datetime) -> int:
    """A list on which a cut costs 400,000 and colour 2 to 3 million rials."""
    prices = {Thing(SERVICE, salon.cut): Price(400_000), Thing(SERVICE, salon.color): Price(2_000_000, 3_000_000)}
    with transaction():
        added = add_price_list(spec=ListSpec("عروس"), actor=None, now=now)
        set_prices(list_id=added.id, prices=prices, actor=None, now=now)
    return added.id


def refused(act: object, code: str) -> None:
    """The act is refused by this code."""
    with pytest.raises(DomainError) as refusal, transaction():
        act()  # type: ignore[operator]  # a lambda
    assert refusal.value.code == code


def test_lists_count_by_priority_then_by_age(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        for name, priority in (("سوم", 20), ("یکم", 5), ("دوم", 5)):
            add_price_list(spec=ListSpec(name, priority), actor=None, now=now)
        add_price_list(spec=ListSpec("کنار", 1, active=False), actor=None, now=now)
        add_price_list(spec=ListSpec("گذشته", 1, ends_on=DAY - timedelta(days=1)), actor=None, now=now)
    names = {known.id: known.name for known in price_lists()}
    assert [names[terms.id] for terms in lists_in_force(salon.branch_id, DAY)] == ["یکم", "دوم", "سوم"]
    assert [*names.values()][-1] == "کنار"


def test_prices_stand_on_a_list_and_go_off_it(salon: SmallSalon, bridal: int, now: datetime) -> None:
    cut, color = Thing(SERVICE, salon.cut), Thing(SERVICE, salon.color)
    assert listed_prices(bridal) == {cut: Price(400_000, None, bridal), color: Price(2_000_000, 3_000_000, bridal)}
    with transaction():
        changed = set_prices(list_id=bridal, prices={cut: None, color: Price(2_000_000)}, actor=None, now=now)
    assert changed == {color: Price(2_000_000, None, bridal)}
    assert listed_prices(bridal) == changed
    assert how_many_listed() == {bridal: 1}
    assert price_book(lists_in_force(salon.branch_id, DAY), [cut]).prices == {}


def test_each_price_tells_who_set_it_when_and_from_what(
    salon: SmallSalon, bridal: int, owner: User, now: datetime
) -> None:
    cut, later = Thing(SERVICE, salon.cut), now + timedelta(days=1)
    as_before = {"service_id": salon.cut, "name": "کوتاهی", "duration": 45, "category": "", "price_to": None}
    with transaction():
        change_service(**as_before, price=500_000, active=True, actor=owner, now=later)
        change_service(**as_before, price=500_000, active=True, actor=owner, now=later)
        set_prices(list_id=bridal, prices={cut: Price(400_000)}, actor=owner, now=later)
        set_prices(list_id=bridal, prices={cut: None}, actor=owner, now=later)
    told = [(row.by, row.list_name, row.before, row.after) for row in price_history(cut)]
    assert told == [
        ("خانم گلی", "عروس", Price(400_000, None, bridal), None),
        ("خانم گلی", "", Price(450_000), Price(500_000)),
        ("", "عروس", None, Price(400_000, None, bridal)),
        ("", "", None, Price(450_000)),
    ]
    assert price_history(cut)[1].changed_at == later


def test_a_product_has_a_history_of_its_own(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        serum = add_product(name="سرم", price=600_000, actor=None, now=now)
    assert [row.after for row in price_history(Thing(PRODUCT, serum.id))] == [Price(600_000)]


def test_a_list_is_changed_and_keeps_its_prices(salon: SmallSalon, bridal: int, now: datetime) -> None:
    with transaction():
        change_price_list(list_id=bridal, spec=ListSpec("نوروز", 7, starts_on=DAY), actor=None, now=now)
    assert lists_in_force(salon.branch_id, DAY - timedelta(days=1)) == []
    assert [terms.id for terms in lists_in_force(salon.branch_id, DAY)] == [bridal]
    assert len(listed_prices(bridal)) == 2


def test_what_cannot_be_on_a_list_is_refused(salon: SmallSalon, bridal: int, now: datetime) -> None:
    spec = ListSpec("عروس")

    def price(thing: Thing, of: Price) -> None:
        set_prices(list_id=bridal, prices={thing: of}, actor=None, now=now)

    refused(lambda: add_price_list(spec=spec, actor=None, now=now), "price_list_exists")
    refused(lambda: add_price_list(spec=replace(spec, name=" "), actor=None, now=now), "name_missing")
    backwards = replace(spec, starts_on=DAY, ends_on=DAY - timedelta(days=1))
    refused(lambda: change_price_list(list_id=bridal, spec=backwards, actor=None, now=now), "days_invalid")
    refused(lambda: change_price_list(list_id=999, spec=spec, actor=None, now=now), "price_list_unknown")
    for beyond in (Price(-1), Price(10**12 + 1), Price(1, 10**12 + 1)):  # dearer than the till sells
        refused(lambda beyond=beyond: price(Thing(SERVICE, salon.cut), beyond), "price_invalid")
    refused(lambda: price(Thing(SERVICE, salon.cut), Price(5, 4)), "price_range_invalid")
    refused(lambda: price(Thing(SERVICE, 999), Price(5)), "things_unknown")
    refused(lambda: price(Thing(PRODUCT, salon.cut), Price(5)), "things_unknown")
    assert listed_prices(bridal)[Thing(SERVICE, salon.cut)].price == 400_000
