"""A salon at the turn of a year: 29 Esfand 1405 is over, 1406 has begun; and the audits that end every example."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from salon.access.models import User
from salon.cli import AUDITS
from salon.core.db import db, transaction
from salon.setup.models import FiscalYear
from salon.setup.services import ensure_fiscal_year
from salon.years.services import close_year, reopen_year
from tests.cashbox.conftest import Boxes, Close, Open, Write, boxes, closed, opened, till, write
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell, pay, sell

YearOf = Callable[..., FiscalYear]
Act = Callable[..., FiscalYear]
LAST_DAY = date(2027, 3, 20)  # 29 Esfand 1405

__all__ = [
    "Boxes", "Close", "Open", "Pay", "Sell", "Write",
    "boxes", "closed", "opened", "pay", "sell", "till", "write",
]  # fmt: skip


def audits() -> list[str]:
    """What `salon ledger verify` finds."""
    db.session.rollback()
    return [finding for verify in AUDITS for finding in verify()]


@pytest.fixture
def in_order(app: Flask) -> Iterator[None]:
    """Whatever is done, the books stay in order."""
    yield
    assert audits() == []


@pytest.fixture
def spring(now: datetime) -> datetime:
    """2 Farvardin 1406, 11:20 in Tehran."""
    return datetime(2027, 3, 22, 7, 50, tzinfo=UTC)


@pytest.fixture
def year_of(salon: SmallSalon, spring: datetime) -> YearOf:
    """The fiscal year of a Jalali year as the database has it; 1406 is open, too."""
    with transaction():
        ensure_fiscal_year(spring.date())

    def found(jalali_year: int = 1405) -> FiscalYear:
        db.session.rollback()
        question = select(FiscalYear).where(FiscalYear.jalali_year == jalali_year)
        return db.session.scalars(question.execution_options(populate_existing=True)).one()

    return found


@pytest.fixture
def close(salon: SmallSalon, year_of: YearOf, spring: datetime) -> Act:
    """Close a year as the owner, on 2 Farvardin of 1406 unless said otherwise."""
    keys = iter(range(1000))

    def end(jalali_year: int = 1405, *, key: str = "", at: datetime = spring, **more: Any) -> FiscalYear:
        year_id = year_of(jalali_year).id
        with transaction():
            actor = db.session.get_one(User, salon.owner_id)
            return close_year(year_id=year_id, key=key or f"close-{next(keys)}", actor=actor, now=at, **more)

    return end


@pytest.fixture
def reopen(salon: SmallSalon, year_of: YearOf, spring: datetime) -> Act:
    """Reopen a year as the owner, for a reason."""
    keys = iter(range(1000))

    def begin(jalali_year: int = 1405, *, reason: str = "فاکتور جامانده", key: str = "") -> FiscalYear:
        year_id = year_of(jalali_year).id
        with transaction():
            actor = db.session.get_one(User, salon.owner_id)
            return reopen_year(
                year_id=year_id, reason=reason, key=key or f"reopen-{next(keys)}", actor=actor, now=spring
            )

    return begin
