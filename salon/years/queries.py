"""Reads about fiscal years: their list, their trace, and what they leave over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ..access.models import User
from ..core.db import db
from ..ledger.models import TEMPORARY, Account, AccountKind, Entry, Posting, Unit
from ..ledger.rules import PostingSpec
from ..setup.models import FiscalYear, SalonProfile
from .errors import year_unknown
from .models import FiscalYearAct
from .rules import Balance

_ONE_AT_A_TIME = select(SalonProfile.id).where(SalonProfile.id == 1).with_for_update()


@dataclass(frozen=True)
class YearRow:
    """A year, who closed it, and what it left over (rials, a profit positive) when it is closed."""

    year: FiscalYear
    closed_by: str
    result: int | None


@dataclass(frozen=True)
class ActRow:
    """Something that was done with a year, who did it, and what it carried forward (rials, a profit positive)."""

    act: FiscalYearAct
    by: str
    result: int


def fiscal_years() -> list[YearRow]:
    """All years, the latest first."""
    rows = db.session.execute(
        select(FiscalYear, func.coalesce(User.full_name, ""))
        .outerjoin(User, User.id == FiscalYear.closed_by)
        .order_by(FiscalYear.starts_on.desc())
    )
    found = rows.all()
    closings = _closings_of([year.id for year, _by in found if year.closed])
    results = _results_of(closings.values())
    return [YearRow(year, by, results.get(closings.get(year.id, 0), 0) if year.closed else None) for year, by in found]


def last_known() -> int | None:
    """The latest Jalali year whose books are open or closed already."""
    return db.session.scalar(select(func.max(FiscalYear.jalali_year)))


def fiscal_year(year_id: int) -> FiscalYear:
    """A year. Raises NotFound `year_unknown`."""
    found = db.session.get(FiscalYear, year_id)
    if found is None:
        raise year_unknown()
    return found


def is_known(jalali_year: int) -> bool:
    """Whether the books of a Jalali year are open or closed already."""
    return db.session.scalar(select(FiscalYear.id).where(FiscalYear.jalali_year == jalali_year)) is not None


def locked_year(year_id: int) -> FiscalYear:
    """A year as it stands, when nobody closes or reopens any other and all who are posting into it are done.

    Raises NotFound `year_unknown`.
    """
    db.session.execute(_ONE_AT_A_TIME)
    question = select(FiscalYear).where(FiscalYear.id == year_id).with_for_update()
    found = db.session.scalar(question.execution_options(populate_existing=True))
    if found is None:
        raise year_unknown()
    return found


def acts_of(year_id: int) -> list[ActRow]:
    """What was done with a year, the latest first."""
    rows = db.session.execute(
        select(FiscalYearAct, func.coalesce(User.full_name, ""))
        .outerjoin(User, User.id == FiscalYearAct.actor_id)
        .where(FiscalYearAct.fiscal_year_id == year_id)
        .order_by(FiscalYearAct.id.desc())
    )
    found = rows.all()
    results = _results_of({act.entry_id for act, _by in found if act.entry_id is not None})
    return [ActRow(act, by, results.get(act.entry_id or 0, 0)) for act, by in found]


def last_act_of(year_id: int) -> FiscalYearAct | None:
    """What was done with a year last."""
    of_year = select(FiscalYearAct).where(FiscalYearAct.fiscal_year_id == year_id)
    return db.session.scalar(of_year.order_by(FiscalYearAct.id.desc()).limit(1))


def act_under(key: str) -> FiscalYearAct | None:
    """What was done under an idempotency key."""
    return db.session.scalar(select(FiscalYearAct).where(FiscalYearAct.idempotency_key == key))


def first_open_before(day: date) -> FiscalYear | None:
    """The oldest year before a day that is open and has something posted."""
    posted = select(Entry.id).where(
        Entry.business_date >= FiscalYear.starts_on, Entry.business_date < FiscalYear.ends_before
    )
    earlier = select(FiscalYear).where(FiscalYear.ends_before <= day, ~FiscalYear.closed, posted.exists())
    return db.session.scalar(earlier.order_by(FiscalYear.starts_on).limit(1))


def last_closed_after(day: date) -> FiscalYear | None:
    """The latest closed year that begins on a day or after it."""
    later = select(FiscalYear).where(FiscalYear.starts_on >= day, FiscalYear.closed)
    return db.session.scalar(later.order_by(FiscalYear.starts_on.desc()).limit(1))


def balances_of(year: FiscalYear) -> Sequence[Balance]:
    """What the accounts that tell of one year hold of this one, in every branch."""
    total = func.sum(Posting.amount)
    rows = db.session.execute(
        select(Account.kind, Account.owner_id, Account.branch_id, total)
        .join(Posting, Posting.account_id == Account.id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Account.kind.in_(sorted(TEMPORARY)), Account.unit == Unit.RIAL.value)
        .where(Entry.business_date >= year.starts_on, Entry.business_date < year.ends_before)
        .group_by(Account.kind, Account.owner_id, Account.branch_id)
        .having(total != 0)
        .order_by(Account.branch_id, Account.kind, Account.owner_id)
    )
    return [Balance(AccountKind(kind), owner, branch, int(amount)) for kind, owner, branch, amount in rows]


def postings_of(entry_id: int) -> list[PostingSpec]:
    """What an entry moved, account by account."""
    rows = db.session.execute(
        select(Account.kind, Posting.amount, Account.owner_id, Account.unit, Account.branch_id)
        .join(Posting, Posting.account_id == Account.id)
        .where(Posting.entry_id == entry_id)
        .order_by(Posting.id)
    )
    return [
        PostingSpec(AccountKind(kind), int(amount), owner, Unit(unit), branch)
        for kind, amount, owner, unit, branch in rows
    ]


def _closings_of(year_ids: Collection[int]) -> dict[int, int]:
    """The entries by which these years were closed last, by year; one that had nothing to carry has none."""
    last = (
        select(func.max(FiscalYearAct.id))
        .where(FiscalYearAct.fiscal_year_id.in_(year_ids))
        .group_by(FiscalYearAct.fiscal_year_id)
    )
    rows = db.session.execute(
        select(FiscalYearAct.fiscal_year_id, FiscalYearAct.entry_id).where(FiscalYearAct.id.in_(last))
    )
    return {year_id: entry_id for year_id, entry_id in rows if entry_id is not None}


def _results_of(entry_ids: Collection[int]) -> dict[int, int]:
    """What entries carried to what is retained, by entry; a profit is positive."""
    rows = db.session.execute(
        select(Posting.entry_id, -func.sum(Posting.amount))
        .join(Account, Account.id == Posting.account_id)
        .where(Posting.entry_id.in_(entry_ids), Account.kind == AccountKind.RETAINED.value)
        .group_by(Posting.entry_id)
    )
    return {entry_id: int(result) for entry_id, result in rows}
