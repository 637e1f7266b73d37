"""What each person did and sold: the query, the command and the screen."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.core.jalali import local_date
from salon.invoices.history.rules import PastInvoice, PastLine
from salon.invoices.history.services import record_past_invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.reports.commands import report
from salon.reports.sales.queries import services_by_staff
from tests.factories import SmallSalon

FIRST, LAST = date(2018, 3, 21), date(2018, 4, 20)  # Farvardin 1397


@pytest.fixture
def sold(salon: SmallSalon, now: datetime) -> SmallSalon:
    """Three invoices in Farvardin 1397, one on the day before, one on the day after, and a draft of today."""
    lines = (
        PastLine("کوتاهی", 2, 900_000, 81_000, staff_id=salon.sara),
        PastLine("رنگ", 1, 2_800_000, 252_000, staff_id=salon.negar),
        PastLine("تخفیف", 1, -100_000, 0),
    )
    returned = (PastLine("شامپو", -1, -250_000, -22_500, staff_id=salon.negar),)
    days = [
        (FIRST, lines),
        (LAST, lines),
        (LAST, returned),
        (FIRST - timedelta(1), lines),
        (LAST + timedelta(1), lines),
    ]
    with transaction():
        for number, (day, sold_lines) in enumerate(days):
            past = PastInvoice(f"invoice:{number}", salon.zahra, day, sold_lines)
            record_past_invoice(past=past, branch_id=salon.branch_id, actor_id=None, now=now)
        draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=[LineSpec(service_id=salon.cut)],
            actor_id=None,
            now=now,
        )
    return salon


def typed(*words: str) -> str:
    asked = ["services-by-staff", "--from", FIRST.isoformat(), "--to", (LAST + timedelta(1)).isoformat()]
    result = CliRunner().invoke(report, [*asked, *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_returns_and_corrections_are_taken_off_and_the_end_is_exclusive(sold: SmallSalon):
    found = services_by_staff(FIRST, LAST + timedelta(1))
    rows = [("", 2, -200_000), ("سارا احمدی", 4, 1_800_000), ("نگار رضایی", 1, 5_350_000)]
    assert [row.cells[:3] for row in found.rows] == rows
    assert (found.sum_of("quantity"), found.total) == (7, 6_950_000)
    assert services_by_staff(FIRST, FIRST).rows == []


def test_a_draft_is_not_sold_yet(sold: SmallSalon, now: datetime):
    today = local_date(now)
    assert services_by_staff(today, today + timedelta(1)).rows == []


def test_the_command_speaks_json_csv_and_text(sold: SmallSalon):
    found = json.loads(typed("--format", "json"))
    assert found["total"] == 6_950_000
    assert {"staff": "سارا احمدی", "quantity": 4, "amount": 1_800_000, "base": 0, "share": 0} in found["rows"]
    assert list(csv.reader(typed("--format", "csv").splitlines()))[-1] == ["نگار رضایی", "1", "5350000", "0", "0"]
    assert "6,950,000" in typed().splitlines()[-1]


def test_the_command_wants_real_days(salon: SmallSalon):
    result = CliRunner().invoke(report, ["services-by-staff", "--from", "1397/01/01", "--to", "2018-04-01"])
    assert result.exit_code == 2


Login = Callable[[str], FlaskClient]
PAGE = "/reports/services-by-staff"


def test_the_owner_sees_both_days_included_with_the_sum(sold: SmallSalon, log_in: Login):
    answer = log_in("owner").get(f"{PAGE}?starts_on=۱۳۹۷/۰۱/۰۱&ends_on=1397/01/31")
    assert answer.status_code == 200
    assert "سارا احمدی" in answer.text
    assert "۱۸۰٬۰۰۰" in answer.text  # toman
    assert "۶۹۵٬۰۰۰" in answer.text
    assert "بدون نام" in answer.text
    assert 'value="۱۳۹۷/۰۱/۳۱"' in answer.text


def test_it_opens_with_this_month(sold: SmallSalon, log_in: Login):
    answer = log_in("owner").get(PAGE)
    assert answer.status_code == 200
    assert "در این روزها چیزی برای این گزارش نیست." in answer.text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("starts_on=1397/01/31&ends_on=1397/01/01", "پایان دوره پیش از آغاز آن است."),
        ("starts_on=1397/13/01&ends_on=1397/01/01", "تاریخ را مانند"),
        ("starts_on=1397/01/01", "روز را بنویسید."),
    ],
)
def test_days_that_make_no_period_are_refused_at_their_field(sold: SmallSalon, log_in: Login, days: str, sentence: str):
    answer = log_in("owner").get(f"{PAGE}?{days}")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_desk_does_not_see_it(sold: SmallSalon, log_in: Login):
    assert log_in("desk").get(PAGE).status_code == 403


def test_nobody_sees_it_before_logging_in(salon: SmallSalon, client: FlaskClient):
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert "/login" in answer.headers["Location"]
