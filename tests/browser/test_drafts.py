"""What the till keeps of a draft in the browser: by that draft alone, and no longer than it lives."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from salon.core.db import db, transaction
from salon.invoices.models import Invoice
from salon.invoices.returns.services import correct_sale
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
TYPED = "Object.values({...localStorage, ...sessionStorage}).join(' ')"


@pytest.fixture
def till(screen: Screen, written: Callable[..., int]) -> Receptionist:
    """Zahra's cut, 450,000 rials, open at the till."""
    return screen(at=f"/invoices/{written()}")


def test_what_was_typed_for_a_discarded_draft_meets_nobody_else(till: Receptionist) -> None:
    address = till.page.url
    till.at("[data-amount=cash]").fill("300000")
    till.at("[data-col=quantity]").fill("-2")
    till.sees("[data-lines] .wrong", "تعداد")
    till.page.on("dialog", lambda asked: asked.accept())
    till.at("form[action$=discard] button").click()
    till.goes_to("/invoices$")
    assert "۳۰۰٬۰۰۰" not in till.page.evaluate(TYPED)
    assert "−2" not in till.page.evaluate(TYPED) and "-۲" not in till.page.evaluate(TYPED)
    till.page.goto("/desk")
    till.press("Shift+F3")
    till.goes_to(address)  # the number of the discarded one is given again
    till.sees(".lines", "هنوز ردیفی نیست")
    expect(till.at("[data-amount=cash]")).to_have_value("")


def test_what_another_till_discarded_leaves_nothing_here(till: Receptionist, screen: Screen) -> None:
    address = till.page.url
    till.at("[data-amount=cash]").fill("300000")
    till.at("[data-col=quantity]").fill("-2")
    till.sees("[data-lines] .wrong", "تعداد")
    other = screen(at=address)
    other.page.on("dialog", lambda asked: asked.accept())
    other.at("form[action$=discard] button").click()
    other.goes_to("/invoices$")
    till.page.goto("/desk")
    till.press("Shift+F3")
    till.goes_to(address)
    till.sees(".lines", "هنوز ردیفی نیست")
    expect(till.at("[data-amount=cash]")).to_have_value("")
    expect(till.at(".toast-line")).to_have_count(0)


def test_a_service_that_nobody_did_waits_at_her_name(till: Receptionist) -> None:
    till.at("[data-col=staff_id]").select_option("")
    till.press("F7", "F10")
    till.sees("[data-lines] .wrong", "چه کسی")
    expect(till.at("[data-col=staff_id]")).to_be_focused()


def test_a_wrong_promise_is_said_in_its_dialog_and_at_its_field(till: Receptionist) -> None:
    till.press("Shift+F10")
    till.at("[name=promised_on]").fill("۱۴۰۰/۰۱/۰۱")
    till.at("[data-leave]").click()
    till.sees("#leave-debt [data-error-of=promised_on]", "وعدهٔ پرداخت امروز")
    expect(till.at("[name=promised_on]")).to_be_focused()
    till.picture("checkout-promise-refused")


def test_what_is_above_the_due_is_called_what_becomes_of_it(till: Receptionist) -> None:
    till.at("[data-amount=cash]").fill("50000")
    till.sees("[data-rest]", "پس بدهید")
    till.press("Shift+F7")
    till.sees("[data-rest]", "علی‌الحساب می‌ماند")
    till.press("Shift+F7")
    till.sees("[data-rest]", "پس بدهید")


def test_a_corrected_invoice_is_offered_the_money_that_came_back_of_it(
    till: Receptionist, salon: SmallSalon, now: datetime
) -> None:
    till.press("F7", "F10")
    till.goes_to("/slip")
    with transaction():
        sold = db.session.scalars(select(Invoice)).one()
        asked = {"branch_id": salon.branch_id, "actor_id": salon.desk_id, "now": now}
        made = correct_sale(invoice_id=sold.id, reason="پرسنل", key="put-right-1", **asked)
    till.page.goto(f"/invoices/{made.draft_id}")
    expect(till.at("[data-amount=deposit]")).to_have_value("۴۵٬۰۰۰")
    till.sees("[data-rest-amount]", "۰")
    till.at("[data-amount=deposit]").fill("")
    till.page.reload()  # what she cleared stays so
    till.sees("[data-rest-amount]", "۴۵٬۰۰۰")


def test_what_is_left_and_the_key_that_settles_stay_in_sight(till: Receptionist) -> None:
    till.press("Shift+F9")
    for way in ("cheque", "card_to_card"):
        till.at(f"[data-fill={way}]").click()
        expect(till.at("[data-go]")).to_be_in_viewport(ratio=1)
        expect(till.at("[data-rest]")).to_be_in_viewport(ratio=1)
    till.picture("checkout-all-ways")


def test_a_percentage_that_is_shown_stands_at_its_number(till: Receptionist) -> None:
    shown = till.at("[data-term=discount]").get_attribute("placeholder")
    assert shown == "\u2068مبلغ یا ۱۰٪\u2069"  # in its own direction, which is not that of amounts


def test_the_name_of_a_second_stylist_is_whole(till: Receptionist) -> None:
    till.at("[data-join]").click()
    joined = till.at(".share select")
    joined.select_option(label="نگار رضایی")
    assert joined.bounding_box()["width"] > 120
    till.picture("checkout-shared")


def test_a_price_that_was_cleared_is_the_usual_one_again(till: Receptionist) -> None:
    price = till.at("[data-col=unit_price]")
    price.fill("")
    expect(price).to_have_value("۴۵٬۰۰۰")
    till.sees("[data-due]", "۴۵٬۰۰۰")
    till.sees("[data-rest-amount]", "۴۵٬۰۰۰")
    price.fill("")
    till.press("F7", "F10")
    till.sees("[data-rest-amount]", "۴۵٬۰۰۰")
    till.press("F7", "F10")
    till.goes_to("/slip")
