"""A package of six brushings for 2,000,000: three are used, the others go back at the price paid."""

from datetime import date

from tests.worked_examples.conftest import Story

SATURDAY, SUNDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (21, 22, 23, 24, 25))


def test_a_package_is_sold_used_three_times_and_refunded(story: Story) -> None:
    # The owner offers it; six brushings alone would be 2,280,000.
    story.at(SATURDAY, "09:00")
    typed = {"name": "شش براشینگ", "price": "۲۰۰٬۰۰۰", "valid_days": "۹۰", "active": "y"}
    story.press("/settings/packages/new", typed | {f"sessions-{story.salon.brushing}": "۶"}, who="owner")

    # Zahra buys it by card. Nothing is revenue yet; it earns 40 steps and 5%, as all that is paid with money does.
    sale = story.sold({"package_id": 1}, by={"card": 2_000_000})
    assert sale["earned"] == {"points": 80, "credit": 100_000}
    series = sale["lines"][0]["id"]
    earned = {"club_credit": -100_000, "club_cost": 100_000}
    assert story.books() == {"card_terminal": 2_000_000, "prepaid": -2_000_000} | earned

    # Three visits. A session is worth a sixth; the odd rial comes with the third.
    for day, worth, left in ((SUNDAY, 333_333, "۵"), (MONDAY, 333_333, "۴"), (TUESDAY, 333_334, "۳")):
        story.at(day, "16:00")
        visit = story.sold({"series_line_id": series, "staff_id": story.salon.negar}, by={})
        assert (visit["status"], visit["total"], visit["earned"]) == ("settled", worth, {"points": 0, "credit": 0})
        assert f"{left} جلسه مانده" in story.read(f"/invoices/{visit['invoice_id']}/slip")
    assert story.books() == {"card_terminal": 2_000_000, "prepaid": -1_000_000, "revenue": -1_000_000} | earned

    # Wednesday. She moves away: four can't go back, three do, at the price paid; half of what was earned goes along.
    story.at(WEDNESDAY, "11:00")
    four = {"lines": [{"line_id": series, "quantity": 4}], "refund": "original"}
    refused = story.asked("POST", f"/invoices/{sale['invoice_id']}/returns", four)
    assert (refused.status_code, refused.json["code"]) == (422, "return_exceeds_sale")
    back = story.call("POST", f"/invoices/{sale['invoice_id']}/returns", {"refund": "original"})
    assert (back["amount"], back["refunded"]) == (1_000_000, [{"method": "card", "amount": 1_000_000}])
    assert back["clawback"] == {"points": 40, "credit": 50_000}

    # No session is left, and each rial was revenue once: on the days of the three visits, by whoever did them.
    used = {"customer_id": story.salon.zahra, "lines": [{"series_line_id": series, "staff_id": story.salon.negar}]}
    answer = story.asked("POST", "/invoices", used)
    assert (answer.status_code, answer.json["code"]) == (422, "package_used_up")
    done = story.call("GET", "/reports/services-by-staff?from=2026-11-21&to=2026-11-26", who="owner")
    assert done["total"] == 1_000_000
    assert story.books() == {
        "card_terminal": 1_000_000,
        "revenue": -1_000_000,
        "club_credit": -50_000,
        "club_cost": 50_000,
    }
