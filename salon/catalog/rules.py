"""What a duration and a price must be. No database."""

from ..core.hours import MINUTES_OF_DAY


def is_duration(minutes: int) -> bool:
    """Whether a service can take so long; a booking is shorter than a day."""
    return 0 < minutes < MINUTES_OF_DAY


def is_price_range(price: int, price_to: int | None) -> bool:
    """Whether a price and its upper end, in rials, belong together."""
    return price_to is None or price_to >= price
