"""What invoice tests do again and again: write a draft, settle it, do two things at once."""

from collections.abc import Callable
from datetime import datetime

import pytest

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import transaction
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from tests.conftest import Together
from tests.factories import SmallSalon

Sell = Callable[..., int]
Pay = Callable[..., Outcome]

__all__ = ["Pay", "Sell", "Together"]


@pytest.fixture
def sell(salon: SmallSalon, now: datetime) -> Sell:
    """Write a draft for Zahra: a cut for 1,000,000 rials unless said otherwise."""

    def write(price: int = 1_000_000, *, at: datetime = now, **terms: int) -> int:
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=price, **terms)
        with transaction():
            return draft(
                branch_id=salon.branch_id, customer_id=salon.zahra, lines=[line], actor_id=salon.desk_id, now=at
            )

    return write


@pytest.fixture
def pay(salon: SmallSalon, now: datetime) -> Pay:
    """Settle an invoice with cash and club credit, each act by a key of its own unless one is given."""
    keys = iter(range(1000))

    def take(invoice_id: int, cash: int = 0, *, credit: int = 0, key: str = "", at: datetime = now) -> Outcome:
        payments = [PaymentSpec(PaymentMethod.CASH, cash)] if cash else []
        with transaction():
            return settle(
                branch_id=salon.branch_id,
                invoice_id=invoice_id,
                payments=payments,
                credit=credit,
                key=key or f"act-{next(keys)}",
                actor_id=salon.desk_id,
                now=at,
            )

    return take
