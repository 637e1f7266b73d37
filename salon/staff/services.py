"""Verbs about the people who serve."""

from datetime import datetime

from ..access.rules import Actor
from ..core.db import db
from ..core.lengths import line_of, name_of
from ..core.mobile import mobile_of
from ..setup.numbers.services import CodeSeries, give_code
from ..setup.queries import profile
from .errors import CODE_TAKEN, color_invalid
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
    actor: Actor | None,
    now: datetime,
) -> StaffMember:
    """Let somebody serve, on all days while the salon is open. Raises DomainError staff_exists, Invalid."""
    place = last_position(branch_id) + 1 if position is None else position
    member = StaffMember(branch_id=branch_id, code=give_code(_CODES, branch_id=branch_id, typed=code), active=True)
    _describe(member, name, title, mobile, color or color_of(place), place)
    db.session.add(member)
    db.session.flush()
    salon = profile()
    db.session.add_all(
        WorkingHours(staff_id=member.id, weekday=day, starts_at=salon.opens_at, ends_at=salon.closes_at) for day in WEEK
    )
    db.session.flush()
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
    actor: Actor | None,
    now: datetime,
) -> StaffMember:
    """Change who somebody is, or take her off the board. Raises NotFound staff_unknown, Invalid."""
    member = staff_member(staff_id)
    _describe(member, name, title, mobile, color, position)
    member.active = active
    db.session.flush()
    return member


def _describe(member: StaffMember, name: str, title: str, mobile: str | None, color: str, position: int) -> None:
    member.name = name_of(name, StaffMember.name)
    member.title = line_of(title, StaffMember.title)
    member.mobile = mobile_of(mobile)
    member.color = _color(color)
    member.position = position


def _color(typed: str) -> str:
    if not is_color(typed):
        raise color_invalid()
    return typed.lower()
