"""What a customer has in the club."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, func, literal, select

from ...core.db import db
from ...ledger.models import Account, AccountKind, Posting, Unit
from ...ledger.queries import balances_by_owner
from ..models import Lot, LotSpend
from .rules import LotView, Wallet, balance_of, below

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


ACCOUNT_OF = {Unit.RIAL: AccountKind.CLUB_CREDIT, Unit.POINT: AccountKind.POINTS}
_BALANCES: Executable = (
    select(Account.unit, func.sum(Posting.amount))
    .join(Posting, Posting.account_id == Account.id)
    .where(Account.kind.in_(bindparam("kinds", expanding=True)), Account.owner_id == bindparam("customer"))
    .group_by(Account.unit)
)


def lots_of(customer_id: int) -> list[LotView]:
    """Lots with something left, what expires first going first; expired ones too, until they are written off."""
    rows = db.session.connection().execute(_LOTS, {"customer": customer_id})
    return [LotView(*row) for row in rows]


def wallet_of(customer_id: int, now: datetime) -> Wallet:
    """The customer's points and credit at a moment."""
    return wallet_with(customer_id, lots_of(customer_id), now)


def wallet_with(customer_id: int, lots: Sequence[LotView], now: datetime) -> Wallet:
    """The wallet of a customer who has these lots, all of hers with something left."""
    held = {lot.unit for lot in lots}
    without = [unit for unit in ACCOUNT_OF if unit not in held]
    return wallet_from(lots, now, _overdrawn(customer_id, without) if without else {})


def wallet_from(lots: Sequence[LotView], now: datetime, overdrawn: Mapping[str, int] | None = None) -> Wallet:
    """The wallet that these lots make, less what is `overdrawn` of a unit."""
    alive = tuple(lot for lot in lots if lot.expires_at is None or lot.expires_at > now)
    points, credit = (
        below(balance_of(alive, unit, now), (overdrawn or {}).get(unit, 0)) for unit in (Unit.POINT, Unit.RIAL)
    )
    return Wallet(points, credit, alive)


def _overdrawn(customer_id: int, units: Sequence[Unit]) -> dict[str, int]:
    """How far below nothing she is in these units; only where no lot has anything left can she be."""
    kinds = [ACCOUNT_OF[unit].value for unit in units]
    rows = db.session.connection().execute(_BALANCES, {"customer": customer_id, "kinds": kinds})
    return {unit: max(0, int(amount)) for unit, amount in rows}


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
    for unit, kind in ACCOUNT_OF.items():
        findings += _against_ledger(kind, unit)
    return findings + _against_entries()


def _against_entries() -> list[str]:
    """Each entry gives and takes what its lots and their movements say, but for what went below nothing."""
    moves = _moves().subquery()
    off = func.sum(moves.c.in_lots) - func.sum(moves.c.held)
    wrong = select(moves.c.owner, moves.c.unit).group_by(moves.c.entry, moves.c.owner, moves.c.unit).having(off != 0)
    customers = sorted({(int(owner), str(unit)) for owner, unit in db.session.execute(wrong)})
    return [finding for owner, unit in customers for finding in _replayed(owner, unit)]


def _moves() -> Any:
    """What entries moved of customers' club value: in lots, and on their accounts (positive is hers)."""
    nought = literal(0)
    made = select(
        Lot.entry_id.label("entry"),
        Lot.customer_id.label("owner"),
        Lot.unit.label("unit"),
        Lot.amount.label("in_lots"),
        nought.label("held"),
    )
    taken = select(LotSpend.entry_id, Lot.customer_id, Lot.unit, -LotSpend.amount, nought).join(
        Lot, Lot.id == LotSpend.lot_id
    )
    held = (
        select(Posting.entry_id, Account.owner_id, Account.unit, nought, -Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.kind.in_([kind.value for kind in ACCOUNT_OF.values()]))
    )
    return made.union_all(taken, held)


def _replayed(owner: int, unit: str) -> list[str]:
    """The entries after which her lots were not what she had, or not nothing when she had less than that."""
    moves = _moves().subquery()
    rows = db.session.execute(
        select(moves.c.entry, func.sum(moves.c.in_lots), func.sum(moves.c.held))
        .where(moves.c.owner == owner, moves.c.unit == unit)
        .group_by(moves.c.entry)
        .order_by(moves.c.entry)
    )
    findings, in_lots, held, off = [], 0, 0, 0
    for entry, lots_moved, account_moved in rows:
        in_lots, held = in_lots + int(lots_moved), held + int(account_moved)
        now_off = in_lots - max(0, held)
        if now_off != off:
            findings.append(f"entry {entry}: its lots and its postings differ by {now_off - off} {unit}")
        off = now_off
    return findings


def _against_ledger(kind: AccountKind, unit: Unit) -> list[str]:
    in_lots = {
        owner: int(amount)
        for owner, amount in db.session.execute(
            select(Lot.customer_id, func.sum(Lot.remaining))
            .where(Lot.unit == unit.value, Lot.remaining > 0)
            .group_by(Lot.customer_id)
        )
    }
    # Below nothing there are no lots: what she gets next repays it.
    in_ledger = {owner: max(0, -amount) for owner, amount in balances_by_owner(kind, unit).items()}
    return [
        f"customer {owner}: lots hold {in_lots.get(owner, 0)} {unit}, the ledger {in_ledger.get(owner, 0)}"
        for owner in sorted(in_lots.keys() | in_ledger.keys())
        if in_lots.get(owner, 0) != in_ledger.get(owner, 0)
    ]
