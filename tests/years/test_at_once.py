"""A year is closed while tills sell: each settlement is in the old year or refused, none is lost, none counts twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import func, select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, Receipt
from salon.invoices.receipts.services import receive
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, receivable_of
from salon.setup.models import FiscalYear
from tests.conftest import Together
from tests.factories import SmallSalon
from tests.years.conftest import Act, Pay, Sell, YearOf

pytestmark = pytest.mark.usefixtures("in_order")

ROUNDS = range(4)
SaleOf = Callable[..., Outcome]


def refused(answers: list[object]) -> list[str]:
    """The codes of those that were refused."""
    return [answer.code for answer in answers if isinstance(answer, DomainError)]


@pytest.fixture
def sale(salon: SmallSalon, now: datetime) -> SaleOf:
    """A cut for 1,000,000 rials at a till: written and paid in one go."""

    def sold(key: str, *, at: datetime = now) -> Outcome:
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000_000)
        with transaction():
            written = draft(branch_id=1, customer_id=salon.zahra, lines=[line], actor_id=None, now=at)
            paid = [PaymentSpec(PaymentMethod.CASH, 1_000_000)]
            return settle(branch_id=1, invoice_id=written, payments=paid, key=key, actor_id=None, now=at)

    return sold


@pytest.fixture
def collect(salon: SmallSalon, now: datetime) -> Callable[[str], Receipt]:
    """A tenth of what Zahra owes comes in at a till."""

    def received(key: str) -> Receipt:
        paid = [PaymentSpec(PaymentMethod.CASH, 1_000)]
        with transaction():
            return receive(branch_id=1, customer_id=salon.zahra, payments=paid, key=key, actor_id=None, now=now)

    return received


def test_two_tills_sell_while_a_year_is_closed(
    sell: Sell,
    pay: Pay,
    sale: SaleOf,
    collect: Callable[[str], Receipt],
    close: Act,
    reopen: Act,
    year_of: YearOf,
    spring: datetime,
    together: Together,
) -> None:
    pay(sell(10_000), 0)
    year_of()
    kept, owed, wanted = 0, 10_000, []
    for turn in ROUNDS:
        keys = [f"till-{till}-{turn}" for till in (1, 2)]
        answers = together(*(partial(sale, key) for key in keys), partial(collect, f"debt-{turn}"), close)
        assert [answer.closed for answer in answers if isinstance(answer, FiscalYear)] == [True]
        assert set(refused(answers)) <= {"period_closed"}
        sold = len([answer for answer in answers if isinstance(answer, Outcome)])
        kept += sold
        owed -= 1_000 * len([answer for answer in answers if isinstance(answer, Receipt)])
        wanted += [f"again-{turn}-{late}" for late in range(2 - sold)]
        db.session.rollback()
        # 950,000 of each cut after its credit, and the 10,000 that are owed
        assert balance(AccountKind.RETAINED) == -(950_000 * kept + 10_000)
        assert balance(AccountKind.REVENUE) == 0
        assert receivable_of(1) == owed
        reopen()
    close()
    for key in wanted:
        sale(key, at=spring)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 1 + 2 * len(ROUNDS)
    assert balance(AccountKind.RETAINED) + balance(AccountKind.REVENUE) + balance(AccountKind.CLUB_COST) == -(
        950_000 * 2 * len(ROUNDS) + 10_000
    )


def test_two_close_a_year_at_once_and_one_wins(sale: SaleOf, close: Act, reopen: Act, together: Together) -> None:
    sale("cut")
    for turn in ROUNDS:
        answers = together(partial(close, key=f"a-{turn}"), partial(close, key=f"b-{turn}"))
        assert refused(answers) == ["period_closed"]
        db.session.rollback()
        assert balance(AccountKind.RETAINED) == -950_000
        reopen()


def test_a_request_sent_twice_at_once_closes_and_reopens_once(
    sale: SaleOf, close: Act, reopen: Act, together: Together
) -> None:
    sale("cut")
    for turn in ROUNDS:
        assert refused(together(*[partial(close, key=f"close-{turn}")] * 3)) == []
        db.session.rollback()
        assert balance(AccountKind.RETAINED) == -950_000
        assert refused(together(*[partial(reopen, key=f"reopen-{turn}")] * 3)) == []
        db.session.rollback()
        assert balance(AccountKind.RETAINED) == 0
