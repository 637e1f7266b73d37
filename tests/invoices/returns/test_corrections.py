"""A correction takes a sale back and drafts it anew; cancelling takes it back on its own day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from salon.cashbox.models import Deposit, PaymentMethod
from salon.core.db import db, transaction
from salon.core.errors import DomainError, NotFound
from salon.core.jalali import local_date
from salon.customers.models import Customer
from salon.invoices.history.rules import PastInvoice, PastLine
from salon.invoices.history.services import record_opening_debt
from salon.invoices.models import Invoice
from salon.invoices.returns.queries import counterparts_of
from salon.invoices.returns.rules import Returned
from salon.invoices.returns.services import Corrected, cancel_sale, correct_sale
from salon.invoices.services import discard_draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from tests.factories import SmallSalon, give_credit

from .conftest import Back, Pay, Sell, balances, verify

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def audited(salon: SmallSalon) -> Iterator[None]:
    """Whatever happened, the books explain it."""
    yield
    assert verify() == []


def correct(salon: SmallSalon, sale: int, now: datetime, key: str = "correction") -> Corrected:
    with transaction():
        return correct_sale(
            branch_id=salon.branch_id,
            invoice_id=sale,
            reason="پرسنل اشتباه",
            key=key,
            actor_id=salon.desk_id,
            now=now,
        )


def cancel(salon: SmallSalon, sale: int, now: datetime, key: str = "cancelled") -> Returned:
    with transaction():
        return cancel_sale(
            branch_id=salon.branch_id, invoice_id=sale, reason="اشتباه", key=key, actor_id=salon.owner_id, now=now
        )


def test_what_was_paid_stays_on_account_and_the_draft_is_what_was_sold(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    give_credit(salon, now, 100_000, "gift")
    sale = sell(500_000, quantity=2, discount=50_000, tax_bp=900)
    pay(sale, 935_500, credit=100_000)
    done = correct(salon, sale, now)
    assert done.returned.refunded == ((PaymentMethod.CREDIT, 100_000), (PaymentMethod.DEPOSIT, 935_500))
    assert balance(AccountKind.DEPOSIT, salon.zahra) == -935_500
    kept = db.session.scalars(select(Deposit)).one()
    assert (kept.amount, kept.remaining, kept.method, kept.appointment_id) == (935_500, 935_500, "return", None)
    written = db.session.get_one(Invoice, done.draft_id)
    assert (written.status, written.corrects_id, written.number, written.paid) == ("draft", sale, None, 0)
    assert (written.net, written.discount, written.tax, written.total) == (950_000, 50_000, 85_500, 1_035_500)
    line = written.lines[0]
    assert (line.quantity, line.unit_price, line.discount, line.staff_id) == (2, 500_000, 50_000, salon.sara)
    assert (line.nature, line.returns_line_id) == ("sale", None)
    assert [(other.id, other.relation) for other in counterparts_of(sale)] == [
        (done.returned.id, "returned_by"),
        (done.draft_id, "corrected_by"),
    ]
    assert [other.relation for other in counterparts_of(done.returned.id)] == ["returns"]
    assert [other.relation for other in counterparts_of(done.draft_id)] == ["corrects"]


def test_only_what_is_left_is_written_anew(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell(100_001, quantity=3, discount=10)
    pay(sale, 200_000)
    back(sale, 1)
    done = correct(salon, sale, now)
    written = db.session.get_one(Invoice, done.draft_id)
    assert (written.lines[0].quantity, written.total) == (2, 199_995)
    assert done.returned.debt == 0
    assert done.returned.refunded == ((PaymentMethod.DEPOSIT, 199_995),)


def test_money_of_somebody_without_a_name_goes_back_where_it_came_from(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    with transaction() as session:
        session.execute(update(Customer).where(Customer.id == salon.zahra).values(is_walk_in=True, mobile=None))
    sale = sell()
    pay(sale, 1_000_000)
    assert correct(salon, sale, now).returned.refunded == ((PaymentMethod.CASH, 1_000_000),)
    assert balances() == {}


def test_a_correction_asked_twice_by_one_key_is_one(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    sale = sell()
    pay(sale, 1_000_000)
    done = correct(salon, sale, now)
    assert correct(salon, sale, now) == done
    with transaction():
        discard_draft(invoice_id=done.draft_id)
    with pytest.raises(NotFound):
        correct(salon, sale, now)
    with pytest.raises(DomainError) as refused:
        correct(salon, sale, now, "another")
    assert refused.value.code == "return_exceeds_sale"


def test_a_debt_from_before_is_not_written_anew(salon: SmallSalon, now: datetime) -> None:
    past = PastInvoice("debt-1", salon.zahra, local_date(now), (PastLine("بدهی پیشین", 1, 70_000, 0),))
    with transaction():
        sale = record_opening_debt(past=past, branch_id=salon.branch_id, actor_id=None, now=now)
    with pytest.raises(DomainError) as refused:
        correct(salon, sale, now)
    assert refused.value.code == "opening_kept"


def test_a_sale_is_cancelled_on_its_own_day_and_every_account_is_as_before(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    sale = sell()
    pay(sale, 600_000)
    done = cancel(salon, sale, now)
    assert (done.debt, done.refunded) == (400_000, ((PaymentMethod.CASH, 600_000),))
    assert cancel(salon, sale, now) == done
    assert db.session.get_one(Invoice, done.id).reason == "اشتباه"
    assert balances() == {}


def test_a_sale_of_yesterday_is_not_cancelled(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    sale = sell()
    pay(sale, 1_000_000)
    with pytest.raises(DomainError) as refused:
        cancel(salon, sale, now + DAY)
    assert refused.value.code == "cancel_late"
