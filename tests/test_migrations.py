"""The schema goes up and down on both engines, and the rows stay."""

from datetime import datetime

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.prices.queries import price_history
from salon.catalog.prices.rules import SERVICE, Price, Thing
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.customers.models import Customer
from salon.customers.queries import search
from salon.invoices.checkout.services import settle
from salon.invoices.models import Payment, Settlement
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import Posting
from tests.factories import SmallSalon


def revisions() -> ScriptDirectory:
    """The project's migrations."""
    return ScriptDirectory(current_app.extensions["migrate"].directory)


def test_there_is_one_head(app: Flask) -> None:
    assert len(revisions().get_heads()) == 1


def test_the_tables_are_those_of_the_models(app: Flask) -> None:
    flask_migrate.check()  # exits when it would write another migration


def test_each_step_goes_down_and_up_again_and_keeps_the_rows(salon: SmallSalon) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="0001")
    assert db.session.scalar(select(Customer.first_name).where(Customer.id == salon.zahra)) == "زهرا"
    db.session.remove()
    flask_migrate.upgrade()
    assert [found.id for found in search("کریمی")] == [salon.zahra]
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 0


def test_money_taken_before_it_knew_its_branch_was_taken_in_that_of_its_invoice(
    salon: SmallSalon, now: datetime
) -> None:
    with transaction():
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara)
        sold = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=[line], actor_id=None, now=now)
        cash = [PaymentSpec(PaymentMethod.CASH, 450_000)]
        settle(branch_id=salon.branch_id, invoice_id=sold, payments=cash, key="sold", actor_id=None, now=now)
    db.session.remove()
    flask_migrate.downgrade(revision="0002")
    flask_migrate.upgrade()
    assert db.session.scalars(select(Settlement.branch_id)).all() == [salon.branch_id]
    assert db.session.execute(select(Payment.settlement_id, Payment.amount)).all() == [(1, 450_000)]
    with pytest.raises(DBAPIError, match="append_only"), transaction():
        db.session.execute(text("DELETE FROM settlement"))


def test_the_history_of_prices_begins_with_those_of_before(salon: SmallSalon) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="0003")
    flask_migrate.upgrade()
    told = price_history(Thing(SERVICE, salon.cut))
    assert [(change.before, change.after, change.by) for change in told] == [(None, Price(450_000), "")]


def test_years_stay_open_and_closed_as_they_were_and_what_is_closed_is_guarded_at_each_step(salon: SmallSalon) -> None:
    late = text(
        "INSERT INTO entry (branch_id, business_date, recorded_at, kind, source_kind, source_id, idempotency_key)"
        " VALUES (1, '2026-11-21', '2026-11-21 08:00:00', 'sale', 'customer', 1, 'late')"
    )
    with transaction():
        db.session.execute(text("UPDATE fiscal_year SET closed = true"))
    for act in (lambda: flask_migrate.downgrade(revision="0007"), flask_migrate.upgrade):
        db.session.remove()
        act()
        assert db.session.execute(text("SELECT jalali_year, closed FROM fiscal_year")).all() == [(1405, True)]
        with pytest.raises(DomainError) as refused, transaction():
            db.session.execute(late)
        assert refused.value.code == "period_closed"


def test_all_of_it_goes_down_to_nothing_and_up_again(app: Flask) -> None:
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    flask_migrate.upgrade()
    flask_migrate.check()
