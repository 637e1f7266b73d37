"""Sessions that older software sold: used visit by visit, shown where hers are shown, each rial revenue once."""

from datetime import date

import pytest

from salon.core.db import db, transaction
from salon.customers.models import Customer
from tests.imports.conftest import BringIn, counts, refusals
from tests.worked_examples.conftest import Story, story

__all__ = ["story"]

SATURDAY, SUNDAY, MONDAY, LATE = (date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23), date(2027, 3, 22))
FILE = "مشتری,خدمت,جلسه,مبلغ,انقضا\n1001,کوتاهی,۳,۱۰۰۰۰۰۰,1405/12/29\n"


@pytest.fixture(autouse=True)
def _code(story: Story) -> None:
    with transaction():
        db.session.get_one(Customer, story.salon.zahra).code = "1001"


def test_sessions_of_before_are_used_and_the_rest_refunded(story: Story, bring_in: BringIn) -> None:
    # Three cuts are left of what she paid before: 1,000,000 that nobody has counted as sold.
    assert [counts(bring_in("opening-sessions", FILE)) for _twice in range(2)] == [(1, 0, 0), (0, 0, 1)]
    before = {"prior_takings": 1_000_000, "prepaid": -1_000_000}
    assert story.books() == before
    assert "۳ جلسه مانده" in story.read(f"/desk/panel/{story.salon.zahra}")
    assert story.call("GET", f"/reports/services-by-staff?from={SATURDAY}&to={SUNDAY}", who="owner")["total"] == 0

    # A visit is a third of it, by whoever did it, and earns nothing again.
    story.at(SUNDAY, "16:00")
    visit = story.sold({"series_line_id": 1, "staff_id": story.salon.sara}, by={})
    assert (visit["status"], visit["total"], visit["earned"]) == ("settled", 333_333, {"points": 0, "credit": 0})
    slip = story.read(f"/invoices/{visit['invoice_id']}/slip")
    assert "۲ جلسه مانده" in slip
    assert "۲ جلسه مانده" in story.read(f"/desk/panel/{story.salon.zahra}")
    assert story.books() == {"prior_takings": 1_000_000, "prepaid": -666_667, "revenue": -333_333}
    done = story.call("GET", f"/reports/services-by-staff?from={SATURDAY}&to={MONDAY}", who="owner")
    assert done["total"] == 333_333

    # What is left goes back in cash, at the price paid, as soon as the till holds so much.
    story.at(MONDAY, "10:00")
    sale = "/invoices/1/returns"
    short = story.asked("POST", sale, {"refund": "original"})
    assert (short.status_code, short.json["code"]) == (409, "till_short")
    story.sold(story.color(), by={"cash": 2_800_000})
    back = story.call("POST", sale, {"refund": "original"})
    assert (back["amount"], back["refunded"]) == (666_667, [{"method": "cash", "amount": 666_667}])
    assert back["clawback"] == {"points": 0, "credit": 0}
    books = story.books()
    assert (books["cash"], books["revenue"], "prepaid" in books) == (2_133_333, -3_133_333, False)


def test_sessions_of_before_that_were_counted_as_sold_are_worth_nothing_here(story: Story, bring_in: BringIn) -> None:
    bring_in("opening-sessions", "مشتری,خدمت,جلسه\n1001,کوتاهی,۲\n")
    assert story.books() == {}
    for left in ("۱ جلسه مانده", ""):
        visit = story.sold({"series_line_id": 1, "staff_id": story.salon.sara}, by={})
        assert (visit["status"], visit["total"]) == ("settled", 0)
        assert left in story.read(f"/invoices/{visit['invoice_id']}/slip")
    used_up = story.asked("POST", "/invoices", _visit(story))
    assert (used_up.status_code, used_up.json["code"]) == (422, "package_used_up")
    assert story.books() == {}


def test_sessions_of_before_end_on_the_day_that_the_file_says(story: Story, bring_in: BringIn) -> None:
    bring_in("opening-sessions", FILE)
    story.at(LATE, "10:00")
    over = story.asked("POST", "/invoices", _visit(story))
    assert (over.status_code, over.json["code"]) == (422, "package_expired")


def test_another_worth_is_no_second_package(story: Story, bring_in: BringIn) -> None:
    bring_in("opening-sessions", FILE)
    assert refusals(bring_in("opening-sessions", FILE.replace("۱۰۰۰۰۰۰", "۲۰۰۰۰۰۰"))) == [(2, "import_changed")]
    assert refusals(bring_in("opening-sessions", FILE.replace("۱۰۰۰۰۰۰", "-۱"))) == [(2, "amount_not_positive")]
    assert story.books() == {"prior_takings": 1_000_000, "prepaid": -1_000_000}


def _visit(story: Story) -> dict[str, object]:
    return {"customer_id": story.salon.zahra, "lines": [{"series_line_id": 1, "staff_id": story.salon.sara}]}
