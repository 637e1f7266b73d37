"""What tests of pay do again and again: make a scheme, sell by people, ask what the salon owes her."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.invoices.models import PayShare, PayTerms
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.terms.rules import NO_TERMS, Terms
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.staff.models import PayKind, PayScheme, PayStep
from tests.factories import SmallSalon
from tests.invoices.packages.conftest import three_cuts
from tests.invoices.returns.conftest import Back, Pay, Sell, Together, back, balances, lines_of, pay, sell, verify

Scheme = Callable[..., int]
Write = Callable[..., int]

__all__ = [
    "Back",
    "Pay",
    "Scheme",
    "Sell",
    "Together",
    "Write",
    "back",
    "balances",
    "lines_of",
    "pay",
    "sell",
    "three_cuts",
    "verify",
]


def owed(staff_id: int) -> int:
    """What the salon owes her, in rials."""
    db.session.rollback()
    return -balance(AccountKind.STAFF_PAYABLE, staff_id)


def counted(staff_id: int) -> tuple[int, int]:
    """What her lines come to: the bases and her shares."""
    sums = (func.coalesce(func.sum(PayShare.base), 0), func.coalesce(func.sum(PayShare.share), 0))
    db.session.rollback()
    row = db.session.execute(
        select(*sums).join(PayTerms, PayTerms.id == PayShare.terms_id).where(PayTerms.staff_id == staff_id)
    ).one()
    return int(row[0]), int(row[1])


@pytest.fixture
def scheme(salon: SmallSalon, now: datetime) -> Scheme:
    """A scheme from the first day of the year on: a percentage unless said otherwise."""

    def make(percent_bp: int = 4_000, *, steps: dict[int, int] | None = None, **said: Any) -> int:
        said = {"kind": PayKind.PERCENT, "staff_id": salon.sara, "starts_on": date(2026, 3, 21), **said}
        with transaction() as session:
            made = PayScheme(name="الگو", percent_bp=percent_bp, created_at=now, **said)
            made.steps = [PayStep(above=above, percent_bp=percent) for above, percent in (steps or {}).items()]
            session.add(made)
            session.flush()
            return made.id

    return make


@pytest.fixture
def write(salon: SmallSalon, now: datetime) -> Write:
    """Write a draft of these lines for Zahra."""

    def lines(*specs: LineSpec, terms: Terms = NO_TERMS, at: datetime = now) -> int:
        with transaction():
            return draft(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                lines=specs,
                terms=terms,
                actor_id=salon.desk_id,
                now=at,
            )

    return lines


def today(now: datetime) -> date:
    """The day of the tests."""
    return local_date(now)
