"""A whole visit and the debt after it without a mouse, on a Persian and on a Latin keyboard."""

from datetime import datetime

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from salon.appointments.models import Appointment
from salon.core.db import db
from salon.invoices.models import Invoice, Settlement
from salon.ledger.queries import receivable_of, verify_journal
from tests.factories import SmallSalon

from .conftest import Screen
from .keyboards import LAYOUTS, Keyboard
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture(params=LAYOUTS)
def desk(request: pytest.FixtureRequest, screen: Screen) -> Receptionist:
    """The desk, with a keyboard in this layout."""
    receptionist = screen()
    receptionist.keyboard = Keyboard(request.param)
    return receptionist


def choose(desk: Receptionist, select: Locator, text: str) -> None:
    """Go down a list to the choice that says so."""
    expect(select).to_be_focused()
    for _ in range(20):
        if text in select.evaluate("list => list.selectedOptions[0].text"):
            return
        desk.press("ArrowDown")
    raise AssertionError(f"the list has no {text}")


def find_zahra(desk: Receptionist, hits: str) -> None:
    """Her name in Persian letters; in Latin ones there is only her number."""
    assert desk.keyboard
    desk.type("زهرا" if desk.keyboard.layout == "persian" else "09123456")
    desk.sees(f"{hits} li", "زهرا کریمی")
    desk.press("Enter")


def book(desk: Receptionist) -> None:
    """A cut by Sara at 11:45."""
    assert desk.keyboard
    desk.press("F2")
    expect(desk.at("#booking-find")).to_be_focused()
    find_zahra(desk, "#booking-hits")
    expect(desk.at("#booking-service")).to_be_focused()
    desk.type("کوتاهی" if desk.keyboard.layout == "persian" else "jhid")  # the same keys as «تاهی»
    desk.press("Enter", "ArrowUp")
    choose(desk, desk.at("#booking select[name=staff_id]"), "سارا")
    desk.press("Enter", "Enter")
    expect(desk.at("#booking-time")).to_be_focused()
    desk.type("1145")
    expect(desk.at("#booking-time")).to_have_value("۱۱۴۵")
    desk.press("F10")
    desk.is_told("نوبت ۱۱:۴۵ ثبت شد")
    desk.press("Escape")
    expect(desk.at("#panel [data-customer]")).to_have_count(0)


def arrive(desk: Receptionist) -> None:
    """Find her with the key of the slash, and take the steps of her visit."""
    desk.strike("Slash")
    expect(desk.at(".top .find input")).to_be_focused()
    find_zahra(desk, "#find-hits")
    desk.sees("#panel h2", "زهرا کریمی")
    for step in ("در سالن", "در حال کار"):
        desk.press("F8")
        expect(desk.at("#panel .today .chip")).to_have_text(step)


def settle_with_a_debt(desk: Receptionist) -> None:
    """Two cuts that were meant as one, a part in cash, the rest owed."""
    desk.press("F3")
    desk.goes_to(r"/invoices/\d+$")
    desk.sees("[data-due]", "۴۵٬۰۰۰")
    desk.tab_to(desk.at("[data-col=quantity]"))
    desk.type("2")
    desk.sees("[data-due]", "۹۰٬۰۰۰")
    desk.press("Control+Delete")
    expect(desk.at("[data-lines] tr.none")).to_be_visible()
    for due in ("۹۰٬۰۰۰", "۴۵٬۰۰۰"):
        desk.strike("KeyZ", ctrl=True)
        desk.sees("[data-due]", due)
    desk.press("F7")
    desk.type("20000")
    expect(desk.at("[data-amount=cash]")).to_have_value("۲۰٬۰۰۰")
    desk.press("Shift+F10")
    desk.sees("#leave-debt", "۲۵٬۰۰۰")
    desk.press("Enter")
    desk.goes_to("/slip")
    desk.sees(".slip", "مانده بدهی")


def receive_debt(desk: Receptionist) -> None:
    """From the slip to the desk, and from there to what she owes."""
    desk.press("Escape")
    desk.goes_to("/desk")
    desk.sees("#panel .tiles", "۲۵٬۰۰۰")
    desk.press("F4")
    desk.goes_to(r"/invoices/\d+$")
    desk.press("F8")
    expect(desk.at("[data-amount=card]")).to_have_value("۲۵٬۰۰۰")
    desk.press("F10")
    desk.goes_to("/slip")
    desk.sees(".page-head", "تسویه شد")


def test_a_visit_and_its_debt_need_no_mouse(desk: Receptionist, salon: SmallSalon, now: datetime) -> None:
    desk.strike("Slash", shift=True)
    expect(desk.at("#keys-help")).to_be_visible()
    desk.press("Escape")
    book(desk)
    arrive(desk)
    settle_with_a_debt(desk)
    assert receivable_of(salon.zahra) == 250_000
    receive_debt(desk)
    db.session.rollback()
    assert db.session.scalars(select(Appointment.status)).one() == "done"
    assert db.session.scalars(select(Invoice.status)).one() == "settled"
    assert list(db.session.scalars(select(Settlement.paid).order_by(Settlement.id))) == [200_000, 250_000]
    assert verify_journal() == []
