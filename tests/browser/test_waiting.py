"""Who waits, by keyboard: from a refused booking to the waitlist, and each request answered by one key."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from salon.appointments.requests.models import BookingRequest
from salon.appointments.requests.services import ask
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.appointments.waitlist.models import WaitlistEntry
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, add_customer
from tests.factories import SmallSalon

from .conftest import Screen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_whose_time_is_taken_is_put_on_the_waitlist(screen: Screen, salon: SmallSalon, now: datetime) -> None:
    starts_at, item = now + timedelta(minutes=100), BookingItem(salon.cut, salon.sara)
    by = {"branch_id": salon.branch_id, "actor": None, "now": now}
    with transaction():
        mina = add_customer(spec=CustomerSpec("مینا", "شریفی", "09121110000"), **by)
        book(customer_id=mina.id, starts_at=starts_at, items=[item], **by)
    desk = screen()
    desk.press("F2")
    desk.type("6789")
    desk.sees("#booking-hits li", "زهرا کریمی")
    desk.press("Enter")
    desk.type("کوت سارا")
    desk.press("Enter")
    expect(desk.at("#booking .item")).to_have_count(1)
    expect(desk.at("[data-booking-later]")).to_be_hidden()
    desk.press("Enter")
    desk.type("1300")
    desk.press("F10")
    expect(desk.at("[data-booking-later]")).to_be_visible()
    desk.tab_to(desk.at("[data-booking-later]"))
    desk.press("Enter")
    desk.is_told("زهرا کریمی در لیست انتظار است")
    db.session.rollback()
    (entry,) = db.session.scalars(select(WaitlistEntry))
    assert (entry.ends_before - entry.starts_on).days == 1


def test_arrows_choose_a_request_and_one_key_answers_it(screen: Screen, salon: SmallSalon, now: datetime) -> None:
    who = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "actor": None, "now": now}
    with transaction():
        for days in (1, 2):
            ask(starts_at=now + timedelta(days=days), items=[BookingItem(salon.cut, salon.sara)], **who)
    desk = screen()
    desk.page.goto(desk.page.url.partition("/desk")[0] + "/requests")
    desk.press("ArrowDown")
    expect(desk.at("tr[aria-current] [data-key=F10]")).to_have_count(1)
    expect(desk.at("[data-row-key][data-key]")).to_have_count(3)
    desk.press("F10")
    desk.is_told("ثبت شد")
    db.session.rollback()
    assert db.session.scalars(select(BookingRequest.state).order_by(BookingRequest.id)).all() == ["open", "confirmed"]
