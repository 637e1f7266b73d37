"""The till in the browser: money is taken once, refusals lose nothing, debts are paid later."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from salon.core.db import db, transaction
from salon.invoices.models import Invoice, InvoiceLine, Settlement
from salon.ledger.queries import receivable_of, verify_journal
from salon.setup.queries import profile
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Written = Callable[..., int]


@pytest.fixture
def till(screen: Screen, written: Written) -> Receptionist:
    """Zahra's cut, 450,000 rials, open at the till."""
    desk = screen(at=f"/invoices/{written()}")
    desk.sees("[data-due]", "۴۵٬۰۰۰")
    return desk


def settlements() -> list[int]:
    """What was taken, settlement by settlement, in rials."""
    db.session.rollback()
    assert verify_journal() == []
    return list(db.session.scalars(select(Settlement.paid).order_by(Settlement.id)))


def invoice() -> Invoice:
    """The only invoice, as it stands now."""
    db.session.rollback()
    return db.session.scalars(select(Invoice)).one()


def test_a_double_click_a_reload_and_going_back_settle_once(till: Receptionist) -> None:
    till.press("F7")
    till.at("[data-go]").dblclick()
    till.goes_to("/slip")
    till.sees(".slip", "۴۵٬۰۰۰")
    till.page.reload()
    till.sees(".slip", "۴۵٬۰۰۰")
    assert till.prints() == 1
    till.page.go_back()
    till.goes_to("/slip")
    assert settlements() == [450_000]


def test_two_tills_settle_once_and_the_later_one_is_shown_the_slip(
    till: Receptionist, screen: Screen, written: Written
) -> None:
    other = screen(at=till.page.url)
    for one in (till, other):
        one.press("F7")
    till.press("F10")
    till.goes_to("/slip")
    other.press("F10")
    other.goes_to("/slip")
    other.is_told("این فاکتور پیش‌تر تسویه شده است.")
    assert settlements() == [450_000]


def test_paying_too_much_by_card_is_refused_with_a_sentence_and_keeps_what_was_typed(till: Receptionist) -> None:
    till.press("F8")
    till.type("60000")
    expect(till.at("[data-amount=card]")).to_have_value("۶۰٬۰۰۰")
    till.press("F10")
    till.sees("[data-form-error]", "بیشتر از قابل پرداخت است.")
    expect(till.at("[data-amount=card]")).to_have_value("۶۰٬۰۰۰")
    till.picture("checkout-overpaid")
    till.page.reload()
    expect(till.at("[data-amount=card]")).to_have_value("۶۰٬۰۰۰")
    assert settlements() == []


def test_cash_above_the_due_is_told_as_change_and_stands_on_the_slip(till: Receptionist) -> None:
    till.press("F7")
    till.type("50000")
    till.sees("[data-rest]", "پس بدهید", "۵٬۰۰۰")
    till.picture("checkout-change")
    till.press("F10")
    till.goes_to("/slip")
    till.sees(".slip", "پس داده شد", "۵٬۰۰۰")
    assert settlements() == [450_000]


def test_what_is_above_the_due_stays_on_account_by_a_key_and_pays_the_next_visit(
    till: Receptionist, written: Written
) -> None:
    till.press("F7")
    till.type("50000")
    till.press("Shift+F7", "F10")
    till.goes_to("/slip")
    till.sees(".slip", "علی‌الحساب ماند", "۵٬۰۰۰")
    till.page.goto(f"/invoices/{written()}")
    till.press("Shift+F6")
    expect(till.at("[data-amount=deposit]")).to_have_value("۵٬۰۰۰")
    till.press("F7", "F10")
    till.goes_to("/slip")
    till.sees(".slip", "بیعانه و علی‌الحساب")
    assert settlements() == [450_000, 450_000]


def test_tips_and_a_discount_on_the_whole_come_under_one_fold(till: Receptionist) -> None:
    till.press("Shift+F3")
    expect(till.at("[data-term=discount]")).to_be_focused()
    till.type("10%")
    expect(till.at("[data-term=discount]")).to_have_value("۱۰٪")
    till.at("[data-tips] select").select_option(label="نگار رضایی")
    till.at("[data-tips] input").fill("20000")
    till.sees("[data-due]", "۶۰٬۵۰۰")
    expect(till.at("[data-save-state]")).to_have_text("نگه داشته شد")
    till.picture("checkout-more")
    till.page.reload()
    expect(till.at("[data-term=discount]")).to_have_value("۱۰٪")
    till.press("F7", "F10")
    till.goes_to("/slip")
    till.sees(".slip", "انعام", "۲۰٬۰۰۰")
    assert settlements() == [605_000]


def test_card_to_card_asks_for_its_number_at_the_field_and_keeps_what_was_typed(till: Receptionist) -> None:
    till.press("Shift+F9")
    till.at("[data-fill=card_to_card]").click()
    till.press("F10")
    till.sees("[data-error-of=card_to_card_reference]", "شمارهٔ پیگیری")
    expect(till.at("[data-amount=card_to_card]")).to_have_value("۴۵٬۰۰۰")
    till.picture("checkout-card-to-card")
    till.at("[name=card_to_card_reference]").fill("123456")
    till.press("F10")
    till.goes_to("/slip")
    assert settlements() == [450_000]


def test_a_walk_in_with_one_service_and_exact_cash_has_her_slip_in_six_keys(screen: Screen, salon: SmallSalon) -> None:
    desk = screen()
    keys: list[str] = []

    def press(*pressed: str) -> None:
        keys.extend(pressed)
        desk.press(*pressed)

    press("Shift+F3")
    desk.goes_to(r"/invoices/\d+$")
    expect(desk.at(".adder input")).to_be_focused()
    desk.type("ب")
    keys.append("ب")
    press("Enter", "ArrowDown", "F7", "F10")
    desk.goes_to("/slip")
    assert len(keys) <= 6
    assert settlements() == [380_000]


def test_a_debt_over_her_limit_is_refused_by_the_salon_and_keeps_what_was_typed(till: Receptionist) -> None:
    with transaction():
        profile().debt_limit = 100_000
    till.press("F7")
    till.type("20000")
    till.press("Shift+F10")
    till.sees("#leave-debt", "زهرا کریمی", "۲۵٬۰۰۰")
    till.press("Enter")
    expect(till.at("[data-form-error]")).to_contain_text("بدهی")
    expect(till.at("[data-amount=cash]")).to_have_value("۲۰٬۰۰۰")
    till.picture("checkout-debt-limit")
    assert settlements() == []


def test_what_is_left_is_asked_for_before_it_becomes_a_debt_and_f4_takes_it_later(
    till: Receptionist, salon: SmallSalon, now: datetime
) -> None:
    till.press("F7")
    till.type("20000")
    till.press("F10")
    till.sees("[data-form-error]", "هنوز مانده دارد")
    till.press("Shift+F10")
    till.sees("#leave-debt", "۲۵٬۰۰۰")
    till.picture("checkout-debt")
    till.press("Enter")
    till.goes_to("/slip")
    till.sees(".slip", "مانده بدهی")
    assert (invoice().status, receivable_of(salon.zahra)) == ("open", 250_000)
    till.press("Escape")
    till.goes_to("/desk")
    till.sees("#panel .tiles", "۲۵٬۰۰۰")
    till.picture("desk-debt")
    till.press("F4")
    till.goes_to(r"/invoices/\d+$")
    till.sees("[data-due]", "۲۵٬۰۰۰")
    till.press("F8", "F10")
    till.goes_to("/slip")
    till.sees(".page-head", "تسویه شد")
    assert (invoice().status, receivable_of(salon.zahra)) == ("settled", 0)
    assert settlements() == [200_000, 250_000]


def test_a_draft_survives_leaving_the_till_and_ctrl_z_takes_a_line_back(till: Receptionist) -> None:
    rows = till.at("[data-lines] tr")
    till.type("رنگ")
    till.sees("#adder-hits li", "رنگ کامل")
    till.press("Enter")
    expect(rows).to_have_count(2)
    till.press("Control+z")
    expect(rows).to_have_count(1)
    till.type("براش")
    till.press("Enter")
    expect(rows).to_have_count(2)
    address = till.page.url
    till.press("Escape")
    till.goes_to("/desk")
    till.page.goto(address)
    expect(rows).to_have_count(2)


def test_insert_begins_a_line_from_any_field(till: Receptionist) -> None:
    till.at("[data-col=unit_price]").focus()
    till.press("Insert")
    expect(till.at(".adder input")).to_be_focused()


def test_fields_keep_persian_digits_when_the_rows_are_drawn_again(till: Receptionist) -> None:
    till.at("[data-col=unit_price]").fill("300000")
    till.at("[data-col=discount]").fill("10%")
    expect(till.at("[data-col=discount]")).to_have_value("۱۰٪")
    till.press("Control+z")
    expect(till.at("[data-col=discount]")).to_have_value("")
    expect(till.at("[data-col=unit_price]")).to_have_value("۳۰۰٬۰۰۰")


def test_a_card_that_breaks_off_is_told_and_falls_into_no_field(till: Receptionist) -> None:
    expect(till.at(".adder input")).to_be_focused()
    till.type("%B9990001234")
    till.is_told("کارت خوانده نشد؛")
    expect(till.at(".adder input")).to_have_value("")


def test_a_percentage_stays_one_after_a_reload_as_long_as_it_says_what_is_kept(till: Receptionist) -> None:
    till.at("[data-col=discount]").fill("10%")
    expect(till.at("[data-save-state]")).to_have_text("نگه داشته شد")
    till.page.reload()
    expect(till.at("[data-col=discount]")).to_have_value("۱۰٪")
    till.sees("[data-due]", "۴۰٬۵۰۰")
    with transaction():
        line = db.session.scalars(select(InvoiceLine)).one()
        line.discount, line.discount_bp, line.net = 100_000, None, 350_000
    till.page.reload()
    expect(till.at("[data-col=discount]")).to_have_value("۱۰٬۰۰۰")
