"""What is issued and paid is fixed by the database itself, whatever the route."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from salon.club.models import Lot
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.models import InvoiceLine
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell

REFUSED = {
    "a settlement raised": "UPDATE settlement SET paid = paid + 1",
    "a settlement taken out": "DELETE FROM settlement WHERE id = 2",
    "a payment raised": "UPDATE payment SET amount = amount + 1",
    "a payment taken out": "DELETE FROM payment",
    "a lot's spending raised": "UPDATE lot_spend SET amount = amount + 1",
    "a lot's spending taken out": "DELETE FROM lot_spend",
    "a lot grown": "UPDATE lot SET amount = amount + 1",
    "a lot that never ends": "UPDATE lot SET expires_at = NULL WHERE expires_at IS NOT NULL",
    "a lot of other terms": "UPDATE lot SET terms = '{}'",
    "a lot taken out": "DELETE FROM lot WHERE remaining = amount",
    "an invoice of more": "UPDATE invoice SET net = net + 1, total = total + 1 WHERE id = 1",
    "an invoice of another day": "UPDATE invoice SET business_date = '2020-01-01' WHERE id = 1",
    "an invoice of another number": "UPDATE invoice SET number = 99 WHERE id = 1",
    "an invoice made a draft": "UPDATE invoice SET number = NULL, status = 'draft' WHERE id = 1",
    "an invoice taken out": "DELETE FROM invoice WHERE id = 1",
    "a line made dearer": "UPDATE invoice_line SET net = net + 1, unit_price = unit_price + 1 WHERE invoice_id = 1",
    "a line taken out": "DELETE FROM invoice_line WHERE invoice_id = 1",
    "a line put on another invoice": "UPDATE invoice_line SET invoice_id = 1 WHERE invoice_id = 3",
    "a line added": "INSERT INTO invoice_line (invoice_id, position, nature, description, quantity, unit_price,"
    " discount, tax_bp, tax, net) VALUES (1, 2, 'sale', 'x', 1, 5, 0, 0, 0, 5)",
}


@pytest.fixture
def paid(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    """A settled invoice, one settled partly with credit later on, and a draft."""
    pay(sell(), 1_000_000)
    later = now + timedelta(days=2)
    pay(sell(at=later), 990_000, credit=10_000, at=later)
    sell()


@pytest.mark.parametrize("tampering", REFUSED.values(), ids=REFUSED)
def test_what_is_issued_and_paid_is_never_changed(paid: None, tampering: str) -> None:
    with pytest.raises((DomainError, DBAPIError)) as refused, transaction():
        db.session.execute(text(tampering))
    said = refused.value.code if isinstance(refused.value, DomainError) else str(refused.value)
    assert said == "invoice_issued" or "salon:append_only" in said


def test_drafts_may_be_changed_and_thrown_away(paid: None) -> None:
    with transaction():
        db.session.execute(text("UPDATE invoice_line SET quantity = 2, net = 2 * unit_price WHERE invoice_id = 3"))
        db.session.execute(text("DELETE FROM invoice_line WHERE invoice_id = 3"))
        db.session.execute(text("DELETE FROM invoice WHERE id = 3"))
    assert db.session.query(InvoiceLine).filter_by(invoice_id=3).count() == 0


def test_what_is_left_of_a_lot_may_change(paid: None) -> None:
    with transaction():
        db.session.execute(text("UPDATE lot SET remaining = 0 WHERE id = 1"))
    assert db.session.get_one(Lot, 1).remaining == 0


def test_a_closed_year_takes_no_issued_invoice_however_it_is_written(paid: None) -> None:
    columns = "branch_id, customer_id, status, jalali_year, business_date, net, discount, tax, total, paid, created_at"
    with transaction():
        db.session.execute(text("UPDATE fiscal_year SET closed = true"))
    with pytest.raises(DomainError) as refused, transaction():
        written = f"INSERT INTO invoice ({columns}, number) SELECT {columns}, 99 FROM invoice WHERE id = 1"
        db.session.execute(text(written))
    assert refused.value.code == "period_closed"


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["invoice", "invoice_line", "lot", "settlement", "payment", "lot_spend"])
def test_no_table_of_what_is_issued_is_emptied(paid: None, table: str) -> None:
    with pytest.raises(DBAPIError, match="append_only"), transaction():
        db.session.execute(text(f"TRUNCATE {table} CASCADE"))
