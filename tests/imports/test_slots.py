"""Bookings without durations: the service's, cut at that person's next booking."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salon.imports.bookings.rules import Fitted, Wish, fit

NINE = datetime(2018, 4, 4, 5, 30, tzinfo=UTC)
SARA, NEGAR = 1, 2


def wish(
    line: int, at: int, minutes: int, *, customer: int | None = None, staff: int = SARA, holds: bool = True
) -> Wish:
    return Wish(line, customer or line, staff, NINE + timedelta(minutes=at), minutes, holds)


def spans(slots: dict[int, Fitted]) -> dict[int, tuple[int, int, bool]]:
    minute = timedelta(minutes=1)
    return {
        line: ((slot.starts_at - NINE) // minute, (slot.ends_at - NINE) // minute, slot.active)
        for line, slot in slots.items()
    }


def test_a_booking_takes_as_long_as_its_service():
    assert spans(fit([wish(1, 0, 60)])) == {1: (0, 60, True)}


def test_a_booking_is_cut_at_that_persons_next_one_and_at_nobody_elses():
    wishes = [wish(1, 0, 60), wish(2, 40, 60), wish(3, 20, 60, staff=NEGAR)]
    assert spans(fit(wishes)) == {1: (0, 40, True), 2: (40, 100, True), 3: (20, 80, True)}


def test_services_of_one_customer_at_one_time_follow_each_other():
    wishes = [wish(1, 0, 60, customer=7), wish(2, 0, 30, customer=7)]
    assert spans(fit(wishes)) == {1: (0, 60, True), 2: (60, 90, True)}


def test_they_shrink_together_where_the_next_booking_is_near():
    wishes = [wish(1, 0, 60, customer=7), wish(2, 0, 30, customer=7), wish(3, 30, 60)]
    assert spans(fit(wishes)) == {1: (0, 20, True), 2: (20, 30, True), 3: (30, 90, True)}


def test_of_two_customers_at_one_time_the_earlier_row_holds_it_and_the_other_is_kept():
    assert spans(fit([wish(2, 0, 60), wish(1, 0, 45)])) == {1: (0, 45, True), 2: (0, 60, False)}


def test_what_was_cancelled_cuts_nobody():
    assert spans(fit([wish(1, 0, 60), wish(2, 30, 60, holds=False)])) == {1: (0, 60, True), 2: (30, 90, False)}


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(1, 1439), st.integers(1, 3), st.integers(1, 2), st.booleans()),
        max_size=25,
    )
)
def test_no_two_held_slots_of_one_person_overlap_and_none_is_lost(asked):
    wishes = [
        wish(line, at, minutes, customer=customer, staff=staff, holds=holds)
        for line, (at, minutes, customer, staff, holds) in enumerate(asked)
    ]
    slots = fit(wishes)
    assert slots.keys() == {each.line for each in wishes}
    for person in (SARA, NEGAR):
        held = sorted(
            (slots[each.line].starts_at, slots[each.line].ends_at)
            for each in wishes
            if each.staff_id == person and slots[each.line].active
        )
        assert all(starts < ends for starts, ends in held)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(held))


def test_where_there_is_no_minute_for_each_the_first_takes_what_there_is():
    wishes = [wish(1, 0, 60, customer=7), wish(2, 0, 30, customer=7), wish(3, 0, 20, customer=7), wish(4, 2, 60)]
    assert spans(fit(wishes)) == {1: (0, 2, True), 2: (0, 30, False), 3: (0, 20, False), 4: (2, 62, True)}


def test_where_there_is_just_a_minute_for_each_they_have_it():
    wishes = [wish(1, 0, 60, customer=7), wish(2, 0, 30, customer=7), wish(3, 2, 60)]
    assert spans(fit(wishes)) == {1: (0, 1, True), 2: (1, 2, True), 3: (2, 62, True)}


def test_a_service_of_no_minutes_still_takes_one():
    assert spans(fit([wish(1, 0, 0)])) == {1: (0, 1, True)}


def test_what_fits_to_the_minute_is_not_shortened():
    wishes = [wish(1, 0, 20, customer=7), wish(2, 0, 10, customer=7), wish(3, 30, 60)]
    assert spans(fit(wishes)) == {1: (0, 20, True), 2: (20, 30, True), 3: (30, 90, True)}


def test_rows_may_come_in_any_order():
    wishes = [wish(5, 40, 30), wish(4, 0, 30, staff=NEGAR), wish(3, 0, 60), wish(2, 40, 10, customer=5)]
    assert spans(fit(wishes)) == {
        5: (50, 80, True),
        4: (0, 30, True),
        3: (0, 40, True),
        2: (40, 50, True),
    }


def test_nothing_asked_gives_no_slots():
    assert fit([]) == {}
