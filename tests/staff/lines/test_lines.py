"""Lines: heads with their people."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.core.errors import DomainError
from salon.staff.lines.queries import line_view, lines_of, place_of
from salon.staff.lines.services import add_line, change_line, join_line
from tests.factories import SmallSalon, open_second_branch

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def hair(salon: SmallSalon, now: datetime) -> int:
    """The hair line: Sara is its head, Negar has 30% of her part."""
    with transaction():
        members = {salon.negar: 3_000}
        return add_line(
            branch_id=salon.branch_id, name="مو", head_id=salon.sara, members=members, actor=None, now=now
        ).id


def test_the_head_is_one_of_her_line_s_people(salon: SmallSalon, hair: int) -> None:
    assert line_view(hair).members == {salon.sara: 0, salon.negar: 3_000}
    assert place_of(salon.negar) == (hair, 3_000)
    assert [view.line.name for view in lines_of(salon.branch_id)] == ["مو"]


def test_whoever_joins_a_line_leaves_another_and_is_head_of_it_no_more(
    salon: SmallSalon, hair: int, now: datetime
) -> None:
    with transaction():
        nails = add_line(branch_id=salon.branch_id, name="ناخن", actor=None, now=now).id
        join_line(staff_id=salon.sara, line_id=nails, share_bp=500, actor=None, now=now)
    assert (line_view(hair).line.head_id, line_view(hair).members) == (None, {salon.negar: 3_000})
    assert line_view(nails).members == {salon.sara: 500}
    with transaction():
        change_line(line_id=hair, name="مو", head_id=salon.sara, members={}, active=False, actor=None, now=now)
    assert line_view(hair).members == {salon.sara: 0}
    assert line_view(nails).members == {}
    with transaction():
        join_line(staff_id=salon.sara, line_id=None, share_bp=0, actor=None, now=now)
    assert place_of(salon.sara) == (None, 0)
    assert line_view(hair).line.head_id is None


def test_what_no_line_can_be_is_refused(salon: SmallSalon, hair: int, now: datetime) -> None:
    stranger = open_second_branch(now).mina
    for said, code in (
        ({"name": "مو"}, "line_exists"),
        ({"name": " "}, "name_missing"),
        ({"name": "ناخن", "head_id": stranger}, "staff_unknown"),
        ({"name": "ناخن", "members": {salon.negar: 10_001}}, "share_invalid"),
    ):
        with pytest.raises(DomainError) as refusal, transaction():
            add_line(branch_id=salon.branch_id, **said, actor=None, now=now)  # type: ignore[arg-type]  # as said
        assert refusal.value.code == code
    assert place_of(salon.negar) == (hair, 3_000)


def test_the_owner_writes_a_line_with_its_people(salon: SmallSalon, log_in: LogIn) -> None:
    owner = log_in("owner")
    assert "لاین یعنی یک سرلاین" in owner.get("/settings/lines").text
    people = {"people-0-staff_id": salon.sara, "people-1-staff_id": salon.negar, "people-1-belongs": "y"}
    said = {"name": "مو", "head_id": salon.sara, "active": "y", "people-1-share_bp": "۳۰"} | people
    refused = owner.post("/settings/lines/new", data=said | {"people-1-share_bp": "۳۰۰"})
    assert refused.status_code == 422
    assert 'value="۳۰۰"' in refused.text
    assert owner.post("/settings/lines/new", data=said).status_code == 303
    found = lines_of(salon.branch_id)[0]
    assert found.members == {salon.sara: 0, salon.negar: 3_000}
    assert "نگار رضایی (۳۰٪)" in owner.get("/settings/lines").text
    assert 'value="۳۰"' in owner.get(f"/settings/lines/{found.line.id}").text
    without = {key: value for key, value in said.items() if key != "people-1-belongs"}
    assert owner.post(f"/settings/lines/{found.line.id}", data=without | {"head_id": ""}).status_code == 303
    assert line_view(found.line.id).members == {}


def test_level_and_line_are_chosen_on_the_person_s_page(salon: SmallSalon, hair: int, log_in: LogIn) -> None:
    owner = log_in("owner")
    assert (
        owner.post("/settings/staff-levels/new", data={"name": "ارشد", "position": "", "active": "y"}).status_code
        == 303
    )
    said = {"name": "سارا", "title": "", "mobile": "", "color": "#7b2d5e", "position": "0", "active": "y"}
    place = {"level_id": "1", "line_id": str(hair), "share_bp": "۱۲٫۵"}
    assert owner.post(f"/staff/{salon.negar}/edit", data=said | place).status_code == 303
    assert place_of(salon.negar) == (hair, 1_250)
    assert line_view(hair).line.head_id == salon.sara
    shown = owner.get(f"/staff/{salon.negar}/edit").text
    assert 'value="۱۲٫۵"' in shown
    assert '<option selected value="1">ارشد</option>' in shown
    assert owner.post(f"/staff/{salon.negar}/edit", data=said | {"level_id": "", "line_id": ""}).status_code == 303
    assert place_of(salon.negar) == (None, 0)
