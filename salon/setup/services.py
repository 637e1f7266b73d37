"""Verbs about the salon itself: set it up, change its profile, number things, open years."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from ..access.models import User
from ..core.db import db, is_postgresql
from ..core.jalali import jalali_year, local_date, year_range
from ..core.money import Currency
from ..core.text import normalise
from .errors import amount_negative, currency_unknown, hours_invalid, name_missing, percent_invalid, salon_exists
from .models import Branch, FiscalYear, RunningNumber, SalonProfile
from .queries import default_branch, has_fiscal_year, is_set_up, profile
from .rules import is_share, is_span_of_day

_OF_NUMBER = (
    RunningNumber.kind == bindparam("of_kind"),
    RunningNumber.branch_id == bindparam("of_branch"),
    RunningNumber.jalali_year == bindparam("of_year"),
)
# The row stays locked until the transaction ends: two tills never read the same number, and a rollback gives it back.
_NEXT = update(RunningNumber).where(*_OF_NUMBER).values(last=RunningNumber.last + 1).returning(RunningNumber.last)
_SKIP = (
    update(RunningNumber).where(*_OF_NUMBER, RunningNumber.last < bindparam("up_to")).values(last=bindparam("up_to"))
)


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


def init_salon(*, name: str, now: datetime) -> Branch:
    """Set the salon up: its profile, the main branch and this year's books. Raises DomainError salon_exists."""
    if is_set_up():
        raise salon_exists()
    kept = _named(name, "name")
    today = local_date(now)
    branch = Branch(name=_("شعبهٔ مرکزی"), phone="", address="")
    title = _("باشگاه مشتریان %(name)s", name=kept)[:120]
    db.session.add_all([branch, SalonProfile(id=1, name=kept, club_title=title, club_starts_on=today)])
    db.session.flush()
    ensure_fiscal_year(today)
    return branch


def change_profile(*, spec: ProfileSpec, actor: User | None, now: datetime) -> SalonProfile:
    """Change how the salon works. Raises Invalid for what was typed wrong."""
    _check(spec)
    changed = profile()
    changed.name = _named(spec.name, "name")
    changed.currency = spec.currency
    changed.opens_at, changed.closes_at = spec.opens_at, spec.closes_at
    changed.tax_bp = spec.tax_bp
    changed.debt_limit = spec.debt_limit
    changed.club_title = _named(spec.club_title, "club_title")
    changed.club_starts_on = spec.club_starts_on
    changed.redeem_ceiling_bp = spec.redeem_ceiling_bp
    changed.reminder_minutes = spec.reminder_minutes
    db.session.flush()
    return changed


def change_branch(*, name: str, phone: str, address: str, actor: User | None, now: datetime) -> Branch:
    """Change the name and address of the first branch. Raises Invalid name_missing."""
    branch = default_branch()
    branch.name = _named(name, "branch_name")[:80]
    branch.phone, branch.address = normalise(phone)[:40], normalise(address)[:300]
    db.session.flush()
    return branch


def next_number(*, kind: str, branch_id: int, year: int) -> int:
    """The next number of a kind, in a branch and Jalali year (0: of all years); without gaps, whoever else asks."""
    series = {"of_kind": kind, "of_branch": branch_id, "of_year": year}
    given = db.session.connection().execute(_NEXT, series).scalar()
    return int(given) if given is not None else _first_number(kind, branch_id, year)


def skip_numbers(*, kind: str, branch_id: int, year: int, up_to: int) -> None:
    """Let the next number come after `up_to`; for codes that people gave by hand, never for invoices."""
    series = {"of_kind": kind, "of_branch": branch_id, "of_year": year, "up_to": up_to}
    db.session.connection().execute(_SKIP, series)


def ensure_fiscal_year(day: date) -> None:
    """Open the books of the Jalali year that a day lies in, when they are not open yet."""
    if has_fiscal_year(day):
        return
    starts, ends = year_range(day)
    row = {
        "jalali_year": jalali_year(day),
        "starts_on": starts,
        "ends_before": ends,
        "closed": False,
    }
    db.session.execute(_insert(FiscalYear).values(row).on_conflict_do_nothing(index_elements=["jalali_year"]))


def _first_number(kind: str, branch_id: int, year: int) -> int:
    """Start a series; when two start it at once, the second one goes on from the first."""
    row = {"kind": kind, "branch_id": branch_id, "jalali_year": year, "last": 1}
    start = _insert(RunningNumber).values(row)
    series = ["kind", "branch_id", "jalali_year"]
    start = start.on_conflict_do_update(index_elements=series, set_={"last": RunningNumber.last + 1})
    return int(db.session.execute(start.returning(RunningNumber.last)).scalar_one())


def _insert(table: type[FiscalYear] | type[RunningNumber]) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if is_postgresql() else sqlite.insert(table)


def _named(typed: str, field: str) -> str:
    kept = normalise(typed)
    if not kept:
        raise name_missing(field)
    return kept[:120]


def _check(spec: ProfileSpec) -> None:
    if spec.currency not in set(Currency):
        raise currency_unknown()
    if not is_span_of_day(spec.opens_at, spec.closes_at):
        raise hours_invalid()
    for field in ("tax_bp", "redeem_ceiling_bp"):
        if not is_share(getattr(spec, field)):
            raise percent_invalid(field)
    for field in ("debt_limit", "reminder_minutes"):
        if getattr(spec, field) < 0:
            raise amount_negative(field)
