"""Amounts that are none, on every screen that takes money: said at the field, nothing posted, nothing typed lost."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from salon.appointments.deposits.services import take_deposit
from salon.cashbox.models import Cashbox, PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.invoices.queries import invoice
from salon.ledger.models import Entry
from tests.factories import SmallSalon, give_credit
from tests.invoices.conftest import Pay, Sell

LogIn = Callable[[str], FlaskClient]
Entries = Callable[[], int]

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

NEGATIVE, FRACTION, HUGE, ENDLESS, WORDS = "-۵۰۰", "۱۲٫۳۴", "۹" * 16, "۹" * 40, "پانصد"
BAD = pytest.mark.parametrize("amount", [NEGATIVE, FRACTION, HUGE, ENDLESS, WORDS])


@pytest.fixture
def entries(salon: SmallSalon) -> Entries:
    """How many entries the journal has."""

    def counted() -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(Entry)) or 0

    return counted


def said_at(page: str, field: str) -> str:
    """The sentence that the page shows at a field."""
    found = re.search(rf'(?:id="{field}-error"|data-error-of="{field}")[^>]*>\s*([^<]+?)\s*<', page)
    return found[1] if found else ""


@BAD
@pytest.mark.parametrize("way", ["cash", "card", "transfer", "card_to_card", "cheque", "credit", "deposit"])
def test_the_till_takes_no_such_amount(
    log_in: LogIn, salon: SmallSalon, now: datetime, sell: Sell, entries: Entries, amount: str, way: str
) -> None:
    give_credit(salon, now, 200_000, "gift")
    left = {
        "branch_id": salon.branch_id,
        "customer_id": salon.zahra,
        "appointment_id": None,
        "payment": PaymentSpec(PaymentMethod.CASH, 200_000),
    }
    with transaction():
        take_deposit(**left, key="left", actor=None, now=now)
    written, before = sell(), entries()
    typed = {"key": "bad-input-1", "seen_due": "1000000", way: amount}
    typed |= {"card_to_card_reference": "۷۷۱", "cheque_reference": "۸۸۱", "cheque_due_on": "۱۴۰۵/۱۰/۰۱"}
    answer = log_in("desk").post(f"/invoices/{written}/settle", data=typed)
    assert (answer.status_code, bool(said_at(answer.text, way))) == (422, True)
    assert [kept for kept in (amount, "۷۷۱", "۸۸۱", "۱۴۰۵/۱۰/۰۱") if f'value="{kept}"' not in answer.text] == []
    assert entries() == before


@BAD
def test_an_old_debt_is_not_paid_by_such_an_amount(
    log_in: LogIn, salon: SmallSalon, sell: Sell, pay: Pay, entries: Entries, amount: str
) -> None:
    pay(sell())
    before = entries()
    typed = {"key": "bad-input-1", "card": amount, "cash": "۲٬۰۰۰"}
    answer = log_in("desk").post(f"/invoices/receive?customer_id={salon.zahra}", data=typed)
    assert (answer.status_code, bool(said_at(answer.text, "card"))) == (422, True)
    assert [kept for kept in (amount, "۲٬۰۰۰") if f'value="{kept}"' not in answer.text] == []
    assert entries() == before


@BAD
def test_no_deposit_is_of_such_an_amount(log_in: LogIn, salon: SmallSalon, entries: Entries, amount: str) -> None:
    before = entries()
    typed = {"key": "bad-input-1", "amount": amount, "method": "card", "reference": "۷۷۱"}
    answer = log_in("desk").post(f"/deposits?customer_id={salon.zahra}", data=typed)
    assert (answer.status_code, bool(said_at(answer.text, "amount"))) == (422, True)
    assert [kept for kept in (amount, "۷۷۱") if f'value="{kept}"' not in answer.text] == []
    assert entries() == before


@BAD
def test_no_price_discount_or_quantity_is_such_a_number(
    log_in: LogIn, salon: SmallSalon, sell: Sell, amount: str
) -> None:
    written, desk = sell(), log_in("desk")
    for field in ("unit_price", "discount", "quantity"):
        line = {"service_id": salon.cut, "staff_id": salon.sara, "quantity": "۱", "unit_price": "۵۰٬۰۰۰"}
        typed = {"lines": [line, line | {field: amount}]}
        answer = desk.put(f"/invoices/{written}/lines", json=typed, headers={"Accept": "application/json"})
        assert answer.json is not None
        assert (answer.status_code, answer.json["field"]) == (422, f"lines.1.{field}")
        assert answer.json["detail"]
    db.session.rollback()
    assert invoice(written).total == 1_000_000


@BAD
def test_no_till_is_opened_with_such_a_sum(log_in: LogIn, sell: Sell, pay: Pay, entries: Entries, amount: str) -> None:
    pay(sell(), 1_000_000)
    desk, before = log_in("desk"), entries()
    till = db.session.scalars(select(Cashbox.id).where(Cashbox.kind == "cash")).one()
    answer = desk.post(f"/cashbox/{till}/open", data={"key": "bad-input-1", "counted": amount})
    assert (answer.status_code, bool(said_at(answer.text, "counted"))) == (422, True)
    assert f'value="{amount}"' in answer.text
    assert entries() == before


def test_a_settled_invoice_is_not_paid_again_whatever_is_typed(
    log_in: LogIn, sell: Sell, pay: Pay, entries: Entries
) -> None:
    written = sell()
    pay(written, 1_000_000)
    before = entries()
    typed = {"key": "bad-input-1", "seen_due": "1000000", "cash": "۱۰۰٬۰۰۰"}
    answer = log_in("desk").post(f"/invoices/{written}/settle", data=typed, follow_redirects=True)
    assert "این فاکتور پیش‌تر تسویه شده است." in answer.text
    assert entries() == before
