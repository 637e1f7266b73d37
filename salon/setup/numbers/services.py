"""Verbs about running numbers: the next one, and the code of something new."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from ...core.db import db, is_postgresql
from ...core.errors import DomainError
from ...core.lengths import fits
from ...core.text import latin_digits, normalise
from ..models import RunningNumber

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
_SERIES = ["kind", "branch_id", "jalali_year"]
_CODES_AT_ONCE = 500


@dataclass(frozen=True)
class CodeSeries:
    """How things of a kind are coded: by numbers from `first` on, unless somebody types a code."""

    kind: str
    taken: DomainError
    in_use: Callable[[int, Collection[str]], set[str]]  # which of these codes somebody has in a branch
    first: int = 1
    longest: int = 40


def next_number(*, kind: str, branch_id: int, year: int) -> int:
    """The next number of a kind, in a branch and Jalali year (0: of all years); without gaps, whoever else asks."""
    series = {"of_kind": kind, "of_branch": branch_id, "of_year": year}
    given = db.session.connection().execute(_NEXT, series).scalar()
    return int(given) if given is not None else _first_number(kind, branch_id, year)


def skip_numbers(*, kind: str, branch_id: int, year: int, up_to: int) -> None:
    """Let the next number come after `up_to`; for codes that people gave by hand, never for invoices."""
    series = {"of_kind": kind, "of_branch": branch_id, "of_year": year, "up_to": up_to}
    db.session.connection().execute(_SKIP, series)


def give_code(series: CodeSeries, *, branch_id: int, typed: str | None) -> str:
    """The code that was typed, in one spelling, or the next number that nobody has. Raises Invalid, DomainError."""
    kept = fits(latin_digits(normalise(typed or "")), series.longest, "code")
    if not kept:
        return _next_code(series, branch_id)
    if series.in_use(branch_id, [kept]):
        raise series.taken.again()
    return kept


def _next_code(series: CodeSeries, branch_id: int) -> str:
    """Codes given by hand or brought in from elsewhere are skipped in strides."""
    number = series.first - 1 + next_number(kind=series.kind, branch_id=branch_id, year=0)
    if not series.in_use(branch_id, [str(number)]):
        return str(number)
    free = _free_from(series, branch_id, number)
    skip_numbers(kind=series.kind, branch_id=branch_id, year=0, up_to=free - series.first + 1)
    return str(free)


def _free_from(series: CodeSeries, branch_id: int, number: int) -> int:
    """The first number, from one on, that is nobody's code."""
    while True:
        stride = range(number, number + _CODES_AT_ONCE)
        used = series.in_use(branch_id, [str(each) for each in stride])
        free = next((each for each in stride if str(each) not in used), None)
        if free is not None:
            return free
        number = stride.stop


def _first_number(kind: str, branch_id: int, year: int) -> int:
    """Start a series; when two start it at once, the second one goes on from the first."""
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    start = insert(RunningNumber).values(kind=kind, branch_id=branch_id, jalali_year=year, last=1)
    start = start.on_conflict_do_update(index_elements=_SERIES, set_={"last": RunningNumber.last + 1})
    return int(db.session.execute(start.returning(RunningNumber.last)).scalar_one())
