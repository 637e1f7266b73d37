"""What the till keeps of a draft in the browser: by that draft alone, and no longer than it lives."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

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
