"""Deposits of three bookings that are called off: nothing, half and all of them are kept by the salon's ladder."""

from datetime import date, datetime, time, timedelta

from salon.core.jalali import SALON_ZONE
from salon.reports.books.queries import OF_DAYS, daily_close
from tests.worked_examples.conftest import Story

DAY = timedelta(days=1)
NAMES = [column.name for column in OF_DAYS]

SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (21, 22, 23, 24))


def test_three_bookings_are_called_off_each_later_than_the_one_before(story: Story) -> None:
    # Saturday. Zahra books a cut for Tuesday at 10:00, 12:00 and 16:00 and leaves 300,001 for each.
    story.at(SATURDAY, "09:00")
    ten, noon, four = (_booked(story, hour) for hour in (10, 12, 16))
    of_ten, of_noon, _of_four = (_left(story, booking) for booking in (ten, noon, four))
    assert story.books() == {"cash": 900_003, "deposit": -900_003}

    # Sunday, 09:00: 49 hours before the first. All of it is hers, and goes back in cash.
    story.at(SUNDAY, "09:00")
    _called_off(story, ten)
    story.press(f"/deposits/{of_ten}/return", {"amount": "۳۰٬۰۰۰٫۱", "method": "cash"}, keyed=True)
    assert story.books() == {"cash": 600_002, "deposit": -600_002}

    # Monday, 11:00: 25 hours before the second. Half is kept; the odd rial is hers.
    story.at(MONDAY, "11:00")
    _called_off(story, noon)
    assert story.books() == {"cash": 600_002, "deposit": -450_002, "deposit_kept": -150_000}

    # Tuesday: the third never came, and all of it is kept.
    story.at(TUESDAY, "16:30")
    _called_off(story, four, "no_show")
    assert story.books() == {"cash": 600_002, "deposit": -150_001, "deposit_kept": -450_001}

    # In the evening she comes for brushing after all: what was not kept pays of it, cash the rest.
    story.at(TUESDAY, "19:00")
    settled = story.sold(story.brushing(), by={"cash": 229_999}, deposit=150_001)
    assert (settled["status"], settled["deposit_used"], settled["due"]) == ("settled", 150_001, 0)
    more = story.drafted(story.brushing())
    refused = story.asked("POST", f"/invoices/{more['id']}/settlement", {"payments": [], "deposit": 1})
    assert (refused.status_code, refused.json["code"]) == (422, "deposit_exceeds_balance")
    spent = story.screen().post(f"/deposits/{of_noon}/return", data={"amount": "۱", "method": "cash", "key": "late-1"})
    assert spent.status_code in {409, 422}

    assert story.books() == {
        "cash": 600_002 + 229_999,
        "deposit_kept": -450_001,
        "revenue": -380_000,
        "club_credit": -19_000,
        "club_cost": 19_000,
    }
    kept = {row.cells[0]: dict(zip(NAMES, row.cells, strict=True)) for row in daily_close(SATURDAY, TUESDAY + DAY).rows}
    assert [(day["deposits"], day["rest"], day["cash"]) for day in kept.values()] == [
        (900_003, 0, 900_003),
        (-300_001, 0, -300_001),
        (-150_000, 150_000, 0),
        (-450_002, 300_001, 229_999),
    ]


def _booked(story: Story, hour: int) -> int:
    starts_at = datetime.combine(TUESDAY, time(hour), SALON_ZONE)
    assert starts_at - datetime.combine(SATURDAY, time(9), SALON_ZONE) > timedelta(hours=48)
    asked = {"customer_id": story.salon.zahra, "starts_at": starts_at.isoformat(), "items": [story.cut()]}
    return int(story.call("POST", "/appointments", asked)["id"])


def _left(story: Story, booking: int) -> int:
    asked = {"customer_id": story.salon.zahra, "appointment_id": booking, "amount": 300_001, "method": "cash"}
    return int(story.call("POST", "/deposits", asked)["id"])


def _called_off(story: Story, booking: int, status: str = "cancelled") -> None:
    answer = story.screen().post(f"/desk/appointments/{booking}/status", data={"status": status})
    assert answer.status_code in {200, 204, 303}, answer.text
