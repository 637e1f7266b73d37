"""The till: settling as seen, receiving old debts, the lists."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import transaction
from salon.core.errors import DomainError, Invalid
from salon.core.jalali import local_date
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.checkout.rules import Outcome
from salon.invoices.models import InvoiceStatus
from salon.invoices.till.queries import Wanted, invoice_rows, sums_of
from salon.invoices.till.services import receive_debt, settle_as_seen
from salon.ledger.models import AccountKind
from salon.ledger.queries import receivable_of, total
from tests.factories import SmallSalon

Sell, Pay = Callable[..., int], Callable[..., Outcome]


def as_seen(salon: SmallSalon, now: datetime, invoice_id: int, cash: int, **seen: object) -> Outcome:
    asked = {"seen_due": 1_000_000, "leave_debt": False, "key": "form-1", **seen}
    payments = [PaymentSpec(PaymentMethod.CASH, cash)] if cash else []
    with transaction():
        return settle_as_seen(
            branch_id=salon.branch_id,
            invoice_id=invoice_id,
            payments=payments,
            credit=0,
            actor_id=salon.desk_id,
            now=now,
            **asked,
        )


def receive(
    salon: SmallSalon,
    now: datetime,
    *payments: tuple[PaymentMethod, int],
    key: str = "form-1",
    customer_id: int | None = None,
) -> list[Outcome]:
    with transaction():
        return receive_debt(
            branch_id=salon.branch_id,
            customer_id=customer_id or salon.zahra,
            payments=[PaymentSpec(method, amount) for method, amount in payments],
            key=key,
            actor_id=salon.desk_id,
            now=now,
        )


def test_a_rest_becomes_debt_only_when_the_receptionist_says_so(salon: SmallSalon, now: datetime, sell: Sell) -> None:
    written = sell()
    with pytest.raises(Invalid) as refused:
        as_seen(salon, now, written, 400_000)
    assert refused.value.code == "unpaid"
    assert as_seen(salon, now, written, 400_000, leave_debt=True).due == 600_000


def test_an_invoice_that_changed_meanwhile_is_not_settled_blindly(salon: SmallSalon, now: datetime, sell: Sell) -> None:
    with pytest.raises(DomainError) as refused:
        as_seen(salon, now, sell(), 900_000, seen_due=900_000)
    assert refused.value.code == "invoice_changed"


def test_pressing_twice_is_answered_twice_and_settled_once(salon: SmallSalon, now: datetime, sell: Sell) -> None:
    written = sell()
    assert as_seen(salon, now, written, 1_000_000) == as_seen(salon, now, written, 1_000_000)
    assert total(AccountKind.CASH) == 1_000_000


def test_a_part_sent_twice_is_answered_twice_and_taken_once(salon: SmallSalon, now: datetime, sell: Sell) -> None:
    written = sell()
    first = as_seen(salon, now, written, 400_000, leave_debt=True)
    assert as_seen(salon, now, written, 400_000, leave_debt=True) == first
    assert total(AccountKind.CASH) == 400_000


def test_what_another_till_settled_is_said_to_be_so(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    written = sell()
    pay(written, 1_000_000)
    with pytest.raises(DomainError) as refused:
        as_seen(salon, now, written, 1_000_000)
    assert refused.value.code == "already_settled"


def test_part_of_an_old_debt_may_be_paid_without_saying_so(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    written = sell()
    pay(written)
    assert as_seen(salon, now, written, 300_000).due == 700_000


def test_money_for_old_debts_goes_to_the_oldest_first(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    younger, older = sell(500_000), sell(300_000)
    pay(younger)
    pay(older, at=now - timedelta(days=20))
    outcomes = receive(salon, now, (PaymentMethod.CASH, 100_000), (PaymentMethod.CARD, 400_000))
    assert [(one.invoice_id, one.status, one.due) for one in outcomes] == [
        (older, "settled", 0),
        (younger, "open", 300_000),
    ]
    assert (total(AccountKind.CASH), total(AccountKind.CARD_TERMINAL)) == (100_000, 400_000)
    assert receivable_of(salon.zahra) == 300_000
    assert outcomes[0].earned_points == 12


def test_receiving_twice_by_one_key_takes_the_money_once(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(500_000))
    pay(sell(300_000))
    first = receive(salon, now, (PaymentMethod.CASH, 600_000))
    assert receive(salon, now, (PaymentMethod.CASH, 600_000)) == first
    assert total(AccountKind.CASH) == 600_000
    with pytest.raises(Invalid) as refused:
        receive(salon, now, (PaymentMethod.CASH, 500_000))
    assert refused.value.code == "key_reused"


def test_money_taken_from_one_customer_is_never_said_to_be_anothers(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(500_000))
    receive(salon, now, (PaymentMethod.CASH, 500_000))
    with transaction():
        mina = add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=now).id
    with pytest.raises(Invalid) as refused:
        receive(salon, now, (PaymentMethod.CASH, 500_000), customer_id=mina)
    assert refused.value.code == "key_reused"


def test_a_double_click_on_receive_takes_the_money_once(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, together: Callable[..., list[object]]
) -> None:
    pay(sell(500_000))
    pay(sell(300_000))
    first, second = together(*[lambda: receive(salon, now, (PaymentMethod.CASH, 600_000))] * 2)
    assert first == second
    assert total(AccountKind.CASH) == 600_000


@pytest.mark.parametrize(
    ("owed", "amount", "code"),
    [(500_000, 500_001, "overpaid"), (500_000, 0, "payment_missing"), (0, 100, "nothing_owed")],
)
def test_a_sum_that_cannot_be_received_is_refused(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, owed: int, amount: int, code: str
) -> None:
    if owed:
        pay(sell(owed))
    with pytest.raises(DomainError) as refused:
        receive(salon, now, *([(PaymentMethod.CASH, amount)] if amount else []))
    assert refused.value.code == code
    assert total(AccountKind.CASH) == 0


def test_the_list_sums_what_was_issued_and_counts_drafts(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    sell(5_000_000)
    pay(sell(1_000_000), 1_000_000)
    pay(sell(800_000), 300_000)
    sums = sums_of(Wanted(day=local_date(now)))
    assert (sums.count, sums.drafts, sums.total, sums.paid, sums.due) == (3, 1, 1_800_000, 1_300_000, 500_000)
    assert sums_of(Wanted(day=local_date(now) - timedelta(days=1))).count == 0


def test_the_list_is_narrowed_by_status_and_customer(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    owed, _draft = sell(800_000), sell()
    pay(owed)
    rows = invoice_rows(Wanted(status=InvoiceStatus.OPEN, customer_id=salon.zahra), 10, 0)
    assert [(row.invoice.id, row.customer.full_name) for row in rows] == [(owed, "زهرا کریمی")]
    assert invoice_rows(Wanted(customer_id=salon.zahra + 1), 10, 0) == []
