"""One way to write: all of it or nothing, one transaction at a time."""

import pytest
from sqlalchemy import select

from salon.core.db import db, transaction
from salon.customers.models import Customer
from tests.factories import SmallSalon


def _name(salon: SmallSalon) -> str:
    db.session.rollback()
    return db.session.scalars(select(Customer.first_name).where(Customer.id == salon.zahra)).one()


def test_what_fails_halfway_leaves_nothing(salon: SmallSalon) -> None:
    with pytest.raises(ZeroDivisionError), transaction() as session:
        session.get_one(Customer, salon.zahra).first_name = "مینا"
        session.flush()
        raise ZeroDivisionError
    assert _name(salon) == "زهرا"


def test_a_transaction_within_another_is_a_fault(salon: SmallSalon) -> None:
    with pytest.raises(RuntimeError, match="nest"), transaction() as session:
        session.get_one(Customer, salon.zahra).first_name = "مینا"
        with transaction():
            pass
    assert _name(salon) == "زهرا"


def test_a_change_of_a_row_outside_a_transaction_is_a_fault(salon: SmallSalon) -> None:
    db.session.get_one(Customer, salon.zahra).first_name = "مینا"
    with pytest.raises(RuntimeError, match="outside"):
        db.session.flush()
    assert _name(salon) == "زهرا"
