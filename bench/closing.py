"""What closing a fiscal year costs: meanwhile nobody settles, so its time is how long the desks may have to wait."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from salon.app import create_app
from salon.config import load_settings
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date, year_range
from salon.ledger.models import TEMPORARY
from salon.reports.queries import REPORTS
from salon.setup.models import FiscalYear
from salon.years.audit.queries import verify_years
from salon.years.queries import fiscal_years
from salon.years.services import close_year, reopen_year

INVOICES = 300_000
ROUNDS = 5
# What somebody would write who wants just the sums that are carried forward.
BY_HAND = f"""SELECT account.kind, owner_id, account.branch_id, SUM(amount) FROM posting
  JOIN account ON account.id = account_id JOIN entry ON entry.id = entry_id
  WHERE account.kind IN ({", ".join(f"'{kind.value}'" for kind in sorted(TEMPORARY))})
    AND business_date >= ? AND business_date < ? GROUP BY 1, 2, 3"""


@dataclass(frozen=True)
class Took:
    """An act upon a year, or a report of it, and how long it took: milliseconds at the median."""

    name: str
    milliseconds: float


def closing(instance: Path) -> Iterator[Took]:
    """The last year is closed and reopened in turns, and told of. Raises when the books are off afterwards."""
    app = create_app(load_settings({"SALON_INSTANCE": str(instance)}))
    with app.app_context(), sqlite3.connect(instance / "salon.db") as plain:
        this_year = year_range(local_date(clock.now()))[0]
        year = next(row.year for row in fiscal_years() if row.year.ends_before == this_year)
        days = (year.starts_on, year.ends_before)
        hand: list[float] = []
        closed: list[float] = []
        reopened: list[float] = []
        for number in range(ROUNDS):
            hand.append(_timed(lambda: plain.execute(BY_HAND, [str(day) for day in days]).fetchall()))
            closed.append(_timed(lambda number=number: _close(year, f"close-{number}")))
            reopened.append(_timed(lambda number=number: _reopen(year, f"reopen-{number}")))
        _close(year, "for good")
        off = verify_years()
        if off:
            raise RuntimeError(f"the books are off: {off}")
        yield Took("the sums by hand", median(hand))
        yield Took("closing", median(closed))
        yield Took("reopening", median(reopened))
        for name in ("profit-and-loss", "year-trial-balance"):
            yield Took(name, median(_timed(lambda name=name: REPORTS[name].read(*days)) for _ in range(ROUNDS)))
        db.engine.dispose()


def _close(year: FiscalYear, key: str) -> None:
    with transaction():
        close_year(year_id=year.id, key=key, actor=None, now=clock.now())


def _reopen(year: FiscalYear, key: str) -> None:
    with transaction():
        reopen_year(year_id=year.id, reason="measured", key=key, actor=None, now=clock.now())


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
