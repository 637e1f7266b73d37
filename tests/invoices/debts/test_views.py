"""Debtors on screen: found by what they owe, spoken to, reminded, and paid over chosen invoices."""

import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import format_date, local_date
from salon.invoices.debts.queries import movements_of
from salon.invoices.debts.rules import running
from salon.invoices.models import DebtContact, Receipt
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

LogIn = Callable[[str], FlaskClient]
KEY = "k" * 32


@pytest.fixture
def owed(sell: Sell, pay: Pay) -> list[int]:
    """Two invoices of Zahra's that nobody paid."""
    made = [sell(300_000), sell(500_000)]
    for invoice in made:
        pay(invoice)
    return made


def test_debtors_are_found_by_what_they_owe(log_in: LogIn, owed: list[int]) -> None:
    desk = log_in("desk")
    assert "زهرا کریمی" in desk.get("/invoices/receive").text
    assert "زهرا کریمی" in desk.get("/invoices/receive?least=۸۰٬۰۰۰").text
    assert "کسی به این اندازه بدهکار نیست." in desk.get("/invoices/receive?least=۸۰٬۰۰۱").text
    assert "مبلغ را با رقم بنویسید." in desk.get("/invoices/receive?least=زیاد").text


def test_a_debtor_is_shown_with_the_ages_of_her_debts_her_promise_and_when_she_was_spoken_to(
    log_in: LogIn, salon: SmallSalon, sell: Sell, pay: Pay
) -> None:
    now = clock.now()
    for days, price in ((0, 10_000), (40, 20_000), (75, 40_000), (100, 80_000)):
        at = now - timedelta(days=days)
        pay(sell(price, at=at), at=at)
    desk, promised = log_in("desk"), local_date(now) + timedelta(days=9)
    said = {"note": "می‌آید", "promised_on": format_date(promised, "numeric")}
    assert desk.post(f"/invoices/debtors/{salon.zahra}/contact", data=said).status_code == 303
    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*زهرا کریمی.*?</tr>", desk.get("/invoices/receive").text, re.DOTALL)
    cells = [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in re.findall("<td.*?</td>", row, re.DOTALL)]
    assert cells[2].startswith(format_date(promised))
    assert cells[3:] == ["امروز", "۱٬۰۰۰", "۲٬۰۰۰", "۴٬۰۰۰", "۸٬۰۰۰", "۱۵٬۰۰۰"]


def test_what_she_pays_goes_over_the_invoices_that_are_ticked(
    log_in: LogIn, salon: SmallSalon, owed: list[int]
) -> None:
    desk, address = log_in("desk"), f"/invoices/receive?customer_id={salon.zahra}"
    said = {"key": KEY, "cash": "۴۰٬۰۰۰", "invoice": [str(owed[1])]}
    for _twice in range(2):
        assert desk.post(address, data=said).status_code == 303
    [receipt] = db.session.scalars(select(Receipt)).all()
    assert receipt.allocated == [{"invoice_id": owed[1], "amount": 400_000}]
    refused = desk.post(address, data=said | {"key": "l" * 32, "cash": "۱۰٬۰۰۱"})
    assert refused.status_code == 422
    assert 'value="۱۰٬۰۰۱"' in refused.text


def test_a_talk_is_noted_with_its_promise_and_what_was_said_before_is_shown(
    log_in: LogIn, salon: SmallSalon, owed: list[int]
) -> None:
    desk, address = log_in("desk"), f"/invoices/debtors/{salon.zahra}/contact"
    refused = desk.post(address, data={"note": "می‌آید", "promised_on": "۱۴۰۰/۰۱/۰۱"})
    assert refused.status_code == 422
    assert 'value="می‌آید"' in refused.text
    assert desk.post(address, data={"note": "می‌آید", "promised_on": "۱۴۷۰/۰۱/۰۱"}).status_code == 303
    assert "می‌آید" in desk.get(address).text
    assert "می‌آید" in desk.get(f"/invoices/receive?customer_id={salon.zahra}").text
    assert [spoken.actor_id for spoken in db.session.scalars(select(DebtContact))] == [salon.desk_id]


def test_one_and_all_are_reminded_and_nobody_twice_a_day(log_in: LogIn, salon: SmallSalon, owed: list[int]) -> None:
    desk = log_in("desk")
    assert desk.post(f"/invoices/debtors/{salon.zahra}/remind").status_code == 303
    assert desk.post("/invoices/debtors/remind", data={"least": "۱٬۰۰۰"}).status_code == 303
    assert "پیامی نوشته نشد" in desk.get("/invoices/receive").text
    assert len(db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == "debt")).all()) == 1


def test_only_those_over_the_amount_that_was_typed_are_reminded(
    log_in: LogIn, salon: SmallSalon, owed: list[int]
) -> None:
    desk = log_in("desk")
    for least, told in (("۸۰٬۰۰۱", 0), ("۸۰٬۰۰۰", 1)):
        assert desk.post("/invoices/debtors/remind", data={"least": least}).status_code == 303
        assert len(db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == "debt")).all()) == told


def test_a_statement_is_shown_and_printed(
    log_in: LogIn, salon: SmallSalon, owed: list[int], pay: Pay, now: datetime
) -> None:
    desk, address = log_in("desk"), f"/invoices/debtors/{salon.zahra}/statement"
    pay(owed[0], 100_000)
    shown = desk.get(address).text
    assert "۷۰٬۰۰۰" in shown
    printed = desk.get(f"{address}.pdf")
    assert (printed.mimetype, printed.data[:4]) == ("application/pdf", b"%PDF")
    told = subprocess.run(["pdftotext", "-", "-"], input=printed.data, capture_output=True, check=True).stdout.decode()
    assert [amount for amount in ("۳۰٬۰۰۰", "۵۰٬۰۰۰", "۱۰٬۰۰۰", "۷۰٬۰۰۰") if amount not in told] == []


def test_a_return_off_a_debt_is_told_once_and_is_no_payment(
    log_in: LogIn, salon: SmallSalon, pay: Pay, sell: Sell, now: datetime
) -> None:
    sale = sell(300_000)
    pay(sale, 200_000)
    with transaction():
        return_sale(
            branch_id=salon.branch_id,
            invoice_id=sale,
            lines=None,
            refund=Refund.ORIGINAL,
            key="back",
            actor_id=salon.desk_id,
            now=now,
        )
    lines = running(movements_of(salon.zahra))
    assert [(line.movement.what, line.movement.amount, line.owed) for line in lines] == [
        ("sale", 300_000, 300_000),
        ("payment", -200_000, 100_000),
        ("sale", -300_000, -200_000),
        ("payment", 200_000, 0),
    ]
    shown = log_in("desk").get(f"/invoices/debtors/{salon.zahra}/statement").text
    assert [shown.count(f"<td>{what} ") for what in ("پرداخت", "مرجوعی از بدهی", "برگشت پرداخت")] == [1, 1, 1]


def test_a_customer_without_invoices_has_an_empty_statement(log_in: LogIn, salon: SmallSalon) -> None:
    desk = log_in("desk")
    assert "هنوز فاکتوری ندارد." in desk.get(f"/invoices/debtors/{salon.zahra}/statement").text
    assert desk.get("/invoices/debtors/999/statement").status_code == 404
