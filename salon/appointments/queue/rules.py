"""The queue without a database."""

from datetime import datetime, timedelta


def minutes_until(begins_at: datetime, now: datetime) -> int:
    """Whole minutes from now on, up; 0 when it is her turn."""
    return max(-((now - begins_at) // timedelta(minutes=1)), 0)
