"""Moving bookings: one service, or the whole visit; the booking stays the same one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.exc import DBAPIError

from ...access.rules import Actor
from ...core.db import db, savepoint
from ..agreed.queries import agreed_prices
from ..availability.queries import is_free, laid_out, refusal_at
from ..availability.rules import Asked, Laid, begins_of
from ..changes.queries import was_passed
from ..changes.rules import Facts, What, facts_of
from ..changes.services import record_change
from ..errors import appointment_unknown, not_movable
from ..holding.queries import as_booked, refuse
from ..holding.services import free, queue_for, release, take, write_items
from ..models import Appointment, AppointmentItem
from ..models import AppointmentStatus as S
from ..patch_tests.services import check_patch_tests
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
    *,
    appointment_id: int,
    item_id: int,
    starts_at: datetime,
    staff_id: int,
    reason: str = "",
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Move one service of a booking to a time and a person, with its duration; the reminder moves along.

    Raises DomainError `slot_taken`, `patch_test_missing` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    items = items_of(found.id)
    before, item = facts_of(items), next((item for item in items if item.id == item_id), None)
    if item is None:
        raise appointment_unknown()
    moved = replace(as_booked(item), staff_id=staff_id, starts_at=meant(starts_at), overbooked=False)
    _move(found, [item], [moved], now)
    _begin_with_first_item(found, now)
    _record(found, What.MOVED, before, reason, actor, now)
    return found


def reschedule(
    *, appointment_id: int, starts_at: datetime, reason: str = "", actor: Actor | None, now: datetime
) -> Appointment:
    """Move a whole visit as it was laid out; its reminder moves along.

    Raises DomainError `slot_taken`, `patch_test_missing` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    items = items_of(found.id)
    before = facts_of(items)
    later = meant(starts_at) - found.starts_at
    moved = [replace(as_booked(item), starts_at=item.starts_at + later, overbooked=False) for item in items]
    _move(found, items, moved, now)
    _begin_with_first_item(found, now)
    _record(found, What.MOVED, before, reason, actor, now)
    return found


def replan(
    *,
    appointment_id: int,
    starts_at: datetime | None,
    items: Sequence[BookingItem],
    hold_id: int | None = None,
    overbook: bool = False,
    without_patch_test: bool = False,
    reason: str = "",
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Give a booking other services, at its own time unless another is named; what touch-ups cost is agreed anew.

    `hold_id`: the slot that was kept for it.
    Raises DomainError `slot_taken`, `patch_test_missing` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    standing = items_of(found.id)
    before, own = facts_of(standing), tuple(item.id for item in standing)
    asked = Asked(found.branch_id, items, found.customer_id, own_items=own)
    begins = meant(starts_at or found.starts_at)
    release(hold_id, now=now)
    laid = laid_out(asked, begins, now, overbook=overbook)
    if laid is None:
        raise refusal_at(asked, begins, now)
    passed = check_patch_tests(found.customer_id, begins_of(laid).items(), passed=without_patch_test)
    _rewrite(found, asked, laid, begins, now)
    _begin_with_first_item(found, now)
    _record(found, What.SERVICES, before, reason, actor, now, {"without_patch_test": True} if passed else {})
    return found


def _rewrite(found: Appointment, asked: Asked, laid: Sequence[Laid], begins: datetime, now: datetime) -> None:
    agreed = agreed_prices(found.customer_id, begins_of(laid).items(), asked.own_items)
    queue_for(laid)
    try:
        with savepoint(db.session.connection()):
            db.session.connection().execute(_DROP_ITEMS, {"items": list(asked.own_items)})
            write_items(found.id, laid, {of: one.price for of, one in agreed.items()})
    except DBAPIError as error:
        refuse(error, asked, begins, now)
    db.session.expire(found, ["items"])


def _record(
    found: Appointment,
    what: What,
    before: Facts,
    reason: str,
    actor: Actor | None,
    now: datetime,
    more: Mapping[str, Any] | None = None,
) -> None:
    after = facts_of(items_of(found.id)) | dict(more or {})
    record_change(appointment_id=found.id, what=what, before=before, after=after, reason=reason, actor=actor, now=now)


def _check_movable(found: Appointment) -> None:
    if not may_move(found.status):
        raise not_movable(str(STATUS_LABELS[S(found.status)]))


def _move(found: Appointment, items: Sequence[AppointmentItem], moved: Sequence[Laid], now: datetime) -> None:
    """Move services as they were booked, whatever they are made of today."""
    wanted = [BookingItem(one.service_id, one.staff_id, one.starts_at) for one in moved]
    asked = Asked(found.branch_id, wanted, found.customer_id, own_items=tuple(item.id for item in items))
    begins = min(one.starts_at for one in moved)
    release(None, now=now)
    check_patch_tests(found.customer_id, begins_of(moved).items(), passed=was_passed(found.id))
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
