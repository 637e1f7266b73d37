"""The arithmetic of pay: nothing is lost when a line is split, and steps count what is left."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salon.staff.models import PayKind, StepsOver
from salon.staff.schemes.rules import Earned, Facts, Terms, base_of, earned_by, part_of_month, split_facts, steps_total

RIALS = st.integers(0, 10**12)
BP = st.integers(0, 10_000)
FACTS = st.builds(Facts, gross=RIALS, discount=RIALS, credit=RIALS, materials=RIALS, pieces=st.integers(0, 10**8))
STEPS = st.lists(st.tuples(RIALS, BP), min_size=1, max_size=5, unique_by=lambda step: step[0]).map(
    lambda steps: tuple(sorted(steps))
)
TERMS = st.builds(
    Terms,
    kind=st.sampled_from([PayKind.PERCENT.value, PayKind.FIXED.value, PayKind.STEPS.value]),
    percent_bp=BP,
    amount=st.integers(0, 10**9),
    steps=STEPS,
    steps_over=st.sampled_from([over.value for over in StepsOver]),
    after_materials=st.booleans(),
    discount_bp=st.none() | BP,
    credit_bp=st.none() | BP,
)


@given(FACTS, st.lists(st.integers(1, 10_000), min_size=1, max_size=6))
def test_the_parts_of_a_line_add_up_to_it(facts: Facts, parts: list[int]) -> None:
    split = split_facts(facts, parts)
    assert {name: sum(getattr(part, name) for part in split) for name in vars(facts)} == vars(facts)


@given(TERMS, FACTS, RIALS)
def test_what_is_left_of_nothing_earns_nothing(terms: Terms, facts: Facts, done: int) -> None:
    earned = earned_by(terms, facts, Earned(), done)
    assert earned_by(terms, Facts(0), earned, done + earned.base) == Earned()


@given(TERMS, st.lists(FACTS, min_size=1, max_size=5))
def test_steps_come_to_the_same_in_whatever_order_the_lines_are_counted(terms: Terms, lines: list[Facts]) -> None:
    terms = replace(terms, kind=PayKind.STEPS.value, discount_bp=None, credit_bp=None)
    for order in (lines, lines[::-1]):
        done = total = 0
        for facts in order:
            earned = earned_by(terms, facts, Earned(), done)
            done, total = done + earned.base, total + earned.share
        assert (done, total) == (sum(base_of(terms, facts) for facts in lines), steps_total(terms, done))


@given(TERMS)
def test_terms_are_kept_as_they_are(terms: Terms) -> None:
    assert Terms.from_kept(terms.kept()) == terms


@given(RIALS, st.integers(1, 31), st.lists(st.integers(0, 31), max_size=5))
def test_the_parts_of_a_month_add_up_to_its_salary(amount: int, days: int, cuts: list[int]) -> None:
    bounds = sorted({0, days, *(cut for cut in cuts if cut <= days)})
    parts = [part_of_month(amount, first, last, days) for first, last in pairwise(bounds)]
    assert sum(parts) == amount
