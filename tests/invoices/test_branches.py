"""What happens in a branch stands in the books of that branch, whoever it is about."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from salon.access.models import User
from salon.appointments.availability.queries import free_slots
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.jobs import expire_lots
from salon.core.db import db, transaction
from salon.core.errors import NotFound
from salon.core.jalali import local_date
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, Settlement
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.till.services import draft_of_visit
from salon.ledger.models import Account, AccountKind, Entry, Posting
from salon.ledger.queries import receivable_of, verify_journal
from tests.factories import SecondBranch, SmallSalon, open_second_branch
from tests.invoices.conftest import Pay, Sell


@pytest.fixture
def east(salon: SmallSalon, now: datetime) -> SecondBranch:
    """A branch to which customers of the first one come too."""
    return open_second_branch(now)


def held(kind: AccountKind, branch_id: int) -> int:
    """What lies on the accounts of a kind in a branch."""
    amounts = select(Posting.amount).join(Account, Account.id == Posting.account_id)
    return sum(db.session.scalars(amounts.where(Account.kind == kind, Account.branch_id == branch_id)))


def test_a_visit_is_of_the_branch_that_serves_her(salon: SmallSalon, east: SecondBranch, now: datetime) -> None:
    with transaction():
        visit = book(
            branch_id=east.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(days=1),
            items=[BookingItem(salon.cut, east.mina)],
            actor=db.session.get(User, east.desk_id),
            now=now,
        )
        written = draft_of_visit(appointment_id=visit.id, actor_id=east.desk_id, now=now)
    assert visit.branch_id == east.branch_id
    assert db.session.get_one(Invoice, written).branch_id == east.branch_id


def test_nobody_is_booked_in_another_branch_than_hers(salon: SmallSalon, east: SecondBranch, now: datetime) -> None:
    with pytest.raises(NotFound) as refused, transaction():
        book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(days=1),
            items=[BookingItem(salon.cut, east.mina)],
            actor=None,
            now=now,
        )
    assert refused.value.code == "staff_unknown"


def test_free_times_are_those_of_the_branch(salon: SmallSalon, east: SecondBranch, now: datetime) -> None:
    day = local_date(now) + timedelta(days=1)
    slots = free_slots(branch_id=east.branch_id, day=day, service_id=salon.cut, now=now)
    assert {slot.staff_id for slot in slots} == {east.mina}


def test_each_branch_numbers_its_own_invoices(
    salon: SmallSalon, east: SecondBranch, now: datetime, sell: Sell, pay: Pay
) -> None:
    assert pay(sell(), 1_000_000).number == 1
    with transaction():
        there = draft(
            branch_id=east.branch_id,
            customer_id=salon.zahra,
            lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara)],
            actor_id=east.desk_id,
            now=now,
        )
    assert pay(there, 450_000).number == 1
    assert verify_invoices() == []


def test_a_debt_paid_in_another_branch_is_cash_of_that_branch(
    salon: SmallSalon, east: SecondBranch, now: datetime, sell: Sell, pay: Pay
) -> None:
    written = sell()
    pay(written, 400_000)
    with transaction():
        settle(
            branch_id=east.branch_id,
            invoice_id=written,
            payments=[PaymentSpec(PaymentMethod.CASH, 600_000)],
            key="east",
            actor_id=east.desk_id,
            now=now,
        )
    assert [held(AccountKind.CASH, branch) for branch in (salon.branch_id, east.branch_id)] == [400_000, 600_000]
    assert held(AccountKind.REVENUE, east.branch_id) == 0
    taken = select(Settlement.branch_id, Settlement.paid).order_by(Settlement.id)
    assert db.session.execute(taken).all() == [(salon.branch_id, 400_000), (east.branch_id, 600_000)]
    assert receivable_of(salon.zahra) == 0
    assert verify_journal() + verify_invoices() == []


def test_credit_expires_in_the_branch_that_gave_it(
    salon: SmallSalon, east: SecondBranch, now: datetime, pay: Pay
) -> None:
    with transaction():
        there = draft(
            branch_id=east.branch_id,
            customer_id=salon.zahra,
            lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara)],
            actor_id=east.desk_id,
            now=now,
        )
    pay(there, 450_000)
    assert expire_lots(now + timedelta(days=90)) == 1
    expiry = db.session.scalars(select(Entry).where(Entry.kind == "expiry")).one()
    assert expiry.branch_id == east.branch_id
