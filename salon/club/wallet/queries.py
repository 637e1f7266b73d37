"""What a customer has in the club."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, func, select

from ...core.db import db
from ...ledger.models import Account, AccountKind, Posting, Unit
from ...ledger.queries import balances_by_owner
from ..models import Lot, LotSpend
from .rules import LotView, Wallet, balance_of

_LOTS: Executable = (
    select(
        Lot.id,
        Lot.unit,
        Lot.remaining,
        Lot.valid_from,
        Lot.expires_at,
        func.coalesce(Lot.terms["offer"].as_string(), ""),
    )
    .where(Lot.customer_id == bindparam("customer"), Lot.remaining > 0)
    .order_by(Lot.expires_at.is_(None), Lot.expires_at, Lot.id)
)


def lots_of(customer_id: int) -> list[LotView]:
    """Lots with something left, what expires first going first; expired ones too, until they are written off."""
    rows = db.session.connection().execute(_LOTS, {"customer": customer_id})
    return [LotView(*row) for row in rows]


def wallet_of(customer_id: int, now: datetime) -> Wallet:
    """The customer's points and credit at a moment."""
    return wallet_from(lots_of(customer_id), now)


def wallet_from(lots: list[LotView], now: datetime) -> Wallet:
    """The wallet that these lots make."""
    alive = tuple(lot for lot in lots if lot.expires_at is None or lot.expires_at > now)
    return Wallet(balance_of(alive, Unit.POINT, now), balance_of(alive, Unit.RIAL, now), alive)


def expired_lots(now: datetime) -> Sequence[int]:
    """The lots whose days are over with something left, oldest first."""
    return db.session.scalars(select(Lot.id).where(Lot.remaining > 0, Lot.expires_at <= now).order_by(Lot.id)).all()


def verify_lots() -> list[str]:
    """Where lots disagree with what was taken from them or with the ledger; empty when all is well."""
    spent = select(LotSpend.lot_id, func.sum(LotSpend.amount).label("spent")).group_by(LotSpend.lot_id).subquery()
    wrong = db.session.execute(
        select(Lot.id, Lot.remaining, Lot.amount - func.coalesce(spent.c.spent, 0))
        .outerjoin(spent, spent.c.lot_id == Lot.id)
        .where(Lot.remaining != Lot.amount - func.coalesce(spent.c.spent, 0))
    )
    findings = [f"lot {lot}: {has} remains, its movements leave {should}" for lot, has, should in wrong]
    for kind, unit in ((AccountKind.CLUB_CREDIT, Unit.RIAL), (AccountKind.POINTS, Unit.POINT)):
        findings += _against_ledger(kind, unit)
    return findings + _against_entries()


def _against_entries() -> list[str]:
    """Each entry gives and takes what its lots and their movements say."""
    made = select(Lot.entry_id.label("entry"), Lot.unit.label("unit"), Lot.amount.label("amount"))
    taken = select(LotSpend.entry_id, Lot.unit, -LotSpend.amount).join(Lot, Lot.id == LotSpend.lot_id)
    held = (
        select(Posting.entry_id, Account.unit, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.kind.in_((AccountKind.CLUB_CREDIT.value, AccountKind.POINTS.value)))
    )
    both = made.union_all(taken, held).subquery()
    off = func.sum(both.c.amount)
    wrong = select(both.c.entry, both.c.unit, off).group_by(both.c.entry, both.c.unit).having(off != 0)
    return [
        f"entry {entry}: its lots and its postings differ by {amount} {unit}"
        for entry, unit, amount in db.session.execute(wrong)
    ]


def _against_ledger(kind: AccountKind, unit: Unit) -> list[str]:
    in_lots = {
        owner: int(amount)
        for owner, amount in db.session.execute(
            select(Lot.customer_id, func.sum(Lot.remaining))
            .where(Lot.unit == unit.value, Lot.remaining > 0)
            .group_by(Lot.customer_id)
        )
    }
    in_ledger = {owner: -amount for owner, amount in balances_by_owner(kind, unit).items()}
    return [
        f"customer {owner}: lots hold {in_lots.get(owner, 0)} {unit}, the ledger {in_ledger.get(owner, 0)}"
        for owner in sorted(in_lots.keys() | in_ledger.keys())
        if in_lots.get(owner, 0) != in_ledger.get(owner, 0)
    ]
