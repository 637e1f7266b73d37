"""The clock, read once at each entry point, and whether it runs as it should."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_SET = 60.0  # seconds by which a clock is not put right bit by bit, but set


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class Watch:
    """Sees that the clock was set: it then goes apart from the machine's own count of seconds."""

    def __init__(self, wall: Callable[[], float] = time.time, count: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._count = wall, count
        self._since, self._apart = count(), wall() - count()

    def steady_for(self) -> timedelta:
        """How long the clock has run since it was set, or since it is watched. To be asked again and again."""
        apart = self._wall() - self._count()
        if abs(apart - self._apart) > _SET:
            self._since = self._count()
        self._apart = apart
        return timedelta(seconds=self._count() - self._since)
