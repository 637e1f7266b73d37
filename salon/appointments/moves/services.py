"""Moving bookings: one service, or the whole visit; the booking stays the same one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, update
from sqlalchemy.exc import DBAPIError

from ...access.rules import Actor
from ...core.db import db, savepoint
from ...core.lengths import line_of
from ..availability.queries import is_free, laid_out, refusal_at
from ..availability.rules import Asked, Laid
from ..errors import appointment_unknown, not_movable
from ..holding.queries import as_booked, refuse
from ..holding.services import free, queue_for, release, take, write_items
from ..models import Appointment, AppointmentItem
from ..models import AppointmentStatus as S
from ..queries import items_of, locked
from ..reminders.services import forget, remind_of
from ..rules import STATUS_LABELS, BookingItem, awaits_reminder, may_move, meant

_ONE_ITEM = AppointmentItem.id == bindparam("of_item")
_DROP_ITEMS = delete(AppointmentItem).where(AppointmentItem.id.in_(bindparam("items", expanding=True)))
_MOVE_ITEM = update(AppointmentItem).where(_ONE_ITEM)
_MOVE_ITEM = _MOVE_ITEM.values(
    {name: bindparam(f"to_{name}") for name in ("staff_id", "starts_at", "ends_at")} | {"overbooked": False}
)


def move(
    *, appointment_id: int, item_id: int, starts_at: datetime, staff_id: int, actor: Actor | None, now: datetime
) -> Appointment:
    """Move one service of a booking to a time and a person, with its duration; the reminder moves along.

    Raises DomainError `slot_taken` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    item = next((item for item in items_of(found.id) if item.id == item_id), None)
    if item is None:
        raise appointment_unknown()
    moved = replace(as_booked(item), staff_id=staff_id, starts_at=meant(starts_at), overbooked=False)
    _move(found, [item], [moved], now)
    _begin_with_first_item(found, now)
    return found


def reschedule(*, appointment_id: int, starts_at: datetime, actor: Actor | None, now: datetime) -> Appointment:
    """Move a whole visit as it was laid out; its reminder moves along.

    Raises DomainError `slot_taken` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    items = items_of(found.id)
    later = meant(starts_at) - found.starts_at
    moved = [replace(as_booked(item), starts_at=item.starts_at + later, overbooked=False) for item in items]
    _move(found, items, moved, now)
    _begin_with_first_item(found, now)
    return found


def replan(
    *,
    appointment_id: int,
    starts_at: datetime | None,
    items: Sequence[BookingItem],
    hold_id: int | None = None,
    overbook: bool = False,
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Give a booking other services, at its own time unless another is named; `hold_id`: the slot kept for it.

    Raises DomainError `slot_taken` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    before = [item.id for item in items_of(found.id)]
    asked = Asked(found.branch_id, items, found.customer_id, own_items=tuple(before))
    begins = meant(starts_at or found.starts_at)
    release(hold_id, now=now)
    laid = laid_out(asked, begins, now, overbook=overbook)
    if laid is None:
        raise refusal_at(asked, begins, now)
    queue_for(laid)
    try:
        with savepoint(db.session.connection()):
            db.session.connection().execute(_DROP_ITEMS, {"items": before})
            write_items(found.id, laid)
    except DBAPIError as error:
        refuse(error, asked, begins, now)
    db.session.expire(found, ["items"])
    _begin_with_first_item(found, now)
    return found


def change(
    *,
    appointment_id: int,
    starts_at: datetime,
    items: Sequence[BookingItem],
    note: str,
    hold_id: int | None = None,
    overbook: bool = False,
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Let a booking be as it stands in its dialog; it is laid out anew only where its services or people changed.

    Raises DomainError `slot_taken` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    before = sorted(items_of(found.id), key=lambda item: (item.starts_at, item.id))
    release(hold_id, now=now)
    later = _shift(before, items)
    if later is None:
        replan(appointment_id=found.id, starts_at=starts_at, items=items, overbook=overbook, actor=actor, now=now)
    elif later:
        reschedule(appointment_id=found.id, starts_at=found.starts_at + later, actor=actor, now=now)
    found.note = line_of(note, Appointment.note)
    db.session.flush()
    return found


def _shift(before: Sequence[AppointmentItem], items: Sequence[BookingItem]) -> timedelta | None:
    """By how much the same services by the same people move together; None when it is another visit."""
    if [(item.service_id, item.staff_id) for item in before] != [(item.service_id, item.staff_id) for item in items]:
        return None
    shifts = {one.starts_at - item.starts_at for item, one in zip(before, items, strict=True) if one.starts_at}
    return shifts.pop() if len(shifts) == 1 and all(one.starts_at for one in items) else None


def _check_movable(found: Appointment) -> None:
    if not may_move(found.status):
        raise not_movable(str(STATUS_LABELS[S(found.status)]))


def _move(found: Appointment, items: Sequence[AppointmentItem], moved: Sequence[Laid], now: datetime) -> None:
    """Move services as they were booked, whatever they are made of today."""
    wanted = [BookingItem(one.service_id, one.staff_id, one.starts_at) for one in moved]
    asked = Asked(found.branch_id, wanted, found.customer_id, own_items=tuple(item.id for item in items))
    begins = min(one.starts_at for one in moved)
    release(None, now=now)
    if not all(is_free(asked, one, now) for one in moved):
        raise refusal_at(asked, begins, now)
    queue_for(moved)
    try:
        with savepoint(db.session.connection()):
            free([item.id for item in items])
            for item, one in zip(items, moved, strict=True):
                take(one, item_id=item.id)
                values = {"to_staff_id": one.staff_id, "to_starts_at": one.starts_at, "to_ends_at": one.ends_at}
                db.session.connection().execute(_MOVE_ITEM, {"of_item": item.id, **values})
    except DBAPIError as error:
        refuse(error, asked, begins, now)


def _begin_with_first_item(found: Appointment, now: datetime) -> None:
    begins = min(item.starts_at for item in items_of(found.id))
    if begins == found.starts_at:
        return
    forget(found.id, found.starts_at)
    found.starts_at = begins
    db.session.flush()
    if awaits_reminder(found.status):
        remind_of(found.id, now=now)
