"""Verbs about the people who serve."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from ..access.rules import Actor
from ..core.db import db
from ..core.hours import is_span
from ..core.lengths import line_of, name_of
from ..core.mobile import mobile_of
from ..setup.numbers.services import CodeSeries, give_code
from ..setup.queries import profile
from .errors import CODE_TAKEN, color_invalid, hours_invalid
from .models import StaffMember, WorkingHours
from .queries import codes_in_use, last_position, staff_member
from .rules import WEEK, color_of, is_color

Span = tuple[int, int]  # minutes after midnight, from and to

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
    _write_hours(member.id, dict.fromkeys(WEEK, (salon.opens_at, salon.closes_at)))
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


def set_week(*, staff_id: int, days: Mapping[int, Span | None], actor: Actor | None, now: datetime) -> None:
    """Say when she works on each weekday; a day without a span is a day off.

    Raises NotFound staff_unknown, Invalid hours_invalid.
    """
    _write_hours(staff_member(staff_id).id, dict.fromkeys(WEEK) | dict(days))


def _write_hours(staff_id: int, days: Mapping[int, Span | None]) -> None:
    """Write these weekdays anew."""
    if not all(span is None or is_span(*span) for span in days.values()):
        raise hours_invalid()
    of_days = WorkingHours.staff_id == staff_id, WorkingHours.weekday.in_(list(days))
    db.session.execute(delete(WorkingHours).where(*of_days))
    spans = sorted((day, *span) for day, span in days.items() if span is not None)
    db.session.add_all(
        WorkingHours(staff_id=staff_id, weekday=day, starts_at=starts, ends_at=ends) for day, starts, ends in spans
    )
    db.session.flush()


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
