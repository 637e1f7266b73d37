"""The till: settling as seen, receiving old debts, the lists."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import transaction
from salon.core.errors import DomainError, Invalid
from salon.core.jalali import local_date
from salon.invoices.checkout.rules import Outcome
from salon.invoices.models import InvoiceStatus
from salon.invoices.till.queries import Wanted, invoice_rows, sums_of
from salon.invoices.till.services import settle_as_seen
from salon.ledger.models import AccountKind
from salon.ledger.queries import total
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
