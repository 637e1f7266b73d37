"""Pieces that come, go and are counted."""

import pytest

from salon.inventory.models import MovementKind
from salon.inventory.rules import is_low, is_possible, moved

IN, USED, COUNTED, SOLD, RETURNED = (
    MovementKind.IN,
    MovementKind.USED,
    MovementKind.COUNTED,
    MovementKind.SOLD,
    MovementKind.RETURNED,
)


@pytest.mark.parametrize(("kind", "change"), [(IN, 4), (RETURNED, 4), (USED, -4), (SOLD, -4), (COUNTED, -3)])
def test_what_comes_adds_what_goes_takes_and_a_count_sets_right(kind: MovementKind, change: int) -> None:
    assert moved(kind, 4, standing=7) == change


def test_only_a_count_may_find_nothing() -> None:
    assert [is_possible(IN, pieces) for pieces in (-1, 0, 1, 1_000_000, 1_000_001)] == [False, False, True, True, False]
    assert [is_possible(COUNTED, pieces) for pieces in (-1, 0)] == [False, True]


def test_a_shelf_is_low_when_no_more_is_left_than_was_said() -> None:
    assert [is_low(stock, 3) for stock in (2, 3, 4)] == [True, True, False]
