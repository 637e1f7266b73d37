"""Whoever works in one branch neither sees nor changes what is another's, by whichever number."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salon.access.models import User
from salon.access.services import create_token
from salon.appointments.availability.rules import Asked
from salon.appointments.holds.services import keep
from salon.appointments.models import Appointment, SlotHold
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.cashbox.models import Deposit
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.invoices.models import Invoice
from salon.staff.attendance.services import come_in
from salon.staff.models import Absence, Attendance, StaffMember, WorkingHours
from tests.factories import open_second_branch

JSON = {"Accept": "application/json"}


@pytest.fixture
def east(salon, now):
    """A branch in the east."""
    return open_second_branch(now)


@pytest.fixture
def theirs(salon, east):
    """A booking of the branch in the east."""
    moment = clock.now()
    with transaction():
        items = [BookingItem(salon.cut, east.mina)]
        begins = (moment + timedelta(days=2)).replace(hour=7, minute=0, second=0, microsecond=0)
        who = {"branch_id": east.branch_id, "customer_id": salon.zahra, "actor": None, "now": moment}
        return book(starts_at=begins, items=items, **who).id


def as_kept(appointment_id):
    db.session.expire_all()
    found = db.session.get_one(Appointment, appointment_id)
    return found.status, [(item.staff_id, item.starts_at, item.ends_at) for item in found.items]


@pytest.fixture
def owner_bearer(salon):
    """Headers of a call by the owner."""
    with transaction():
        told = create_token(user=db.session.get_one(User, salon.owner_id), actor=None, now=clock.now())
    return {"Authorization": f"Bearer {told}"}


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("move", {"time": "12:00"}),
        ("stretch", {"time": "13:00"}),
        ("line", {"time": "12:00"}),
        ("status", {"status": "cancelled"}),
    ],
)
def test_a_booking_of_another_branch_is_changed_by_nobody_here(log_in, salon, east, theirs, verb, typed):
    before = as_kept(theirs)
    day = local_date(before[1][0][1]).isoformat()
    item = db.session.get_one(Appointment, theirs).items[0].id
    sent = {"day": day, "item_id": item, "staff_id": east.mina} | typed
    answer = log_in("desk").post(f"/desk/appointments/{theirs}/{verb}", data=sent, headers=JSON)
    assert (answer.status_code, answer.json["code"]) == (404, "appointment_unknown")
    assert as_kept(theirs) == before


@pytest.mark.parametrize(("name", "status"), [("desk", 404), ("east", 200)])
def test_a_booking_is_shown_by_its_own_branch_alone(log_in, theirs, name, status):
    assert log_in(name).get(f"/desk/appointments/{theirs}", headers=JSON).status_code == status


def test_no_money_is_taken_here_for_a_booking_of_another_branch(log_in, theirs):
    owner = log_in("owner")
    page = f"/deposits?appointment_id={theirs}"
    assert owner.get(page).status_code == 404
    assert owner.post(page, data={"amount": "100000", "method": "cash", "key": "k"}).status_code == 404
    assert owner.post("/invoices/new", data={"appointment_id": theirs}, headers=JSON).status_code == 404
    for kept in (Deposit, Invoice):
        assert db.session.scalar(select(func.count()).select_from(kept)) == 0


def test_a_time_that_another_branch_keeps_is_not_let_go_here(salon, east):
    moment = clock.now()
    begins = (moment + timedelta(days=3)).replace(hour=7, minute=0, second=0, microsecond=0)
    with transaction():
        asked = Asked(east.branch_id, [BookingItem(salon.cut, east.mina)])
        kept = keep(asked=asked, starts_at=begins, actor=None, now=moment).id
    who = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "actor": None, "now": moment}
    with transaction():
        book(starts_at=begins, items=[BookingItem(salon.cut, salon.sara)], hold_id=kept, **who)
    assert db.session.scalar(select(func.count()).select_from(SlotHold)) == 1


def test_the_people_of_another_branch_work_as_it_says(log_in, east):
    owner, page = log_in("owner"), f"/staff/{east.mina}"
    absence = {"from_day": "1420/01/01", "to_day": "1420/01/02"}
    assert owner.get(f"{page}/hours").status_code == 404
    for path in ("/hours", "/hours/dates", "/hours/dates/drop", "/absences", "/absences/1/end", "/feed", "/feed/end"):
        answer = owner.post(page + path, data=absence, headers=JSON)
        assert (answer.status_code, answer.json["code"]) == (404, "staff_unknown"), path
    assert db.session.get_one(StaffMember, east.mina).feed_key is None


def test_programs_of_a_branch_know_nobody_of_another(client, east, owner_bearer):
    hours = {"hours": [{"weekday": 1, "starts_at": 600, "ends_at": 700}]}
    refused = client.put(f"/api/v1/staff/{east.mina}/hours", json=hours, headers=owner_bearer)
    away = {"starts_at": "2046-01-01T08:00:00Z", "ends_at": "2046-01-01T10:00:00Z"}
    absent = client.post(f"/api/v1/staff/{east.mina}/absences", json=away, headers=owner_bearer)
    assert [answer.json["code"] for answer in (refused, absent)] == ["staff_unknown"] * 2
    of_mina = select(func.count()).select_from(WorkingHours).where(WorkingHours.staff_id == east.mina)
    week = db.session.scalar(of_mina.where(WorkingHours.weekday == 1, WorkingHours.starts_at == 600))
    assert (week, db.session.scalar(select(func.count()).select_from(Absence))) == (0, 0)


def test_nobody_here_writes_down_who_is_there(log_in, east, now):
    owner = log_in("owner")
    with transaction():
        stay = come_in(staff_id=east.mina, actor=None, now=now).id
    with transaction():
        db.session.get_one(Attendance, stay).left_at = now + timedelta(minutes=1)
    sent = {"day": "1405/08/30", "came_at": "8", "left_at": "", "reason": "فراموش شد", "name": "سارا"}
    for path in (f"{east.mina}/come", f"{east.mina}/go", f"stays/{stay}"):
        answer = owner.post(f"/attendance/{path}", data=sent, headers=JSON)
        assert (answer.status_code, answer.json["code"]) == (404, "staff_unknown"), path
    for page in (f"/attendance/{east.mina}", f"/attendance/stays/{stay}", f"/staff/{east.mina}/edit"):
        assert owner.get(page).status_code == 404, page
    assert owner.post(f"/staff/{east.mina}/edit", data=sent).status_code == 404
    db.session.expire_all()
    kept = db.session.scalars(select(Attendance)).one()
    assert (kept.came_at, kept.left_at) == (now, now + timedelta(minutes=1))
    assert db.session.get_one(StaffMember, east.mina).name == "مینا"


def test_what_a_service_asks_of_people_of_another_branch_is_theirs(client, salon, east, owner_bearer):
    for said in (
        {"extras": [{"whose": "staff", "id": east.mina, "minutes": 10}]},
        {"prices": [{"whose": "staff", "id": east.mina, "price": 100_000}]},
    ):
        answer = client.put(f"/api/v1/services/{salon.cut}", json=said, headers=owner_bearer)
        assert (answer.status_code, answer.json["code"]) == (404, "staff_unknown"), said
