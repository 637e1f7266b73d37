"""The arithmetic of closing a year. No database; rials, debits positive."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..ledger.models import AccountKind
from ..ledger.rules import PostingSpec

JALALI_YEARS = range(1300, 1500)


@dataclass(frozen=True)
class Balance:
    """What an account of a year holds."""

    kind: AccountKind
    owner_id: int
    branch_id: int
    amount: int


def carried_forward(balances: Sequence[Balance]) -> tuple[PostingSpec, ...]:
    """What brings accounts of a year to nothing: each branch keeps its own result as what is retained."""
    results: defaultdict[int, int] = defaultdict(int)
    for balance in balances:
        results[balance.branch_id] += balance.amount
    emptied = [PostingSpec(of.kind, -of.amount, of.owner_id, branch_id=of.branch_id) for of in balances if of.amount]
    kept = [PostingSpec(AccountKind.RETAINED, result, branch_id=branch) for branch, result in results.items() if result]
    return (*emptied, *kept)


def taken_back(postings: Sequence[PostingSpec]) -> tuple[PostingSpec, ...]:
    """The same the other way round."""
    return tuple(PostingSpec(of.kind, -of.amount, of.owner_id, of.unit, of.branch_id) for of in postings)
