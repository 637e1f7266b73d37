"""The audit names whatever was changed behind the program's back, with the database's own guards taken away."""

from datetime import datetime

import pytest

from salon.club.wallet.queries import verify_lots
from salon.core.db import db, is_postgresql, transaction
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.audit.queries import verify_invoices
from salon.ledger.queries import verify_journal
from tests.factories import SmallSalon, give_credit
from tests.invoices.conftest import Pay, Sell

ON_CASH = "account_id = (SELECT id FROM account WHERE kind = 'cash')"
SALE_OF_FIRST = "source_kind = 'invoice' AND source_id = 1 AND kind = 'sale'"
TAMPERED = {
    "a posting raised": f"UPDATE posting SET amount = amount + 1 WHERE {ON_CASH}",
    "a posting taken out": f"DELETE FROM posting WHERE {ON_CASH}",
    "an entry doubled": "UPDATE posting SET amount = amount * 2 WHERE entry_id = 2",
    "cash called revenue": f"UPDATE posting SET account_id = (SELECT id FROM account WHERE kind = 'revenue') WHERE {ON_CASH}",
    "debts moved to another customer": "UPDATE account SET owner_id = 2 WHERE kind = 'receivable'",
    "a sale on another day": f"UPDATE entry SET business_date = '2026-11-20' WHERE {SALE_OF_FIRST}",
    "a sale of another invoice": f"UPDATE entry SET source_id = 2 WHERE {SALE_OF_FIRST}",
    "a seal broken": "DELETE FROM entry_seal WHERE entry_id = 1",
    "a lot spent": "UPDATE lot SET remaining = remaining - 1 WHERE id = 2",
    "a lot grown": "UPDATE lot SET amount = amount + 1, remaining = remaining + 1 WHERE id = 2",
    "a lot's spending raised": "UPDATE lot_spend SET amount = amount + 1",
    "points from one lot to another": "UPDATE lot SET amount = amount + CASE id WHEN 2 THEN 1 ELSE -1 END,"
    " remaining = remaining + CASE id WHEN 2 THEN 1 ELSE -1 END"
    " WHERE id IN (2, (SELECT max(id) FROM lot WHERE unit = 'PTS'))",
    "an invoice paid more": "UPDATE invoice SET paid = paid + 1 WHERE id = 2",
    "an invoice called settled": "UPDATE invoice SET status = 'settled' WHERE id = 2",
    "an invoice called open": "UPDATE invoice SET status = 'open' WHERE id = 1",
    "an invoice of another customer": "UPDATE invoice SET customer_id = 2 WHERE id = 1",
    "an invoice of another day": "UPDATE invoice SET business_date = '2020-01-01' WHERE id = 1",
    "an invoice with a discount": "UPDATE invoice SET discount = 5 WHERE id = 1",
    "a line made dearer": "UPDATE invoice_line SET net = net + 1, unit_price = unit_price + 1 WHERE invoice_id = 1",
    "a number skipped": "UPDATE invoice SET number = number + 1 WHERE id = 3",
    "a number below one": "UPDATE invoice SET number = 0 WHERE id = 2",
    "a number of another year": "UPDATE invoice SET jalali_year = 1404 WHERE id = 3",
    "a number given to nothing": "UPDATE running_number SET last = last + 1 WHERE kind = 'invoice'",
    "the last invoice made a draft": "UPDATE invoice SET number = NULL, status = 'draft' WHERE id = 3",
    "a payment made smaller": "UPDATE payment SET amount = amount - 1 WHERE id = 1",
    "a payment by another method": "UPDATE payment SET method = 'card' WHERE id = 1",
    "a settlement of more": "UPDATE settlement SET paid = paid + 1 WHERE id = 1",
    "a settlement with more credit": "UPDATE settlement SET credit_used = credit_used + 1 WHERE id = 1",
}


def verify() -> list[str]:
    return [*verify_journal(), *verify_lots(), *verify_invoices()]


@pytest.fixture
def books(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    """A settled, an open, and a settled invoice with tax and credit; a customer who bought nothing."""
    with transaction():
        add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=now)
    give_credit(salon, now, 1_000, "opening")
    pay(sell(), 1_000_000)
    pay(sell(), 400_000)
    pay(sell(tax_bp=1_000), 1_099_900, credit=100)
    db.session.remove()


def take_guards_away() -> None:
    """As somebody can who holds the file or the server."""
    connection = db.session.connection()
    if is_postgresql():
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def test_honest_books_give_nothing_to_say(books: None) -> None:
    assert verify() == []


@pytest.mark.parametrize("change", TAMPERED)
def test_the_audit_names_what_was_changed(books: None, change: str) -> None:
    with transaction() as session:
        take_guards_away()
        assert session.connection().exec_driver_sql(TAMPERED[change]).rowcount
        assert verify()
        session.rollback()


def test_the_audit_names_an_invoice_that_was_wiped_out(books: None) -> None:
    with transaction() as session:
        take_guards_away()
        for statement in (
            "DELETE FROM payment WHERE settlement_id = 3",
            "DELETE FROM settlement WHERE invoice_id = 3",
            "DELETE FROM invoice_line WHERE invoice_id = 3",
            "DELETE FROM invoice WHERE id = 3",
            "UPDATE running_number SET last = 2 WHERE kind = 'invoice'",
        ):
            session.connection().exec_driver_sql(statement)
        assert any("there is no invoice 3" in finding for finding in verify())
        session.rollback()
