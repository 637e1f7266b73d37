"""Old debts received: oldest first or chosen, once for each request, never more than she owes."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from salon.cashbox.audit.queries import verify_cashbox
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid, NotFound
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, Payment, Receipt, Settlement
from salon.invoices.receipts.services import receive
from salon.ledger.queries import receivable_of, verify_journal
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell, Together

Take = Callable[..., Receipt]


@pytest.fixture(autouse=True)
def in_order(app: Flask) -> Iterator[None]:
    """Whatever is received, the books stay in order."""
    yield
    db.session.rollback()
    assert [*verify_journal(), *verify_lots(), *verify_invoices(), *verify_cashbox()] == []


@pytest.fixture
def take(salon: SmallSalon, now: datetime) -> Take:
    """Receive cash of Zahra's debt, each time by a key of its own unless one is given."""
    keys = iter(range(1000))

    def received(
        amount: int, *, key: str = "", chosen: list[int] | None = None, whose: int = 0, method: str = "cash"
    ) -> Receipt:
        with transaction():
            return receive(
                branch_id=salon.branch_id,
                customer_id=whose or salon.zahra,
                payments=[PaymentSpec(PaymentMethod(method), amount)],
                invoice_ids=chosen,
                key=key or f"receipt-{next(keys)}",
                actor_id=salon.desk_id,
                now=now,
            )

    return received


@pytest.fixture
def debts(sell: Sell, pay: Pay, now: datetime) -> list[int]:
    """Three invoices of 1,000,000 rials that nobody paid, the oldest first."""
    made = []
    for days in (40, 20, 1):
        at = now - timedelta(days=days)
        made.append(sell(at=at))
        pay(made[-1], at=at)
    return made


def test_a_debt_is_paid_in_three_parts_and_earns_at_the_last(salon: SmallSalon, debts: list[int], take: Take) -> None:
    assert take(400_000).allocated == [{"invoice_id": debts[0], "amount": 400_000}]
    assert take(1_000_000, method="card").allocated == [
        {"invoice_id": debts[0], "amount": 600_000},
        {"invoice_id": debts[1], "amount": 400_000},
    ]
    assert take(1_600_000).allocated == [
        {"invoice_id": debts[1], "amount": 600_000},
        {"invoice_id": debts[2], "amount": 1_000_000},
    ]
    assert receivable_of(salon.zahra) == 0
    assert set(db.session.scalars(select(Invoice.status))) == {"settled"}


def test_chosen_invoices_take_it_and_the_older_ones_wait(debts: list[int], take: Take) -> None:
    assert take(1_500_000, chosen=debts[1:]).allocated == [
        {"invoice_id": debts[1], "amount": 1_000_000},
        {"invoice_id": debts[2], "amount": 500_000},
    ]
    with pytest.raises(Invalid) as refused:
        take(500_001, chosen=[debts[2]])
    assert refused.value.code == "overpaid"


def test_more_than_she_owes_is_refused_also_when_she_owes_nothing(
    salon: SmallSalon, debts: list[int], take: Take
) -> None:
    for amount in (3_000_001, 10**15):
        with pytest.raises(Invalid) as refused:
            take(amount)
        assert refused.value.code == "overpaid"
    take(3_000_000)
    with pytest.raises(Invalid) as refused:
        take(1)
    assert refused.value.code == "overpaid"
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 1


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1])
def test_nothing_and_less_are_not_received(debts: list[int], take: Take, amount: int) -> None:
    with pytest.raises(Invalid) as refused:
        take(amount)
    assert refused.value.code == "amount_invalid"


def _mina(salon: SmallSalon, now: datetime) -> int:
    with transaction():
        return add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=now).id


def test_the_same_key_receives_once_and_another_body_under_it_is_refused(
    salon: SmallSalon, now: datetime, debts: list[int], take: Take
) -> None:
    first = take(3_000_000, key="k" * 104)
    assert take(3_000_000, key="k" * 104).id == first.id
    for again in (
        partial(take, 1_000),
        partial(take, 3_000_000, chosen=debts),
        partial(take, 3_000_000, method="card"),
        partial(take, 3_000_000, whose=_mina(salon, now)),
    ):
        with pytest.raises(Invalid) as refused:
            again(key="k" * 104)
        assert refused.value.code == "key_reused"
    assert db.session.scalar(select(func.sum(Payment.amount))) == 3_000_000


def test_several_ways_to_pay_are_laid_over_the_oldest_debt_first(
    salon: SmallSalon, now: datetime, debts: list[int]
) -> None:
    ways = [PaymentSpec(PaymentMethod.CASH, 600_000), PaymentSpec(PaymentMethod.CARD, 900_000)]
    with transaction():
        receive(branch_id=salon.branch_id, customer_id=salon.zahra, payments=ways, key="two", actor_id=None, now=now)
    rows = db.session.execute(
        select(Settlement.invoice_id, Payment.method, Payment.amount).join(Settlement).order_by(Payment.id)
    )
    assert [tuple(row) for row in rows] == [
        (debts[0], "cash", 600_000),
        (debts[0], "card", 400_000),
        (debts[1], "card", 500_000),
    ]


def test_nothing_on_the_table_and_invoices_that_are_not_open_are_refused(
    salon: SmallSalon, now: datetime, debts: list[int], take: Take, sell: Sell
) -> None:
    with pytest.raises(DomainError) as refused:
        take(100, chosen=[sell()])
    assert refused.value.code == "nothing_owed"
    with pytest.raises(Invalid) as refused, transaction():
        receive(branch_id=salon.branch_id, customer_id=salon.zahra, payments=[], key="none", actor_id=None, now=now)
    assert refused.value.code == "payment_missing"


def test_a_customer_of_nowhere_pays_nothing(take: Take) -> None:
    with pytest.raises(NotFound):
        take(1, whose=999)


def test_two_tills_receive_the_same_debt_at_once_and_it_is_paid_once(
    salon: SmallSalon, debts: list[int], take: Take, together: Together
) -> None:
    answers = together(partial(take, 2_000_000, key="a"), partial(take, 2_000_000, key="b"))
    assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["overpaid"]
    answers = together(*[partial(take, 1_000_000, key="c")] * 3)
    assert len({answer.id for answer in answers if isinstance(answer, Receipt)}) == 1
    db.session.rollback()
    assert receivable_of(salon.zahra) == 0
    assert db.session.scalar(select(func.sum(Payment.amount))) == 3_000_000


def test_the_invoice_itself_is_paid_at_one_till_and_the_debt_received_at_another(
    salon: SmallSalon, debts: list[int], take: Take, pay: Pay, together: Together
) -> None:
    answers = together(partial(take, 3_000_000, key="a"), partial(pay, debts[0], 1_000_000, key="b"))
    assert [answer.code for answer in answers if isinstance(answer, DomainError)] in (["overpaid"], ["already_settled"])
    db.session.rollback()
    assert db.session.scalar(select(func.sum(Payment.amount))) in {1_000_000, 3_000_000}
