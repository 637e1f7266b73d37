"""The screens of group visits: a file is opened, filled, booked, paid for, printed and closed at the desk."""

import re
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from salon.appointments.groups.queries import bookings_of, members_of, tasks_of
from salon.appointments.models import GroupVisit
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import format_date, local_date
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.setup.models import ClosedDay
from tests.appointments.groups.conftest import Bridal
from tests.factories import SmallSalon, open_second_branch

LogIn = Callable[[str], FlaskClient]
KEY = {"key": "form-key-1"}


@pytest.fixture
def desk(log_in: LogIn) -> FlaskClient:
    """The receptionist's browser."""
    return log_in("desk")


def ahead(days: int) -> date:
    """A day from the real today on, as screens ask the clock themselves."""
    return local_date(clock.now()) + timedelta(days=days)


def typed(day: date) -> str:
    """As somebody types it."""
    return format_date(day, "numeric")


def opened(desk: FlaskClient, salon: SmallSalon) -> str:
    """The address of a new file of Zahra's for the day after tomorrow."""
    answer = desk.post(f"/groups/new?head_id={salon.zahra}", data={"day": typed(ahead(2)), "note": "باغ"})
    assert answer.status_code == 303, answer.text
    return answer.location


def chosen(salon: SmallSalon, sister: int, **more: str) -> dict[str, str]:
    """A cut and brushing for Zahra, a cut for her sister, the day after tomorrow."""
    wants = {
        f"service-{salon.zahra}-0": str(salon.cut),
        f"service-{salon.zahra}-1": str(salon.brushing),
        f"service-{sister}-0": str(salon.cut),
    }
    return wants | {"day": typed(ahead(2)), "order": "parallel"} | more


@pytest.fixture
def file(desk: FlaskClient, salon: SmallSalon) -> str:
    """The address of a file of Zahra and her sister Mina, both booked at ten the day after tomorrow."""
    address = opened(desk, salon)
    newcomer = {"first_name": "مینا", "last_name": "کریمی", "mobile": "09121112233", "relation": "خواهر"}
    assert desk.post(f"{address}/companions", data=newcomer).status_code == 303
    sister = members_of(1)[1][1].id
    booked = desk.post(f"{address}/book", data=chosen(salon, sister, time="۱۰:۰۰"))
    assert booked.status_code == 303, booked.text
    return address


def test_a_file_is_opened_and_found_in_the_list_at_the_desk_and_with_the_customer(
    desk: FlaskClient, salon: SmallSalon
) -> None:
    assert "یافتن مشتری" in desk.get("/groups/new").text
    address = opened(desk, salon)
    for page in ("/groups", f"/groups?customer_id={salon.zahra}", f"/desk/panel/{salon.zahra}", address):
        assert "زهرا کریمی و همراهان" in desk.get(page).text, page
    assert f"customer_id={salon.zahra}" in desk.get(f"/customers/{salon.zahra}").text
    assert desk.post(f"/groups/new?head_id={salon.zahra}", data={"day": "دیروز"}).status_code == 422


def test_people_are_added_and_one_without_a_booking_goes(desk: FlaskClient, salon: SmallSalon, bridal: Bridal) -> None:
    here = f"/groups/{bridal.id}"
    again = desk.post(f"{here}/companions", data={"first_name": "کسی", "mobile": "09123456789"})
    assert again.status_code == 422 and 'value="کسی"' in again.text  # Zahra's mobile; nothing typed is lost
    assert desk.post(f"{here}/members", data={"customer_id": bridal.sister}).status_code == 409
    assert desk.post(f"{here}/members", data={}).status_code == 422
    assert desk.post(f"{here}/members/{bridal.mother}/drop").status_code == 303
    assert desk.post(f"{here}/members/{salon.zahra}/drop").status_code == 409
    assert [person.id for _member, person in members_of(bridal.id)] == [salon.zahra, bridal.sister]


def test_times_that_fit_all_are_shown_and_booked_from(desk: FlaskClient, salon: SmallSalon, file: str) -> None:
    sister = members_of(1)[1][1].id
    shown = desk.get(f"{file}/book", query_string=chosen(salon, sister, trial="1"))
    times = re.findall(r'name="time" value="([^"]+)"', shown.text)
    assert shown.status_code == 200 and "۱۰:۰۰" not in times and len(times) == 16
    booked = desk.post(f"{file}/book", data=chosen(salon, sister, time=times[-1], trial="1"))
    assert booked.status_code == 303
    assert [one.trial for one in bookings_of(1)].count(True) == 2
    assert "پیش‌آزمایش" in desk.get(f"{file}/book").text


def test_a_day_without_room_for_all_leads_to_the_nearest_that_has(
    desk: FlaskClient, salon: SmallSalon, file: str
) -> None:
    with transaction() as session:
        session.add(ClosedDay(branch_id=salon.branch_id, day=ahead(3), name="تعطیل"))
    asked = chosen(salon, members_of(1)[1][1].id) | {"day": typed(ahead(3))}
    shown = desk.get(f"{file}/book", query_string=asked).text
    assert f"نزدیک‌ترین روز: {format_date(ahead(4), 'long')}" in shown
    assert quote(typed(ahead(4)), safe="") in shown or quote(typed(ahead(4))) in shown


def test_a_refused_time_keeps_what_was_chosen_and_says_the_nearest(
    desk: FlaskClient, salon: SmallSalon, file: str
) -> None:
    sister = members_of(1)[1][1].id
    refused = desk.post(f"{file}/book", data=chosen(salon, sister, time="۱۰:۱۵"))
    assert refused.status_code == 422
    assert "همه با هم جا نمی‌شوند؛ نزدیک‌ترین" in refused.text and f'value="{salon.brushing}" selected' in refused.text
    assert desk.get(f"{file}/book", query_string=chosen(salon, sister) | {"day": "۱۴۰۵"}).status_code == 422
    assert len(bookings_of(1)) == 2


def test_the_whole_group_moves_or_the_form_says_whom_it_does_not_fit(
    desk: FlaskClient, salon: SmallSalon, file: str
) -> None:
    before = [one.starts_at for one in bookings_of(1)]
    assert 'value="۱۰:۰۰"' in desk.get(f"{file}/move").text
    assert desk.post(f"{file}/move", data={"day": typed(ahead(2)), "minutes": "۱۲:۳۰"}).status_code == 303
    db.session.expire_all()
    assert [one.starts_at - timedelta(minutes=150) for one in bookings_of(1)] == before
    refused = desk.post(f"{file}/move", data={"day": typed(ahead(2)), "minutes": "۲۳:۰۰"})
    assert refused.status_code == 422 and "جا نمی‌شود: کوتاهی زهرا کریمی با سارا احمدی" in refused.text


def test_tasks_are_written_down_and_ticked_off_by_whom(desk: FlaskClient, salon: SmallSalon, file: str) -> None:
    said = {"title": "گل تاج", "due_on": typed(ahead(1)), "staff_id": str(salon.sara)}
    assert desk.post(f"{file}/tasks", data=said).status_code == 303
    assert desk.post(f"{file}/tasks", data={"title": " "}).status_code == 422
    shown = desk.get(file).text
    assert "گل تاج" in shown and "سارا احمدی" in shown
    assert desk.post(f"{file}/tasks/1", data={"done": "1"}).status_code == 303
    db.session.expire_all()
    assert (tasks_of(1)[0].done_by, "انجام شد" in desk.get(file).text) == (salon.desk_id, True)
    assert desk.post(f"{file}/tasks/1", data={"done": ""}).status_code == 303
    db.session.expire_all()
    assert tasks_of(1)[0].done_at is None


def test_a_deposit_is_taken_once_and_the_file_says_what_lies(desk: FlaskClient, salon: SmallSalon, file: str) -> None:
    money = {"amount": "۳۰۰٬۰۰۰", "method": "card", **KEY}
    assert [desk.post(f"{file}/deposits", data=money).status_code for _twice in range(2)] == [303, 303]
    assert balance(AccountKind.DEPOSIT, salon.zahra) == -3_000_000
    assert "۳۰۰٬۰۰۰" in desk.get(file).text
    assert desk.post(f"{file}/deposits", data=money | {"amount": "۰"}).status_code == 422


def test_calling_it_off_asks_first_and_a_closed_file_takes_nothing(
    desk: FlaskClient, salon: SmallSalon, file: str
) -> None:
    desk.post(f"{file}/deposits", data={"amount": "۳۰۰٬۰۰۰", "method": "cash", **KEY})
    assert re.search('data-confirm="همهٔ نوبت‌های این پرونده لغو شود؟ ۳۰۰٬۰۰۰ بیعانه هست', desk.get(file).text)
    assert desk.post(f"{file}/state", data={"state": "cancelled"}).status_code == 303
    db.session.expire_all()
    assert {one.status for one in bookings_of(1)} == {"cancelled"}
    assert "زهرا کریمی و همراهان" not in desk.get("/groups").text
    assert "زهرا کریمی و همراهان" in desk.get("/groups?state=cancelled").text
    assert desk.post(f"{file}/tasks", data={"title": "گل"}).status_code == 422
    assert desk.post(f"{file}/state", data={"state": "lost"}).status_code == 422
    assert desk.post(f"{file}/state", data={"state": "open"}).status_code == 303
    assert db.session.scalars(select(GroupVisit.state)).all() == ["open"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_plan_of_the_day_says_who_is_where_with_whom_by_time_and_by_person(
    desk: FlaskClient, salon: SmallSalon, file: str, tmp_path: Path
) -> None:
    paper = tmp_path / "plan.pdf"
    answer = desk.get(f"{file}/plan.pdf")
    assert answer.mimetype == "application/pdf"
    paper.write_bytes(answer.data)
    text = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    assert re.search("[0-9]", text) is None
    assert text.count("۱۰:۴۵") >= 5  # the end of both cuts and the begin of the brushing, in each of the tables
    size = subprocess.run(["pdfinfo", str(paper)], capture_output=True, check=True).stdout.decode()
    assert "A4" in size and re.search(r"Pages: +1\b", size)
    assert desk.get(f"{file}/plan.pdf?day={typed(ahead(9))}").status_code == 200


def test_another_branch_s_file_is_none_of_hers(desk: FlaskClient, bridal: Bridal, now: datetime) -> None:
    east = open_second_branch(now)
    with transaction():
        db.session.execute(update(GroupVisit).values(branch_id=east.branch_id))
    assert [desk.get(f"/groups/{number}").status_code for number in (bridal.id, 987)] == [404, 404]
    assert desk.post(f"/groups/{bridal.id}/tasks", data={"title": "گل"}).status_code == 404
