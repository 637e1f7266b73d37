"""The audit names what disagrees about closed years."""

from datetime import date, datetime

import pytest
from sqlalchemy import text, update

from salon.core.db import db, transaction
from salon.ledger.models import AccountKind
from salon.ledger.rules import CLOSING, PostingSpec
from salon.ledger.services import post
from salon.setup.models import FiscalYear
from salon.years.audit.queries import verify_years
from tests.years.conftest import LAST_DAY, Act, Pay, Sell, YearOf


def found() -> list[str]:
    """What the audit says."""
    db.session.rollback()
    return verify_years()


def carry(year: FiscalYear, day: date, now: datetime, *postings: PostingSpec, kind: str = CLOSING) -> None:
    """An entry that no service would write."""
    with transaction():
        post(
            branch_id=1,
            business_date=day,
            kind=kind,
            source_kind="fiscal_year",
            source_id=year.id,
            idempotency_key="by hand",
            postings=postings,
            actor_id=None,
            now=now,
        )


def flag(closed: bool) -> None:
    """Somebody sets what tells that 1405 is closed."""
    with transaction():
        db.session.execute(update(FiscalYear).where(FiscalYear.jalali_year == 1405).values(closed=closed))


def test_a_year_that_was_closed_by_its_service_is_in_order(sell: Sell, pay: Pay, close: Act) -> None:
    pay(sell(), 1_000_000)
    close()
    assert found() == []


def test_a_year_that_only_says_that_it_is_closed_is_named(sell: Sell, pay: Pay, year_of: YearOf) -> None:
    pay(sell(), 1_000_000)
    year_of()
    flag(True)
    assert found() == [
        "year 1405: its state is not the one that its trace tells of",
        "year 1405: club_cost of 0 in branch 1 is left with 50000",
        "year 1405: revenue of 0 in branch 1 is left with -1000000",
    ]


def test_a_sale_that_slipped_into_a_closed_year_is_named(sell: Sell, pay: Pay, close: Act) -> None:
    late = sell()
    with transaction():
        db.session.execute(text("UPDATE invoice SET business_date = '2027-03-25' WHERE id = 1"))
    close()
    flag(False)
    pay(late, 1_000_000)
    flag(True)
    assert "year 1405: revenue of 0 in branch 1 is left with -1000000" in found()


def test_a_second_closing_is_named(sell: Sell, pay: Pay, close: Act, year_of: YearOf, now: datetime) -> None:
    pay(sell(), 1_000_000)
    close()
    flag(False)
    again = PostingSpec(AccountKind.EXPENSE, 1), PostingSpec(AccountKind.RETAINED, -1)
    carry(year_of(), LAST_DAY, now, *again)
    flag(True)
    assert "year 1405: 2 closing entries in force, not 1" in found()


def test_a_closing_of_another_day_is_named(year_of: YearOf, now: datetime) -> None:
    carry(year_of(), date(2027, 3, 19), now, PostingSpec(AccountKind.EXPENSE, 1), PostingSpec(AccountKind.RETAINED, -1))
    assert "entry 1: closes a year on 2027-03-19" in found()


@pytest.mark.parametrize(("kind", "wrong"), [(CLOSING, AccountKind.CASH), ("sale", AccountKind.RETAINED)])
def test_a_closing_that_moves_what_runs_on_is_named_and_so_is_what_else_moves_the_retained(
    year_of: YearOf, now: datetime, kind: str, wrong: AccountKind
) -> None:
    carry(year_of(), LAST_DAY, now, PostingSpec(AccountKind.EXPENSE, 1), PostingSpec(wrong, -1), kind=kind)
    assert f"entry 1: moves {wrong.value}" in found()


def test_an_open_year_before_a_closed_one_is_named(
    sell: Sell, pay: Pay, close: Act, spring: datetime, year_of: YearOf
) -> None:
    pay(sell(), 1_000_000)
    year_of()
    with transaction():
        db.session.execute(update(FiscalYear).where(FiscalYear.jalali_year == 1406).values(closed=True))
    assert "year 1405: is open though a later one is closed" in found()
