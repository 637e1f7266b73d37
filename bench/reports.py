"""What reports over all lines cost beside the same question asked in hand-written SQL, and what a slip costs."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import select

from salon.app import create_app
from salon.config import load_settings
from salon.core.db import db
from salon.invoices.models import Invoice, InvoiceStatus
from salon.invoices.slip.queries import slip
from salon.invoices.slip.services import Paper, slip_pdf
from salon.reports.queries import REPORTS

FIRST, BEFORE = date(1990, 1, 1), date(2100, 1, 1)
ROUNDS, PRINTS = 5, 30
_SOLD = "invoice.status <> 'draft' AND invoice.business_date >= ? AND invoice.business_date < ?"
_LINES = f"FROM invoice_line JOIN invoice ON invoice.id = invoice_id WHERE {_SOLD} AND nature <> 'opening'"
_MOVED = """SELECT {who}, SUM(CASE WHEN business_date < :first THEN amount ELSE 0 END),
  SUM(CASE WHEN business_date < :first THEN 0 WHEN amount > 0 THEN amount ELSE 0 END),
  SUM(CASE WHEN business_date < :first THEN 0 WHEN amount < 0 THEN -amount ELSE 0 END)
  FROM posting JOIN account ON account.id = account_id JOIN entry ON entry.id = entry_id {more}
  WHERE business_date < :before AND account.kind {kinds} GROUP BY {who}"""
_BUYERS = _LINES.replace("WHERE", "JOIN customer ON customer.id = customer_id WHERE")
# The statements that somebody would write who wants just these figures.
BY_HAND: dict[str, tuple[str, ...]] = {
    "services-by-staff": (
        f"SELECT staff_id, SUM(quantity), SUM(invoice_line.net) {_LINES} GROUP BY staff_id",
        f"""SELECT invoice_line.id, share_bp {_LINES.replace("WHERE", "JOIN line_share ON line_id = invoice_line.id WHERE")}""",
    ),
    "services-by-customer": (
        f"""SELECT customer_id, first_name, last_name, SUM(quantity), SUM(invoice_line.net) {_BUYERS}
      GROUP BY customer_id, first_name, last_name ORDER BY 5 DESC, 1""",
    ),
    "discounts": (
        f"""SELECT invoice_line.discount_by, COUNT(DISTINCT invoice_id), SUM(invoice_line.discount)
      {_LINES} AND invoice_line.discount <> 0 GROUP BY 1""",
        f"SELECT discount_by, COUNT(*), SUM(shared_discount) FROM invoice WHERE {_SOLD} AND shared_discount <> 0 GROUP BY 1",
    ),
    "cash-balance": (
        _MOVED.format(
            who="account.kind, owner_id, account.unit", more="", kinds="IN ('cash', 'card_terminal', 'bank')"
        ),
    ),
    "debtors": (
        _MOVED.format(
            who="customer.id, first_name, last_name",
            more="JOIN customer ON customer.id = owner_id",
            kinds="= 'receivable'",
        )
        + " HAVING SUM(amount) > 0 ORDER BY SUM(amount) DESC, 1",
    ),
}


@dataclass(frozen=True)
class Asked:
    """How long a report took beside the same SQL by hand, in milliseconds at the median."""

    name: str
    milliseconds: float
    by_hand: float

    @property
    def times(self) -> float:
        """How many times as long."""
        return self.milliseconds / self.by_hand


def reports(instance: Path) -> Iterator[Asked]:
    """Each report of the API over all lines; the two take turns, so that what else the machine does weighs on both."""
    app = create_app(load_settings({"SALON_INSTANCE": str(instance)}))
    with app.app_context(), sqlite3.connect(instance / "salon.db") as plain:
        for name, statements in BY_HAND.items():
            by_hand, ours = [], []
            for _round in range(ROUNDS + 1):  # the first one warms up
                by_hand.append(_timed(partial(_ask, plain, statements)))
                ours.append(_timed(partial(REPORTS[name].read, FIRST, BEFORE)))
            yield Asked(name, median(ours[1:]), median(by_hand[1:]))
        db.engine.dispose()


def _ask(plain: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        named = ":first" in statement
        plain.execute(
            statement, {"first": str(FIRST), "before": str(BEFORE)} if named else (str(FIRST), str(BEFORE))
        ).fetchall()


def printed_slip(instance: Path) -> float:
    """Milliseconds at the median for the slip of a settled invoice as PDF, warm."""
    app = create_app(load_settings({"SALON_INSTANCE": str(instance)}))
    with app.test_request_context():
        newest = select(Invoice.id).where(Invoice.status == InvoiceStatus.SETTLED).order_by(Invoice.id.desc())
        invoice_id = db.session.scalars(newest.limit(1)).one()
        print_slip = partial(_print, invoice_id)
        print_slip()
        taken = [_timed(print_slip) for _ in range(PRINTS)]
        db.engine.dispose()
    return median(taken)


def _print(invoice_id: int) -> None:
    slip_pdf(slip(invoice_id), Paper.ROLL)


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
