"""One whole visit by keyboard and card reader, from login to the message that went out."""

from datetime import datetime

from playwright.sync_api import expect
from sqlalchemy import select

from salon.appointments.models import Appointment
from salon.club.wallet.queries import wallet_of
from salon.core.db import db
from salon.invoices.models import Invoice
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

CARD = "%B6037701234567890^KARIMI/ZAHRA^99121010000000000000?;6037701234567890=99121010000000000000?"
CARD = "%B9990001234567893^KARIMI/ZAHRA^99121010000000000000?;9990001234567893=99121010000000000000?"
STRANGE_CARD = "%B9990007654321098^NOBODY/N^99121010000000000000?;9990007654321098=99121010000000000000?"


def book_zahra(desk: Receptionist, typed: str) -> None:
    """F2, her name or mobile, the service, the time, F10."""
    desk.press("F2")
    expect(desk.at("#booking-find")).to_be_focused()
    desk.type(typed)
    expect(desk.at("#booking-hits li").first).to_contain_text("زهرا کریمی")
    desk.press("Enter")
    expect(desk.at("#booking .chosen")).to_contain_text("زهرا کریمی")
    expect(desk.at("#booking select[name=service_id]")).to_be_focused()
    desk.type("کوتاهی")
    desk.press("Tab")
    desk.type("سارا")
    desk.press("Tab")
    desk.tab_to(desk.at("#booking-time"))
    desk.type("1145")
    desk.press("F10")


def test_a_customer_is_booked_welcomed_served_and_paid_for_by_keyboard_and_card(
    screen: Screen, salon: SmallSalon, now: datetime
) -> None:
    desk = screen(user="")
    desk.log_in("desk", salon.password)
    desk.sees("[data-board-title]", "شنبه ۳۰ آبان ۱۴۰۵")
    desk.sees("#board", "سارا احمدی", "نگار رضایی")
    desk.picture("desk-empty")

    book_zahra(desk, "09123456")
    desk.is_told("نوبت ۱۱:۴۵ ثبت شد")
    desk.picture("desk-booked")
