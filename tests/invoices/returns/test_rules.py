"""What goes back by several ways is laid in amounts that somebody can hand over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.invoices.returns.rules import STEP, laid

HELD = st.lists(st.integers(0, 3_000_000), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("amount", "held", "parts"),
    [
        (500_000, [700_001, 299_999], [350_000, 150_000]),
        (715_000, [105_030, 1_324_970], [50_000, 665_000]),  # 71 steps: 5.2 and 65.8; 5,000 where most is left
        (105_034, [200_000, 100_000], [75_034, 30_000]),  # 10 steps: 6.7 and 3.3; the rest where 130,000 is left
        (7_000, [5_000, 6_000], [1_000, 6_000]),  # the sources allow no step
        (1_000_000, [700_001, 299_999], [700_001, 299_999]),
        (0, [], []),
    ],
)
def test_a_part_of_several_ways_is_laid_in_thousands_of_toman(amount: int, held: list[int], parts: list[int]) -> None:
    assert laid(amount, held) == parts


@given(HELD, st.data())
def test_the_parts_are_the_amount_and_no_way_gives_more_than_it_holds(held: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(held)))
    parts = laid(amount, held)
    assert sum(parts) == amount
    assert all(0 <= part <= whole for part, whole in zip(parts, held, strict=True))


@given(st.lists(st.integers(0, 300), min_size=1, max_size=5), st.data())
def test_of_round_amounts_one_way_alone_gives_the_odd_rest(steps: list[int], data: st.DataObject) -> None:
    held = [step * STEP for step in steps]
    parts = laid(data.draw(st.integers(0, sum(held))), held)
    assert sum(part % STEP != 0 for part in parts) <= 1
