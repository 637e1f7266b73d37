"""Customers' own requests on screen."""

from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import select

from salon.appointments.requests.models import BookingRequest, RequestState
from salon.appointments.requests.services import ask
from salon.appointments.rules import BookingItem
from salon.appointments.slot_offers.models import SlotOffer
from salon.catalog.models import Service
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date, wall_clock


@pytest.fixture
def desk(log_in):
    """The receptionist's browser."""
    return log_in("desk")


@pytest.fixture
def asked(salon):
    """Zahra asks for a cut tomorrow at ten."""
    with transaction():
        return ask(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=wall_clock(local_date(clock.now()) + timedelta(days=1), 600),
            items=[BookingItem(salon.cut, salon.sara)],
            actor=None,
            now=clock.now(),
        ).id


def state():
    db.session.expire_all()
    return db.session.scalars(select(BookingRequest.state)).one()


def test_what_is_to_be_answered_is_listed_and_counted(desk, asked):
    shown = desk.get("/requests").text
    assert all(word in shown for word in ("زهرا کریمی", "کوتاهی", "این وقت آزاد است", "F10", "F9", "F8"))
    assert "۱ درخواست نوبت" in desk.get("/desk/foot").text


def test_one_press_approves(desk, asked):
    assert "ثبت شد" in desk.post(f"/requests/{asked}/approve", follow_redirects=True).text
    assert state() == RequestState.CONFIRMED
    assert "پیش‌تر پاسخ داده شده" in desk.post(f"/requests/{asked}/approve", follow_redirects=True).text
    assert "درخواستی بی‌پاسخ نمانده است" in desk.get("/requests").text


def test_a_refusal_needs_a_reason(desk, asked):
    assert "رد درخواست زهرا کریمی" in desk.get(f"/requests/{asked}/refuse").text
    assert desk.post(f"/requests/{asked}/refuse", data={"reason": " "}).status_code == 422
    assert desk.post(f"/requests/{asked}/refuse", data={"reason": "تعطیلیم"}).status_code == 303
    assert state() == RequestState.REFUSED


def test_another_time_is_chosen_and_proposed(desk, asked):
    shown = desk.get(f"/requests/{asked}/propose").text
    chosen = shown.split('name="starts_at" value="')[1].partition('"')[0]
    desk.post(f"/requests/{asked}/propose", data={"starts_at": chosen})
    assert (state(), db.session.scalars(select(SlotOffer)).one().starts_at.isoformat()) == (
        RequestState.PROPOSED,
        chosen,
    )
    assert "پیشنهاد نزد مشتری" in desk.get("/requests").text
    assert desk.get("/requests/99/propose").status_code == 404


def test_the_owner_says_what_customers_book_themselves(log_in, salon):
    owner = log_in("owner")
    address = f"/services/{salon.cut}/self-booking"
    assert address in owner.get(f"/services/{salon.cut}/edit").text
    assert owner.post(address, data={"self_booking": "confirmed"}).status_code == 303
    assert db.session.get(Service, salon.cut).self_booking == "confirmed"
    assert owner.post(address, data={"self_booking": "x"}).status_code == 422
    g.pop("_login_user", None)  # a server begins each request without it; tests share one context
    assert log_in("desk").post(address, data={"self_booking": "none"}).status_code == 403
