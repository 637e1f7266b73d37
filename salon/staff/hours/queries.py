"""Reads about when people work."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from ...core.db import db
from ...core.jalali import day_range, start_of_day, wall_clock, weekday_of
from ..models import Absence, StaffDay, WorkingHours

_DAY = timedelta(days=1)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_WEEK = (
    select(WorkingHours.staff_id, WorkingHours.weekday, WorkingHours.starts_at, WorkingHours.ends_at)
    .where(WorkingHours.staff_id.in_(_PEOPLE))
    .order_by(WorkingHours.starts_at)
)
_DAYS = (
    select(StaffDay.staff_id, StaffDay.day, StaffDay.starts_at, StaffDay.ends_at)
    .where(StaffDay.staff_id.in_(_PEOPLE), StaffDay.day >= bindparam("first"), StaffDay.day < bindparam("before"))
    .order_by(StaffDay.starts_at)
)
_AWAY = select(Absence.staff_id, Absence.starts_at, Absence.ends_at).where(
    Absence.staff_id.in_(_PEOPLE), Absence.starts_at < bindparam("ends"), Absence.ends_at > bindparam("begins")
)


class Stretch(NamedTuple):
    """From a moment to another, in UTC."""

    starts_at: datetime
    ends_at: datetime


class Presence(NamedTuple):
    """When somebody works, and when she is away all the same."""

    works: list[Stretch]
    away: list[Stretch]


def presence(people: Collection[int], first: date, before: date, closed: Collection[date] = ()) -> dict[int, Presence]:
    """When these people are to be found on the days from `first` to `before` (exclusive), but for the closed days."""
    asked = {"people": sorted(people), "first": first, "before": before}
    connection = db.session.connection()
    week, other = _by_weekday(connection.execute(_WEEK, asked)), _by_day(connection.execute(_DAYS, asked))
    found = {staff_id: Presence([], []) for staff_id in people}
    for passed in range((before - first).days):
        day = first + passed * _DAY
        if day in closed:
            continue
        for staff_id in people:
            spans = other.get((staff_id, day))
            if spans is None:
                spans = week.get((staff_id, weekday_of(day)), [])
            found[staff_id].works.extend(
                Stretch(wall_clock(day, starts), wall_clock(day, ends)) for starts, ends in spans
            )
    for staff_id, starts_at, ends_at in connection.execute(
        _AWAY, asked | {"begins": start_of_day(first), "ends": start_of_day(before)}
    ):
        found[staff_id].away.append(Stretch(starts_at, ends_at))
    return found


def absences_on(day: date, people: Collection[int]) -> Sequence[Any]:
    """Who is away on a day: (staff_id, starts_at, ends_at)."""
    begins, ends = day_range(day)
    asked = {"people": sorted(people), "begins": begins, "ends": ends}
    return db.session.connection().execute(_AWAY, asked).all()


def days_from(staff_id: int, day: date) -> dict[date, list[tuple[int, int]]]:
    """The dates from a day on with other hours than their weekday's, in order; none: she is off."""
    of_person = select(StaffDay).where(StaffDay.staff_id == staff_id, StaffDay.day >= day)
    found: dict[date, list[tuple[int, int]]] = {}
    for row in db.session.scalars(of_person.order_by(StaffDay.day, StaffDay.starts_at)):
        spans = found.setdefault(row.day, [])
        if row.starts_at is not None and row.ends_at is not None:
            spans.append((row.starts_at, row.ends_at))
    return found


def absences_from(staff_id: int, moment: datetime) -> Sequence[Absence]:
    """The absences of a person that are not over at a moment, the next first."""
    of_person = select(Absence).where(Absence.staff_id == staff_id, Absence.ends_at > moment)
    return db.session.scalars(of_person.order_by(Absence.starts_at, Absence.id)).all()


def _by_weekday(rows: Any) -> Mapping[tuple[int, int], list[tuple[int, int]]]:
    found: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for staff_id, weekday, starts, ends in rows:
        found[staff_id, weekday].append((starts, ends))
    return found


def _by_day(rows: Any) -> Mapping[tuple[int, date], list[tuple[int, int]]]:
    """By person and date; a date without hours is there with none."""
    found: defaultdict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)
    for staff_id, day, starts, ends in rows:
        spans = found[staff_id, day]
        if starts is not None:
            spans.append((starts, ends))
    return found
