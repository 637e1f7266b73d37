"""Verbs about fiscal years: open, close, reopen."""

from datetime import date, datetime

from ..access.rules import Actor
from ..core.db import db
from ..core.jalali import first_of_year, local_date
from ..core.keys import KEY_REUSED
from ..core.lengths import line_of
from ..core.text import persian_digits
from ..ledger.rules import CLOSING, PostingSpec
from ..ledger.services import post
from ..setup.models import FiscalYear
from ..setup.queries import default_branch
from .checks.queries import pending_in
from .checks.rules import told
from .errors import (
    ALREADY_CLOSED,
    YEAR_EXISTS,
    YEAR_OPEN,
    reason_missing,
    year_ahead,
    year_invalid,
    year_order,
    year_running,
    year_unready,
)
from .models import ActKind, FiscalYearAct
from .queries import (
    act_under,
    balances_of,
    first_open_before,
    is_known,
    last_act_of,
    last_closed_after,
    locked_year,
    postings_of,
)
from .rules import JALALI_YEARS, carried_forward, taken_back


def open_year(*, year: int, actor: Actor | None, now: datetime) -> FiscalYear:
    """Open the books of a Jalali year. Raises Invalid `year_invalid`, DomainError `year_exists`."""
    if year not in JALALI_YEARS:
        raise year_invalid(_shown(JALALI_YEARS[0]), _shown(JALALI_YEARS[-1]))
    if is_known(year):
        raise YEAR_EXISTS.again()
    opened = FiscalYear(jalali_year=year, starts_on=first_of_year(year), ends_before=first_of_year(year + 1))
    db.session.add(opened)
    db.session.flush()
    return opened


def close_year(*, year_id: int, confirmed: bool = False, key: str, actor: Actor | None, now: datetime) -> FiscalYear:
    """Close a year and carry what it leaves over forward in one entry of its last day; a key does it once.

    `confirmed`: whoever closes a year that is still running knows that it takes no more sales. Raises NotFound
    `year_unknown`; Invalid `key_reused`; DomainError `period_closed`, `year_ahead`, `year_running`, `year_order`,
    `year_unready`.
    """
    year = locked_year(year_id)
    if _is_done(key, year, ActKind.CLOSED, ""):
        return year
    _check(year, local_date(now), confirmed)
    postings = carried_forward(balances_of(year))
    carried = _post(year, postings, key, None, actor, now) if postings else None
    year.closed, year.closed_at, year.closed_by = True, now, actor.id if actor else None
    _keep(year, ActKind.CLOSED, "", carried, key, actor, now)
    return year


def reopen_year(*, year_id: int, reason: str, key: str, actor: Actor | None, now: datetime) -> FiscalYear:
    """Open a closed year again, for a reason, and take back what it carried forward; a key does it once.

    Raises NotFound `year_unknown`; Invalid `reason_missing`, `key_reused`; DomainError `year_open`, `year_order`.
    """
    said = line_of(reason, FiscalYearAct.reason)
    if not said:
        raise reason_missing()
    year = locked_year(year_id)
    if _is_done(key, year, ActKind.REOPENED, said):
        return year
    if not year.closed:
        raise YEAR_OPEN.again()
    later = last_closed_after(year.ends_before)
    if later is not None:
        raise year_order(_shown(later.jalali_year))
    year.closed, year.closed_at, year.closed_by = False, None, None
    db.session.flush()  # from here on it takes postings
    closing = last_act_of(year.id)
    carried = closing.entry_id if closing else None
    back = _post(year, taken_back(postings_of(carried)), key, carried, actor, now) if carried else None
    _keep(year, ActKind.REOPENED, said, back, key, actor, now)
    return year


def _is_done(key: str, year: FiscalYear, kind: ActKind, reason: str) -> bool:
    """Whether this was done under the key. Raises Invalid `key_reused` when something else was."""
    known = act_under(key)
    if known is None:
        return False
    if (known.fiscal_year_id, known.kind, known.reason) != (year.id, kind.value, reason):
        raise KEY_REUSED.again()
    return True


def _check(year: FiscalYear, today: date, confirmed: bool) -> None:
    if year.closed:
        raise ALREADY_CLOSED.again()
    if year.starts_on > today:
        raise year_ahead()
    earlier = first_open_before(year.starts_on)
    if earlier is not None:
        raise year_order(_shown(earlier.jalali_year))
    found = pending_in(year, today)
    if found:
        raise year_unready(told(found))
    if year.ends_before > today and not confirmed:
        raise year_running()


def _post(
    year: FiscalYear,
    postings: tuple[PostingSpec, ...],
    key: str,
    reverses_id: int | None,
    actor: Actor | None,
    now: datetime,
) -> int:
    return post(
        branch_id=default_branch().id,
        business_date=year.ends_on,
        kind=CLOSING,
        source_kind="fiscal_year",
        source_id=year.id,
        idempotency_key=f"year:{key}",
        postings=postings,
        actor_id=actor.id if actor else None,
        now=now,
        reverses_id=reverses_id,
    )


def _keep(
    year: FiscalYear, kind: ActKind, reason: str, entry_id: int | None, key: str, actor: Actor | None, now: datetime
) -> None:
    act = FiscalYearAct(
        fiscal_year_id=year.id,
        kind=kind.value,
        at=now,
        actor_id=actor.id if actor else None,
        reason=reason,
        entry_id=entry_id,
        idempotency_key=key,
    )
    db.session.add(act)
    db.session.flush()


def _shown(year: int) -> str:
    return persian_digits(str(year))
