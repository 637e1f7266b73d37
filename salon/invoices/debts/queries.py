"""Who owes, since when, and what each of them was told and has promised."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from ...cashbox.models import PaymentMethod
from ...core.db import db
from ...customers.models import Customer
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ...messaging.models import OutboxMessage
from ..models import DebtContact, Invoice, InvoiceStatus, Payment, Settlement
from .rules import Movement, first_days

_DUE = Invoice.total - Invoice.paid
_OWED = func.sum(_DUE)
# Whether an invoice is a return that was set off against what was owed of its sale.
_LESSENS = (
    select(Payment.id)
    .join(Settlement, Settlement.id == Payment.settlement_id)
    .where(Settlement.invoice_id == Invoice.id, Payment.method == PaymentMethod.RETURN.value, Payment.amount < 0)
    .correlate(Invoice)
    .exists()
)


@dataclass(frozen=True)
class Debtor:
    """Somebody who owes: rials by age, since when, what she promised, when she was last spoken to."""

    customer: Customer
    invoices: int
    due: int
    ages: tuple[int, ...]
    since: date
    promised_on: date | None
    contacted_at: datetime | None


@dataclass(frozen=True)
class Debts:
    """What everybody together owes, in rials."""

    people: int
    due: int
    ages: tuple[int, ...]


def debtors(today: date, limit: int, offset: int = 0, *, least: int = 0) -> Sequence[Debtor]:
    """Customers with open invoices of together `least` rials or more, who owes longest first."""
    since = func.min(Invoice.business_date)
    last = (
        select(func.max(DebtContact.contacted_at))
        .where(DebtContact.customer_id == Customer.id)
        .correlate(Customer)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Customer, func.count(Invoice.id), _OWED, since, func.min(Invoice.promised_on), last, *_ages(today))
        .join(Invoice, Invoice.customer_id == Customer.id)
        .where(Invoice.status == InvoiceStatus.OPEN)
        .group_by(Customer.id)
        .having(max(least, 1) <= _OWED)
        .order_by(since, Customer.id)
        .limit(limit)
        .offset(offset)
    )
    return [_debtor(*row) for row in rows]


def _debtor(
    customer: Customer, count: int, due: int, since: date, promised: date | None, last: Any, *ages: int
) -> Debtor:
    return Debtor(customer, int(count), int(due), tuple(int(age) for age in ages), since, promised, last)


def debts(today: date, *, least: int = 0) -> Debts:
    """All that is owed by customers of whom each owes `least` rials or more."""
    each = (
        select(_OWED.label("due"), *(age.label(f"age_{place}") for place, age in enumerate(_ages(today))))
        .where(Invoice.status == InvoiceStatus.OPEN)
        .group_by(Invoice.customer_id)
        .having(max(least, 1) <= _OWED)
        .subquery()
    )
    sums = [func.coalesce(func.sum(column), 0) for column in each.c]
    people, due, *ages = db.session.execute(select(func.count(), *sums).select_from(each)).one()
    return Debts(int(people), int(due), tuple(int(age) for age in ages))


def contacts_with(customer_id: int) -> Sequence[DebtContact]:
    """When she was spoken to about her debt, the latest first."""
    question = select(DebtContact).where(DebtContact.customer_id == customer_id)
    return db.session.scalars(question.order_by(DebtContact.id.desc()).limit(20)).all()


def movements_of(customer_id: int) -> list[Movement]:
    """What moved her debt, from the first on.

    What a return takes off the debt of its sale stands in the books of both: here it is the return that lessens it.
    """
    amount = func.sum(Posting.amount)
    rows = db.session.execute(
        select(Entry.business_date, Entry.kind, Invoice.number, Invoice.id, amount, _LESSENS)
        .select_from(Posting)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(Invoice, (Entry.source_kind == "invoice") & (Entry.source_id == Invoice.id))
        .where(Account.kind.in_([AccountKind.RECEIVABLE.value, AccountKind.OFFSET.value]))
        .where(Account.owner_id == customer_id)
        .where(Account.unit == Unit.RIAL.value)
        .group_by(Entry.id, Entry.business_date, Entry.kind, Invoice.number, Invoice.id)
        .having(amount != 0)
        .order_by(Entry.business_date, Entry.id)
    )
    return [
        Movement(day, kind, number, invoice_id, int(moved), lessens)
        for day, kind, number, invoice_id, moved, lessens in rows
    ]


def told_already(keys: Collection[str]) -> set[str]:
    """Which of these messages were written before."""
    return set(db.session.scalars(select(OutboxMessage.dedupe_key).where(OutboxMessage.dedupe_key.in_(keys))))


def _ages(today: date) -> list[ColumnElement[int]]:
    """What is due by the age of its invoice, the youngest first."""
    begins = first_days(today)
    day = Invoice.business_date
    within = [
        day >= begins[0],
        *((day >= begin) & (day < before) for before, begin in itertools.pairwise(begins)),
        day < begins[-1],
    ]
    return [func.coalesce(func.sum(case((condition, _DUE), else_=0)), 0) for condition in within]
