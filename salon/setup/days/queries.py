"""Reads about the days on which a branch is closed."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, literal, select, union_all

from ...core.db import Id, db
from ..errors import closed_day_unknown
from ..models import ClosedDay, HolidayShift, KeptHoliday
from .rules import BY_CODE, HOLIDAYS, Holiday, Shifts, occurrences

_CLOSED = select(ClosedDay.day, ClosedDay.name).where(
    ClosedDay.branch_id == bindparam("branch"), ClosedDay.day >= bindparam("first"), ClosedDay.day < bindparam("before")
)
# A few rows: what the branch keeps (year 0), and the shifts of the moon.
_KEPT = union_all(
    select(KeptHoliday.code, literal(0, Id).label("year"), literal(0, Id).label("days")).where(
        KeptHoliday.branch_id == bindparam("branch")
    ),
    select(HolidayShift.code, HolidayShift.hijri_year, HolidayShift.days),
)


class DayOff(NamedTuple):
    """An official day off of a year. `closed`: the branch keeps it. `shift`: days from the reckoned one."""

    day: date
    holiday: Holiday
    year: int  # of its own calendar
    closed: bool
    shift: int


def closed_days(branch_id: int, first: date, before: date) -> dict[date, str]:
    """The days from `first` to `before` (exclusive) on which a branch is closed, and why."""
    asked = {"branch": branch_id, "first": first, "before": before}
    found: dict[date, str] = {}
    kept, shifts = _kept_and_shifts(branch_id)
    if kept:
        for day, code, _year in occurrences(first, before, shifts):
            if code in kept:
                found[day] = f"{found[day]}، {BY_CODE[code].name}" if day in found else str(BY_CODE[code].name)
    return found | {row.day: row.name for row in db.session.connection().execute(_CLOSED, asked)}


def days_off(branch_id: int, first: date, before: date) -> list[DayOff]:
    """All official days off from `first` to `before` (exclusive), in order, kept or not."""
    kept, shifts = _kept_and_shifts(branch_id)
    return sorted(
        DayOff(day, BY_CODE[code], year, code in kept, shifts.get((code, year), 0))
        for day, code, year in occurrences(first, before, shifts)
    )


def kept_holidays(branch_id: int) -> set[str]:
    """The codes of the official days off on which a branch is closed."""
    return set(_kept_and_shifts(branch_id)[0])


def usual_codes() -> set[str]:
    """The codes of the days on which salons rarely work."""
    return {holiday.code for holiday in HOLIDAYS if holiday.usual}


def own_closed_days(branch_id: int, first: date, before: date | None = None) -> Sequence[ClosedDay]:
    """The days from `first` on that a branch itself named as closed, the nearest first."""
    of_branch = select(ClosedDay).where(ClosedDay.branch_id == branch_id, ClosedDay.day >= first)
    if before is not None:
        of_branch = of_branch.where(ClosedDay.day < before)
    return db.session.scalars(of_branch.order_by(ClosedDay.day)).all()


def closed_day_of(branch_id: int, closed_day_id: int) -> ClosedDay:
    """One of a branch. Raises NotFound `closed_day_unknown`."""
    found = db.session.get(ClosedDay, closed_day_id)
    if found is None or found.branch_id != branch_id:
        raise closed_day_unknown()
    return found


def shift_of(code: str, year: int) -> HolidayShift | None:
    """By how much a Hijri day off is shifted in a year, if it is."""
    of_year = select(HolidayShift).where(HolidayShift.code == code, HolidayShift.hijri_year == year)
    return db.session.scalar(of_year)


def _kept_and_shifts(branch_id: int) -> tuple[Collection[str], Shifts]:
    kept: set[str] = set()
    shifts: dict[tuple[str, int], int] = {}
    for code, year, days in db.session.connection().execute(_KEPT, {"branch": branch_id}):
        if year:
            shifts[code, year] = days
        elif code in BY_CODE:
            kept.add(code)
    return kept, shifts
