"""Speaking with customers about their debt: what they promised, and reminding them by message."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import update

from ...access.rules import Actor
from ...core.db import db
from ...core.jalali import local_date
from ...core.lengths import line_of
from ...core.money import Currency
from ...customers.queries import customer
from ...messaging.services import NewMessage, enqueue
from ...setup.queries import profile
from ..errors import contact_empty, nothing_owed, promise_past
from ..models import DebtContact, Invoice, InvoiceStatus
from ..queries import open_invoices_of
from .queries import Debtor, debtors, told_already
from .rules import reminder_key, reminder_text

_ALL = 1_000_000  # more debtors than a salon has


def record_contact(
    *, customer_id: int, note: str, promised_on: date | None, actor: Actor | None, now: datetime
) -> DebtContact:
    """Note what was said about a debt; a promise stands at all her open invoices.

    Raises NotFound; DomainError `nothing_owed`; Invalid `contact_empty`, `promise_past`.
    """
    owner = customer(customer_id)
    if not open_invoices_of(owner.id):
        raise nothing_owed()
    said = line_of(note, DebtContact.note)
    if not said and promised_on is None:
        raise contact_empty()
    if promised_on is not None and promised_on < local_date(now):
        raise promise_past()
    actor_id = actor.id if actor else None
    written = DebtContact(customer_id=owner.id, contacted_at=now, actor_id=actor_id, note=said, promised_on=promised_on)
    db.session.add(written)
    if promised_on is not None:
        hers = Invoice.customer_id == owner.id, Invoice.status == InvoiceStatus.OPEN
        db.session.execute(update(Invoice).where(*hers).values(promised_on=promised_on))
    db.session.flush()
    return written


def remind_of_debts(*, branch_id: int, least: int = 0, actor: Actor | None, now: datetime) -> int:
    """Write a reminder to everybody who owes `least` rials or more, once a day at the most. Gives how many."""
    return _remind(branch_id, debtors(local_date(now), _ALL, least=least), now)


def remind_of_debt(*, branch_id: int, customer_id: int, actor: Actor | None, now: datetime) -> int:
    """Write a reminder to one who owes, once a day at the most; gives 0 when she was told today or has no mobile.

    Raises NotFound; DomainError `nothing_owed`.
    """
    owner = customer(customer_id)
    owed = open_invoices_of(owner.id)
    if not owed:
        raise nothing_owed()
    due = sum(found.due for found in owed)
    hers = Debtor(owner, len(owed), due, (), owed[0].business_date, None, None)
    return _remind(branch_id, [hers], now)


def _remind(branch_id: int, owing: Sequence[Debtor], now: datetime) -> int:
    salon, today = profile(), local_date(now)
    keys = {reminder_key(debtor.customer.id, today): debtor for debtor in owing if debtor.customer.mobile}
    fresh = keys.keys() - told_already(keys.keys())
    for key in sorted(fresh):
        debtor = keys[key]
        message = NewMessage(
            branch_id=branch_id,
            customer_id=debtor.customer.id,
            receiver=debtor.customer.mobile or "",
            kind="debt",
            text=reminder_text(debtor.customer.first_name, debtor.due, salon.name, Currency(salon.currency)),
            dedupe_key=key,
            due_at=now,
        )
        enqueue(message, now=now)
    return len(fresh)
