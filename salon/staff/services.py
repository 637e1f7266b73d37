"""Verbs about the people who serve."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from ..access.models import User
from ..core.db import db
from ..core.text import latin_digits, normalise, normalise_mobile
from ..setup.queries import profile
from ..setup.services import next_number
from .errors import CODE_TAKEN, color_invalid, hours_invalid, mobile_invalid, name_missing
from .models import StaffMember, WorkingHours
from .queries import by_code, last_position, staff_member
from .rules import WEEK, color_of, is_color, is_span


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
    member = StaffMember(
        branch_id=branch_id,
        code=_code(branch_id, code),
        name=_name(name),
        title=normalise(title)[:80],
        mobile=_mobile(mobile),
        color=_color(color or color_of(place)),
        position=place,
        active=True,
    )
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
    member.name = _name(name)
    member.title = normalise(title)[:80]
    member.mobile = _mobile(mobile)
    member.color = _color(color)
    member.position = position
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


def _code(branch_id: int, typed: str | None) -> str:
    kept = latin_digits(normalise(typed or ""))[:40]
    while not kept:
        given = str(next_number(kind="staff", branch_id=branch_id, year=0))
        kept = given if by_code(branch_id, given) is None else ""
    if by_code(branch_id, kept) is not None:
        raise CODE_TAKEN.again()
    return kept


def _name(typed: str) -> str:
    kept = normalise(typed)
    if not kept:
        raise name_missing()
    return kept[:120]


def _mobile(typed: str | None) -> str | None:
    if not typed or not typed.strip():
        return None
    mobile = normalise_mobile(typed)
    if mobile is None:
        raise mobile_invalid()
    return mobile


def _color(typed: str) -> str:
    if not is_color(typed):
        raise color_invalid()
    return typed.lower()
