"""What an entry must be before the database sees it."""

from datetime import date

from salon.ledger.models import AccountKind, Unit
from salon.ledger.rules import EntrySpec, PostingSpec, imbalance_of, without_zeros

CASH = PostingSpec(AccountKind.CASH, 100)


def test_a_posting_is_of_rials_of_the_salon_unless_said_otherwise() -> None:
    assert (CASH.owner_id, CASH.unit) == (0, Unit.RIAL)


def test_an_entry_reverses_nothing_unless_said_otherwise() -> None:
    assert EntrySpec(1, date(2026, 11, 21), "sale", "invoice", 1, "key", (CASH,)).reverses_id is None


def test_each_unit_is_summed_by_itself_and_only_what_is_off_is_told() -> None:
    postings = [
        CASH,
        PostingSpec(AccountKind.BANK, 30),
        PostingSpec(AccountKind.REVENUE, -100),
        PostingSpec(AccountKind.POINTS, -7, 5, Unit.POINT),
        PostingSpec(AccountKind.POINTS_ISSUED, 7, 0, Unit.POINT),
    ]
    assert imbalance_of(postings) == {Unit.RIAL: 30}
    assert imbalance_of([]) == {}


def test_postings_that_move_nothing_are_left_out() -> None:
    back = PostingSpec(AccountKind.REVENUE, -100)
    assert without_zeros([CASH, PostingSpec(AccountKind.TAX_PAYABLE, 0), back]) == (CASH, back)
