"""A price that changes between booking, draft, invoice and return."""

from datetime import date, datetime, time

from salon.core.jalali import SALON_ZONE
from tests.worked_examples.conftest import Story

SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (21, 22, 23, 24))


def test_a_cut_is_booked_at_one_price_sold_at_another_and_returned_at_that(story: Story) -> None:
    # Saturday. Booked while a cut is 450,000.
    story.at(SATURDAY, "12:00")
    starts_at = datetime.combine(MONDAY, time(15), SALON_ZONE).isoformat()
    asked = {"customer_id": story.salon.zahra, "starts_at": starts_at, "items": [story.cut()]}
    booking = story.call("POST", "/appointments", asked)["id"]

    # Sunday. The owner makes it 600,000; Monday's invoice is of Monday's price.
    story.at(SUNDAY, "09:00")
    _priced(story, "۶۰٬۰۰۰")
    story.at(MONDAY, "15:40")
    till = story.press("/invoices/new", {"appointment_id": booking})
    assert 'name="seen_due" value="600000"' in story.read(till)

    # While she fetches her purse the owner makes it 700,000: what the receptionist told her stays.
    _priced(story, "۷۰٬۰۰۰")
    story.press(f"{till}/settle", {"seen_due": "600000", "cash": "۶۰٬۰۰۰"}, keyed=True)
    assert story.books()["revenue"] == -600_000
    _priced(story, "۸۰٬۰۰۰")
    assert "۶۰٬۰۰۰" in story.read(f"{till}/slip")

    # The history of the price is shown to whoever sets it.
    history = story.read(f"/services/{story.salon.cut}/edit", who="owner")
    assert all(price in history for price in ("۴۵٬۰۰۰", "۶۰٬۰۰۰", "۷۰٬۰۰۰", "۸۰٬۰۰۰"))

    # Tuesday. It goes back at the price it was sold at, and nothing is left of it but the next price.
    story.at(TUESDAY, "10:00")
    sale = int(till.rsplit("/", 1)[1])
    back = story.call("POST", f"/invoices/{sale}/returns", {"refund": "original"})
    assert (back["amount"], back["clawback"]) == (600_000, {"points": 24, "credit": 30_000})
    assert story.books() == {}
    assert story.sold(story.cut(), by={"cash": 800_000})["total"] == 800_000


def _priced(story: Story, price: str) -> None:
    """The owner writes another price, in toman."""
    typed = {"name": "کوتاهی", "price": price, "duration": "۴۵", "active": "y"}
    story.press(f"/services/{story.salon.cut}/edit", typed, who="owner")
