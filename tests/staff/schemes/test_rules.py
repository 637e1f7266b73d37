"""The arithmetic of pay: nothing is lost when a line is split, and steps count what is left."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import example, given
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


PARTS = st.lists(st.integers(1, 10_000), min_size=1, max_size=6)
# Amounts between which a rial decides, as when nearly all of a line is given away.
FEW = st.integers(0, 40)
TIGHT = st.builds(Facts, gross=FEW, discount=FEW, credit=FEW, materials=FEW)


@given(FACTS, PARTS)
def test_the_parts_of_a_line_add_up_to_it(facts: Facts, parts: list[int]) -> None:
    split = split_facts(facts, parts)
    figures = ("gross", "discount", "credit", "materials", "pieces")
    assert {name: sum(getattr(part, name) for part in split) for name in figures} == {
        name: getattr(facts, name) for name in figures
    }


@given(TERMS, FACTS | TIGHT, PARTS)
@example(Terms("percent", after_materials=True), Facts(10, discount=5, materials=5), [5_000, 5_000])
def test_the_bases_of_a_line_s_people_add_up_to_its_base(terms: Terms, facts: Facts, parts: list[int]) -> None:
    bases = [base_of(terms, part) for part in split_facts(facts, parts)]
    assert sum(bases) == base_of(terms, facts)
    assert min(bases) >= 0


@given(FACTS | TIGHT, PARTS, st.none() | BP, st.none() | BP)
def test_whole_percentages_of_a_line_s_people_share_out_its_base(
    facts: Facts, parts: list[int], discount_bp: int | None, credit_bp: int | None
) -> None:
    terms = Terms(PayKind.PERCENT.value, percent_bp=10_000, discount_bp=discount_bp, credit_bp=credit_bp)
    earned = [earned_by(terms, part, Earned(), 0) for part in split_facts(facts, parts)]
    borne = sum(
        one.discount_cost * (discount_bp is not None) + one.credit_cost * (credit_bp is not None) for one in earned
    )
    assert sum(one.share for one in earned) + borne == base_of(terms, facts)


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
