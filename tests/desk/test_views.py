"""The desk's page and what its scripts ask for: done, refused, forbidden, anonymous."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from salon.appointments.models import Appointment, AppointmentItem
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.customers.models import Customer
from salon.desk.rules import of_wall_clock

JSON = {"Accept": "application/json"}
SWIPE = "%B5022290000001234^KARIMI/ZAHRA^30121010000000?;5022290000001234=30121010000000?"


@pytest.fixture
def desk(log_in):
    """The receptionist's browser."""
    return log_in("desk")


@pytest.fixture
def tomorrow():
    """The day after the real today, as pages ask the clock themselves."""
    return local_date(clock.now()) + timedelta(days=1)


@pytest.fixture
def asked(salon, tomorrow):
    """A cut by Sara for Zahra, tomorrow at half past ten."""
    return {
        "customer_id": salon.zahra,
        "service_id": salon.cut,
        "staff_id": salon.sara,
        "day": tomorrow.isoformat(),
        "time": "۱۰:۳۰",
    }


@pytest.fixture
def booked(desk, asked):
    """That cut, booked."""
    return desk.post("/desk/appointments", data=asked, headers=JSON).json


@pytest.fixture
def in_its_hour(booked, monkeypatch):
    """The hour of that cut has come."""
    begins = db.session.get(Appointment, booked["id"]).starts_at
    monkeypatch.setattr(clock, "now", lambda: begins)


def test_the_day_begins_at_the_desk(desk, salon):
    assert desk.get("/").location == "/desk"
    page = desk.get("/desk")
    assert page.status_code == 200
    assert "کارت مشتری را بکشید" in page.text


def test_the_desk_opens_with_the_customer_of_the_address(desk, salon):
    assert "زهرا کریمی" in desk.get(f"/desk?customer={salon.zahra}").text
    assert desk.get("/desk?customer=999").status_code == 404


def test_strangers_are_sent_to_the_login(client, salon):
    for path in ("/desk", "/desk/events", "/desk/find?q=x", f"/desk/panel/{salon.zahra}", "/desk/foot"):
        assert client.get(path).status_code == 302
        assert client.get(path, headers=JSON).status_code == 401


def test_a_booking_appears_on_the_board(desk, salon, booked, tomorrow):
    assert booked["time"] == "۱۰:۳۰"
    board = desk.get(f"/desk/events?day={tomorrow}").json
    (shown,) = board["bookings"]
    assert (shown["customer"], shown["service"], shown["staff_id"]) == ("زهرا کریمی", "کوتاهی", salon.sara)
    assert (shown["starts"], shown["ends"]) == (f"{tomorrow}T10:30", f"{tomorrow}T11:15")
    assert [person["name"] for person in board["columns"]] == ["سارا احمدی", "نگار رضایی"]
    assert desk.get("/desk/events").json["bookings"] == []


def test_a_taken_time_is_refused_in_a_sentence(desk, asked, booked):
    refused = desk.post("/desk/appointments", data=asked, headers=JSON)
    assert refused.status_code == 409
    sentence = refused.json["detail"]
    assert sentence == "سارا احمدی ۱۰:۳۰ تا ۱۱:۱۵ پر است؛ نزدیک‌ترین: ۱۱:۱۵ سارا احمدی، ۱۰:۳۰ نگار رضایی"


@pytest.mark.parametrize("wrong", [{"customer_id": ""}, {"service_id": ""}, {"time": "دیر"}, {"day": ""}])
def test_a_booking_that_lacks_something_is_refused(desk, asked, wrong):
    assert desk.post("/desk/appointments", data=asked | wrong, headers=JSON).status_code == 422
    assert db.session.scalars(select(Appointment)).all() == []


def test_a_dragged_booking_moves_or_goes_back(desk, salon, asked, booked, tomorrow):
    item = db.session.scalars(select(AppointmentItem)).one()
    path = f"/desk/appointments/{booked['id']}/move"
    where = {"item_id": item.id, "staff_id": salon.negar, "day": tomorrow, "time": "12:15"}
    assert desk.post(path, data=where, headers=JSON).json["time"] == "۱۲:۱۵"
    db.session.expire_all()
    moved = db.session.get(AppointmentItem, item.id)
    assert (moved.staff_id, moved.starts_at) == (salon.negar, of_wall_clock(tomorrow, time(12, 15)))
    desk.post("/desk/appointments", data=asked, headers=JSON)
    back = {"item_id": item.id, "staff_id": salon.sara, "day": tomorrow, "time": "10:45"}
    assert desk.post(path, data=back, headers=JSON).status_code == 409
    assert desk.post(path, data=back | {"staff_id": "x"}, headers=JSON).status_code == 404


def test_a_visit_that_lies_ahead_is_only_called_off(desk, booked):
    path = f"/desk/appointments/{booked['id']}"
    shown = desk.get(path).text
    assert [word for word in ("آمد", "شروع کار", "نیامد", "لغو") if f">{word}</button>" in shown] == ["لغو"]
    for status in ("arrived", "no_show", "done"):
        assert desk.post(f"{path}/status", data={"status": status}, headers=JSON).status_code == 409


def test_the_dialog_of_a_booking_tells_what_happened_to_it(desk, booked):
    path = f"/desk/appointments/{booked['id']}"
    desk.post(f"{path}/status", data={"status": "cancelled"}, headers=JSON)
    desk.post(f"{path}/status", data={"status": "booked"}, headers=JSON)
    shown = desk.get(path).text
    assert "تاریخچه" in shown
    assert shown.index("«لغو شده» باز شد: رزرو شده") < shown.index("رزرو شد:")


def test_a_visit_is_led_through_its_steps(desk, booked, in_its_hour):
    path = f"/desk/appointments/{booked['id']}"
    shown = desk.get(path)
    assert shown.status_code == 200
    assert [word for word in ("آمد", "نیامد", "لغو") if word in shown.text] == ["آمد", "نیامد", "لغو"]
    assert desk.post(f"{path}/status", data={"status": "arrived"}, headers=JSON).json["label"] == "در سالن"
    assert desk.post(f"{path}/status", data={"status": "done"}, headers=JSON).status_code == 200
    assert desk.post(f"{path}/status", data={"status": "cancelled"}, headers=JSON).status_code == 409
    assert desk.post(f"{path}/status", data={"status": "gone"}, headers=JSON).status_code == 422
    assert desk.get("/desk/appointments/999").status_code == 404


def test_a_visit_may_be_moved_from_its_dialog_until_it_is_over(desk, salon, booked):
    path = f"/desk/appointments/{booked['id']}"
    dialog = desk.get(path).text
    assert "data-visit-move" in dialog
    assert f'<option value="{salon.sara}" selected>' in dialog
    desk.post(f"{path}/status", data={"status": "cancelled"}, headers=JSON)
    assert "data-visit-move" not in desk.get(path).text


def test_a_visit_that_does_not_take_place_is_offered_no_invoice(desk, salon, booked, in_its_hour):
    path = f"/desk/appointments/{booked['id']}"
    assert "/invoices/new" in desk.get(path).text
    desk.post(f"{path}/status", data={"status": "no_show"}, headers=JSON)
    assert "/invoices/new" not in desk.get(path).text


def test_somebody_is_found_by_any_part_of_her_name_or_number(desk, salon):
    for typed in ("زهرا", "۶۷۸۹", "کریمی"):
        assert [found["id"] for found in desk.get("/desk/find", query_string={"q": typed}).json["items"]] == [
            salon.zahra
        ]
    assert desk.get("/desk/find?q=").json["items"] == []


def test_a_known_mobile_shows_its_owner_until_it_is_said_to_be_shared(desk, salon):
    typed = {"first_name": "نرگس", "last_name": "کریمی", "mobile": "+98 912 345 6789"}
    refused = desk.post("/desk/customers", data=typed, headers=JSON)
    assert refused.status_code == 409
    assert refused.json["owner"]["id"] == salon.zahra
    assert (refused.json["code"], refused.json["field"]) == ("customer_exists", "mobile")
    added = desk.post("/desk/customers", data=typed | {"shared_mobile": "1"}, headers=JSON)
    assert added.status_code == 201
    assert db.session.get(Customer, added.json["id"]).shared_mobile


def test_the_dialog_insists_on_a_mobile_as_the_file_does(desk):
    refused = desk.post("/desk/customers", data={"first_name": "لیلا"}, headers=JSON)
    assert refused.status_code == 422
    assert (refused.json["code"], refused.json["field"]) == ("mobile_missing", "mobile")


def test_a_walk_in_needs_no_name_and_no_mobile(desk):
    added = desk.post("/desk/customers", data={"is_walk_in": "1"}, headers=JSON)
    assert added.json["name"] == "مشتری گذری"
    assert desk.post("/desk/customers", data={"first_name": ""}, headers=JSON).status_code == 422


def test_a_card_is_issued_and_opens_its_customer(desk, salon):
    assert desk.post("/desk/swipe", data={"raw": SWIPE}, headers=JSON).status_code == 404
    issued = desk.post(f"/desk/customers/{salon.zahra}/cards", data={"raw": SWIPE}, headers=JSON)
    assert issued.status_code == 201
    assert desk.post("/desk/swipe", data={"raw": SWIPE}, headers=JSON).json == {"customer_id": salon.zahra}


@pytest.mark.parametrize("raw", ["%E?", "", ";50222", "%B"])
def test_a_bad_swipe_says_what_to_do(desk, raw):
    answer = desk.post("/desk/swipe", data={"raw": raw}, headers=JSON)
    assert answer.status_code == 422
    assert "دوباره بکشید" in answer.json["detail"]


def test_the_panel_warns_of_allergies_and_shows_today(desk, salon):
    with transaction():
        db.session.get(Customer, salon.zahra).allergies = "آمونیاک"
    now = clock.now()
    at = datetime.combine(local_date(now), time(10, 0))
    desk.post(
        "/desk/appointments",
        data={
            "customer_id": salon.zahra,
            "service_id": salon.cut,
            "staff_id": salon.sara,
            "day": at.date().isoformat(),
            "time": "10:00",
        },
        headers=JSON,
    )
    panel = desk.get(f"/desk/panel/{salon.zahra}").text
    assert "حساسیت: آمونیاک" in panel
    assert "کوتاهی · سارا احمدی" in panel
    assert "۰۹۱۲ ۳۴۵ ۶۷۸۹" in panel
    assert desk.get("/desk/panel/999").status_code == 404


def test_the_foot_counts_what_waits(desk, booked):
    assert "۱ پیامک در صف" in desk.get("/desk/foot").text
