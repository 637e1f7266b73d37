"""What is carried forward, for any balances."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from salon.ledger.models import PERMANENT, TEMPORARY, AccountKind
from salon.ledger.rules import PostingSpec, imbalance_of
from salon.years.rules import JALALI_YEARS, Balance, carried_forward, taken_back

KEYS = st.tuples(st.sampled_from(sorted(TEMPORARY)), st.integers(0, 3), st.integers(1, 4))
BALANCES = st.dictionaries(KEYS, st.integers(-(10**15), 10**15)).map(
    lambda held: [Balance(*key, amount) for key, amount in held.items()]
)


def test_each_kind_of_account_tells_of_one_year_or_runs_on() -> None:
    assert set(AccountKind) == TEMPORARY | PERMANENT
    assert set() == TEMPORARY & PERMANENT


def test_a_profit_and_a_loss_are_kept_by_the_branch_that_made_them() -> None:
    held = [
        Balance(AccountKind.REVENUE, 0, 1, -900),
        Balance(AccountKind.EXPENSE, 7, 1, 300),
        Balance(AccountKind.EXPENSE, 7, 2, 50),
    ]
    assert carried_forward(held) == (
        PostingSpec(AccountKind.REVENUE, 900, branch_id=1),
        PostingSpec(AccountKind.EXPENSE, -300, 7, branch_id=1),
        PostingSpec(AccountKind.EXPENSE, -50, 7, branch_id=2),
        PostingSpec(AccountKind.RETAINED, -600, branch_id=1),
        PostingSpec(AccountKind.RETAINED, 50, branch_id=2),
    )


@given(BALANCES)
def test_whatever_a_year_holds_comes_to_nothing_in_an_entry_that_balances(held: list[Balance]) -> None:
    postings = carried_forward(held)
    assert imbalance_of(postings) == {}
    assert all(posting.amount for posting in postings)
    left: defaultdict[tuple[AccountKind, int, int | None], int] = defaultdict(int)
    for balance in held:
        left[balance.kind, balance.owner_id, balance.branch_id] += balance.amount
    for posting in postings:
        if posting.kind != AccountKind.RETAINED:
            left[posting.kind, posting.owner_id, posting.branch_id] += posting.amount
    assert set(left.values()) <= {0}


@given(BALANCES)
def test_what_is_taken_back_is_as_if_it_never_was(held: list[Balance]) -> None:
    postings = carried_forward(held)
    assert taken_back(taken_back(postings)) == postings
    sums: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for posting in (*postings, *taken_back(postings)):
        sums[posting.kind, posting.owner_id, posting.branch_id] += posting.amount
    assert set(sums.values()) <= {0}


def test_books_are_kept_of_years_of_our_age() -> None:
    assert (JALALI_YEARS[0], JALALI_YEARS[-1]) == (1300, 1499)
