"""One whole visit by keyboard and card reader, from login to the message that went out."""

from datetime import datetime

from playwright.sync_api import expect
from sqlalchemy import select

from salon.appointments.models import Appointment
from salon.club.wallet.queries import wallet_of
from salon.core.db import db
from salon.invoices.models import Invoice
from salon.ledger.queries import verify_journal
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

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
    expect(desk.at("#booking-service")).to_be_focused()
    desk.type("کوت سارا")
    desk.press("Enter", "Enter")
    expect(desk.at("#booking-time")).to_be_focused()
    desk.type("1145")
    desk.press("F10")


def issue_card(desk: Receptionist) -> None:
    """Give the customer in the panel a card, which the reader reads."""
    desk.sees("#panel h2", "زهرا کریمی")
    desk.press("F9")
    expect(desk.at("#card-issue")).to_be_visible()
    desk.swipe(CARD)
    desk.is_told("به نام اوست")
    expect(desk.at("#card-issue")).to_be_hidden()


def close_panel(desk: Receptionist) -> None:
    """Esc puts the customer away."""
    desk.press("Escape")
    expect(desk.at("#panel [data-customer]")).to_have_count(0)


def swipe_cards(desk: Receptionist) -> None:
    """A good card opens her from anywhere; bad and unknown ones say what to do and change nothing."""
    desk.press("/")
    search = desk.at(".top .find input")
    expect(search).to_be_focused()
    desk.type("نگ")
    desk.swipe(CARD)
    desk.sees("#panel h2", "زهرا کریمی")
    expect(search).to_have_value("نگ")
    desk.swipe("%E?;E?")
    desk.is_told("کارت خوانده نشد؛")
    desk.swipe(STRANGE_CARD)
    desk.is_told("این کارت به نام کسی نیست؛ مشتری را پیدا کنید و «صدور کارت» را بزنید.")
    desk.sees("#panel h2", "زهرا کریمی")
    expect(search).to_have_value("نگ")
    desk.picture("desk-swiped")


def receive_her(desk: Receptionist) -> None:
    """F8 takes the next step of her visit from the panel: she came, the service began."""
    for step in ("در سالن", "در حال کار"):
        desk.press("F8")
        expect(desk.at("#panel .today .chip")).to_have_text(step)
    desk.sees("#board .s-in_service", "زهرا کریمی")


def write_invoice(desk: Receptionist) -> None:
    """F3 makes the invoice of the booking; a second service is added by typing."""
    desk.press("F3")
    desk.goes_to(r"/invoices/\d+$")
    rows = desk.at("[data-lines] tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("کوتاهی")
    desk.type("براش")
    desk.sees("#adder-hits li", "براشینگ")
    desk.press("Enter")
    expect(rows).to_have_count(2)
    desk.sees("[data-due]", "۸۳٬۰۰۰")
    expect(desk.at("[data-save-state]")).to_have_text("نگه داشته شد")
    desk.sees("[data-preview]", "+۳۲ امتیاز", "+۴٬۱۵۰ اعتبار")


def pay(desk: Receptionist) -> None:
    """A part in cash, the rest filled in by F8, and F10."""
    desk.press("F7")
    expect(desk.at("[data-amount=cash]")).to_have_value("۸۳٬۰۰۰")
    desk.type("30000")
    desk.press("F8")
    expect(desk.at("[data-amount=card]")).to_have_value("۵۳٬۰۰۰")
    desk.sees("[data-rest-amount]", "۰")
    desk.picture("checkout-paid")
    desk.press("F10")
    desk.goes_to(r"/invoices/\d+/slip")


def the_message_goes_out(desk: Receptionist, salon: SmallSalon) -> None:
    """What the slip says was written with the settlement, and the gateway sends it by itself."""
    for _look in range(100):
        if "فرستاده شد" in desk.page.request.get("/invoices/1/slip").text():
            break
        desk.page.wait_for_timeout(200)
    db.session.rollback()
    message = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "settlement")).one()
    assert (message.state, message.receiver, message.customer_id) == ("sent", "09123456789", salon.zahra)
    assert "۸۳٬۰۰۰ تومان" in message.text
    assert "امتیاز این خرید: ۳۲" in message.text
    assert message.provider_id == f"console-{message.id}"


def test_a_customer_is_booked_welcomed_served_and_paid_for_by_keyboard_and_card(
    screen: Screen, salon: SmallSalon, now: datetime, jobs: None
) -> None:
    desk = screen(user="")
    desk.log_in("desk", salon.password)
    desk.sees("[data-board-title]", "شنبه ۳۰ آبان ۱۴۰۵")
    desk.sees("#board", "سارا احمدی", "نگار رضایی")
    desk.picture("desk-empty")
    book_zahra(desk, "09123456")
    desk.is_told("نوبت ۱۱:۴۵ ثبت شد")
    desk.sees("#board .s-booked", "زهرا کریمی")
    desk.picture("desk-booked")
    issue_card(desk)
    close_panel(desk)
    swipe_cards(desk)
    receive_her(desk)
    write_invoice(desk)
    pay(desk)
    desk.sees(".slip", "قابل پرداخت", "۸۳٬۰۰۰", "۳۲ امتیاز")
    desk.picture("slip")
    assert desk.prints() == 1
    desk.press("Escape")
    desk.goes_to("/desk")
    desk.sees("#board .s-done", "زهرا کریمی")
    desk.sees("#panel .tiles", "۳۲", "۴٬۱۵۰ در انتظار")
    desk.picture("desk-done")
    the_books_agree(salon, now)
    the_message_goes_out(desk, salon)


def the_books_agree(salon: SmallSalon, now: datetime) -> None:
    """The invoice is settled once, the visit is done, the club gave, and the message has gone out."""
    db.session.rollback()
    sold = db.session.scalars(select(Invoice)).one()
    assert (sold.status, sold.number, sold.total, sold.due) == ("settled", 1, 830_000, 0)
    assert db.session.scalars(select(Appointment)).one().status == "done"
    wallet = wallet_of(salon.zahra, now)
    assert (wallet.points.balance, wallet.credit.balance, wallet.credit.pending) == (32, 0, 41_500)
    assert verify_journal() == []
