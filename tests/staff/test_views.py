"""Screens of the people who serve."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from salon.staff import queries
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
SAID = {"name": "مینا", "title": "ناخن", "mobile": "۰۹۱۲۱۱۱۲۲۳۳", "color": "#2f5f98"}


def _week(**changes: str) -> dict[str, str]:
    return {f"days-{day}": "" for day in range(7)} | changes


def test_the_owner_adds_somebody(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    assert client.post("/staff/new", data=SAID | {"code": "mina"}).status_code == 303
    added = queries.by_code(salon.branch_id, "mina")
    assert added is not None
    assert (added.name, added.mobile) == ("مینا", "09121112233")
    assert "مینا" in client.get("/staff").text


def test_somebody_without_a_name_is_refused_and_the_rest_stays(log_in: LogIn) -> None:
    answer = log_in("owner").post("/staff/new", data=SAID | {"name": "", "code": ""})
    assert answer.status_code == 422
    assert "نام را بنویسید." in answer.text
    assert 'value="ناخن"' in answer.text


def test_the_owner_changes_somebody_and_her_hours(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    said = SAID | {"position": "۵", "active": "y"}
    assert client.post(f"/staff/{salon.sara}/edit", data=said).status_code == 303
    assert queries.staff_member(salon.sara).position == 5
    week = _week(**{"days-0": "۱۰ تا ۱۳ و ۱۴–۱۸:۳۰"})
    assert client.post(f"/staff/{salon.sara}/hours", data=week).status_code == 303
    found = [(span.weekday, span.starts_at, span.ends_at) for span in queries.hours_of(salon.sara)]
    assert found == [(0, 600, 780), (0, 840, 1110)]


@pytest.mark.parametrize("typed", ["۱۰", "۱۸–۱۰", "۱۰–۲۵", "۹–۱۳، ۱۲–۲۰", "صبح"])
def test_wrong_hours_are_refused_and_what_was_typed_and_the_old_ones_stay(
    log_in: LogIn, salon: SmallSalon, typed: str
) -> None:
    week = _week(**{"days-3": typed})
    answer = log_in("owner").post(f"/staff/{salon.sara}/hours", data=week)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert len(queries.hours_of(salon.sara)) == 7


def test_the_receptionist_sees_the_staff_but_changes_nobody(
    log_in: LogIn, client: FlaskClient, salon: SmallSalon
) -> None:
    assert client.get("/staff").status_code == 302
    desk = log_in("desk")
    shown = desk.get("/staff")
    assert shown.status_code == 200
    assert "/staff/new" not in shown.text
    assert desk.get("/staff/new").status_code == 403
    assert desk.post(f"/staff/{salon.sara}/hours", data=_week()).status_code == 403
    assert desk.get("/staff/999/edit").status_code == 403
