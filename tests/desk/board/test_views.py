"""What the board's script asks for and sends."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from salon.appointments.models import AppointmentItem
from salon.catalog.resources.services import ResourceSpec, add_resource
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.desk.rules import of_wall_clock
from salon.staff.hours.services import add_absence, set_day
from salon.staff.lines.services import add_line, join_line

JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(log_in):
    """The receptionist's browser."""
    return log_in("desk")


@pytest.fixture
def tomorrow():
    """The day after the real today, as pages ask the clock themselves."""
    return local_date(clock.now()) + timedelta(days=1)


@pytest.fixture
def booked(desk, salon, tomorrow):
    """A cut by Sara for Zahra, tomorrow at half past ten."""
    asked = {"customer_id": salon.zahra, "service_id": salon.cut, "staff_id": salon.sara, "day": tomorrow.isoformat()}
    return desk.post("/desk/appointments", data=asked | {"time": "10:30"}, headers=JSON).json


def only_item():
    db.session.expire_all()
    return db.session.scalars(select(AppointmentItem)).one()


def test_every_view_opens_with_the_desk_and_shows_the_booking(desk, booked, tomorrow):
    for view in ("staff", "line", "room", "week", "list"):
        assert f'data-view="{view}"' in desk.get(f"/desk?view={view}&day={tomorrow}").text
        board = desk.get(f"/desk/events?view={view}&day={tomorrow}").json
        assert [one["customer"] for one in board["bookings"]] == ["زهرا کریمی"], view
    assert desk.get(f"/desk/events?view=nonsense&day={tomorrow}").json["view"] == "staff"
    assert desk.get("/desk/events?day=nonsense", headers=JSON).status_code == 422


def test_a_board_that_stands_as_it_is_known_is_not_sent_again(desk, salon, booked, tomorrow):
    address = f"/desk/events?day={tomorrow}"
    first = desk.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    again = desk.get(address, headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert "private" in first.headers["Cache-Control"]
    desk.post(f"/desk/appointments/{booked['id']}/status", data={"status": "confirmed"}, headers=JSON)
    fresh = desk.get(address, headers=known)
    assert (fresh.status_code, fresh.json["bookings"][0]["status"]) == (200, "confirmed")
    with transaction():
        room = add_resource(branch_id=salon.branch_id, spec=ResourceSpec("اتاق لیزر", "room"))
    assert desk.get(f"{address}&view=room").json["columns"][0]["id"] == str(room.id)


def test_other_hours_and_absences_of_a_date_are_those_of_the_board(desk, salon, now, tomorrow):
    with transaction():
        set_day(staff_id=salon.sara, day=tomorrow, spans=[(12 * 60, 16 * 60)])
        times = {
            "starts_at": of_wall_clock(tomorrow, time(9)),
            "ends_at": of_wall_clock(tomorrow + timedelta(days=1), time(9)),
        }
        add_absence(staff_id=salon.negar, **times, actor=None, now=now)
    sara, negar = desk.get(f"/desk/events?day={tomorrow}").json["columns"]
    assert (sara["hours"], sara["off"]) == ([[720, 960]], False)
    assert (negar["hours"], negar["off"]) == ([], True)


def test_a_booking_is_stretched_or_refused_with_a_sentence(desk, salon, booked, tomorrow):
    item = only_item()
    path = f"/desk/appointments/{booked['id']}/stretch"
    asked = {"item_id": item.id, "day": tomorrow.isoformat(), "time": "11:45"}
    stretched = desk.post(path, data=asked, headers=JSON).json
    assert stretched == {"id": booked["id"], "customer_id": salon.zahra, "warning": ""}
    assert only_item().ends_at == of_wall_clock(tomorrow, time(11, 45))
    refused = desk.post(path, data=asked | {"time": "10:31"}, headers=JSON)
    assert (refused.status_code, refused.json["code"]) == (422, "booking_too_short")
    late = desk.post(path, data=asked | {"time": "23:45"}, headers=JSON)
    assert (late.status_code, late.json["code"]) == (409, "slot_taken")
    assert "کار نمی‌کند؛ تا ۲۱:۰۰ جا دارد" in late.json["detail"]
    assert desk.post(path, data=asked | {"item_id": "x"}, headers=JSON).status_code == 404
    assert desk.post(path, data=asked | {"time": "x"}, headers=JSON).status_code == 422


def test_a_booking_goes_to_whoever_of_a_line_is_free(desk, salon, now, booked, tomorrow):
    with transaction():
        line = add_line(branch_id=salon.branch_id, name="مو", actor=None, now=now)
        join_line(staff_id=salon.negar, line_id=line.id, share_bp=0, actor=None, now=now)
    path = f"/desk/appointments/{booked['id']}/line"
    asked = {"item_id": only_item().id, "day": tomorrow.isoformat(), "time": "12:00"}
    assert desk.post(path, data=asked | {"line_id": line.id}, headers=JSON).status_code == 200
    assert only_item().staff_id == salon.negar
    assert desk.post(path, data=asked | {"line_id": "0"}, headers=JSON).status_code == 200
    assert only_item().staff_id == salon.sara  # who is in no line
    assert desk.post(path, data=asked | {"line_id": "99"}, headers=JSON).status_code == 404


def test_the_plan_of_a_day_is_printed(desk, booked, tomorrow):
    answer = desk.get(f"/desk/print?day={tomorrow}")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert desk.get("/desk/print").status_code == 200
    assert desk.get("/desk/print?day=nonsense", headers=JSON).status_code == 422
