"""What a duration and a price must be."""

from salon.catalog.rules import is_duration, is_price_range


def test_a_service_takes_a_minute_at_least_and_less_than_a_day() -> None:
    assert [is_duration(minutes) for minutes in (-1, 0, 1, 1439, 1440)] == [False, False, True, True, False]


def test_the_upper_end_of_a_price_is_not_below_the_lower() -> None:
    assert [is_price_range(500, upper) for upper in (None, 499, 500, 501)] == [True, False, True, True]
