"""Moving and stretching bookings: one service, or the whole visit; the booking stays the same one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import bindparam, delete, update
from sqlalchemy.exc import DBAPIError

from ...access.rules import Actor
from ...core.db import db, savepoint
from ...staff.errors import staff_unknown
from ..agreed.queries import agreed_prices
from ..agreed.services import agree
from ..availability.queries import is_free, laid_out
from ..availability.rules import Asked, Laid, begins_of
from ..changes.rules import Facts, What, facts_of
from ..changes.services import record_change
from ..errors import SlotTaken, appointment_unknown, not_movable, not_stretchable
from ..holding.queries import as_booked, refuse, row_of
from ..holding.services import free, queue_for, release, take, write_items
from ..models import Appointment, AppointmentItem
from ..models import AppointmentStatus as S
from ..patch_tests.queries import stands_without
from ..patch_tests.services import check_patch_tests
from ..queries import items_of, locked
from ..refusals.queries import refusal_at
from ..reminders.services import forget, remind_of
from ..rules import STATUS_LABELS, BookingItem, awaits_reminder, may_move, meant
from .queries import refusal_of_stretch
from .rules import with_length

_MINUTE = timedelta(minutes=1)
_ONE_ITEM = AppointmentItem.id == bindparam("of_item")
_DROP_ITEMS = delete(AppointmentItem).where(AppointmentItem.id.in_(bindparam("items", expanding=True)))
_MOVE_ITEM = update(AppointmentItem).where(_ONE_ITEM)
_PLACE = ("staff_id", "starts_at", "ends_at", "phases", "overbooked")
_MOVE_ITEM = _MOVE_ITEM.values({name: bindparam(f"to_{name}") for name in _PLACE})


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
    before, item = facts_of(items), _item_of(items, item_id)
    moved = replace(as_booked(item), staff_id=staff_id, starts_at=meant(starts_at), overbooked=False)
    _check_patch_tests(found, [item], [moved])
    _place(found, [item], [moved], now)
    agree(found)
    _begin_with_first_item(found, now)
    _record(found, What.MOVED, before, reason, actor, now)
    return found


def move_to_one_of(
    *,
    appointment_id: int,
    item_id: int,
    starts_at: datetime,
    staff_ids: Sequence[int],
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Move one service of a booking to the first of these people who is free then.

    Raises DomainError `slot_taken` as it is with the first of them, or `wrong_status`; NotFound, Invalid.
    """
    if not staff_ids:
        raise staff_unknown()
    refused: list[SlotTaken] = []
    for staff_id in staff_ids:
        try:
            return move(
                appointment_id=appointment_id,
                item_id=item_id,
                starts_at=starts_at,
                staff_id=staff_id,
                actor=actor,
                now=now,
            )
        except SlotTaken as error:
            refused.append(error)
    raise refused[0]


def stretch(*, appointment_id: int, item_id: int, ends_at: datetime, actor: Actor | None, now: datetime) -> Appointment:
    """Let one service of a booking end earlier or later: its longest busy phase takes so many minutes less or more.

    Raises DomainError `slot_taken` with the nearest times at which it fits as long as this, or `wrong_status`;
    Invalid `booking_too_short`, `booking_too_long`; NotFound.
    """
    found = locked(appointment_id)
    if not may_move(found.status):
        raise not_stretchable(str(STATUS_LABELS[S(found.status)]))
    items = items_of(found.id)
    before, item = facts_of(items), _item_of(items, item_id)
    booked = as_booked(item)
    longer = with_length(booked, (meant(ends_at) - item.starts_at) // _MINUTE)
    asked = Asked(
        found.branch_id, [BookingItem(item.service_id, item.staff_id)], found.customer_id, own_items=(item.id,)
    )
    if is_free(asked, longer, now):
        longer = replace(longer, overbooked=False)
    elif not (booked.overbooked and longer.ends_at <= booked.ends_at):
        raise refusal_of_stretch(asked, longer, now)
    _write(asked, [item], [longer], now)
    _record(found, What.STRETCHED, before, "", actor, now)
    return found


def reschedule(
    *,
    appointment_id: int,
    starts_at: datetime,
    overbook: bool = False,
    without_patch_test: bool = False,
    reason: str = "",
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Move a whole visit as it was laid out; its reminder moves along.

    `overbook`: also where somebody is taken or off; `without_patch_test`: also where a patch test is missing; the
    caller may do so.
    Raises DomainError `slot_taken`, `patch_test_missing` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    _check_movable(found)
    items = items_of(found.id)
    before = facts_of(items)
    later = meant(starts_at) - found.starts_at
    moved = [as_booked(item).later_by(later) for item in items]
    passed = _check_patch_tests(found, items, moved, passed=without_patch_test)
    _place(found, items, moved, now, overbook=overbook)
    agree(found)
    _begin_with_first_item(found, now)
    _record(found, What.MOVED, before, reason, actor, now, passed=passed and without_patch_test)
    return found


def shift(*, appointment_ids: Sequence[int], later: timedelta, actor: Actor | None, now: datetime) -> list[Appointment]:
    """Move several visits by the same time, all or none; what they hold themselves is in nobody's way.

    Raises DomainError `slot_taken` or `wrong_status`, NotFound, Invalid.
    """
    found = [locked(appointment_id) for appointment_id in sorted(appointment_ids)]
    for one in found:
        _check_movable(one)
        meant(one.starts_at + later)
    standing = {one.id: items_of(one.id) for one in found}
    before = {of: facts_of(items) for of, items in standing.items()}
    moved = {of: [as_booked(item).later_by(later) for item in items] for of, items in standing.items()}
    for one in found:
        _check_patch_tests(one, standing[one.id], moved[one.id])
    _place(found[0], list(chain(*standing.values())), list(chain(*moved.values())), now)
    for one in found:
        agree(one)
        _begin_with_first_item(one, now)
        _record(one, What.MOVED, before[one.id], "", actor, now)
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
    release(hold_id, branch_id=found.branch_id, now=now)
    laid = laid_out(asked, begins, now, overbook=overbook)
    if laid is None:
        raise refusal_at(asked, begins, now)
    passed = check_patch_tests(found.customer_id, begins_of(laid).items(), passed=without_patch_test)
    _rewrite(found, asked, laid, begins, now)
    _begin_with_first_item(found, now)
    _record(found, What.SERVICES, before, reason, actor, now, passed=passed)
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
    *,
    passed: bool = False,
) -> None:
    after = facts_of(items_of(found.id)) | ({"without_patch_test": True} if passed else {})
    record_change(appointment_id=found.id, what=what, before=before, after=after, reason=reason, actor=actor, now=now)


def _check_movable(found: Appointment) -> None:
    if not may_move(found.status):
        raise not_movable(str(STATUS_LABELS[S(found.status)]))


def _check_patch_tests(
    found: Appointment, items: Sequence[AppointmentItem], moved: Sequence[Laid], *, passed: bool = False
) -> bool:
    """Refuse a time at which a patch test wouldn't count; what stands without one already may be moved so.

    Gives whether one is missing then.
    """
    standing = begins_of(as_booked(item) for item in items).items()
    passed = passed or stands_without(found.customer_id, standing)
    return check_patch_tests(found.customer_id, begins_of(moved).items(), passed=passed)


def _place(
    found: Appointment,
    items: Sequence[AppointmentItem],
    moved: Sequence[Laid],
    now: datetime,
    *,
    overbook: bool = False,
) -> None:
    """Move services as they were booked, whatever they are made of today."""
    wanted = [BookingItem(one.service_id, one.staff_id, one.starts_at) for one in moved]
    asked = Asked(found.branch_id, wanted, found.customer_id, own_items=tuple(item.id for item in items))
    release(None, now=now)
    free_there = [is_free(asked, one, now) for one in moved]
    if not (overbook or all(free_there)):
        raise refusal_at(asked, min(one.starts_at for one in moved), now)
    laid = [one if fits else one.beside_others() for one, fits in zip(moved, free_there, strict=True)]
    _write(asked, items, laid, now)


def _write(asked: Asked, items: Sequence[AppointmentItem], moved: Sequence[Laid], now: datetime) -> None:
    queue_for(moved)
    try:
        with savepoint(db.session.connection()):
            free([item.id for item in items])
            for item, one in zip(items, moved, strict=True):
                take(one, item_id=item.id)
                values = {f"to_{name}": value for name, value in row_of(one).items() if name in _PLACE}
                db.session.connection().execute(_MOVE_ITEM, {"of_item": item.id, **values})
    except DBAPIError as error:
        refuse(error, asked, min(one.starts_at for one in moved), now)


def _item_of(items: Sequence[AppointmentItem], item_id: int) -> AppointmentItem:
    item = next((item for item in items if item.id == item_id), None)
    if item is None:
        raise appointment_unknown()
    return item


def _begin_with_first_item(found: Appointment, now: datetime) -> None:
    begins = min(item.starts_at for item in items_of(found.id))
    if begins == found.starts_at:
        return
    forget(found.id, found.starts_at)
    found.booked_for = found.booked_for or found.starts_at
    found.starts_at = begins
    db.session.flush()
    if awaits_reminder(found.status):
        remind_of(found.id, now=now)
