"""The calendar of each person at its secret address."""

from datetime import timedelta

import icalendar
import pytest

from salon.appointments.feeds import views
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import move
from salon.appointments.services import set_status
from salon.core import clock
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, change_customer
from salon.staff.feeds.services import end_feed, renew_feed
from salon.staff.models import StaffMember


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch, now):
    """Let the calendar look ahead from the tests' own moment."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def address(salon, now):
    """Where Sara's calendar is."""
    with transaction():
        return f"/calendar/{renew_feed(staff_id=salon.sara, actor=None, now=now).feed_key}.ics"


def entries(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def test_her_bookings_are_in_her_calendar_in_utc(salon, client, address, book_cut, tomorrow_ten, minutes):
    book_cut(tomorrow_ten)
    book_cut(tomorrow_ten, salon.negar)
    (event,) = entries(client, address).values()
    assert (event.start, event.end) == (tomorrow_ten, tomorrow_ten + minutes(45))
    assert (event["SUMMARY"], event["STATUS"]) == ("کوتاهی · زهرا کریمی", "CONFIRMED")
    assert b"DTSTART:20261122T063000Z" in client.get(address).data


def test_the_file_is_as_the_standard_wants_it(salon, client, address, now, book_cut, tomorrow_ten):
    with transaction():
        long = CustomerSpec("زهرا بیگم نازنین", "کریمی‌پور اصفهانی؛ شاخهٔ شمالی", "09123456789")
        change_customer(customer_id=salon.zahra, spec=long, is_member=True, debt_limit=None, actor=None, now=now)
    book_cut(tomorrow_ten, note="به 09351112233 زنگ بزنید")
    answer = client.get(address)
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"].startswith("private")
    lines = answer.data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert any(line.startswith(b" ") for line in lines)  # the long summary is folded
    for secret in ("09123456789", "9123456789", "09351112233"):
        assert secret.encode() not in answer.data.replace(b"\r\n ", b"")


def test_a_moved_booking_keeps_its_name_and_a_cancelled_one_says_so(
    salon, client, now, address, book_cut, tomorrow_ten, minutes
):
    booked, kept = book_cut(tomorrow_ten), book_cut(tomorrow_ten + minutes(60))
    before = set(entries(client, address))
    with transaction():
        later = tomorrow_ten + minutes(300)
        moved = {"item_id": booked.items[0].id, "starts_at": later, "staff_id": salon.sara}
        move(appointment_id=booked.id, **moved, actor=None, now=now)
        set_status(appointment_id=kept.id, status=S.CANCELLED, actor=None, now=now)
    after = entries(client, address)
    assert set(after) == before and len(before) == 2
    assert [event["STATUS"] for event in sorted(after.values(), key=lambda event: event.start)] == [
        "CANCELLED",
        "CONFIRMED",
    ]


def test_a_phone_sees_which_of_two_is_the_later(salon, client, address, now, book_cut, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    (first,) = entries(client, address).values()
    with transaction():
        known = {"appointment_id": booked.id, "item_id": booked.items[0].id, "actor": None}
        move(**known, starts_at=tomorrow_ten + minutes(60), staff_id=salon.sara, now=now + minutes(5))
    (moved,) = entries(client, address).values()
    assert moved["SEQUENCE"] == first["SEQUENCE"] + 1
    assert moved["LAST-MODIFIED"].dt == moved["DTSTAMP"].dt == now + minutes(5)


def test_what_a_phone_knows_already_is_not_sent_again(client, address, book_cut, tomorrow_ten, minutes):
    book_cut(tomorrow_ten)
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    book_cut(tomorrow_ten + minutes(60))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_an_address_that_was_renewed_or_taken_back_or_is_of_somebody_who_left_leads_nowhere(
    salon, client, now, address
):
    assert client.get("/calendar/x.ics").status_code == 404
    with transaction():
        fresh = f"/calendar/{renew_feed(staff_id=salon.sara, actor=None, now=now).feed_key}.ics"
    assert (client.get(address).status_code, client.get(fresh).status_code) == (404, 200)
    with transaction():
        db.session.get_one(StaffMember, salon.sara).active = False
    assert client.get(fresh).status_code == 404
    with transaction():
        db.session.get_one(StaffMember, salon.sara).active = True
        end_feed(staff_id=salon.sara, actor=None, now=now)
    assert client.get(fresh).status_code == 404


def test_whoever_asks_too_often_is_told_to_wait(client, address):
    for _ in range(views.LIMIT.amount):
        assert client.get(address).status_code == 200
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_the_address_is_made_shown_and_renewed_on_her_page(salon, log_in, client):
    owner, page = log_in("owner"), f"/staff/{salon.sara}/edit"
    assert "/calendar/" not in owner.get(page).text
    assert owner.post(f"/staff/{salon.sara}/feed").location == f"{page}#feed-title"
    first = db.session.get_one(StaffMember, salon.sara).feed_key
    assert first and len(first) == 43
    assert f"http://localhost/calendar/{first}.ics" in owner.get(page).text
    owner.post(f"/staff/{salon.sara}/feed")
    db.session.expire_all()
    assert db.session.get_one(StaffMember, salon.sara).feed_key not in (first, None)
    owner.post(f"/staff/{salon.sara}/feed/end")
    db.session.expire_all()
    assert db.session.get_one(StaffMember, salon.sara).feed_key is None
    assert owner.post("/staff/999/feed").status_code == 404


def test_a_booking_of_long_ago_is_not_in_the_calendar(client, address, book_cut, tomorrow_ten):
    book_cut(tomorrow_ten - timedelta(days=90))
    assert entries(client, address) == {}
