"""What months and years came to, told the same before and after the year is closed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from salon.core.jalali import local_date
from salon.ledger.models import TEMPORARY
from salon.reports.queries import REPORTS
from salon.reports.years.queries import _OF_COLUMN
from tests.factories import SmallSalon
from tests.years.conftest import (
    LAST_DAY,
    Act,
    Pay,
    Sell,
    Write,
    boxes,
    close,
    pay,
    sell,
    spring,
    till,
    write,
    year_of,
)

__all__ = ["boxes", "close", "pay", "sell", "spring", "till", "write", "year_of"]

FIRST, BEFORE = date(2026, 3, 21), date(2027, 3, 21)  # 1405
Login = Callable[[str], FlaskClient]


@pytest.fixture
def year(salon: SmallSalon, sell: Sell, pay: Pay, write: Write, now: datetime) -> SmallSalon:
    """1405: two cuts a month apart, the second one with a discount and half owed, and a cup of tea."""
    pay(sell(), 1_000_000)
    later = now + timedelta(days=20)
    pay(sell(discount=100_000, at=later), 400_000, at=later)
    write(30_000, "expense")
    return salon


def rows(name: str, first: date = FIRST, before: date = BEFORE) -> list[tuple[object, ...]]:
    """The rows of a report."""
    return [row.cells for row in REPORTS[name].read(first, before).rows]


def test_a_month_tells_what_it_earned_and_cost_in_each_branch(year: SmallSalon) -> None:
    main = "شعبهٔ مرکزی"
    assert rows("profit-and-loss") == [
        (date(2026, 10, 23), main, 1_000_000, 0, 0, 0, -50_000, 0, -30_000, 0, 920_000),
        (date(2026, 11, 22), main, 1_000_000, 0, -100_000, 0, 0, 0, 0, 0, 900_000),
    ]


def test_each_account_that_tells_of_one_year_has_its_column() -> None:
    assert {kind for kinds in _OF_COLUMN.values() for kind in kinds} == TEMPORARY


def test_the_accounts_of_a_year_come_to_nothing_in_each_column(year: SmallSalon) -> None:
    found = REPORTS["year-trial-balance"].read(BEFORE - timedelta(days=1), BEFORE)
    assert (found.sum_of("opening"), found.sum_of("balance")) == (0, 0)
    assert found.sum_of("debit") == found.sum_of("credit") > 0
    assert ("بدهی مشتریان", "زهرا کریمی", 0, 1_900_000, 1_400_000, 500_000) in [row.cells for row in found.rows]
    assert ("فروش خدمات", "فروش خدمات", 0, 0, 2_000_000, -2_000_000) in [row.cells for row in found.rows]


@pytest.mark.parametrize("name", REPORTS)
def test_closing_a_year_changes_nothing_that_is_told_of_it(year: SmallSalon, close: Act, name: str) -> None:
    spans = [(FIRST, BEFORE), (LAST_DAY, BEFORE), (date(2026, 11, 1), date(2026, 12, 1))]
    told = [rows(name, *span) for span in spans]
    close()
    assert [rows(name, *span) for span in spans] == told


def test_the_next_year_begins_with_what_runs_on_and_with_what_was_retained(year: SmallSalon, close: Act) -> None:
    close()
    found = REPORTS["year-trial-balance"].read(BEFORE, BEFORE + timedelta(days=1))
    opened = {row.cells[0]: row.cells[2] for row in found.rows}
    assert opened["سود و زیان انباشته"] == -1_820_000
    assert opened["بدهی مشتریان"] == 500_000
    assert {"فروش خدمات", "تخفیف", "هزینه", "هزینهٔ باشگاه"}.isdisjoint(opened)
    assert found.sum_of("opening") == 0


def test_a_month_leads_to_its_movements_and_they_come_to_what_it_says(year: SmallSalon, log_in: Login) -> None:
    owner = log_in("owner")
    shown = owner.get(f"/reports/profit-and-loss?starts_on={FIRST}&ends_on={LAST_DAY}").text
    assert "آبان ۱۴۰۵" in shown
    assert f"branch={year.branch_id}&amp;starts_on" in shown or "ends_on=2026-11-21" in shown
    moved = owner.get(f"/reports/documents/movements?starts_on=2026-11-22&ends_on=2026-12-21&branch={year.branch_id}")
    assert (">تخفیف</td>" in moved.text, ">صندوق</td>" in moved.text) == (True, False)
    nowhere = owner.get("/reports/documents/movements?starts_on=2026-11-22&ends_on=2026-12-21&branch=987").text
    assert ">تخفیف</td>" not in nowhere


def test_a_year_is_shown_whole_whatever_days_are_asked_for(year: SmallSalon, log_in: Login, now: datetime) -> None:
    day = local_date(now)
    shown = log_in("owner").get(f"/reports/year-trial-balance?starts_on={day}&ends_on={day}").text
    assert "شنبه ۱ فروردین ۱۴۰۵" in shown
    assert f"starts_on={FIRST}" in shown
