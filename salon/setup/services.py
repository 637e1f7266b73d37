"""Verbs about the salon itself: set it up, change its profile, open years."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.dialects import postgresql, sqlite

from ..access.rules import Actor
from ..core.db import db, is_postgresql
from ..core.hours import is_span
from ..core.jalali import jalali_year, local_date, year_range
from ..core.lengths import line_of, longest, name_of
from ..core.money import Currency, is_share
from .errors import (
    amount_negative,
    currency_unknown,
    grid_invalid,
    hold_invalid,
    hours_invalid,
    ladder_invalid,
    percent_invalid,
    reminder_late,
    salon_exists,
)
from .models import GRIDS, LEAST_REMINDER, LONGEST_HOLD, Branch, FiscalYear, SalonProfile
from .queries import default_branch, has_fiscal_year, is_set_up, profile
from .sale_kinds.services import add_usual_kinds

BOOKING_FIELDS = ("least_notice", "furthest_days", "late_cancel_hours", "misses_before_deposit")


@dataclass(frozen=True)
class ProfileSpec:
    """What an owner decides about her salon: minutes after midnight, basis points, rials, minutes."""

    name: str
    currency: str
    opens_at: int
    closes_at: int
    tax_bp: int
    debt_limit: int
    club_title: str
    club_starts_on: date
    redeem_ceiling_bp: int
    reminder_minutes: int
    round_to: int = 0
    reason_above: int | None = None
    deposit_full_hours: int = 48
    deposit_half_hours: int = 24
    least_notice: int = 0
    furthest_days: int | None = None
    late_cancel_hours: int = 24
    misses_before_deposit: int | None = None
    deposit_share_bp: int = 3_000
    grid_minutes: int = 5
    hold_minutes: int = 5


def init_salon(*, name: str, actor: Actor | None, now: datetime) -> Branch:
    """Set the salon up: its profile, the main branch and this year's books. Raises DomainError salon_exists."""
    if is_set_up():
        raise salon_exists()
    kept = name_of(name, SalonProfile.name)
    today = local_date(now)
    branch = Branch(name=_("شعبهٔ مرکزی"), phone="", address="")
    title = _("باشگاه مشتریان %(name)s", name=kept)
    title = title if len(title) <= longest(SalonProfile.club_title) else kept
    db.session.add_all([branch, SalonProfile(id=1, name=kept, club_title=title, club_starts_on=today)])
    db.session.flush()
    ensure_fiscal_year(today)
    add_usual_kinds(actor=actor, now=now)
    return branch


def change_settings(
    *, spec: ProfileSpec, branch_name: str, phone: str, address: str, actor: Actor | None, now: datetime
) -> None:
    """Change how the salon works and where it is. Raises Invalid for what was typed wrong."""
    change_profile(spec=spec, actor=actor, now=now)
    change_branch(name=branch_name, phone=phone, address=address, actor=actor, now=now)


def change_profile(*, spec: ProfileSpec, actor: Actor | None, now: datetime) -> SalonProfile:
    """Change how the salon works. Raises Invalid for what was typed wrong."""
    _check(spec)
    changed = profile()
    changed.name = name_of(spec.name, SalonProfile.name)
    changed.currency = spec.currency
    changed.opens_at, changed.closes_at = spec.opens_at, spec.closes_at
    changed.tax_bp = spec.tax_bp
    changed.debt_limit = spec.debt_limit
    changed.club_title = name_of(spec.club_title, SalonProfile.club_title)
    changed.club_starts_on = spec.club_starts_on
    changed.redeem_ceiling_bp = spec.redeem_ceiling_bp
    changed.reminder_minutes = spec.reminder_minutes
    changed.round_to, changed.reason_above = spec.round_to, spec.reason_above
    changed.deposit_full_hours, changed.deposit_half_hours = spec.deposit_full_hours, spec.deposit_half_hours
    changed.least_notice, changed.furthest_days = spec.least_notice, spec.furthest_days or None
    changed.late_cancel_hours, changed.misses_before_deposit = (
        spec.late_cancel_hours,
        spec.misses_before_deposit or None,
    )
    changed.deposit_share_bp = spec.deposit_share_bp
    changed.grid_minutes, changed.hold_minutes = spec.grid_minutes, spec.hold_minutes
    db.session.flush()
    return changed


def change_branch(*, name: str, phone: str, address: str, actor: Actor | None, now: datetime) -> Branch:
    """Change the name and address of the first branch. Raises Invalid name_missing."""
    branch = default_branch()
    branch.name = name_of(name, Branch.name, "branch_name")
    branch.phone, branch.address = line_of(phone, Branch.phone), line_of(address, Branch.address)
    db.session.flush()
    return branch


def ensure_fiscal_year(day: date) -> None:
    """Open the books of the Jalali year that a day lies in, when they are not open yet."""
    if has_fiscal_year(day):
        return
    starts, ends = year_range(day)
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    year = insert(FiscalYear).values(jalali_year=jalali_year(day), starts_on=starts, ends_before=ends, closed=False)
    db.session.execute(year.on_conflict_do_nothing(index_elements=["jalali_year"]))


def _check(spec: ProfileSpec) -> None:
    if spec.currency not in set(Currency):
        raise currency_unknown()
    if not is_span(spec.opens_at, spec.closes_at):
        raise hours_invalid()
    for field in ("tax_bp", "redeem_ceiling_bp", "deposit_share_bp"):
        if not is_share(getattr(spec, field)):
            raise percent_invalid(field)
    for field in ("debt_limit", "round_to", "reason_above", "deposit_half_hours", *BOOKING_FIELDS):
        if (getattr(spec, field) or 0) < 0:
            raise amount_negative(field)
    if spec.deposit_half_hours > spec.deposit_full_hours:
        raise ladder_invalid()
    if spec.reminder_minutes < LEAST_REMINDER:
        raise reminder_late()
    if spec.grid_minutes not in GRIDS:
        raise grid_invalid()
    if not 1 <= spec.hold_minutes <= LONGEST_HOLD:
        raise hold_invalid()
