"""The Hijri calendar as it is reckoned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.core.hijri import hijri_day, hijri_year

# Days that Iran kept, by the moon that was seen.
KEPT = [
    (1445, 10, 1, date(2024, 4, 10)),
    (1446, 1, 10, date(2024, 7, 16)),
    (1446, 2, 20, date(2024, 8, 25)),
    (1446, 10, 1, date(2025, 3, 31)),
    (1447, 1, 10, date(2025, 7, 6)),
    (1447, 2, 20, date(2025, 8, 14)),
]


@pytest.mark.parametrize(("year", "month", "day", "kept"), KEPT)
def test_a_reckoned_day_lies_within_a_day_of_the_one_that_was_kept(year: int, month: int, day: int, kept: date) -> None:
    assert abs(hijri_day(year, month, day) - kept) <= timedelta(days=1)


def test_the_calendar_begins_where_it_began() -> None:
    assert hijri_day(1, 1, 1) == date(622, 7, 19)  # 16 July by the calendar of then
    assert hijri_day(1447, 1, 1) == date(2025, 6, 27)


@given(st.integers(1, 2_000), st.integers(1, 12))
def test_months_have_29_or_30_days_and_follow_one_another(year: int, month: int) -> None:
    following = hijri_day(year + month // 12, month % 12 + 1, 1)
    assert (following - hijri_day(year, month, 1)).days in {29, 30}
    assert hijri_day(year, month, 30) == following - timedelta(days=1)


@given(st.dates(date(700, 1, 1), date(2500, 1, 1)))
def test_each_day_lies_in_one_year(day: date) -> None:
    year = hijri_year(day)
    assert hijri_day(year, 1, 1) <= day < hijri_day(year + 1, 1, 1)
