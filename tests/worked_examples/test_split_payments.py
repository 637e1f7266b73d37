"""A day of split payments: each rial is found where it lies, and the till is closed a little short."""

from datetime import date

from tests.worked_examples.conftest import Story

SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)


def test_a_day_of_split_payments_ends_with_a_closed_till(story: Story) -> None:
    # Saturday. Zahra pays her cut by card: 5% of 450,000 are 22,500 of credit from tomorrow, 9 full steps are 18 points.
    story.at(SATURDAY, "16:00")
    story.sold(story.cut(), by={"card": 450_000})
    assert story.credit() == (18, 22_500)

    # Sunday. The till opens with 500,000 to give change from, of which the books knew nothing.
    story.at(SUNDAY, "09:00")
    shift = story.call("POST", "/shifts", {"cashbox_id": story.box(), "counted": 500_000})
    assert shift["difference"] == 500_000

    # 11:30. Colour and cut are 3,250,000: Zahra pays in seven ways.
    story.at(SUNDAY, "11:30")
    visit = story.drafted(story.color(), story.cut())
    payments = [
        {"method": "cash", "amount": 400_000},
        {"method": "card", "amount": 1_000_000},
        {"method": "transfer", "amount": 300_000},
        {"method": "card_to_card", "amount": 427_500, "reference": "۱۲۳۴۵۶"},
        {"method": "staff_card", "amount": 100_000, "staff_id": story.salon.sara},
        {"method": "cheque", "amount": 1_000_000, "reference": "۷۷۱", "due_on": "2026-12-21"},
    ]
    paid = story.call("POST", f"/invoices/{visit['id']}/settlement", {"payments": payments, "credit": 22_500})
    assert (paid["status"], paid["paid"], paid["credit_used"]) == ("settled", 3_250_000, 22_500)
    # What credit paid earns nothing: of 3,227,500 they are 64 steps and 161,375 rials.
    assert paid["earned"] == {"points": 128, "credit": 161_375}

    # 14:00. Somebody without a name gives 400,000 for a brushing of 380,000 and gets 20,000 back.
    story.at(SUNDAY, "14:00")
    till = story.press("/invoices/new", {"walk_in": "1"})
    brushing = {"service_id": story.salon.brushing, "staff_id": story.salon.negar, "quantity": "۱"}
    assert story.screen().put(f"{till}/lines", json={"lines": [brushing]}).status_code == 200
    slip = story.press(f"{till}/settle", {"seen_due": "380000", "cash": "۴۰٬۰۰۰"}, keyed=True)
    assert "۲٬۰۰۰" in story.read(slip)

    # 18:00. The card-to-card money is seen in the account.
    story.at(SUNDAY, "18:00")
    assert story.books()["unconfirmed"] == 427_500
    story.press(f"/invoices/awaited/{story.payment('card_to_card')}", {"came": "1"})

    # 21:00. The till should hold 500,000 + 400,000 + 380,000; 5,000 are missing.
    story.at(SUNDAY, "21:00")
    said = {"counted": 1_275_000, "explanation": "کرایهٔ پیک"}
    closed = story.call("POST", f"/shifts/{shift['id']}/close", said)
    assert closed == {"expected": 1_280_000, "counted": 1_275_000, "difference": -5_000}

    assert story.books() == {
        "cash": 1_275_000,
        "card_terminal": 450_000 + 1_000_000,
        "bank": 300_000 + 427_500,
        "staff_payable": 100_000,  # Sara has it, and her pay is so much less
        "cheques": 1_000_000,
        "club_credit": -161_375,
        "club_cost": 22_500 + 161_375,
        "revenue": -(450_000 + 3_250_000 + 380_000),
        "opening": -500_000,  # what lay in the till before the books knew it
        "cash_difference": 5_000,
    }
    # What is dated before the counting is refused at its date, with all that was typed.
    late = {"cashbox_id": str(story.box()), "amount": "۱٬۰۰۰", "business_date": "۱۴۰۵/۰۸/۳۰", "party": "پیک"}
    answer = story.screen().post("/cashbox/vouchers/new/receipt", data=late | {"key": "story-late", "category_id": "1"})
    assert (answer.status_code, "این شیفت صندوق بسته شده است" in answer.text) == (422, True)
    assert 'value="پیک"' in answer.text
