"""Deposits as they stand, and their audit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from ...core.db import db
from ...customers.errors import customer_unknown
from ...customers.models import Customer
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ...ledger.queries import balances_by_owner
from ..models import Deposit, DepositUse
from .errors import deposit_unknown
from .rules import KEPT

_LOCK_CUSTOMER = select(Customer.id).where(Customer.id == bindparam("customer")).with_for_update(key_share=True)


def deposit(deposit_id: int) -> Deposit:
    """A deposit. Raises NotFound `deposit_unknown`."""
    found = db.session.get(Deposit, deposit_id)
    if found is None:
        raise deposit_unknown()
    return found


def lock_customer(customer_id: int) -> None:
    """Let what she left be spent by one at a time. Raises NotFound `customer_unknown`."""
    if db.session.connection().execute(_LOCK_CUSTOMER, {"customer": customer_id}).first() is None:
        raise customer_unknown()


def locked_deposit(deposit_id: int) -> Deposit:
    """A deposit, its customer locked before it as every till locks her. Raises NotFound `deposit_unknown`."""
    lock_customer(deposit(deposit_id).customer_id)
    return db.session.get_one(Deposit, deposit_id, populate_existing=True)


def deposit_under(key: str) -> Deposit | None:
    """The deposit that was taken under a key."""
    return db.session.scalar(select(Deposit).where(Deposit.idempotency_key == key))


def returned_under(key: str) -> tuple[int, str, int] | None:
    """What the entry under this key gave back: rials, and the kind and owner of the account they came out of."""
    row = db.session.execute(
        select(-Posting.amount, Account.kind, Account.owner_id)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.idempotency_key == key, Account.kind != AccountKind.DEPOSIT.value)
    ).one_or_none()
    return None if row is None else (int(row[0]), row[1], row[2])


def uses_of(deposit_id: int) -> int:
    """How often something was taken from a deposit or came back to it."""
    return db.session.scalar(select(func.count()).where(DepositUse.deposit_id == deposit_id)) or 0


def deposits_of(customer_id: int) -> Sequence[Deposit]:
    """What she left in the salon and is not used up, the oldest first."""
    return db.session.scalars(
        select(Deposit).where(Deposit.customer_id == customer_id, Deposit.remaining > 0).order_by(Deposit.id)
    ).all()


def held_for(appointment_id: int) -> Sequence[Deposit]:
    """Deposits of a booking with something left, the oldest first; read afresh."""
    return db.session.scalars(
        select(Deposit)
        .where(Deposit.appointment_id == appointment_id, Deposit.remaining > 0)
        .order_by(Deposit.id)
        .execution_options(populate_existing=True)
    ).all()


def remaining_for(appointment_ids: Sequence[int]) -> dict[int, int]:
    """What is left of the deposits of each of these bookings, in rials; those with nothing are left out."""
    if not appointment_ids:
        return {}
    rows = db.session.execute(
        select(Deposit.appointment_id, func.sum(Deposit.remaining))
        .where(Deposit.appointment_id.in_(appointment_ids), Deposit.remaining > 0)
        .group_by(Deposit.appointment_id)
    )
    return {appointment_id: int(amount) for appointment_id, amount in rows if appointment_id is not None}


def kept_for(appointment_id: int) -> list[tuple[Deposit, int]]:
    """What the salon keeps of each deposit of a booking, in rials."""
    kept = func.sum(DepositUse.amount)
    rows = db.session.execute(
        select(Deposit, kept)
        .join(DepositUse, DepositUse.deposit_id == Deposit.id)
        .where(Deposit.appointment_id == appointment_id, DepositUse.purpose == KEPT)
        .group_by(Deposit.id)
        .having(kept > 0)
        .order_by(Deposit.id)
    )
    return [(found, int(amount)) for found, amount in rows]


def spent_on(deposit_id: int, invoice_id: int) -> datetime | None:
    """When a deposit was first spent on an invoice, in UTC."""
    return db.session.scalar(
        select(func.min(Entry.recorded_at))
        .join(DepositUse, DepositUse.entry_id == Entry.id)
        .where(DepositUse.deposit_id == deposit_id, DepositUse.amount > 0)
        .where(Entry.source_kind == "invoice", Entry.source_id == invoice_id)
    )


def verify_deposits() -> list[str]:
    """Where deposits disagree with their uses or with the ledger; empty when all is well."""
    return [*_against_uses(), *_against_entries(), *_against_ledger()]


def _against_uses() -> list[str]:
    used = select(DepositUse.deposit_id, func.sum(DepositUse.amount).label("used")).group_by(DepositUse.deposit_id)
    uses = used.subquery()
    should = Deposit.amount - func.coalesce(uses.c.used, 0)
    rows = db.session.execute(
        select(Deposit.id, Deposit.remaining, should)
        .outerjoin(uses, uses.c.deposit_id == Deposit.id)
        .where(Deposit.remaining != should)
    )
    return [f"deposit {row[0]}: {row[1]} remains, its uses leave {row[2]}" for row in rows]


def _against_entries() -> list[str]:
    """Each entry gives and takes what the deposits and their uses say."""
    made = select(Deposit.entry_id.label("entry"), Deposit.amount.label("amount"))
    taken = select(DepositUse.entry_id, -DepositUse.amount)
    held = (
        select(Posting.entry_id, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.kind == AccountKind.DEPOSIT.value)
    )
    both = made.union_all(taken, held).subquery()
    off = func.sum(both.c.amount)
    rows = db.session.execute(select(both.c.entry, off).group_by(both.c.entry).having(off != 0))
    return [f"entry {entry}: its deposits and its postings differ by {amount}" for entry, amount in rows]


def _against_ledger() -> list[str]:
    rows = db.session.execute(select(Deposit.customer_id, func.sum(Deposit.remaining)).group_by(Deposit.customer_id))
    kept = {owner: int(amount) for owner, amount in rows if amount}
    booked = {owner: -amount for owner, amount in balances_by_owner(AccountKind.DEPOSIT, Unit.RIAL).items()}
    return [
        f"customer {owner}: deposits hold {kept.get(owner, 0)}, the ledger {booked.get(owner, 0)}"
        for owner in sorted(kept.keys() | booked.keys())
        if kept.get(owner, 0) != booked.get(owner, 0)
    ]
