"""The page of when somebody works: her week, other hours of a date, absences."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.core import clock
from salon.core.db import db
from salon.core.hours import parse_spans, spans_shown
from salon.core.jalali import wall_clock
from salon.staff.hours.queries import days_from
from salon.staff.models import Absence
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def owner(log_in: LogIn, now: datetime, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The owner, by the clock of the tests."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return log_in("owner")


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("۹–۱۳، ۱۴–۲۰", [(540, 780), (840, 1200)]),
        ("9-13 14-20", [(540, 780), (840, 1200)]),
        ("۱۴ تا ۲۰ و ۹:۳۰ تا ۱۳", [(570, 780), (840, 1200)]),
        ("0930-1300", [(570, 780)]),
        ("۱۸–۲۴", [(1080, 1440)]),
        ("۹", None),
        ("۹–۱۳–۱۴", None),
        ("۱۳–۹", None),
        ("۹–۱۳، ۱۲–۱۴", None),
        ("صبح تا شب", None),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, spans: list[tuple[int, int]] | None) -> None:
    assert parse_spans(typed) == spans
    if spans:
        assert parse_spans(spans_shown(spans)) == spans


def test_a_date_has_other_hours_until_they_are_taken_back(owner: FlaskClient, salon: SmallSalon) -> None:
    here = f"/staff/{salon.sara}/hours"
    for typed, spans in (("۱۰–۱۲، ۱۶–۲۰", [(600, 720), (960, 1200)]), ("", [])):
        assert owner.post(f"{here}/dates", data={"day": "۱۴۰۵/۰۹/۰۲", "spans": typed}).status_code == 303
        assert days_from(salon.sara, MONDAY) == {MONDAY: spans}
    assert "نمی‌آید" in owner.get(here).text
    assert owner.post(f"{here}/dates/drop", data={"day": MONDAY.isoformat()}).status_code == 303
    assert days_from(salon.sara, MONDAY) == {}


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ({}, 0, 1440),
        ({"starts_at": "۱۴"}, 840, 1440),
        ({"starts_at": "۱۰", "ends_at": "۱۲:۳۰"}, 600, 750),
        ({"ends_on": "۱۴۰۵/۰۹/۰۴"}, 0, 3 * 1440),
    ],
)
def test_an_absence_is_of_hours_a_day_or_days(
    owner: FlaskClient, salon: SmallSalon, typed: dict[str, str], starts: int, ends: int
) -> None:
    said = {"starts_on": "۱۴۰۵/۰۹/۰۲", "reason": "مرخصی"} | typed
    assert owner.post(f"/staff/{salon.sara}/absences", data=said).status_code == 303
    kept = db.session.scalars(select(Absence)).one()
    midnight = wall_clock(MONDAY, 0)
    assert (kept.starts_at, kept.ends_at) == tuple(midnight + timedelta(minutes=minute) for minute in (starts, ends))
    assert "مرخصی" in owner.get(f"/staff/{salon.sara}/hours").text
    assert owner.post(f"/staff/{salon.sara}/absences/{kept.id}/end").status_code == 303
    assert db.session.scalars(select(Absence)).all() == []


def test_an_absence_that_ends_before_it_begins_is_refused_at_its_end_and_stays_typed(
    owner: FlaskClient, salon: SmallSalon
) -> None:
    said = {"starts_on": "۱۴۰۵/۰۹/۰۲", "ends_on": "۱۴۰۵/۰۹/۰۱", "reason": "سفر"}
    answer = owner.post(f"/staff/{salon.sara}/absences", data=said)
    assert answer.status_code == 422
    assert "پایان غیبت باید پس از آغاز آن باشد." in answer.text
    assert 'value="سفر"' in answer.text
    assert db.session.scalars(select(Absence)).all() == []


def test_an_absence_of_somebody_else_is_not_ended_from_her_page(owner: FlaskClient, salon: SmallSalon) -> None:
    owner.post(f"/staff/{salon.sara}/absences", data={"starts_on": "۱۴۰۵/۰۹/۰۲"})
    kept = db.session.scalars(select(Absence)).one()
    assert owner.post(f"/staff/{salon.negar}/absences/{kept.id}/end").status_code == 404
    assert db.session.scalars(select(Absence)).all() == [kept]
