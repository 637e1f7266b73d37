"""Prices and counts by keyboard, and the till at the price of whoever does it."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from salon.catalog.prices.queries import listed_prices
from salon.catalog.prices.rules import SERVICE, Price, Thing
from salon.catalog.prices.services import ListSpec, add_price_list, set_prices
from salon.catalog.services import add_product
from salon.core.db import db, transaction
from salon.inventory.queries import stock_of
from salon.invoices.models import InvoiceLine
from salon.invoices.services import draft
from salon.staff.levels.services import add_level, give_level
from tests.factories import SmallSalon

from .conftest import Screen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def senior_list(salon: SmallSalon, now: datetime) -> int:
    """With Negar, who is a senior, a cut costs 700,000 rials."""
    with transaction():
        level = add_level(name="ارشد", actor=None, now=now).id
        give_level(staff_id=salon.negar, level_id=level, actor=None, now=now)
        made = add_price_list(spec=ListSpec("ارشد", level_id=level), actor=None, now=now).id
        set_prices(list_id=made, prices={Thing(SERVICE, salon.cut): Price(700_000)}, actor=None, now=now)
    return made


def test_a_line_is_priced_anew_when_somebody_else_does_it_unless_its_price_was_typed(
    screen: Screen, salon: SmallSalon, senior_list: int, now: datetime
) -> None:
    with transaction():
        empty = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=[], actor_id=None, now=now)
    desk = screen(at=f"/invoices/{empty}")
    desk.page.locator(".adder input").fill("کوتاهی")
    desk.press("Enter")
    who, price = (desk.page.locator(f"[data-lines] [data-col={name}]") for name in ("staff_id", "unit_price"))
    who.select_option(str(salon.sara))
    expect(price).to_have_value("۴۵٬۰۰۰")
    who.select_option(str(salon.negar))
    expect(price).to_have_value("۷۰٬۰۰۰")
    desk.sees("[data-due]", "۷۰٬۰۰۰")
    desk.sees("[data-save-state]", "نگه داشته شد")
    db.session.rollback()
    kept = db.session.query(InvoiceLine).one()
    assert (kept.unit_price, kept.list_id) == (700_000, senior_list)
    price.fill("60000")
    who.select_option(str(salon.sara))
    expect(price).to_have_value("۶۰٬۰۰۰")


def test_prices_of_a_list_are_typed_one_under_the_other(screen: Screen, salon: SmallSalon, senior_list: int) -> None:
    owner = screen("owner", at=f"/settings/price-lists/{senior_list}")
    first = owner.page.locator("[data-grid] tr[data-found] input").first
    expect(first).to_be_focused()
    owner.page.locator("[data-filter]").fill("براش")
    expect(owner.page.locator("[data-grid] tr[data-found]:visible")).to_have_count(1)
    owner.press("Enter")
    owner.type("39000")
    owner.press("F10")
    owner.sees(".toast-line", "قیمت‌ها ذخیره شد")
    db.session.rollback()
    assert listed_prices(senior_list)[Thing(SERVICE, salon.brushing)].price == 390_000


def test_a_shelf_is_counted_by_keyboard_and_shows_what_differs(
    screen: Screen, salon: SmallSalon, now: datetime
) -> None:
    with transaction():
        mask, serum = (add_product(name=name, price=1, actor=None, now=now).id for name in ("ماسک", "سرم"))
    owner = screen("owner", at="/products/stock/move?kind=counted")
    owner.type("3")
    owner.press("Enter")
    owner.type("12")
    expect(owner.page.locator("[data-difference]").nth(1)).to_have_text("\u200e+۱۲")
    owner.press("F10")
    owner.sees(".toast-line", "ذخیره شد")
    db.session.rollback()
    assert sorted(stock_of(salon.branch_id, [mask, serum]).values()) == [3, 12]
