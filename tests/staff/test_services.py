"""People who serve, and when."""

from datetime import datetime

import pytest

from salon.core.db import transaction
from salon.core.errors import DomainError
from salon.staff import queries, services
from salon.staff.hours.services import set_hours
from tests.factories import SmallSalon


def _hours(staff_id: int) -> list[tuple[int, int, int]]:
    return [(span.weekday, span.starts_at, span.ends_at) for span in queries.hours_of(staff_id)]


def test_somebody_new_works_all_week_while_the_salon_is_open(salon: SmallSalon) -> None:
    assert _hours(salon.sara) == [(day, 9 * 60, 21 * 60) for day in range(7)]


def test_people_stand_on_the_board_in_the_order_they_came(salon: SmallSalon) -> None:
    assert [member.id for member in queries.active_staff(salon.branch_id)] == [salon.sara, salon.negar]


def test_a_code_is_given_when_none_is_typed_and_never_twice(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        services.add_staff(branch_id=salon.branch_id, name="الف", code="1", actor=None, now=now)
        given = services.add_staff(branch_id=salon.branch_id, name="ب", actor=None, now=now)
    assert given.code == "2"
    with pytest.raises(DomainError) as refusal, transaction():
        services.add_staff(branch_id=salon.branch_id, name="پ", code="۲", actor=None, now=now)
    assert (refusal.value.code, refusal.value.field) == ("staff_exists", "code")


def test_a_week_is_written_whole_and_a_day_without_hours_is_a_day_off(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        week = dict.fromkeys(range(7), ()) | {0: [(780, 900), (600, 720)], 3: [(540, 1260)]}
        set_hours(staff_id=salon.sara, week=week)
    assert _hours(salon.sara) == [(0, 600, 720), (0, 780, 900), (3, 540, 1260)]
    with pytest.raises(DomainError) as refusal, transaction():
        set_hours(staff_id=99, week=week)
    assert refusal.value.code == "staff_unknown"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"name": " "}, "name_missing"), ({"mobile": "123"}, "mobile_invalid"), ({"color": "red"}, "color_invalid")],
)
def test_what_cannot_be_is_refused(salon: SmallSalon, now: datetime, wrong: dict[str, str], code: str) -> None:
    said: dict[str, str] = {"name": "مینا"} | wrong
    with pytest.raises(DomainError) as refusal, transaction():
        services.add_staff(branch_id=salon.branch_id, **said, actor=None, now=now)  # type: ignore[arg-type]
    assert refusal.value.code == code


@pytest.mark.parametrize("span", [(720, 600), (600, 600), (-1, 600), (600, 1441)])
def test_work_that_ends_before_it_begins_is_refused(salon: SmallSalon, now: datetime, span: tuple[int, int]) -> None:
    before = _hours(salon.sara)
    with pytest.raises(DomainError) as refusal, transaction():
        set_hours(staff_id=salon.sara, week={0: [span]})
    assert refusal.value.code == "hours_invalid"
    assert _hours(salon.sara) == before


def test_somebody_who_left_has_no_column(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        services.change_staff(
            staff_id=salon.sara,
            name="سارا",
            title="",
            mobile="۰۹۱۲ ۱۱۱ ۲۲۳۳",
            color="#112233",
            position=3,
            active=False,
            actor=None,
            now=now,
        )
    assert [member.id for member in queries.active_staff(salon.branch_id)] == [salon.negar]
    assert queries.staff_member(salon.sara).mobile == "09121112233"
