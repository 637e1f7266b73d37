"""The screen of closed days."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from salon.appointments.models import Appointment
from salon.core import clock
from salon.setup.days.queries import closed_days, kept_holidays
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
HERE = "/settings/holidays"
WINTER = (date(2026, 11, 21), date(2027, 3, 21))


def test_the_owner_ticks_the_days_off_that_the_salon_keeps(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    shown = owner.get(HERE).text
    assert "عاشورا" in shown
    assert " checked" not in shown
    assert owner.post(HERE, data={"codes": ["hijri-01-10", "jalali-01-13"]}).status_code == 303
    assert kept_holidays(salon.branch_id) == {"hijri-01-10", "jalali-01-13"}
    assert owner.get(HERE).text.count(" checked") == 2


def test_the_usual_ones_are_ticked_with_one_button_beside_the_others(log_in: LogIn, salon: SmallSalon) -> None:
    log_in("owner").post(HERE, data={"codes": ["jalali-12-29"], "usual": "1"})
    assert kept_holidays(salon.branch_id) > {"jalali-12-29", "jalali-01-01", "hijri-01-10"}


def test_shifting_a_day_keeps_what_was_ticked_with_it(log_in: LogIn, salon: SmallSalon) -> None:
    answer = log_in("owner").post(HERE, data={"codes": ["hijri-07-13"], "shift": "hijri-07-13:1448:1"})
    assert answer.status_code == 303
    assert closed_days(salon.branch_id, *WINTER) == {date(2026, 12, 24): "ولادت امام علی و روز پدر"}


def test_a_day_of_ones_own_is_closed_and_opened_again(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    said = {"day": "۱۴۰۵/۰۹/۱۰", "name": "تعمیرات"}
    assert owner.post(f"{HERE}/own", data=said).status_code == 303
    assert closed_days(salon.branch_id, *WINTER) == {date(2026, 12, 1): "تعمیرات"}
    again = owner.post(f"{HERE}/own", data=said)
    assert again.status_code == 422
    assert "پیش‌تر تعطیل شده" in again.text
    assert 'value="تعمیرات"' in again.text
    (opened,) = [part.split('"')[0] for part in owner.get(HERE).text.split(f'action="{HERE}/own/')[1:]]
    assert owner.post(f"{HERE}/own/{opened}").status_code == 303
    assert closed_days(salon.branch_id, *WINTER) == {}


def test_a_holiday_over_bookings_leads_to_the_list_of_them(
    log_in: LogIn, now: datetime, book_on: Callable[[date], Appointment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    booked = book_on(date(2026, 12, 23))
    owner = log_in("owner")
    answer = owner.post(HERE, data={"codes": ["hijri-07-13"]})
    assert answer.headers["Location"] == "/desk/to-move"
    assert f'/desk?customer={booked.customer_id}"' in owner.get("/desk/to-move").text


def test_the_receptionist_closes_nothing(log_in: LogIn, salon: SmallSalon) -> None:
    desk = log_in("desk")
    assert desk.get(HERE).status_code == 403
    assert desk.post(HERE, data={"codes": ["hijri-01-10"]}).status_code == 403
    assert kept_holidays(salon.branch_id) == set()
