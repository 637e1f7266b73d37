"""What the dialog of a booking asks for and sends: times, a time kept meanwhile, booking, changing."""

from datetime import date, timedelta

import pytest
from flask import g
from sqlalchemy import func, select

from salon.appointments.models import Appointment, AppointmentItem, Occupancy, SlotHold
from salon.catalog.models import BookingRule
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.setup.queries import profile

JSON = {"Accept": "application/json"}
HOLDS, BOOK = "/desk/booking/holds", "/desk/appointments"


@pytest.fixture
def desk(log_in):
    """The receptionist's browser."""
    g.pop("_login_user", None)
    return log_in("desk")


@pytest.fixture
def owner(log_in):
    """The owner's browser, at another till."""
    g.pop("_login_user", None)  # a server begins each request without it; tests share one context
    return log_in("owner")


@pytest.fixture
def tomorrow():
    """The day after the real today, as pages ask the clock themselves."""
    return (local_date(clock.now()) + timedelta(days=1)).isoformat()


@pytest.fixture
def visit(salon, tomorrow):
    """A colour by Negar and then a cut and a brushing by whoever can, for Zahra."""
    return {
        "customer_id": salon.zahra,
        "service_id": [salon.color, salon.cut, salon.brushing],
        "staff_id": [salon.negar, "", ""],
        "day": tomorrow,
        "time": "۱۰:۰۰",
    }


@pytest.fixture
def cut(salon, tomorrow):
    """A cut by Sara for Zahra at half past ten."""
    one = {"customer_id": salon.zahra, "service_id": salon.cut, "staff_id": salon.sara}
    return one | {"day": tomorrow, "time": "10:30"}


def times(desk, asked, **more):
    """The times that are offered."""
    g.pop("_login_user", None)
    return desk.get("/desk/booking/times", query_string=asked | more).json["times"]


def post(desk, path, asked, **more):
    """What the dialog is answered."""
    g.pop("_login_user", None)
    return desk.post(path, data=asked | more, headers=JSON)


def parts_of(shown):
    """Who does what when."""
    return [(part["time"], part["service"], part["staff"]) for part in shown["parts"]]


def test_a_visit_of_three_services_is_offered_with_its_people_its_times_and_why(desk, visit):
    offered = times(desk, visit | {"time": ""}, reach="day")
    assert parts_of(offered[0]) == [
        ("۹:۰۰", "رنگ کامل", "نگار رضایی"),
        ("۱۱:۰۰", "کوتاهی", "سارا احمدی"),
        ("۱۱:۴۵", "براشینگ", "سارا احمدی"),
    ]
    assert (offered[0]["reason"], offered[0]["good"], offered[0]["ends"]) == ("پیوسته", True, "۱۲:۱۵")
    assert len(offered) == 24 and len({one["time"] for one in offered}) == 24


def test_a_time_that_is_typed_is_among_those_that_are_shown(desk, cut):
    assert "۱۸:۰۰" in {one["time"] for one in times(desk, cut | {"time": "18"}, reach="day")}


def test_first_free_times_go_on_into_the_next_days_and_a_week_has_all_of_its_days(desk, cut, tomorrow):
    first = times(desk, cut, reach="first")
    assert first[0]["day"] == tomorrow and first[0]["time"] == "۹:۰۰"
    week = times(desk, cut, reach="week")
    assert len({one["day"] for one in week}) == 7
    assert max(sum(one["day"] == day for one in week) for day in {one["day"] for one in week}) == 6


def test_services_side_by_side_begin_together_by_two_people(desk, salon, visit):
    asked = visit | {"service_id": [salon.cut, salon.brushing], "staff_id": ["", ""], "order": "parallel"}
    kept = post(desk, BOOK, asked)
    assert kept.status_code == 201
    items = db.session.scalars(select(AppointmentItem)).all()
    assert len({item.starts_at for item in items}) == 1 and len({item.staff_id for item in items}) == 2


def test_a_wait_is_taken_where_the_next_person_is_late(desk, salon, visit, cut):
    post(desk, BOOK, cut, time="11:00")  # Sara works on somebody until 11:45
    asked = visit | {"service_id": [salon.color, salon.brushing], "staff_id": [salon.negar, salon.sara], "time": "9"}
    assert post(desk, HOLDS, asked).status_code == 409
    said = post(desk, HOLDS, asked, longest_wait="۴۵").json
    assert [(part["time"], part["wait"]) for part in said["parts"]] == [("۹:۰۰", 0), ("۱۱:۴۵", 45)]


def test_a_kept_time_is_taken_for_others_until_it_is_let_go(desk, owner, cut):
    kept = post(desk, HOLDS, cut)
    assert kept.status_code == 201 and kept.json["seconds"] == 300
    taken = post(owner, BOOK, cut)
    assert (taken.status_code, taken.json["code"], taken.json["field"]) == (409, "slot_taken", "starts_at")
    assert "۱۰:۳۰" not in {one["time"] for one in times(owner, cut, reach="day")}
    assert "۱۰:۳۰" in {one["time"] for one in times(desk, cut | {"hold_id": kept.json["id"]}, reach="day")}
    assert post(owner, f"{HOLDS}/{kept.json['id']}/release", {}).status_code == 204
    assert post(owner, BOOK, cut).status_code == 409  # what another keeps is not hers to let go
    assert post(desk, f"{HOLDS}/{kept.json['id']}/release", {}).status_code == 204
    assert post(owner, BOOK, cut).status_code == 201


def test_another_time_takes_the_place_of_the_kept_one_and_booking_uses_it_up(desk, cut):
    first = post(desk, HOLDS, cut).json["id"]
    second = post(desk, HOLDS, cut, time="10:45", hold_id=first).json["id"]
    assert list(db.session.scalars(select(SlotHold.id))) == [second]
    db.session.rollback()
    assert post(desk, BOOK, cut, time="10:45", hold_id=second).status_code == 201
    assert db.session.scalar(select(func.count()).select_from(SlotHold)) == 0
    assert db.session.scalar(select(func.count()).select_from(Occupancy)) == 1


def test_a_kept_time_is_renewed_while_it_lasts_and_not_after(desk, owner, cut):
    kept = post(desk, HOLDS, cut).json["id"]
    assert post(desk, f"{HOLDS}/{kept}/renew", {}).json["seconds"] == 300
    assert post(owner, f"{HOLDS}/{kept}/renew", {}).status_code == 404
    with transaction():
        db.session.get_one(SlotHold, kept).expires_at = clock.now()
    lapsed = post(desk, f"{HOLDS}/{kept}/renew", {})
    assert (lapsed.status_code, lapsed.json["code"]) == (404, "hold_lapsed")
    assert post(owner, BOOK, cut).status_code == 201


def test_a_time_is_kept_as_long_and_offered_as_densely_as_the_salon_sets(desk, cut):
    with transaction():
        profile().hold_minutes, profile().grid_minutes = 12, 20
    assert post(desk, HOLDS, cut, time="10:35").json["seconds"] == 720  # a free minute beside the grid may be typed
    offered = {one["time"] for one in times(desk, cut | {"time": "15"}, reach="day")}
    assert {"۱۵:۰۰", "۱۵:۲۰", "۱۵:۴۰"} <= offered and "۱۵:۱۵" not in offered


def test_a_refusal_names_times_that_take_one_key(desk, salon, cut):
    post(desk, BOOK, cut)
    refused = post(desk, BOOK, cut)
    assert refused.json["detail"].startswith("سارا احمدی ۱۰:۳۰ تا ۱۱:۱۵ پر است")
    near = [(one["time"], one["parts"][0]["staff_id"]) for one in refused.json["nearest"]]
    assert near == [("۹:۴۵", salon.sara), ("۱۰:۳۰", salon.negar), ("۱۰:۴۵", salon.negar), ("۱۱:۱۵", salon.sara)]
    taken = refused.json["nearest"][3]["parts"][0]
    said = post(desk, BOOK, cut, begins=taken["begins"], time=refused.json["nearest"][3]["time"])
    assert said.json["time"] == "۱۱:۱۵"


def test_nobody_is_overbooked_but_by_who_may_and_says_so(desk, owner, cut):
    post(desk, BOOK, cut)
    assert post(owner, BOOK, cut).status_code == 409
    assert post(desk, BOOK, cut, overbook="1").status_code == 403
    assert post(owner, BOOK, cut, overbook="1").status_code == 201
    assert [item.overbooked for item in db.session.scalars(select(AppointmentItem).order_by(AppointmentItem.id))] == [
        False,
        True,
    ]


def test_without_its_patch_test_a_service_is_booked_only_by_who_may_and_says_so(desk, owner, salon, cut):
    with transaction():
        db.session.add(BookingRule(service_id=salon.cut, patch_hours=48))
    told = desk.get("/desk/booking/notices", query_string=cut).json["notices"]
    assert [one["stops"] for one in told] == [True] and "تست حساسیت" in told[0]["sentence"]
    g.pop("_login_user", None)
    assert post(desk, BOOK, cut).json["code"] == "patch_test_missing"
    assert post(desk, BOOK, cut, without_patch_test="1").status_code == 403
    assert post(owner, BOOK, cut).json["field"] == "items"
    assert post(owner, BOOK, cut, without_patch_test="1").status_code == 201


def test_a_booking_that_is_only_moved_passes_what_stands_against_it_by_who_may(desk, owner, salon, cut):
    moved = post(desk, BOOK, cut, time="15:00").json["id"]
    post(desk, BOOK, cut)
    path = f"/desk/appointments/{moved}/services"
    begins = desk.get(path).json["items"][0]["begins"].replace("11:30", "07:00")
    assert post(owner, path, cut, begins=begins).json["code"] == "slot_taken"
    assert post(desk, path, cut, begins=begins, overbook="1").status_code == 403
    assert post(owner, path, cut, begins=begins, overbook="1").json["time"] == "۱۰:۳۰"
    db.session.rollback()
    told = select(AppointmentItem.overbooked).where(AppointmentItem.appointment_id == moved)
    assert db.session.scalars(told).all() == [True]


def test_what_repeats_is_planned_with_its_conflicts_and_booked_as_chosen(desk, salon, cut, tomorrow):
    later = (date.fromisoformat(tomorrow) + timedelta(weeks=2)).isoformat()
    post(desk, BOOK, cut, day=later)
    kept = post(desk, HOLDS, cut).json
    begins = {"begins": kept["parts"][0]["begins"], "hold_id": kept["id"], "every_weeks": "۲", "times": "۳"}
    planned = desk.get("/desk/booking/series", query_string=cut | begins).json["bookings"]
    assert [bool(one["refusal"]) for one in planned] == [False, True, False]
    assert [one["time"] for one in planned[1]["choices"]] == ["۹:۴۵", "۱۱:۱۵"]  # by Sara herself
    chosen = [planned[0]["starts_at"], planned[1]["choices"][1]["starts_at"]]
    said = post(desk, "/desk/booking/series", cut | begins, chosen=chosen)
    assert (said.status_code, said.json["count"]) == (201, 2)
    db.session.rollback()
    booked = db.session.execute(select(Appointment.starts_at, Appointment.series_id).order_by(Appointment.id)).all()[1:]
    assert [row.starts_at.isoformat() for row in booked] == chosen
    assert {row.series_id for row in booked} == {1}
    assert post(desk, "/desk/booking/series", cut | begins | {"every_weeks": ""}, chosen=chosen).status_code == 422


def test_a_booking_gets_other_services_in_its_own_time_and_stays_the_same_one(desk, salon, cut):
    booked = post(desk, BOOK, cut, note="آرام").json["id"]
    path = f"/desk/appointments/{booked}/services"
    shown = desk.get(path).json
    assert (shown["time"], shown["note"], shown["customer"]["name"]) == ("10:30", "آرام", "زهرا کریمی")
    asked = cut | {"service_id": [salon.cut, salon.brushing], "staff_id": [salon.sara, ""], "appointment_id": booked}
    kept = post(desk, HOLDS, asked)
    assert kept.status_code == 201  # what the booking holds itself is not in its way
    changed = post(desk, path, asked, hold_id=kept.json["id"], note="تند")
    assert (changed.status_code, changed.json["id"]) == (200, booked)
    db.session.rollback()
    found = db.session.scalars(select(Appointment)).one()
    assert [item.service_id for item in found.items] == [salon.cut, salon.brushing]
    assert found.note == "تند"
    assert db.session.scalar(select(func.count()).select_from(Occupancy)) == 2


def test_a_visit_whose_services_stay_moves_as_it_was_laid_out(desk, salon, cut):
    booked = post(desk, BOOK, cut).json["id"]
    path = f"/desk/appointments/{booked}/services"
    first = db.session.scalars(select(AppointmentItem.id)).one()
    begins = desk.get(path).json["items"][0]["begins"]
    assert post(desk, path, cut, begins=begins, note="دیرتر").status_code == 200
    assert post(desk, path, cut, begins=begins.replace("07:00", "08:00"), time="11:30").json["time"] == "۱۱:۳۰"
    db.session.rollback()
    assert db.session.scalars(select(AppointmentItem.id)).one() == first
    assert db.session.scalars(select(Appointment.note)).one() == ""


@pytest.mark.parametrize("wrong", [{"service_id": ""}, {"time": "دیر"}, {"day": ""}, {"begins": "soon"}])
def test_what_cannot_be_a_visit_is_refused(desk, cut, wrong):
    for path in (HOLDS, BOOK):
        assert post(desk, path, cut | wrong).status_code == 422
    assert db.session.scalars(select(Appointment)).all() == []


def test_a_booking_of_another_branch_is_not_this_desks(desk, owner, cut, now):
    assert desk.get("/desk/appointments/999/services", headers=JSON).status_code == 404
    assert post(desk, "/desk/appointments/999/services", cut).status_code == 404
