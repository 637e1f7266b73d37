"""A quarter of real work tried by other terms: nothing is written, the past stays, and the new terms begin on their day."""

from datetime import date

from tests.worked_examples.conftest import Story

# Azar, Dey and Bahman 1405 are the quarter; on 1 Esfand the owner asks what it would have cost by steps.
AZAR, DEY, BACK, BAHMAN, ESFAND = (
    date(2026, 11, 25),
    date(2026, 12, 25),
    date(2027, 1, 10),
    date(2027, 1, 25),
    date(2027, 2, 20),
)
SCHEMES = "/settings/pay-schemes"
STEPS = [
    {"above": 0, "percent_bp": 3_000},
    {"above": 2_000_000, "percent_bp": 3_500},
    {"above": 3_000_000, "percent_bp": 4_000},
]


def test_a_quarter_is_tried_by_steps_before_they_begin(story: Story) -> None:
    sara = story.salon.sara
    forty = {"name": "چهل درصد", "kind": "percent", "staff_id": sara, "starts_on": "2026-03-21", "percent_bp": 4_000}
    scheme = story.call("POST", "/pay-schemes", forty, who="owner")["id"]

    # Azar: 3,250,000. Dey: two colours, of which one comes back in the same month. Bahman: 3,200,000 after a discount.
    story.at(AZAR, "16:00")
    story.sold(story.color(), story.cut(), by={"cash": 3_250_000})
    story.at(DEY, "16:00")
    twice = story.sold(story.color(quantity=2), by={"cash": 5_600_000})
    story.at(BACK, "16:00")
    one = {"refund": "cash", "lines": [{"line_id": twice["lines"][0]["id"], "quantity": 1}]}
    story.call("POST", f"/invoices/{twice['invoice_id']}/returns", one)
    story.at(BAHMAN, "16:00")
    story.sold(story.color(), story.cut(discount=50_000), by={"cash": 3_200_000})

    # She had 1,300,000, 1,120,000 and 1,280,000 of them.
    story.at(ESFAND, "10:00")
    before = story.books()
    assert before["staff_payable"] == -3_700_000

    # By 30% up to 2,000,000 a month, 35% up to 3,000,000 and 40% above she would have had 1,050,000, 880,000 and 1,030,000.
    tried = story.screen("owner").post(f"{SCHEMES}/try", data=_typed(sara)).text
    for shown in ("۳۷۰٬۰۰۰", "۲۹۶٬۰۰۰", "۷۴٬۰۰۰"):
        assert shown in tried
    # The terms that were in force give what was paid.
    as_paid = story.read(f"{SCHEMES}/{scheme}/try", who="owner")
    assert as_paid.count("۳۷۰٬۰۰۰") >= 2
    assert story.books() == before
    assert [known["id"] for known in story.call("GET", "/pay-schemes", who="owner")["items"]] == [scheme]

    # The steps begin with Esfand: a cut of 450,000 at 30%. What was earned before them stays, and so does its return.
    story.call("PATCH", f"/pay-schemes/{scheme}", {"ends_on": "2027-02-19"}, who="owner")
    steps = {"name": "پله‌ها", "kind": "steps", "staff_id": sara, "starts_on": "2027-02-20", "steps": STEPS}
    story.call("POST", "/pay-schemes", steps, who="owner")
    story.at(ESFAND, "16:00")
    story.sold(story.cut(), by={"cash": 450_000})
    assert story.books()["staff_payable"] == -(3_700_000 + 135_000)
    story.call("POST", f"/invoices/{twice['invoice_id']}/returns", {"refund": "cash"})
    assert story.books()["staff_payable"] == -(3_700_000 + 135_000 - 1_120_000)


def _typed(staff_id: int) -> dict[str, str]:
    """The steps as the owner types them, in toman, without days to try them over: the last three whole months."""
    steps = (("۰", "۳۰"), ("۲۰۰٬۰۰۰", "۳۵"), ("۳۰۰٬۰۰۰", "۴۰"))
    rows = {
        f"steps-{place}-{name}": value
        for place, step in enumerate(steps)
        for name, value in zip(("above", "percent_bp"), step, strict=True)
    }
    return {
        "name": "پله‌ها",
        "kind": "steps",
        "staff_id": str(staff_id),
        "target": "services",
        "starts_on": "۱۴۰۵/۱۲/۰۱",
        "discount": "after",
        "credit": "0",
        "steps_over": "part",
        "tried_from": "",
        "tried_to": "",
    } | rows
