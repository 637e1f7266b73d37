"""Where closed years disagree with the books."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from ...core.db import db
from ...ledger.models import TEMPORARY, Account, AccountKind, Entry, Posting
from ...ledger.rules import CLOSING
from ...setup.models import FiscalYear
from ..models import ActKind
from ..queries import last_act_of

_DAY = timedelta(days=1)
_MAY_MOVE = {*TEMPORARY, AccountKind.RETAINED}


def verify_years() -> list[str]:
    """What is off; empty when every closed year came to nothing by one entry and nothing else touched what is kept."""
    years = db.session.scalars(select(FiscalYear).order_by(FiscalYear.starts_on)).all()
    in_force = Counter(db.session.scalars(_closings_in_force()))
    return [
        *(finding for year in years for finding in _against_trace(year, in_force[year.id])),
        *(finding for year in years if year.closed for finding in _left_over(year)),
        *_out_of_order(),
        *_of_another_day(),
        *_strange_movements(),
    ]


def _closings_in_force() -> Select[int]:
    """The year of each closing that was not taken back."""
    back = aliased(Entry)
    return (
        select(Entry.source_id)
        .outerjoin(back, back.reverses_id == Entry.id)
        .where(Entry.kind == CLOSING, Entry.reverses_id.is_(None), back.id.is_(None))
    )


def _against_trace(year: FiscalYear, in_force: int) -> Iterator[str]:
    """A year is as it was left last, by as many entries as that needs."""
    last = last_act_of(year.id)
    was_closed = last is not None and last.kind == ActKind.CLOSED
    if year.closed != was_closed or year.closed != (year.closed_at is not None):
        yield f"year {year.jalali_year}: its state is not the one that its trace tells of"
    wanted = int(was_closed and last is not None and last.entry_id is not None)
    if in_force != wanted:
        yield f"year {year.jalali_year}: {in_force} closing entries in force, not {wanted}"


def _left_over(year: FiscalYear) -> Iterator[str]:
    """What tells of one year has come to nothing at its end."""
    total = func.sum(Posting.amount)
    rows = db.session.execute(
        select(Account.kind, Account.owner_id, Account.branch_id, total)
        .join(Posting, Posting.account_id == Account.id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Account.kind.in_(sorted(TEMPORARY)), Entry.business_date < year.ends_before)
        .group_by(Account.kind, Account.owner_id, Account.branch_id)
        .having(total != 0)
        .order_by(Account.branch_id, Account.kind, Account.owner_id)
    )
    for kind, owner, branch, amount in rows:
        yield f"year {year.jalali_year}: {kind} of {owner} in branch {branch} is left with {amount}"


def _out_of_order() -> list[str]:
    """Years of before a closed one into which something was posted are closed, too."""
    last = select(func.max(FiscalYear.starts_on)).where(FiscalYear.closed).scalar_subquery()
    posted = select(Entry.id).where(
        Entry.business_date >= FiscalYear.starts_on, Entry.business_date < FiscalYear.ends_before
    )
    wrong = select(FiscalYear.jalali_year).where(~FiscalYear.closed, FiscalYear.starts_on < last, posted.exists())
    return [f"year {year}: is open though a later one is closed" for year in db.session.scalars(wrong)]


def _of_another_day() -> list[str]:
    """A closing stands on the last day of its year."""
    rows = db.session.execute(
        select(Entry.id, Entry.business_date, FiscalYear.ends_before)
        .outerjoin(FiscalYear, FiscalYear.id == Entry.source_id)
        .where(Entry.kind == CLOSING)
    )
    return [f"entry {entry}: closes a year on {day}" for entry, day, ends in rows if ends is None or day + _DAY != ends]


def _strange_movements() -> list[str]:
    """A closing moves what tells of a year to what is retained, and nothing else moves what is retained."""
    kinds = [kind.value for kind in _MAY_MOVE]
    wrong = (
        select(Entry.id, Account.kind)
        .join(Posting, Posting.entry_id == Entry.id)
        .join(Account, Account.id == Posting.account_id)
        .where(
            or_(
                (Entry.kind == CLOSING) & Account.kind.not_in(kinds),
                (Entry.kind != CLOSING) & (Account.kind == AccountKind.RETAINED.value),
            )
        )
        .distinct()
    )
    return [f"entry {entry}: moves {kind}" for entry, kind in db.session.execute(wrong)]
