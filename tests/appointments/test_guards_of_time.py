"""The database alone keeps people, chairs and rooms from being given twice: raw SQL, no code of the salon."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from salon.core.db import db, rule_of, transaction
from salon.core.errors import DomainError
from tests.factories import SmallSalon

TEN = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
HOLD = text(
    "INSERT INTO slot_hold (branch_id, expires_at, created_at) VALUES (1, '2027-01-01 00:00:00', '2026-11-22 00:00:00')"
)
TAKE = """INSERT INTO occupancy (staff_id, resource_id, starts_at, ends_at, hold_id, overbooked)
    VALUES (:staff_id, :resource_id, :starts_at, :ends_at, 1, :overbooked)"""


@pytest.fixture(autouse=True)
def _held(salon: SmallSalon) -> None:
    """A hold that the rows belong to, a chair for one and a room for two."""
    with transaction() as session:
        session.execute(HOLD)
        for name, kind, capacity in (("صندلی", "chair", 1), ("اتاق", "room", 2)):
            session.execute(
                text(
                    "INSERT INTO resource (branch_id, name, kind, capacity, position, active)"
                    " VALUES (1, :name, :kind, :capacity, 0, :yes)"
                ),
                {"name": name, "kind": kind, "capacity": capacity, "yes": True},
            )


def moment(minute: int) -> Any:
    """So many minutes after ten, as the engine writes it."""
    found = TEN + timedelta(minutes=minute)
    return found.strftime("%Y-%m-%d %H:%M:%S.%f") if db.engine.dialect.name == "sqlite" else found


def taken(starts: int, ends: int, *, overbooked: bool = False, **of: int) -> str | None:
    """The rule by which the database refuses a row, or None when it takes it."""
    row = {"staff_id": None, "resource_id": None} | of
    return refusal(TAKE, row | {"starts_at": moment(starts), "ends_at": moment(ends), "overbooked": overbooked})


def refusal(statement: str, values: dict[str, Any]) -> str | None:
    """The rule by which the database refuses a statement."""
    try:
        with transaction() as session:
            session.execute(text(statement), values)
    except DBAPIError as error:
        return rule_of(error)
    except DomainError as refused:
        assert isinstance(refused.__cause__, DBAPIError)
        return rule_of(refused.__cause__)
    return None


CHAIR, ROOM = 1, 2
OVERLAPS = [(0, 60), (10, 20), (-30, 1), (59, 90), (-30, 90)]


@pytest.mark.parametrize(("starts", "ends"), OVERLAPS)
def test_a_person_is_not_given_twice(salon: SmallSalon, starts: int, ends: int) -> None:
    assert taken(0, 60, staff_id=salon.sara) is None
    assert taken(starts, ends, staff_id=salon.sara) == "slot_taken"
    assert taken(starts, ends, staff_id=salon.negar) is None


@pytest.mark.parametrize(("starts", "ends"), OVERLAPS)
def test_a_chair_is_not_given_twice(salon: SmallSalon, starts: int, ends: int) -> None:
    assert taken(0, 60, resource_id=CHAIR) is None
    assert taken(starts, ends, resource_id=CHAIR) == "resource_full"


def test_who_comes_when_another_leaves_is_taken(salon: SmallSalon) -> None:
    for of in ({"staff_id": salon.sara}, {"resource_id": CHAIR}):
        assert [taken(0, 60, **of), taken(60, 90, **of), taken(-30, 0, **of)] == [None] * 3


def test_a_room_takes_as_many_as_it_has_room_for_in_each_moment(salon: SmallSalon) -> None:
    assert [taken(0, 60, resource_id=ROOM), taken(60, 120, resource_id=ROOM)] == [None] * 2
    assert taken(30, 90, resource_id=ROOM) is None  # beside one, and then beside another
    assert taken(80, 100, resource_id=ROOM) == "resource_full"
    assert taken(-10, 31, resource_id=ROOM) == "resource_full"
    assert taken(90, 100, resource_id=ROOM) is None


def test_a_row_is_not_moved_onto_another(salon: SmallSalon) -> None:
    for of, rule in (({"staff_id": salon.sara}, "slot_taken"), ({"resource_id": CHAIR}, "resource_full")):
        assert [taken(0, 60, **of), taken(60, 90, **of)] == [None] * 2
        moved = "UPDATE occupancy SET starts_at = :earlier WHERE starts_at = :at"
        assert refusal(moved, {"earlier": moment(50), "at": moment(60)}) == rule
        assert refusal("DELETE FROM occupancy", {}) is None


def test_only_what_says_so_stands_beside_another_and_then_in_the_way_of_all(salon: SmallSalon) -> None:
    assert taken(0, 60, staff_id=salon.sara) is None
    assert taken(30, 90, staff_id=salon.sara, overbooked=True) is None
    assert taken(70, 100, staff_id=salon.sara) == "slot_taken"
    assert taken(0, 60, resource_id=CHAIR) is None
    assert taken(30, 90, resource_id=CHAIR, overbooked=True) is None
    assert taken(70, 100, resource_id=CHAIR) == "resource_full"


def test_nothing_is_held_for_a_day_or_longer(salon: SmallSalon) -> None:
    assert taken(0, 24 * 60, staff_id=salon.sara) == "booking_too_long"
    assert taken(0, 24 * 60, resource_id=ROOM) == "booking_too_long"
