"""The arithmetic of lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LotView:
    """A lot with something left. `unit` is IRR or PTS; `expires_at` is the first moment it can't be used."""

    id: int
    unit: str
    remaining: int
    valid_from: datetime
    expires_at: datetime | None
    offer_name: str


@dataclass(frozen=True)
class Balance:
    """`balance` can be used now (قابل برداشت), `pending` later; together they are the current value (جاری).

    `balance` is below nothing when more was taken back than she had left.
    """

    balance: int
    pending: int

    @property
    def current(self) -> int:
        """All that is hers and has not expired."""
        return self.balance + self.pending


@dataclass(frozen=True)
class Wallet:
    """A customer's points and credit (rials) with every lot that has something left."""

    points: Balance
    credit: Balance
    lots: tuple[LotView, ...]


def balance_of(lots: Sequence[LotView], unit: str, now: datetime) -> Balance:
    """What the lots of a unit are worth at a moment."""
    mine = [lot for lot in lots if lot.unit == unit and not expired(lot, now)]
    return Balance(
        sum(lot.remaining for lot in mine if lot.valid_from <= now),
        sum(lot.remaining for lot in mine if lot.valid_from > now),
    )


def below(balance: Balance, overdrawn: int) -> Balance:
    """A balance less what was taken back beyond it."""
    return Balance(balance.balance - overdrawn, balance.pending)


def expired(lot: LotView, now: datetime) -> bool:
    """Whether the lot's days are over."""
    return lot.expires_at is not None and lot.expires_at <= now


def take(lots: Sequence[LotView], unit: str, amount: int, now: datetime) -> list[tuple[int, int]]:
    """(lot id, amount) pairs that make up `amount`, what expires first going first. Raises ValueError if short."""
    usable = [lot for lot in lots if lot.unit == unit and lot.valid_from <= now and not expired(lot, now)]
    usable.sort(key=lambda lot: (lot.expires_at is None, lot.expires_at or now, lot.valid_from, lot.id))
    parts, left = [], amount
    for lot in usable:
        part = min(lot.remaining, left)
        if part:
            parts.append((lot.id, part))
            left -= part
    if left:
        raise ValueError(f"{left} short of {amount}")
    return parts


def claws(lots: Sequence[LotView], unit: str, amount: int, first: Sequence[int]) -> list[tuple[int, int]]:
    """(lot id, amount) pairs that take back up to `amount`: from the lots `first`, then from what expires first."""
    mine = sorted((lot for lot in lots if lot.unit == unit), key=lambda lot: lot.id not in first)
    parts, left = [], amount
    for lot in mine:
        part = min(lot.remaining, left)
        if part:
            parts.append((lot.id, part))
            left -= part
    return parts


def overdrawn_before(given: int, balance: int) -> int:
    """How much of `given` repays a balance that was below nothing, when it is `balance` afterwards."""
    return min(given, max(0, given - balance))


def repaid(amounts: Sequence[int], owed: int) -> list[int]:
    """What is left of each amount when what is owed is taken from the first of them on."""
    left = []
    for amount in amounts:
        part = min(amount, owed)
        left.append(amount - part)
        owed -= part
    return left
