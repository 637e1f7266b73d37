"""Taking and freeing the time of people and resources; the database refuses what is taken."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from ...catalog.models import Resource
from ...core.db import db, is_postgresql
from ...staff.models import StaffMember
from ..availability.rules import Laid
from ..models import AppointmentItem, Occupancy, SlotHold
from .queries import row_of

_NEW_ITEM = insert(AppointmentItem).returning(AppointmentItem.id)
_TAKE = insert(Occupancy)
_OWN = select(Occupancy.staff_id, Occupancy.resource_id, Occupancy.starts_at, Occupancy.ends_at).where(
    Occupancy.item_id.in_(bindparam("items", expanding=True))
)
_FREE = delete(Occupancy).where(Occupancy.item_id.in_(bindparam("items", expanding=True)))
_LAPSED = delete(SlotHold).where(SlotHold.expires_at <= bindparam("now"))
_RELEASE = delete(SlotHold).where(SlotHold.id == bindparam("hold"))
_IDS: Any = bindparam("ids", expanding=True)
_QUEUES = [
    select(model.id).where(model.id.in_(_IDS)).order_by(model.id).with_for_update(key_share=True)
    for model in (StaffMember, Resource)
]


def take(laid: Laid, *, item_id: int) -> None:
    """Hold what a service of a booking takes. Where it is taken the database refuses."""
    whose = {"item_id": item_id, "hold_id": None, "overbooked": laid.overbooked}
    db.session.connection().execute(_TAKE, [row | whose for row in _rows_of(laid)])


def keep_for(hold_id: int, laid: Laid, own_items: Sequence[int] = ()) -> None:
    """Hold for a kept slot what a service takes and the booking's own services don't hold already."""
    whose = {"item_id": None, "hold_id": hold_id, "overbooked": False}
    own = db.session.connection().execute(_OWN, {"items": list(own_items)}).all() if own_items else ()
    rows = [row | whose for wanted in _rows_of(laid) for row in _beyond(wanted, own)]
    if rows:
        db.session.connection().execute(_TAKE, rows)


def write_items(
    appointment_id: int, laid: Sequence[Laid], agreed: Mapping[int, int] | None = None
) -> list[AppointmentItem]:
    """Write the services of a booking and hold what they take, in one order for all, so that none waits for another.

    `agreed`: rials by service, where the price lists don't count.
    """
    written = []
    for one in sorted(laid, key=lambda one: (one.staff_id, one.starts_at)):
        values = row_of(one) | {"appointment_id": appointment_id, "active": True}
        values["price"] = (agreed or {}).get(one.service_id)
        item_id = db.session.connection().execute(_NEW_ITEM, values).scalar_one()
        take(one, item_id=item_id)
        written.append(AppointmentItem(id=item_id, **values))
    return written


def free(item_ids: Iterable[int]) -> None:
    """Let go of what these services of bookings hold."""
    db.session.connection().execute(_FREE, {"items": sorted(item_ids)})


def release(hold_id: int | None, *, branch_id: int | None = None, now: datetime) -> None:
    """Let go of a slot that a branch (or any) has kept, and of those that were kept until now."""
    connection = db.session.connection()
    connection.execute(_LAPSED, {"now": now})
    if hold_id:
        kept = _RELEASE if branch_id is None else _RELEASE.where(SlotHold.branch_id == branch_id)
        connection.execute(kept, {"hold": hold_id})


def queue_for(laid: Sequence[Laid]) -> None:
    """Let bookings of the same people and resources come one by one: PostgreSQL lets crossing ones deadlock."""
    if not is_postgresql():
        return
    wanted = ({one.staff_id for one in laid}, {resource for one in laid for resource in one.resource_ids})
    for question, numbers in zip(_QUEUES, wanted, strict=True):
        if numbers:
            db.session.connection().execute(question, {"ids": sorted(numbers)})


def _rows_of(laid: Laid) -> list[dict[str, Any]]:
    people = [_row("staff_id", laid.staff_id, *span) for span in laid.held()]
    return people + [_row("resource_id", resource, laid.starts_at, laid.ends_at) for resource in laid.resource_ids]


def _beyond(wanted: dict[str, Any], own: Iterable[Any]) -> list[dict[str, Any]]:
    """The parts of a time that no row of one's own covers."""
    parts = [wanted]
    for held in own:
        if (held.staff_id, held.resource_id) == (wanted["staff_id"], wanted["resource_id"]):
            parts = [rest for part in parts for rest in _without(part, held.starts_at, held.ends_at)]
    return parts


def _without(part: dict[str, Any], first: datetime, last: datetime) -> list[dict[str, Any]]:
    before = part | {"ends_at": min(part["ends_at"], first)}
    after = part | {"starts_at": max(part["starts_at"], last)}
    return [rest for rest in (before, after) if rest["starts_at"] < rest["ends_at"]]


def _row(of: str, number: int, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    return {"staff_id": None, "resource_id": None, of: number, "starts_at": starts_at, "ends_at": ends_at}
