"""Coming and going at the desk."""

from datetime import datetime, timedelta

import pytest

from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.staff.attendance.queries import hours_of_staff, today_of
from salon.staff.attendance.services import come_in, correct_stay, go_out
from salon.staff.models import Attendance
from tests.conftest import Together
from tests.factories import SmallSalon

HOUR = timedelta(hours=1)


def come(staff_id: int, now: datetime, at: datetime | None = None) -> int:
    """She comes."""
    with transaction():
        return come_in(staff_id=staff_id, at=at, actor=None, now=now).id


def go(staff_id: int, now: datetime, at: datetime | None = None) -> None:
    """She goes."""
    with transaction():
        go_out(staff_id=staff_id, at=at, actor=None, now=now)


def correct(stay_id: int, came: datetime, left: datetime | None, now: datetime, reason: str = "یادش رفت") -> None:
    """What was written down is put right."""
    with transaction():
        correct_stay(attendance_id=stay_id, came_at=came, left_at=left, reason=reason, actor=None, now=now)


def test_in_and_out_make_the_hours_of_a_day(salon: SmallSalon, now: datetime) -> None:
    come(salon.sara, now)
    assert next(row for row in today_of(salon.branch_id, local_date(now)) if row.person.id == salon.sara).here
    go(salon.sara, now + 2 * HOUR)
    come(salon.sara, now + 3 * HOUR)
    db.session.rollback()
    day = local_date(now)
    found = hours_of_staff(salon.sara, day, day + timedelta(days=1), now + 4 * HOUR)
    assert found.present == 180


def test_twice_in_and_out_without_in_are_refused(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refused:
        go(salon.sara, now)
    assert refused.value.code == "not_here"
    come(salon.sara, now)
    with pytest.raises(DomainError) as refused:
        come(salon.sara, now + HOUR)
    assert refused.value.code == "already_here"


def test_two_desks_write_one_coming(salon: SmallSalon, now: datetime, together: Together) -> None:
    answers = together(*[lambda: come(salon.sara, now)] * 2)
    assert sorted(getattr(answer, "code", "came") for answer in answers) == ["already_here", "came"]


@pytest.mark.parametrize(
    ("came", "left", "code", "field"),
    [
        (0, 0, "left_before_came", "left_at"),
        (0, -1, "left_before_came", "left_at"),
        (25, None, "moment_ahead", "came_at"),
        (0, 25, "moment_ahead", "left_at"),
        (-3, None, "stay_overlaps", "came_at"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    salon: SmallSalon, now: datetime, came: int, left: int | None, code: str, field: str
) -> None:
    come(salon.sara, now - 2 * HOUR)
    go(salon.sara, now - HOUR)
    stay = come(salon.sara, now)
    with pytest.raises(DomainError) as refused:
        correct(stay, now + came * HOUR, None if left is None else now + left * HOUR, now)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_forgotten_going_is_written_down_the_next_day_with_its_reason(salon: SmallSalon, now: datetime) -> None:
    stay = come(salon.sara, now)
    tomorrow = now + 24 * HOUR
    with pytest.raises(DomainError, match="بنویسید چرا"):
        correct(stay, now, now + 6 * HOUR, tomorrow, reason=" ")
    assert next(row for row in today_of(salon.branch_id, local_date(tomorrow)) if row.here).is_forgotten
    correct(stay, now, now + 6 * HOUR, tomorrow)
    db.session.rollback()
    kept = db.session.get_one(Attendance, stay)
    assert (kept.left_at, kept.note) == (now + 6 * HOUR, "یادش رفت")
    come(salon.sara, tomorrow)


def test_who_serves_no_more_does_not_come(salon: SmallSalon, now: datetime) -> None:
    with transaction() as session:
        session.execute(db.text("UPDATE staff_member SET active = :no"), {"no": False})
    db.session.expire_all()
    with pytest.raises(DomainError) as refused:
        come(salon.sara, now)
    assert refused.value.code == "staff_inactive"
