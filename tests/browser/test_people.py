"""Whom the desk lets in while it books: walk-ins without a mobile, and mobiles that are known already."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from salon.core.db import db
from salon.customers.models import Customer
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def booking(screen: Screen) -> Receptionist:
    """The dialog of a new booking."""
    desk = screen()
    desk.press("F2")
    expect(desk.at("#booking-find")).to_be_focused()
    return desk


def newest() -> Customer:
    """The customer who came last."""
    db.session.rollback()
    return db.session.scalars(select(Customer).order_by(Customer.id.desc())).first()


def test_a_walk_in_is_booked_without_a_mobile(booking: Receptionist) -> None:
    booking.tab_to(booking.at("[data-booking-walk-in]"))
    booking.press("Enter")
    expect(booking.at("#new-first")).to_be_focused()
    booking.type("سحر")
    booking.press("Enter")
    expect(booking.at("#booking .chosen")).to_contain_text("سحر")
    booking.type("کوتاهی")
    booking.press("Enter")
    booking.at(".free .offer").first.wait_for()
    booking.tab_to(booking.at(".free .offer").first)
    booking.picture("booking-times")
    booking.press("Enter")
    booking.press("F10")
    booking.is_told("ثبت شد")
    booking.sees("#panel", "سحر", "گذری")
    assert (newest().mobile, newest().is_walk_in) == (None, True)


def test_a_known_mobile_shows_its_owner_and_may_be_shared_knowingly(booking: Receptionist, salon: SmallSalon) -> None:
    booking.type("لیلا کریمی")
    booking.sees("#booking-hits", "کسی یافت نشد")
    booking.tab_to(booking.at("[data-booking-new]"))
    booking.press("Enter")
    expect(booking.at("#new-first")).to_have_value("لیلا")
    expect(booking.at("#new-last")).to_have_value("کریمی")
    booking.tab_to(booking.at("#new-mobile"))
    booking.type("+98 912 345 6789")
    booking.press("Enter")
    booking.sees("[data-person-known]", "این موبایل برای زهرا کریمی (کد ۱۰۰۱) ثبت شده است.")
    booking.picture("booking-known-mobile")
    assert newest().id == salon.zahra
    booking.tab_to(booking.at("[data-person-shared]"))
    booking.press("Enter")
    expect(booking.at("#booking .chosen")).to_contain_text("لیلا کریمی")
    assert (newest().full_name, newest().mobile) == ("لیلا کریمی", "09123456789")


def test_a_known_mobile_takes_its_owner_into_the_booking(booking: Receptionist, salon: SmallSalon) -> None:
    booking.type("۰۹۱۲۳۴۵۶۷۸۹")
    booking.sees("#booking-hits li", "زهرا کریمی")
    booking.press("Escape")
    expect(booking.at("#booking-hits")).to_be_hidden()
    booking.tab_to(booking.at("[data-booking-new]"))
    booking.press("Enter")
    booking.type("زهرا")
    booking.press("Enter")
    expect(booking.at("[data-person-same]")).to_be_focused()
    booking.press("Enter")
    expect(booking.at("#booking .chosen")).to_contain_text("زهرا کریمی")
    expect(booking.at("[name=customer_id]").first).to_have_value(str(salon.zahra))
    assert newest().id == salon.zahra
