"""Balances, and the audit of the journal."""

from sqlalchemy import bindparam, func, select

from ..core.db import db
from .models import Account, AccountKind, Entry, EntrySeal, Posting, Unit

_BALANCE = (
    select(func.coalesce(func.sum(Posting.amount), 0))
    .join(Account, Account.id == Posting.account_id)
    .where(Account.kind == bindparam("kind"), Account.owner_id == bindparam("owner"), Account.unit == bindparam("unit"))
)


def balance(kind: AccountKind, owner_id: int = 0, unit: Unit = Unit.RIAL) -> int:
    """The sum of an account's postings over all branches; debit positive."""
    question = {"kind": kind.value, "owner": owner_id, "unit": unit.value}
    return int(db.session.connection().execute(_BALANCE, question).scalar_one())


def total(kind: AccountKind, unit: Unit = Unit.RIAL) -> int:
    """The sum of all accounts of a kind, whoever owns them; debit positive."""
    return sum(balances_by_owner(kind, unit).values())


def receivable_of(customer_id: int) -> int:
    """What the customer owes, in rials."""
    return balance(AccountKind.RECEIVABLE, customer_id)


def balances_by_owner(kind: AccountKind, unit: Unit) -> dict[int, int]:
    """Every owner's balance that is not zero, over all branches."""
    total = func.sum(Posting.amount)
    rows = db.session.execute(
        select(Account.owner_id, total)
        .join(Posting, Posting.account_id == Account.id)
        .where(Account.kind == kind.value, Account.unit == unit.value)
        .group_by(Account.owner_id)
        .having(total != 0)
    )
    return {owner: int(amount) for owner, amount in rows}


def posted_under(key: str, kind: AccountKind, unit: Unit) -> int | None:
    """What the entry of an idempotency key moved on accounts of a kind, or None when there is no such entry."""
    moved = (
        select(func.sum(Posting.amount))
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Entry.idempotency_key == key, Account.kind == kind.value, Account.unit == unit.value)
    )
    found = db.session.execute(moved).scalar()
    return None if found is None else int(found)


def branch_of_entry(entry_id: int) -> int:
    """The branch in which an entry happened."""
    return db.session.execute(select(Entry.branch_id).where(Entry.id == entry_id)).scalar_one()


def verify_journal() -> list[str]:
    """What is off in the journal itself; empty when all is well."""
    unbalanced = db.session.execute(
        select(Posting.entry_id, Account.unit, func.sum(Posting.amount))
        .join(Account, Account.id == Posting.account_id)
        .group_by(Posting.entry_id, Account.unit)
        .having(func.sum(Posting.amount) != 0)
    )
    unsealed = db.session.scalars(
        select(Entry.id).outerjoin(EntrySeal, EntrySeal.entry_id == Entry.id).where(EntrySeal.entry_id.is_(None))
    )
    empty = db.session.scalars(
        select(Entry.id).outerjoin(Posting, Posting.entry_id == Entry.id).where(Posting.id.is_(None))
    )
    return [
        *(f"entry {entry}: {unit} sums to {amount}, not zero" for entry, unit, amount in unbalanced),
        *(f"entry {entry}: has no seal" for entry in unsealed),
        *(f"entry {entry}: has no postings" for entry in empty),
    ]
