"""What of the bookings lies outside the presence of its person, or beyond the room there is. No database."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from heapq import heappop, heappush
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ...staff.hours.queries import Presence, Stretch


class Why(StrEnum):
    """Why a booking has to be moved."""

    CLOSED = "closed"
    AWAY = "away"
    HOURS = "hours"
    LEFT = "left"
    ROOM = "room"


WHY_LABELS = {
    Why.CLOSED: _l("سالن تعطیل است"),
    Why.AWAY: _l("مرخصی یا غیبت"),
    Why.HOURS: _l("بیرون از ساعت کار"),
    Why.LEFT: _l("دیگر نوبت نمی‌گیرد"),
    Why.ROOM: _l("اتاق یا دستگاه جا ندارد"),
}


class RoomRow(NamedTuple):
    """What a booked service holds of a resource. `capacity`: 0 when it is laid aside."""

    resource_id: int
    starts_at: datetime
    ends_at: datetime
    item_id: int
    overbooked: bool
    capacity: int


class Days:
    """When a person is to be found, ready to be asked about many stretches."""

    def __init__(self, presence: Presence) -> None:
        self._works = list(_joined(presence.works))
        self._begins = [stretch.starts_at for stretch in self._works]
        self._away = presence.away

    def refuses(self, starts_at: datetime, ends_at: datetime) -> Why | None:
        """Why she isn't there in all of a stretch, or None when she is."""
        if any(away.starts_at < ends_at and away.ends_at > starts_at for away in self._away):
            return Why.AWAY
        place = bisect_right(self._begins, starts_at) - 1
        return None if place >= 0 and ends_at <= self._works[place].ends_at else Why.HOURS


def beyond_capacity(rows: Iterable[RoomRow]) -> set[int]:
    """The items for which a resource has no room any more: of those there at once, the ones that were booked last."""
    found: set[int] = set()
    by_resource: defaultdict[int, list[RoomRow]] = defaultdict(list)
    for row in rows:
        by_resource[row.resource_id].append(row)
    for held in by_resource.values():
        found |= _beyond(sorted(held, key=lambda row: (row.starts_at, row.item_id)))
    return found


def _beyond(held: Sequence[RoomRow]) -> set[int]:
    found: set[int] = set()
    there: list[tuple[datetime, int]] = []
    for row in held:
        while there and there[0][0] <= row.starts_at:
            heappop(there)
        heappush(there, (row.ends_at, row.item_id))
        if len(there) > row.capacity:
            last = max(there, key=lambda one: one[1])
            there.remove(last)
            there.sort()
            found.add(last[1])
    return found - {row.item_id for row in held if row.overbooked}


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches in order, those that touch as one: a night's work goes on at midnight."""
    last: Stretch | None = None
    for stretch in sorted(stretches):
        if last is not None and stretch.starts_at <= last.ends_at:
            last = Stretch(last.starts_at, max(last.ends_at, stretch.ends_at))
            continue
        if last is not None:
            yield last
        last = stretch
    if last is not None:
        yield last
