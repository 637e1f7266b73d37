"""Reports for programs: JSON, or the same rows as CSV."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from salon.access.models import User
from salon.access.services import create_token
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from tests.factories import SmallSalon


@pytest.fixture
def owner(salon: SmallSalon, now: datetime) -> dict[str, str]:
    """What the owner's program sends."""
    with transaction():
        token = create_token(user=db.session.get_one(User, salon.owner_id), actor=None, now=now)
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def sold(client: FlaskClient, salon: SmallSalon, owner: dict[str, str]) -> None:
    """A cut of 450,000 rials, of which 50,000 is owed."""
    lines = [{"service_id": salon.cut, "staff_id": salon.sara}]
    written = client.post("/api/v1/invoices", json={"customer_id": salon.zahra, "lines": lines}, headers=owner).json
    assert written is not None
    paid = {"payments": [{"method": "cash", "amount": 400_000}]}
    client.post(f"/api/v1/invoices/{written['id']}/settlement", json=paid, headers=owner)


@pytest.mark.usefixtures("sold")
def test_a_report_without_days_is_this_month_so_far(client: FlaskClient, owner: dict[str, str]) -> None:
    answer = client.get("/api/v1/reports/services-by-staff", headers=owner).json
    sara = {"staff": "سارا احمدی", "quantity": 1, "amount": 450_000, "base": 0, "share": 0}  # nobody is paid by schemes
    assert answer == {"rows": [sara], "total": 450_000}


@pytest.mark.usefixtures("sold")
def test_the_last_day_is_exclusive(client: FlaskClient, owner: dict[str, str]) -> None:
    today = local_date(clock.now())
    for days, total in (((today, today + timedelta(1)), 50_000), ((today - timedelta(1), today), 0)):
        answer = client.get(f"/api/v1/reports/debtors?from={days[0]}&to={days[1]}", headers=owner).json
        assert answer is not None
        assert answer["total"] == total


@pytest.mark.usefixtures("sold")
def test_who_accepts_csv_is_given_csv(client: FlaskClient, owner: dict[str, str]) -> None:
    answer = client.get("/api/v1/reports/cash-balance", headers=owner | {"Accept": "text/csv"})
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows[0] == {"cashbox": "صندوق", "opening": "0", "in": "400000", "out": "0", "balance": "400000"}
    assert [row["balance"] for row in rows[1:]] == ["0", "0"]


@pytest.mark.parametrize("days", ["from=2026-11-21&to=2026-11-20", "from=2199-01-01", "to=2001-01-01"])
def test_a_range_that_ends_before_it_begins_is_refused(client: FlaskClient, owner: dict[str, str], days: str) -> None:
    answer = client.get(f"/api/v1/reports/discounts?{days}", headers=owner)
    assert (answer.status_code, answer.json and answer.json["code"]) == (422, "dates_reversed")


@pytest.mark.usefixtures("sold")
def test_the_accounts_sum_to_nothing_in_each_unit(client: FlaskClient, owner: dict[str, str]) -> None:
    items = (client.get("/api/v1/accounts", headers=owner).json or {})["items"]
    for unit in ("IRR", "PTS"):
        assert sum(row["balance"] for row in items if row["unit"] == unit) == 0
    (till,) = (client.get("/api/v1/accounts?kind=cash", headers=owner).json or {})["items"]
    assert (till["kind"], till["unit"], till["balance"]) == ("cash", "IRR", 400_000)


def test_the_receptionist_sees_neither(client: FlaskClient, salon: SmallSalon) -> None:
    for path in ("reports/debtors", "accounts"):
        answer = client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {salon.token}"})
        assert (answer.status_code, answer.json and answer.json["code"]) == (403, "not_permitted")
