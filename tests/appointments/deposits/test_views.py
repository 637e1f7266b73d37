"""Deposits through the browser's door: taken for a booking, seen at the desk, given back."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.appointments.models import Appointment
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.cashbox.deposits.queries import verify_deposits
from salon.cashbox.models import Deposit
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.core.pages import moment
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, total
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
KEY = {"key": "form-key-1"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(log_in: LogIn) -> FlaskClient:
    """The receptionist's browser."""
    return log_in("desk")


@pytest.fixture
def booking(salon: SmallSalon) -> Appointment:
    """Zahra's cut with Sara in thirty hours."""
    now: datetime = clock.now()
    with transaction():
        return book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(hours=30),
            items=[BookingItem(salon.cut, salon.sara)],
            overbook=True,  # whatever the hour is then
            actor=None,
            now=now,
        )


def take(desk: FlaskClient, booking: Appointment, amount: str = "۲۰٬۰۰۰", **more: str) -> int:
    address = f"/deposits?appointment_id={booking.id}"
    return desk.post(address, data={"amount": amount, "method": "cash", **KEY, **more}).status_code


def test_a_deposit_of_a_booking_is_seen_wherever_that_is(
    desk: FlaskClient, salon: SmallSalon, booking: Appointment
) -> None:
    assert take(desk, booking) == 303
    assert "بیعانه: ۲۰٬۰۰۰" in desk.get(f"/desk/appointments/{booking.id}").text
    assert "۱۰٬۰۰۰ آن می‌ماند برای سالن" in desk.get(f"/desk/appointments/{booking.id}").text
    assert "بیعانه و علی‌الحساب: ۲۰٬۰۰۰" in desk.get(f"/desk/panel/{salon.zahra}").text
    board = desk.get(f"/desk/events?day={local_date(booking.starts_at).isoformat()}").json
    assert [row["deposit"] for row in board["bookings"]] == ["بیعانه ۲۰٬۰۰۰"]


def test_sending_the_form_twice_takes_it_once(desk: FlaskClient, booking: Appointment) -> None:
    assert [take(desk, booking), take(desk, booking)] == [303, 303]
    assert total(AccountKind.CASH) == 200_000


@pytest.mark.parametrize("amount", ["", "۰", "−۵", "۲٫۵۵", "زیاد", "۹" * 18])
def test_no_deposit_that_can_t_be_so_and_nothing_typed_is_lost(
    desk: FlaskClient, booking: Appointment, amount: str
) -> None:
    address = f"/deposits?appointment_id={booking.id}"
    answer = desk.post(address, data={"amount": amount, "method": "card", "reference": "۷۷۱", **KEY})
    assert answer.status_code == 422 and 'value="۷۷۱"' in answer.text and f'value="{amount}"' in answer.text
    assert db.session.scalar(select(Deposit.id)) is None


def test_money_is_given_back_no_more_than_is_left(desk: FlaskClient, salon: SmallSalon, booking: Appointment) -> None:
    take(desk, booking)
    form = {"method": "cash", **KEY}
    assert desk.post("/deposits/1/return", data=form | {"amount": "۲۰٬۰۰۱"}).status_code == 422
    asked = desk.get("/deposits/1/return").text
    assert "۲۰٬۰۰۰" in asked and 'name="reference"' not in asked  # nothing is asked that is not kept
    assert desk.post("/deposits/1/return", data=form | {"amount": "۲۰٬۰۰۰"}).status_code == 303
    assert (balance(AccountKind.DEPOSIT, salon.zahra), total(AccountKind.CASH)) == (0, 0)
    assert "چیزی پیش ما ندارد" in desk.get(f"/deposits?customer_id={salon.zahra}").text
    assert verify_deposits() == []


def test_what_was_taken_says_for_which_visit_and_goes_back_the_way_it_came(
    desk: FlaskClient, salon: SmallSalon, booking: Appointment
) -> None:
    take(desk, booking, method="card")
    shown = desk.get(f"/deposits?customer_id={salon.zahra}").text
    assert f"نوبت {moment(booking.starts_at)}" in shown
    form = desk.get("/deposits/1/return").text
    (card,) = [tag for tag in form.split("<") if 'value="card"' in tag]
    assert "checked" in card


def test_a_deposit_is_somebody_s(desk: FlaskClient) -> None:
    assert desk.get("/deposits").status_code == 422
    assert desk.get("/deposits/999/return").status_code == 404


def test_calling_a_booking_off_asks_what_becomes_of_its_deposit_and_tells_it_then(
    desk: FlaskClient, booking: Appointment
) -> None:
    assert "data-asks" not in desk.get(f"/desk/appointments/{booking.id}").text
    take(desk, booking)
    (asked,) = re.findall('data-asks="([^"]+)"', desk.get(f"/desk/appointments/{booking.id}").text)
    assert "۲۰٬۰۰۰ است و ۱۰٬۰۰۰ آن برای سالن می‌ماند" in asked  # called off thirty hours before
    answer = desk.post(f"/desk/appointments/{booking.id}/status", data={"status": "cancelled"}, headers=JSON)
    assert answer.json is not None
    assert "۱۰٬۰۰۰ بیعانه برای سالن ماند؛ ۱۰٬۰۰۰ بیعانه برای مشتری ماند" in answer.json["label"]


def test_who_does_not_come_leaves_all_of_it_and_that_is_said_before(
    desk: FlaskClient, booking: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, booking)
    monkeypatch.setattr(clock, "now", lambda: booking.starts_at)
    no_show, _cancelled = re.findall('data-asks="([^"]+)"', desk.get(f"/desk/appointments/{booking.id}").text)
    assert "۲۰٬۰۰۰ است و ۲۰٬۰۰۰ آن برای سالن می‌ماند" in no_show
