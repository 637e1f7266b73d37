"""What tests of packages do again and again: offer one, sell it, use it, settle."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from salon.catalog.packages.services import PackageSpec, add_package
from salon.core.db import db, transaction
from salon.invoices.models import InvoiceLine
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.terms.rules import NO_TERMS, Terms
from salon.ledger.models import AccountKind
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Together, pay
from tests.invoices.returns.conftest import Back, back, balances, lines_of, verify

Write = Callable[..., int]

__all__ = ["Back", "Pay", "Together", "Write", "back", "balances", "lines_of", "pay", "prepaid", "total", "verify"]


def prepaid() -> int:
    """What the salon owes in sessions, in rials."""
    return -total(AccountKind.PREPAID)


def total(kind: AccountKind) -> int:
    """What lies on all accounts of a kind, in rials."""
    return sum(amount for (name, _owner, _branch, _unit), amount in balances().items() if name == kind.value)


def net_of(invoice_id: int) -> int:
    """What the lines of an invoice come to, in rials."""
    return int(db.session.scalar(select(func.sum(InvoiceLine.net)).where(InvoiceLine.invoice_id == invoice_id)) or 0)


@pytest.fixture
def three_cuts(salon: SmallSalon, now: datetime) -> int:
    """Three cuts for 1,000,000 rials, good for 90 days: 333,333.33 each."""
    spec = PackageSpec("سه کوتاهی", 1_000_000, 90, ((salon.cut, 3),))
    with transaction():
        return add_package(spec=spec, actor=None, now=now)


@pytest.fixture
def write(salon: SmallSalon, now: datetime) -> Write:
    """Write a draft of any lines for Zahra."""

    def write_lines(*lines: LineSpec, at: datetime = now, terms: Terms = NO_TERMS) -> int:
        with transaction():
            return draft(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                lines=lines,
                terms=terms,
                actor_id=salon.desk_id,
                now=at,
            )

    return write_lines


@pytest.fixture
def sold(write: Write, pay: Pay, three_cuts: int) -> int:
    """The package, sold for cash: the id of the line of its sessions."""
    invoice_id = write(LineSpec(package_id=three_cuts))
    pay(invoice_id, 1_000_000)
    return lines_of(invoice_id)[0]


@pytest.fixture
def use(salon: SmallSalon, write: Write, pay: Pay, sold: int) -> Callable[..., int]:
    """Use one session of the package, by Sara: the id of the settled invoice."""

    def use_one(**when: datetime) -> int:
        invoice_id = write(LineSpec(series_line_id=sold, staff_id=salon.sara), **when)
        pay(invoice_id, **when)
        return invoice_id

    return use_one
