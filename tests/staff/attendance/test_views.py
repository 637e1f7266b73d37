"""The desk's list of who is here, and somebody's month."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.staff.attendance.services import come_in
from salon.staff.models import WorkingHours
from tests.factories import SmallSalon

Login = Callable[[str], FlaskClient]


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """The clock of the tests."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


def test_the_receptionist_writes_down_who_comes_and_goes(
    salon: SmallSalon, clock: time_machine.Traveller, log_in: Login
) -> None:
    desk = log_in("desk")
    assert desk.get("/attendance").text.count("نیامده") == 2
    assert desk.post(f"/attendance/{salon.sara}/come").status_code == 303
    assert "۱۱:۲۰" in desk.get("/attendance").text
    assert desk.post(f"/attendance/{salon.sara}/come").status_code == 409
    clock.shift(timedelta(hours=2))
    assert desk.post(f"/attendance/{salon.sara}/go").status_code == 303
    shown = desk.get(f"/attendance/{salon.sara}").text
    assert "۱۱:۲۰" in shown
    assert "۲:۰۰" in shown
    assert desk.post(f"/attendance/{salon.sara}/go").status_code == 409


def test_a_forgotten_going_is_corrected_with_a_reason(
    salon: SmallSalon, clock: time_machine.Traveller, log_in: Login, now: datetime
) -> None:
    with transaction():
        stay = come_in(staff_id=salon.sara, actor=None, now=now).id
    clock.shift(timedelta(days=1))
    desk = log_in("desk")
    assert "خروج ثبت نشده" in desk.get("/attendance").text
    typed = {"day": "۱۴۰۵/۰۸/۳۰", "came_at": "۱۱:۲۰", "left_at": "۱۸", "reason": ""}
    refused = desk.post(f"/attendance/stays/{stay}", data=typed)
    assert refused.status_code == 422
    assert "بنویسید چرا اصلاح می‌شود." in refused.text
    wrong = desk.post(f"/attendance/stays/{stay}", data=typed | {"left_at": "۱۱", "reason": "یادش رفت"})
    assert "ساعت رفتن باید پس از آمدن باشد." in wrong.text
    assert desk.post(f"/attendance/stays/{stay}", data=typed | {"reason": "یادش رفت"}).status_code == 303
    assert "یادش رفت" in desk.get(f"/attendance/{salon.sara}?day=1405/08/30").text


def test_what_is_refused_leads_back_to_the_list(
    salon: SmallSalon, clock: time_machine.Traveller, log_in: Login
) -> None:
    desk = log_in("desk")
    address = "http://localhost/attendance"
    desk.post(f"/attendance/{salon.sara}/come")
    refused = desk.post(f"/attendance/{salon.sara}/go", headers={"Referer": address})
    assert (refused.status_code, 'href="/attendance"' in refused.text) == (422, True)
    elsewhere = desk.post(f"/attendance/{salon.sara}/go", headers={"Referer": "http://evil.example/attendance"})
    assert (elsewhere.status_code, "/attendance" in elsewhere.text) == (422, False)


def test_a_month_counts_no_working_hours_of_days_to_come(
    salon: SmallSalon, clock: time_machine.Traveller, log_in: Login
) -> None:
    desk = log_in("desk")
    clock.shift(timedelta(days=1))  # 1 Azar, a Sunday
    shown = desk.get(f"/attendance/{salon.sara}").text
    of_day, of_month = re.findall(r'<td class="num wide">([^<]+)</td>', shown)
    assert of_day == of_month
    assert "جمع" in desk.get(f"/attendance/{salon.sara}?day=1405/12/01").text


def test_a_digit_stays_with_its_person_all_day(salon: SmallSalon, clock: time_machine.Traveller, log_in: Login) -> None:
    with transaction() as session:
        session.query(WorkingHours).filter_by(staff_id=salon.sara).delete()
    desk = log_in("desk")
    before = keys_of(desk)
    assert len(before) == 2
    assert desk.post(f"/attendance/{salon.sara}/come").status_code == 303
    assert keys_of(desk) == before


def keys_of(desk: FlaskClient) -> list[tuple[str, str]]:
    """The people with the digits beside their names."""
    return re.findall(r'/attendance/(\d+)/(?:come|go)".*?data-key="Digit(\d)"', desk.get("/attendance").text)


def test_nobody_sees_it_before_logging_in(salon: SmallSalon, client: FlaskClient) -> None:
    assert "/login" in client.get("/attendance").headers["Location"]
