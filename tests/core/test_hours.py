"""Times of day."""

import pytest

from salon.core.hours import MINUTES_OF_DAY, hours_and_minutes, is_span, parse_time


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("۹", 540),
        ("9", 540),
        ("۹:۳۰", 570),
        ("9.5", 545),
        ("9٫30", 570),
        ("9/30", 570),
        ("930", 570),
        ("0930", 570),
        ("٠٩:٣٠", 570),
        ("0", 0),
        ("00:00", 0),
        ("23:59", 1439),
        ("24", 1440),
        ("24:00", 1440),
        (" 9:30 ", 570),
    ],
)
def test_a_time_of_day_is_read_however_it_is_typed(typed: str, minutes: int) -> None:
    assert parse_time(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", "ده", "24:01", "25", "9:60", "12:75", "-1", "9:30:00", "12345", "9-30", "9:", ":30"]
)
def test_what_is_no_time_of_day_is_none(typed: str) -> None:
    assert parse_time(typed) is None


def test_a_time_of_day_is_shown_in_persian() -> None:
    assert [hours_and_minutes(minutes) for minutes in (0, 570, 545, 1440)] == ["۰:۰۰", "۹:۳۰", "۹:۰۵", "۲۴:۰۰"]


def test_a_span_begins_before_it_ends_within_one_day() -> None:
    assert MINUTES_OF_DAY == 1440
    assert is_span(0, 1440) and is_span(0, 1) and is_span(1439, 1440)
    assert not (is_span(-1, 5) or is_span(5, 5) or is_span(6, 5) or is_span(0, 1441))
