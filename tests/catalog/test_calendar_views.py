"""Screens of rooms, chairs and devices, and of what services are made of."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.catalog.models import Resource
from salon.catalog.phases.queries import known_made
from salon.catalog.queries import service
from salon.core.db import db
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
ROOM = {"name": "سرشور", "kind": "chair", "capacity": "۲", "active": "y"}


def phases(*typed: tuple[str, str]) -> dict[str, str]:
    """Rows of the form."""
    rows = {f"phases-{place}-kind": kind for place, (kind, _minutes) in enumerate(typed)}
    return rows | {f"phases-{place}-minutes": minutes for place, (_kind, minutes) in enumerate(typed)}


def test_a_room_is_added_changed_ordered_and_laid_aside(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    assert owner.post("/settings/resources/new", data=ROOM).status_code == 303
    room = db.session.scalars(select(Resource)).one()
    assert (room.name, room.kind, room.capacity, room.position, room.active) == ("سرشور", "chair", 2, 1, True)
    said = {"name": "سرشور تازه", "kind": "chair", "capacity": "3", "position": "7"}
    assert owner.post(f"/settings/resources/{room.id}", data=said).status_code == 303
    db.session.refresh(room)
    assert (room.name, room.capacity, room.position, room.active) == ("سرشور تازه", 3, 7, False)
    assert "سرشور تازه" in owner.get("/settings/resources").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"name": ""}, "نام را بنویسید."), ({"capacity": "0"}, "عددی از ۱ تا ۱۰۰ است."), ({"capacity": ""}, "هم‌زمان")],
)
def test_a_room_for_nobody_or_without_a_name_is_refused_at_the_field(
    log_in: LogIn, wrong: dict[str, str], told: str
) -> None:
    answer = log_in("owner").post("/settings/resources/new", data=ROOM | wrong)
    assert answer.status_code == 422
    assert told in answer.text


def test_two_rooms_of_one_name_are_refused_at_the_name(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    owner.post("/settings/resources/new", data=ROOM)
    answer = owner.post("/settings/resources/new", data=ROOM)
    assert answer.status_code == 422
    assert "همین نام" in answer.text


def test_a_service_gets_its_phases_people_and_room(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    owner.post("/settings/resources/new", data=ROOM)
    (room,) = db.session.scalars(select(Resource.id))
    typed = phases(("busy", "۳۰"), ("processing", "40"), ("busy", "۲۰"), ("buffer", "۵"), ("busy", ""))
    said = typed | {"staff_ids": [str(salon.negar)], "resource_ids": [str(room)]}
    assert owner.post(f"/services/{salon.color}/phases", data=said).status_code == 303
    db.session.expire_all()
    made = known_made(salon.color)
    assert [(phase.kind.value, phase.minutes) for phase in made.phases] == [
        ("busy", 30),
        ("processing", 40),
        ("busy", 20),
        ("buffer", 5),
    ]
    assert (made.people, made.resources) == ({salon.negar}, (room,))
    assert service(salon.color).duration == 95
    assert 'value="۴۰"' in owner.get(f"/services/{salon.color}/phases").text


def test_a_service_in_which_nobody_works_is_refused_and_stays_typed(log_in: LogIn, salon: SmallSalon) -> None:
    answer = log_in("owner").post(f"/services/{salon.color}/phases", data=phases(("processing", "۴۱")))
    assert answer.status_code == 422
    assert "دست‌کم یک مرحلهٔ کار" in answer.text
    assert 'value="۴۱"' in answer.text
    assert service(salon.color).duration == 120


def test_a_service_in_phases_takes_as_long_as_they_do_whatever_its_form_says(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    owner.post(f"/services/{salon.color}/phases", data=phases(("busy", "۳۰"), ("processing", "۴۰")))
    said = {"name": "رنگ", "price": "۲۸۰۰۰۰", "duration": "۵", "active": "y"}
    assert owner.post(f"/services/{salon.color}/edit", data=said).status_code == 303
    db.session.expire_all()
    assert service(salon.color).duration == 70


def test_minutes_more_are_told_of_people_and_of_a_customer_by_her_mobile(log_in: LogIn, salon: SmallSalon) -> None:
    owner, here = log_in("owner"), f"/services/{salon.color}/phases"
    said = phases(("busy", "۱۲۰")) | {"by_staff-0": "+۲۰", "by_staff-1": "۱۰−"}
    assert owner.post(here, data=said).status_code == 303
    assert owner.post(f"{here}/customers", data={"mobile": "۰۹۱۲۳۴۵۶۷۸۹", "minutes": "۱۵"}).status_code == 303
    made = known_made(salon.color)
    assert (dict(made.by_staff), dict(made.by_customer)) == ({salon.sara: 20, salon.negar: -10}, {salon.zahra: 15})
    assert 'value="−۱۰"' in owner.get(here).text
    nobody = owner.post(f"{here}/customers", data={"mobile": "09120000000", "minutes": "۱۵"})
    assert nobody.status_code == 422
    assert 'value="09120000000"' in nobody.text
    wild = owner.post(here, data=said | {"by_staff-0": "زیاد"})
    assert wild.status_code == 422
    assert 'value="زیاد"' in wild.text
    assert owner.post(f"{here}/customers/{salon.zahra}/drop").status_code == 303
    assert dict(known_made(salon.color).by_customer) == {}
