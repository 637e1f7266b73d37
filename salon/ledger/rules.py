"""What an entry must be before the database sees it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .models import AccountKind, Unit

CLOSING = "closing"  # the kind of the entries that close a year or take that back; what a year was like is told without


@dataclass(frozen=True)
class PostingSpec:
    """A signed amount for an account; debit positive. `owner_id` 0 is the salon itself; the branch is the entry's."""

    kind: AccountKind
    amount: int
    owner_id: int = 0
    unit: Unit = Unit.RIAL
    branch_id: int | None = None  # named only where one entry serves several branches


@dataclass(frozen=True)
class EntrySpec:
    """One movement of value in a branch, to be posted."""

    branch_id: int
    business_date: date
    kind: str
    source_kind: str
    source_id: int
    idempotency_key: str
    postings: tuple[PostingSpec, ...]
    reverses_id: int | None = None


def imbalance_of(postings: Iterable[PostingSpec]) -> dict[Unit, int]:
    """The units that do not sum to zero, with their sums."""
    sums: defaultdict[Unit, int] = defaultdict(int)
    for posting in postings:
        sums[posting.unit] += posting.amount
    return {unit: total for unit, total in sums.items() if total}


def without_zeros(postings: Iterable[PostingSpec]) -> tuple[PostingSpec, ...]:
    """Postings that move something."""
    return tuple(posting for posting in postings if posting.amount)
