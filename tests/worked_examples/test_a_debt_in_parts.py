"""A debt paid in three parts: the oldest invoice first, and each earns when its last rial is paid."""

from datetime import date

from tests.worked_examples.conftest import Story

SATURDAY, TUESDAY, NEXT_WEEK, YALDA, LATER = (
    date(2026, 11, 21),
    date(2026, 11, 24),
    date(2026, 11, 30),
    date(2026, 12, 21),
    date(2027, 1, 9),
)


def test_a_debt_of_two_visits_is_paid_in_three_parts(story: Story) -> None:
    # Two visits on trust: a cut of 450,000, and colour for 2,800,000 of which she pays 300,000.
    story.at(SATURDAY, "16:00")
    cut = story.sold(story.cut(), by={})
    assert (cut["status"], cut["due"], cut["earned"]) == ("open", 450_000, {"points": 0, "credit": 0})
    story.at(TUESDAY, "16:00")
    color = story.sold(story.color(), by={"cash": 300_000})
    assert (color["status"], color["due"]) == ("open", 2_500_000)
    assert story.books()["receivable"] == 2_950_000

    # The first part does not pay the cut yet.
    story.at(NEXT_WEEK, "12:00")
    first = _received(story, 400_000, "cash")
    assert first == [{"invoice_id": cut["invoice_id"], "amount": 400_000}]
    assert story.credit() == (0, 0)

    # The second pays its last 50,000, and 800,000 of the colour. The cut earns now: 9 steps, 5%.
    story.at(YALDA, "12:00")
    second = _received(story, 850_000, "card")
    assert second == [
        {"invoice_id": cut["invoice_id"], "amount": 50_000},
        {"invoice_id": color["invoice_id"], "amount": 800_000},
    ]
    assert story.credit() == (18, 22_500)

    # More than she owes is refused; the third part is exactly the rest, and the colour earns: 56 steps, 5%.
    story.at(LATER, "12:00")
    too_much = {"customer_id": story.salon.zahra, "amount": 1_700_001, "method": "transfer"}
    refused = story.asked("POST", "/receipts", too_much)
    assert (refused.status_code, refused.json["code"]) == (422, "overpaid")
    assert _received(story, 1_700_000, "transfer") == [{"invoice_id": color["invoice_id"], "amount": 1_700_000}]
    assert story.credit() == (18 + 112, 22_500 + 140_000)

    again = story.asked("POST", f"/invoices/{color['invoice_id']}/settlement", {"payments": _cash(1)})
    assert (again.status_code, again.json["code"]) == (409, "already_settled")
    assert story.books() == {
        "cash": 300_000 + 400_000,
        "card_terminal": 850_000,
        "bank": 1_700_000,
        "revenue": -(450_000 + 2_800_000),
        "club_credit": -162_500,
        "club_cost": 162_500,
    }


def _received(story: Story, amount: int, method: str) -> list[dict[str, int]]:
    asked = {"customer_id": story.salon.zahra, "amount": amount, "method": method}
    allocated: list[dict[str, int]] = story.call("POST", "/receipts", asked)["allocated"]
    return allocated


def _cash(amount: int) -> list[dict[str, object]]:
    return [{"method": "cash", "amount": amount}]
