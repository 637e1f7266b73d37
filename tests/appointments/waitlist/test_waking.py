"""Whatever frees a time, or lets somebody wait, has openings looked at soon."""

from datetime import timedelta

import pytest

from salon.access.models import User
from salon.access.services import create_token
from salon.appointments.groups.rules import Party, Together
from salon.appointments.groups.services import open_group
from salon.appointments.groups.together.services import book_together
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.appointments.waitlist.jobs import OFFERING
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import format_date, format_time, local_date
from salon.core.queue import QUEUE
from salon.setup.days.services import close_day

HOUR = timedelta(hours=1)


@pytest.fixture
def woken(app):
    """The jobs that were woken from now on."""

    class Bell(list):
        wake = list.append

        def close(self):
            """Nothing is open."""

    app.extensions[QUEUE] = Bell()
    return app.extensions[QUEUE]


@pytest.fixture
def api(client, salon):
    """Call the API as the owner."""
    with transaction():
        told = create_token(user=db.session.get_one(User, salon.owner_id), actor=None, now=clock.now())

    def call(verb, path, said):
        return client.open(f"/api/v1{path}", method=verb, json=said, headers={"Authorization": f"Bearer {told}"})

    return call


@pytest.fixture
def ten():
    """Ten o'clock in Tehran, the day after the real tomorrow."""
    return (clock.now() + timedelta(days=2)).replace(hour=6, minute=30, second=0, microsecond=0)


@pytest.fixture
def booking(salon, ten):
    """A cut by Sara at ten, as the desk addresses it."""
    with transaction():
        who = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "actor": None, "now": clock.now()}
        booked = book(starts_at=ten, items=[BookingItem(salon.cut, salon.sara)], **who)
        return booked.id, booked.items[0].id


@pytest.fixture
def party(salon, ten):
    """The file of a group with one booking at ten."""
    by = {"actor": None, "now": clock.now()}
    with transaction():
        opened = open_group(branch_id=salon.branch_id, head_id=salon.zahra, day=local_date(ten), **by).id
        wanted = Together(salon.branch_id, (Party(salon.zahra, (BookingItem(salon.cut, salon.sara),)),))
        book_together(group_id=opened, wanted=wanted, starts_at=ten, **by)
        return opened


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("stretch", {"time": "10:30"}),
        ("move", {"time": "11:00"}),
        ("line", {"time": "11:00"}),
        ("status", {"status": "cancelled"}),
    ],
)
def test_a_change_on_the_board_does(log_in, salon, ten, booking, woken, verb, typed):
    sent = {"day": local_date(ten).isoformat(), "item_id": booking[1], "staff_id": salon.sara} | typed
    answer = log_in("desk").post(f"/desk/appointments/{booking[0]}/{verb}", data=sent)
    assert (answer.status_code, woken) == (200, [OFFERING]), answer.text


def test_a_change_in_the_dialog_does(log_in, salon, ten, booking, woken):
    chosen = {"service_id": salon.cut, "staff_id": salon.sara}
    sent = {"day": local_date(ten).isoformat(), "time": format_time(ten + HOUR)} | chosen
    answer = log_in("desk").post(f"/desk/appointments/{booking[0]}/services", data=sent)
    assert (answer.status_code, woken) == (200, [OFFERING]), answer.text


def test_moving_what_lies_on_a_closed_day_does(log_in, salon, ten, booking, woken):
    with transaction():
        close_day(branch_id=salon.branch_id, day=local_date(ten), name="تعمیر", actor=None, now=clock.now())
    sent = {"starts_at": (ten + timedelta(days=1)).isoformat(), "staff_id": salon.sara}
    answer = log_in("desk").post(f"/desk/to-move/{booking[1]}/move", data=sent)
    assert (answer.status_code, woken) == (303, [OFFERING]), answer.text


def test_a_group_that_is_moved_or_called_off_does(log_in, api, ten, party, woken):
    desk, eleven = log_in("desk"), {"day": format_date(local_date(ten), "numeric"), "minutes": "11:00"}
    assert api("POST", f"/groups/{party}/moves", {"minutes": 30}).status_code == 201
    assert desk.post(f"/groups/{party}/move", data=eleven).status_code == 303
    assert desk.post(f"/groups/{party}/state", data={"state": "cancelled"}).status_code == 303
    assert api("PATCH", f"/groups/{party}", {"state": "open"}).status_code == 200
    assert woken == [OFFERING] * 4


def test_whoever_waits_by_a_program_is_looked_at_at_once(api, salon, ten, woken):
    day = local_date(ten)
    days = {"from": day.isoformat(), "to": (day + timedelta(days=1)).isoformat()}
    waits = api("POST", "/waitlist", {"customer_id": salon.zahra, "items": [{"service_id": salon.cut}]} | days)
    assert (waits.status_code, woken) == (201, [OFFERING]), waits.text
    path = f"/waitlist/{waits.json['id']}"
    assert api("PATCH", path, {"note": "عصرها"}).status_code == 200
    assert api("DELETE", path, {}).status_code == 200
    hours = {"hours": [{"weekday": 1, "starts_at": 600, "ends_at": 700}]}
    assert api("PUT", f"/staff/{salon.sara}/hours", hours).status_code == 200
    assert woken == [OFFERING] * 4
