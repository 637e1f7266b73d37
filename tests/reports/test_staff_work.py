"""What people did and cost: services with base and share, productivity, who bears discounts and credit."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.core.jalali import local_date
from salon.invoices.rules import LineSpec
from salon.reports.queries import REPORTS
from salon.staff.hours.services import set_hours
from salon.staff.models import Line, LineMember
from tests.factories import SmallSalon, give_credit
from tests.invoices.pay.conftest import Back, Pay, Scheme, Sell, Write, back, lines_of, pay, scheme, sell, write

__all__ = ["back", "pay", "scheme", "sell", "write"]

Login = Callable[[str], FlaskClient]


def rows(name: str, now: datetime) -> list[tuple[Any, ...]]:
    """The rows of a report of today."""
    day = local_date(now)
    return [row.cells for row in REPORTS[name].read(day, day + timedelta(days=1)).rows]


@pytest.fixture
def hair(salon: SmallSalon) -> None:
    """Sara heads a line in which Negar assists her for a fifth of her part."""
    with transaction() as session:
        line = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        session.add(line)
        session.flush()
        session.add(LineMember(line_id=line.id, staff_id=salon.negar, share_bp=2_000))


@pytest.mark.usefixtures("hair")
def test_services_by_staff_and_by_line_tell_base_and_share(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back, now: datetime
) -> None:
    scheme(5_000)
    sold = sell(1_000_000, quantity=2, discount=200_000)
    pay(sold, 1_800_000)
    back(sold, 1)
    assert rows("services-by-staff", now) == [
        ("سارا احمدی", 1, 900_000, 900_000, 360_000),
        ("نگار رضایی", 0, 0, 0, 90_000),
    ]
    assert rows("services-by-line", now) == [("مو", 1, 900_000, 900_000, 450_000)]


def test_productivity_tells_visits_returns_redone_work_and_how_full_her_hours_are(
    salon: SmallSalon, sell: Sell, write: Write, pay: Pay, back: Back, now: datetime
) -> None:
    nothing = dict.fromkeys(range(7), ())
    with transaction():
        set_hours(staff_id=salon.sara, week=nothing | {0: [(540, 990)]})  # 450 minutes on Saturdays
    first, second = sell(1_000_000), sell(500_000)
    pay(first, 1_000_000)
    pay(second, 500_000)
    back(second)
    again = LineSpec(service_id=salon.cut, staff_id=salon.negar, redo_line_id=lines_of(first)[0])
    pay(write(again))
    found = {row[0]: row[1:] for row in rows("productivity", now)}
    # two cuts of 45 minutes each without a booking; a third of what she sold came back, one of two cuts was done again
    assert found["سارا احمدی"] == (1_000_000, 2, 500_000, 0, 3_333, 5_000, 2_000)
    assert found["نگار رضایی"][:3] == (0, 1, 0)


def test_whoever_shares_a_line_has_her_part_of_it_and_her_visit(
    salon: SmallSalon, write: Write, pay: Pay, back: Back, now: datetime
) -> None:
    both = ((salon.sara, 6_000), (salon.negar, 4_000))
    shared = write(LineSpec(service_id=salon.cut, unit_price=1_000_000, quantity=2, staff_id=salon.sara, shares=both))
    pay(shared, 2_000_000)
    back(shared, 1)
    found = {row[0]: row[1:7] for row in rows("productivity", now)}
    # revenue, visits, average, goods; a half of what each sold came back, nothing was done again
    assert found["سارا احمدی"] == (600_000, 1, 600_000, 0, 5_000, 0)
    assert found["نگار رضایی"] == (400_000, 1, 400_000, 0, 5_000, 0)
    again = LineSpec(service_id=salon.cut, staff_id=salon.sara, redo_line_id=lines_of(shared)[0])
    pay(write(again))
    assert {row[0]: row[6] for row in rows("productivity", now)} == {"سارا احمدی": 5_000, "نگار رضایی": 10_000}


def test_what_the_salon_and_its_people_bear_of_discounts_and_credit_is_what_was_given(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, now: datetime
) -> None:
    scheme(4_000, discount_bp=5_000, credit_bp=2_500)
    give_credit(salon, now, 200_000, "gift")
    pay(sell(1_000_000, discount=100_001), 799_999, credit=100_000)
    assert rows("discount-costs", now) == [
        ("سالن", 50_001, 75_000, 125_001),
        ("سارا احمدی", 50_000, 25_000, 75_000),
    ]


@pytest.mark.usefixtures("hair")
def test_they_have_a_page_files_and_the_documents_behind_them(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, log_in: Login
) -> None:
    scheme(4_000, discount_bp=5_000)
    pay(sell(1_000_000, discount=100_000), 900_000)
    owner, days = log_in("owner"), "starts_on=1405/08/30&ends_on=1405/08/30"
    for name in ("services-by-line", "productivity", "discount-costs"):
        shown = owner.get(f"/reports/{name}?{days}")
        assert shown.status_code == 200
        assert "/reports/documents/lines?" in shown.text
        assert owner.get(f"/reports/{name}.pdf?{days}").data.startswith(b"%PDF")
        assert owner.get(f"/reports/{name}.csv?{days}").status_code == 200
    assert "کوتاهی" in owner.get(f"/reports/documents/lines?{days}&line=1").text
    assert "کوتاهی" not in owner.get(f"/reports/documents/lines?{days}&line=0").text
    book = openpyxl.load_workbook(io.BytesIO(owner.get(f"/reports/productivity.xlsx?{days}").data))
    assert book.active["F2"].number_format == "0.00%"
