"""The waitlist on screen: done, refused, forbidden."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salon.appointments.models import Appointment
from salon.appointments.slot_offers.models import OfferState, SlotOffer
from salon.appointments.waitlist.models import EntryState, WaitlistEntry
from salon.core import clock
from salon.core.db import db
from salon.core.jalali import format_date, local_date

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
def written(desk, salon, tomorrow):
    """Zahra waits for a cut by Sara, tomorrow and the day after."""
    data = {
        "service_1": salon.cut,
        "staff_1": salon.sara,
        "starts_on": format_date(tomorrow, "numeric"),
        "ends_on": format_date(tomorrow + timedelta(days=1), "numeric"),
        "weekdays": list(range(7)),
        "from_time": "۱۰",
        "to_time": "",
        "note": "موی بلند",
    }
    return desk.post(f"/waitlist/new?customer_id={salon.zahra}", data=data)


def entry():
    db.session.expire_all()
    return db.session.scalars(select(WaitlistEntry)).one()


def test_an_empty_list_says_what_it_is_for(desk):
    assert "کسی منتظر وقت نیست" in desk.get("/waitlist").text


def test_somebody_is_found_then_written_down(desk, salon, written, tomorrow):
    assert "چه کسی منتظر است؟" in desk.get("/waitlist/new").text
    assert "زهرا کریمی منتظر چه وقتی است؟" in desk.get(f"/waitlist/new?customer_id={salon.zahra}").text
    assert (written.status_code, written.location) == (303, "/waitlist")
    kept = entry()
    assert (kept.starts_on, kept.ends_before, kept.from_time, kept.to_time, kept.note) == (
        tomorrow,
        tomorrow + timedelta(days=2),
        600,
        1440,
        "موی بلند",
    )
    shown = desk.get("/waitlist").text
    assert all(word in shown for word in ("زهرا کریمی", "کوتاهی", "سارا احمدی", "از ساعت ۱۰:۰۰", "هنوز جایی باز نشده"))


def test_what_is_missing_is_told_at_the_form(desk, salon, tomorrow):
    days = {"starts_on": format_date(tomorrow, "numeric"), "ends_on": format_date(tomorrow, "numeric")}
    refused = desk.post(f"/waitlist/new?customer_id={salon.zahra}", data=days)
    assert (refused.status_code, "دست‌کم یک خدمت برگزینید" in refused.text) == (422, True)


def test_she_is_offered_a_time_and_says_yes_on_the_phone(desk, written):
    number = entry().id
    assert desk.post(f"/waitlist/{number}/offer").status_code == 303
    assert "در انتظار پاسخ" in desk.get("/waitlist").text
    desk.post(f"/waitlist/{number}/take")
    assert (entry().state, len(db.session.scalars(select(Appointment)).all())) == (EntryState.TAKEN, 1)
    assert "کسی منتظر وقت نیست" in desk.get("/waitlist").text


def test_the_desk_chooses_the_time_and_she_says_no(desk, written):
    number, shown = entry().id, desk.get("/waitlist/1/times").text
    chosen = shown.split('name="starts_at" value="')[2].partition('"')[0]
    desk.post(f"/waitlist/{number}/times", data={"starts_at": chosen})
    offer = db.session.scalars(select(SlotOffer)).one()
    assert (offer.starts_at.isoformat(), offer.state) == (chosen, OfferState.OPEN)
    desk.post(f"/waitlist/{number}/decline")
    db.session.expire_all()
    assert (offer.state, entry().state) == (OfferState.DECLINED, EntryState.WAITING)
    assert desk.post(f"/waitlist/{number}/times", data={"starts_at": "x"}).status_code == 422


def test_she_is_changed_and_taken_off(desk, salon, written, tomorrow):
    number, page = entry().id, desk.get("/waitlist/1/edit").text
    assert "موی بلند" in page
    days = {"starts_on": format_date(tomorrow, "numeric"), "ends_on": format_date(tomorrow, "numeric")}
    desk.post(f"/waitlist/{number}/edit", data=days | {"service_1": salon.color, "weekdays": [0, 6]})
    assert (entry().weekdays, entry().ends_before) == (0b1000001, tomorrow + timedelta(days=1))
    desk.post(f"/waitlist/{number}/remove")
    assert entry().state == EntryState.LEFT
    assert desk.get("/waitlist/99/edit").status_code == 404


def test_the_booking_dialog_may_write_her_down(desk, salon, tomorrow):
    wish = {
        "customer_id": salon.zahra,
        "service_id": [salon.cut, salon.brushing],
        "staff_id": [salon.sara, ""],
        "day": tomorrow.isoformat(),
    }
    answer = desk.post("/waitlist/wish", data=wish, headers=JSON)
    assert (answer.status_code, answer.json["id"], answer.json["address"]) == (201, 1, "/waitlist")
    assert (entry().starts_on, entry().ends_before) == (tomorrow, tomorrow + timedelta(days=1))
    for lacks, code in (("customer_id", "customer_missing"), ("service_id", "items_missing"), ("day", "days_invalid")):
        refused = desk.post("/waitlist/wish", data=wish | {lacks: ""}, headers=JSON)
        assert (refused.status_code, refused.json["code"]) == (422, code)


def test_the_foot_of_the_desk_counts_who_waits(desk, written):
    assert "۱ در لیست انتظار" in desk.get("/desk/foot").text


def test_one_day_is_said_as_one_and_two_as_a_span(desk, salon, tomorrow, written):
    day, after = (format_date(tomorrow + timedelta(days=ahead), "numeric") for ahead in (0, 1))
    assert "تا" in desk.get("/waitlist").text.split("کوتاهی")[1].split("هنوز")[0]
    data = {"service_1": salon.cut, "starts_on": day, "ends_on": day, "weekdays": list(range(7))}
    desk.post(f"/waitlist/{entry().id}/edit", data=data)
    assert after not in desk.get("/waitlist").text
    row = desk.get("/waitlist").text.split("<tbody")[1]
    assert " تا " not in row.split("هنوز")[0]
