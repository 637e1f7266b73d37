"""Verbs about the days on which a branch is closed; bookings of such a day stay, and are told of."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ..errors import holiday_shift_invalid, holiday_unknown
from ..models import ClosedDay, HolidayShift, KeptHoliday
from .queries import closed_day_of, kept_holidays, shift_of
from .rules import BY_CODE, MOST_SHIFT, CalendarKind


def close_day(*, branch_id: int, day: date, name: str, actor: Actor | None, now: datetime) -> ClosedDay:
    """Close a branch for a day. Raises DomainError `closed_day_exists`, Invalid `name_missing`, `text_long`."""
    added = ClosedDay(branch_id=branch_id, day=day, name=name_of(name, ClosedDay.name))
    db.session.add(added)
    db.session.flush()
    return added


def open_day(*, branch_id: int, closed_day_id: int, actor: Actor | None, now: datetime) -> None:
    """Work on a day after all. Raises NotFound `closed_day_unknown`."""
    db.session.delete(closed_day_of(branch_id, closed_day_id))
    db.session.flush()


def keep_holidays(*, branch_id: int, codes: Collection[str], actor: Actor | None, now: datetime) -> None:
    """Say on which official days off a branch is closed; on all others it works. Raises NotFound `holiday_unknown`."""
    wanted, kept = set(codes), kept_holidays(branch_id)
    if not wanted <= BY_CODE.keys():
        raise holiday_unknown()
    dropped = KeptHoliday.branch_id == branch_id, KeptHoliday.code.not_in(wanted)
    db.session.execute(delete(KeptHoliday).where(*dropped))
    db.session.add_all(KeptHoliday(branch_id=branch_id, code=code) for code in sorted(wanted - kept))
    db.session.flush()


def shift_holiday(*, code: str, year: int, days: int, actor: Actor | None, now: datetime) -> None:
    """Say that a Hijri day falls so many days later (or earlier) in a year than it is reckoned; 0: as reckoned.

    Raises NotFound `holiday_unknown`, Invalid `holiday_shift_invalid`.
    """
    holiday = BY_CODE.get(code)
    if holiday is None or holiday.calendar != CalendarKind.HIJRI:
        raise holiday_unknown()
    if abs(days) > MOST_SHIFT:
        raise holiday_shift_invalid()
    found = shift_of(code, year)
    if found is not None and not days:
        db.session.delete(found)
    elif found is not None:
        found.days = days
    elif days:
        db.session.add(HolidayShift(code=code, hijri_year=year, days=days))
    db.session.flush()
