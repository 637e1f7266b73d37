"""Verbs about the people who serve."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from ..access.models import User
from ..core.db import db
from ..core.hours import is_span
from ..core.lengths import line_of
from ..core.mobile import mobile_of
from ..setup.numbers.services import CodeSeries, give_code
from ..setup.queries import profile
from .errors import CODE_TAKEN, color_invalid, hours_invalid, name_missing
from .models import StaffMember, WorkingHours
from .queries import codes_in_use, last_position, staff_member
from .rules import WEEK, color_of, is_color

_CODES = CodeSeries("staff", CODE_TAKEN, codes_in_use)


def add_staff(
    *,
    branch_id: int,
    name: str,
    code: str | None = None,
    title: str = "",
    mobile: str | None = None,
    color: str | None = None,
    position: int | None = None,
    actor: User | None,
    now: datetime,
) -> StaffMember:
    """Let somebody serve, on all days while the salon is open. Raises DomainError staff_exists, Invalid."""
    place = last_position(branch_id) + 1 if position is None else position
    member = StaffMember(branch_id=branch_id, code=give_code(_CODES, branch_id=branch_id, typed=code), active=True)
    _describe(member, name, title, mobile, color or color_of(place), place)
    db.session.add(member)
    db.session.flush()
    salon = profile()
    set_working_hours(staff_id=member.id, weekdays=WEEK, starts_at=salon.opens_at, ends_at=salon.closes_at)
    return member


def change_staff(
    *,
    staff_id: int,
    name: str,
    title: str,
    mobile: str | None,
    color: str,
    position: int,
    active: bool,
    actor: User | None,
    now: datetime,
) -> StaffMember:
    """Change who somebody is, or take her off the board. Raises NotFound staff_unknown, Invalid."""
    member = staff_member(staff_id)
    _describe(member, name, title, mobile, color, position)
    member.active = active
    db.session.flush()
    return member


def set_working_hours(*, staff_id: int, weekdays: Iterable[int], starts_at: int, ends_at: int) -> None:
    """Let her work from one minute of the day to another on these weekdays; other days stay. Raises Invalid."""
    if not is_span(starts_at, ends_at):
        raise hours_invalid()
    days = sorted(set(weekdays))
    set_days_off(staff_id=staff_id, weekdays=days)
    hours = [WorkingHours(staff_id=staff_id, weekday=day, starts_at=starts_at, ends_at=ends_at) for day in days]
    db.session.add_all(hours)
    db.session.flush()


def set_days_off(*, staff_id: int, weekdays: Iterable[int]) -> None:
    """Let her not work on these weekdays; bookings she has already stay."""
    of_days = delete(WorkingHours).where(WorkingHours.staff_id == staff_id, WorkingHours.weekday.in_(list(weekdays)))
    db.session.execute(of_days)


def _describe(member: StaffMember, name: str, title: str, mobile: str | None, color: str, position: int) -> None:
    member.name = _name(name)
    member.title = line_of(title, StaffMember.title)
    member.mobile = mobile_of(mobile)
    member.color = _color(color)
    member.position = position


def _name(typed: str) -> str:
    kept = line_of(typed, StaffMember.name)
    if not kept:
        raise name_missing()
    return kept


def _color(typed: str) -> str:
    if not is_color(typed):
        raise color_invalid()
    return typed.lower()
