"""What a branch's calendar stood at when those who wait were last looked at. No database."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

EVERYBODY = timedelta(minutes=15)  # after which all are looked at again, whatever was seen to change


class HeldTime(NamedTuple):
    """What is held of a person or a resource."""

    id: int
    staff_id: int | None
    resource_id: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Standing:
    """What is held in a branch, and when it works."""

    held: frozenset[HeldTime]
    works: Hashable


@dataclass
class Seen:
    """For whom nothing was free, as long as nothing opened."""

    standing: Standing | None = None
    since: datetime | None = None
    nothing_for: set[Hashable] = field(default_factory=set)

    def look(self, standing: Standing, now: datetime) -> None:
        """Look at how the calendar stands; forget for whom nothing was free where something may have opened."""
        lately = self.since is not None and timedelta(0) <= now - self.since < EVERYBODY
        if not lately or self.standing is None or has_opened(self.standing, standing, now):
            self.nothing_for.clear()
            self.since = now
        self.standing = standing


def has_opened(before: Standing, after: Standing, now: datetime) -> bool:
    """Whether a time ahead was let go of, or somebody works at other times."""
    return before.works != after.works or any(held.ends_at > now for held in before.held - after.held)
