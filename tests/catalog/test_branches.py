"""What a service needs and who does it is said by each branch for itself."""

from datetime import timedelta

import pytest

from salon.access.models import User
from salon.access.services import create_token
from salon.appointments.availability.queries import laid_out
from salon.appointments.availability.rules import Asked
from salon.appointments.holding.queries import as_booked
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.catalog.phases.queries import made_of
from salon.catalog.phases.services import set_people, set_resources
from salon.catalog.resources.services import ResourceSpec, add_resource
from salon.core import clock
from salon.core.db import db, transaction
from tests.factories import open_second_branch


@pytest.fixture
def east(salon, now):
    """A branch in the east."""
    return open_second_branch(now)


@pytest.fixture
def rooms(salon, east):
    """The room of each branch for a cut, which Sara and Mina do."""
    with transaction():
        both = [
            add_resource(branch_id=branch, spec=ResourceSpec(f"اتاق {branch}", "room", 1)).id
            for branch in (salon.branch_id, east.branch_id)
        ]
        set_resources(service_id=salon.cut, resource_ids=both)
        set_people(service_id=salon.cut, staff_ids=[salon.sara, east.mina])
    return both


def made(salon, branch_id):
    found = made_of([salon.cut], branch_id)[salon.cut]
    return set(found.people), list(found.resources)


def test_a_visit_takes_the_rooms_of_its_branch_and_its_people(salon, east, rooms, now):
    begins = now.replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=2)
    for branch, person, room in zip((salon.branch_id, east.branch_id), (salon.sara, east.mina), rooms, strict=True):
        (laid,) = laid_out(Asked(branch, [BookingItem(salon.cut, None)], salon.zahra), begins, now)
        assert (laid.staff_id, laid.resource_ids) == (person, (room,))
        with transaction():
            who = {"branch_id": branch, "customer_id": salon.zahra, "actor": None, "now": now}
            booked = book(starts_at=begins, items=[BookingItem(salon.cut, person)], **who)
        assert as_booked(booked.items[0]).resource_ids == (room,)


def test_what_a_branch_says_leaves_the_others_as_they_were(salon, east, rooms):
    with transaction():
        set_people(service_id=salon.cut, staff_ids=[], branch_id=salon.branch_id)
        set_resources(service_id=salon.cut, resource_ids=[], branch_id=salon.branch_id)
    assert made(salon, salon.branch_id) == (set(), [])
    assert made(salon, east.branch_id) == ({east.mina}, [rooms[1]])


def test_the_screen_of_a_branch_keeps_what_others_said(log_in, salon, east, rooms):
    owner, page = log_in("owner"), f"/services/{salon.cut}/phases"
    said = {"phases-0-kind": "busy", "phases-0-minutes": "45", "staff_ids": salon.negar}
    assert owner.post(page, data=said).status_code == 303
    assert made(salon, salon.branch_id) == ({salon.negar}, [])
    assert made(salon, east.branch_id) == ({east.mina}, [rooms[1]])


def test_a_program_names_the_rooms_and_people_of_its_branch_alone(client, salon, east, rooms):
    with transaction():
        token = create_token(user=db.session.get_one(User, salon.owner_id), actor=None, now=clock.now())
    for asked, code in (
        ({"resources": rooms}, "resource_unknown"),
        ({"staff_ids": [east.mina]}, "staff_unknown"),
    ):
        answer = client.put(f"/api/v1/services/{salon.cut}", json=asked, headers={"Authorization": f"Bearer {token}"})
        assert answer.json["code"] == code
    assert made(salon, east.branch_id) == ({east.mina}, [rooms[1]])
