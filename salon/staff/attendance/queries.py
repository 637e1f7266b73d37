"""Reads about who is here, and who was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from ...core.db import db
from ...core.jalali import start_of_day, weekday_of
from ..errors import attendance_unknown
from ..models import Attendance, StaffMember, WorkingHours
from ..queries import active_staff
from .rules import Hours, Span, Stay, hours_over

Week = dict[int, list[Span]]  # by weekday


@dataclass(frozen=True)
class Present:
    """Somebody on the list of today: since when she is here, her last stay of today, when she is expected."""

    person: StaffMember
    here: Stay | None
    last: Stay | None
    planned: tuple[Span, ...]

    @property
    def is_forgotten(self) -> bool:
        """Whether she came on an earlier day and never left."""
        return self.here is not None and self.last is not self.here


def today_of(branch_id: int, day: date) -> list[Present]:
    """The people of a branch with whether they are here; who is expected first, in one order all day."""
    people = active_staff(branch_id)
    numbers = [person.id for person in people]
    stays, weeks = _stays(Attendance.staff_id.in_(numbers), _on(day, day)), _weeks_of(numbers)
    rows = [
        _present(person, [stay for stay in stays if stay.staff_id == person.id], weeks.get(person.id, {}), day)
        for person in people
    ]
    return sorted(rows, key=lambda row: (not row.planned, row.person.position, row.person.id))


def _present(person: StaffMember, stays: Sequence[Stay], week: Week, day: date) -> Present:
    here = next((stay for stay in stays if stay.left_at is None), None)
    last = next((stay for stay in reversed(stays) if stay.came_at >= start_of_day(day)), None)
    return Present(person, here, last, tuple(week.get(weekday_of(day), ())))


def hours_of_staff(staff_id: int, first: date, end_before: date, now: datetime) -> Hours:
    """Hours present and absent of somebody, day by day of a range (half-open)."""
    stays = _stays(Attendance.staff_id == staff_id, _on(first, end_before))
    return hours_over(first, end_before, _weeks_of([staff_id]).get(staff_id, {}), stays, now)


def _weeks_of(staff_ids: Collection[int]) -> dict[int, Week]:
    """Working hours by person and weekday."""
    hours = select(WorkingHours).where(WorkingHours.staff_id.in_(staff_ids))
    weeks: dict[int, Week] = {}
    for span in db.session.scalars(hours.order_by(WorkingHours.weekday, WorkingHours.starts_at)):
        weeks.setdefault(span.staff_id, {}).setdefault(span.weekday, []).append((span.starts_at, span.ends_at))
    return weeks


def stays_of(staff_id: int) -> list[Stay]:
    """Every stay of somebody, the first first."""
    return _stays(Attendance.staff_id == staff_id)


def attendance(attendance_id: int) -> Attendance:
    """The stay of this number. Raises NotFound attendance_unknown."""
    found = db.session.get(Attendance, attendance_id)
    if found is None:
        raise attendance_unknown()
    return found


def _on(first: date, last: date) -> ColumnElement[bool]:
    """Stays that reach into these days; both inclusive."""
    begins = Attendance.came_at < start_of_day(date.fromordinal(last.toordinal() + 1))
    return begins & or_(Attendance.left_at.is_(None), Attendance.left_at > start_of_day(first))


def _stays(*which: ColumnElement[bool]) -> list[Stay]:
    rows = db.session.scalars(select(Attendance).where(*which).order_by(Attendance.came_at, Attendance.id))
    return [Stay(row.id, row.staff_id, row.came_at, row.left_at, row.note) for row in rows]
