"""Goods that go back after their credit was spent: it is taken from what is there, and later earnings repay the rest."""

from datetime import date

from tests.worked_examples.conftest import Story

SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (21, 22, 23, 24))


def test_parts_go_back_after_the_credit_was_spent(story: Story) -> None:
    # Saturday. Colour and brushing for 3,180,000 in cash: 63 steps are 126 points, 5% are 159,000.
    story.at(SATURDAY, "16:00")
    first = story.sold(story.color(), story.brushing(), by={"cash": 3_180_000})
    assert first["earned"] == {"points": 126, "credit": 159_000}

    # Sunday. All the credit pays of two cuts; the other 741,000 earn 14 steps and 37,050.
    story.at(SUNDAY, "16:00")
    second = story.sold(story.cut(quantity=2), by={"card": 741_000}, credit=159_000)
    assert second["earned"] == {"points": 28, "credit": 37_050}
    assert story.credit() == (154, 37_050)

    # Monday. One of the two cuts goes back: half of everything, each where it came from, in whole thousands of toman.
    story.at(MONDAY, "10:00")
    cuts = [{"line_id": second["lines"][0]["id"], "quantity": 1}]
    back = story.call("POST", f"/invoices/{second['invoice_id']}/returns", {"lines": cuts, "refund": "original"})
    assert {part["method"]: part["amount"] for part in back["refunded"]} == {"card": 370_000, "credit": 80_000}
    assert (back["amount"], back["clawback"]) == (450_000, {"points": 14, "credit": 18_525})
    assert story.credit() == (140, 80_000 + 18_525)

    # And the colour of Saturday: 2,800,000 of 3,180,000 made 140,000 of its credit and 110 of its points.
    # Of the credit 98,525 are there; 41,475 are spent and gone, and the refund waits for nothing.
    colour = [{"line_id": first["lines"][0]["id"], "quantity": 1}]
    back = story.call("POST", f"/invoices/{first['invoice_id']}/returns", {"lines": colour, "refund": "cash"})
    assert back["refunded"] == [{"method": "cash", "amount": 2_800_000}]
    assert back["clawback"] == {"points": 110, "credit": 140_000}
    assert story.credit() == (30, -41_475)

    # More than was sold never goes back, and a return is not returned.
    again = story.asked("POST", f"/invoices/{first['invoice_id']}/returns", {"lines": colour, "refund": "cash"})
    assert (again.status_code, again.json["code"]) == (422, "return_exceeds_sale")
    of_it = story.asked("POST", f"/invoices/{back['id']}/returns", {"refund": "original"})
    assert (of_it.status_code, of_it.json["code"]) == (409, "return_of_return")

    # Tuesday. A cut for 450,000 earns 22,500, which repay.
    story.at(TUESDAY, "16:00")
    third = story.sold(story.cut(), by={"cash": 450_000})
    assert third["earned"] == {"points": 18, "credit": 22_500}
    assert story.credit() == (48, -18_975)

    assert story.books() == {
        "cash": 3_180_000 - 2_800_000 + 450_000,
        "card_terminal": 741_000 - 370_000,
        "revenue": -(380_000 + 450_000 + 450_000),
        "club_credit": 18_975,
        # given 159,000 + 37,050 + 22,500, taken back 18,525 + 140,000
        "club_cost": 60_025,
    }
    assert story.books("PTS") == {"points": -48, "points_issued": 48}
