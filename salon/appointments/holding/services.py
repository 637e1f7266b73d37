"""Taking and freeing the time of people and resources; the database refuses what is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from ...catalog.models import Resource
from ...core.db import db, is_postgresql
from ...staff.models import StaffMember
from ..availability.rules import Shape
from ..models import Occupancy, SlotHold

_MINUTE = timedelta(minutes=1)
_TAKE = insert(Occupancy)
_FREE = delete(Occupancy).where(Occupancy.item_id.in_(bindparam("items", expanding=True)))
_LAPSED = delete(SlotHold).where(SlotHold.expires_at <= bindparam("now"))
_IDS: Any = bindparam("ids", expanding=True)
_QUEUES = [
    select(model.id).where(model.id.in_(_IDS)).order_by(model.id).with_for_update(key_share=True)
    for model in (StaffMember, Resource)
]


@dataclass(frozen=True)
class Laid:
    """A service with its person, its resources and its time, from its first phase on."""

    service_id: int
    staff_id: int
    resource_ids: tuple[int, ...]
    starts_at: datetime
    shape: Shape
    overbooked: bool = False

    @property
    def ends_at(self) -> datetime:
        """The moment in which its last phase ends."""
        return self.starts_at + self.shape.length * _MINUTE

    def takes(self) -> list[dict[str, Any]]:
        """What it holds: the person in her phases, each resource all the time."""
        spans = [(span.starts, span.ends) for span in self.shape.held]
        rows = [self._row("staff_id", self.staff_id, *span) for span in spans]
        return rows + [self._row("resource_id", resource, 0, self.shape.length) for resource in self.resource_ids]

    def _row(self, of: str, number: int, starts: int, ends: int) -> dict[str, Any]:
        return {
            "staff_id": None,
            "resource_id": None,
            of: number,
            "starts_at": self.starts_at + starts * _MINUTE,
            "ends_at": self.starts_at + ends * _MINUTE,
            "overbooked": self.overbooked,
        }


def take(laid: Laid, *, item_id: int | None = None, hold_id: int | None = None) -> None:
    """Hold what a service takes, for a booking or for a kept slot. Where it is taken the database refuses."""
    rows = [row | {"item_id": item_id, "hold_id": hold_id} for row in laid.takes()]
    db.session.connection().execute(_TAKE, rows)


def free(item_ids: Iterable[int]) -> None:
    """Let go of what these services of bookings hold."""
    db.session.connection().execute(_FREE, {"items": sorted(item_ids)})


def free_lapsed(now: datetime) -> None:
    """Let go of slots that were kept until now."""
    db.session.connection().execute(_LAPSED, {"now": now})


def queue_for(laid: Sequence[Laid]) -> None:
    """Let bookings of the same people and resources come one by one: PostgreSQL lets crossing ones deadlock."""
    if not is_postgresql():
        return
    wanted = ({one.staff_id for one in laid}, {resource for one in laid for resource in one.resource_ids})
    for question, numbers in zip(_QUEUES, wanted, strict=True):
        if numbers:
            db.session.connection().execute(question, {"ids": sorted(numbers)})
