"""Verbs about bookings: book, move, and the steps of a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from ..access.rules import Actor, permissions_of
from ..core.db import db, savepoint
from ..core.jalali import day_range, local_date
from ..core.lengths import line_of
from ..core.permissions import Permission
from ..customers.errors import customer_unknown
from ..customers.models import Customer
from ..setup.models import SalonProfile
from ..setup.queries import profile
from .agreed.queries import agreed_prices
from .agreed.services import agree_with_following
from .availability.queries import laid_out
from .availability.rules import Asked, Laid, begins_of
from .changes.rules import What, facts_of
from .changes.services import record_change, record_finish
from .deposits.services import keep_or_give_back, lock_owner
from .displaced.queries import is_displaced
from .errors import items_missing
from .holding.queries import as_booked, refuse
from .holding.services import free, queue_for, release, take, write_items
from .models import Appointment, AppointmentItem
from .models import AppointmentStatus as S
from .patch_tests.services import check_patch_tests
from .queries import items_of, locked
from .refusals.queries import refusal_at
from .reminders.rules import Visit
from .reminders.services import forget, remind, remind_of
from .rules import BookingItem, awaits_reminder, is_late, is_over, meant, takes_place
from .steps.queries import check_step

_CUSTOMER = (
    select(Customer.first_name, Customer.mobile, SalonProfile.name, SalonProfile.reminder_minutes)
    .join(SalonProfile, SalonProfile.id == 1)
    .where(Customer.id == bindparam("customer"))
)
_NEW_APPOINTMENT = insert(Appointment).returning(Appointment.id)
_HOLD_ITEM = update(AppointmentItem).where(AppointmentItem.id == bindparam("of_item")).values(active=bindparam("held"))
_UNDER_WAY = (S.BOOKED.value, S.CONFIRMED.value, S.ARRIVED.value, S.IN_SERVICE.value)
_FINISH = (
    update(Appointment)
    .where(
        Appointment.id == bindparam("of_appointment"),
        Appointment.status.in_(_UNDER_WAY),
        Appointment.starts_at < bindparam("before"),
    )
    .values(status=S.DONE.value, status_at=bindparam("at"))
    .returning(Appointment.starts_at)
)


def book(
    *,
    branch_id: int,
    customer_id: int,
    starts_at: datetime,
    items: Sequence[BookingItem],
    note: str = "",
    hold_id: int | None = None,
    overbook: bool = False,
    without_patch_test: bool = False,
    series_id: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Book services in a branch, and enqueue the reminder; those without a time of their own follow one another.

    `hold_id`: the slot that was kept for it. `overbook`: also where somebody is taken or off; `without_patch_test`:
    also where a patch test is missing; the caller may do so. What touch-ups cost is agreed now.
    Raises DomainError `slot_taken` with the nearest free times, `patch_test_missing`, `patch_test_reaction`, NotFound
    for who or what is unknown, Invalid also for who serves no more and what is sold no more.
    """
    customer = db.session.connection().execute(_CUSTOMER, {"customer": customer_id}).one_or_none()
    if customer is None:
        raise customer_unknown()
    asked = _asked(branch_id, customer_id, items)
    release(hold_id, branch_id=branch_id, now=now)
    laid = laid_out(asked, meant(starts_at), now, overbook=overbook)
    if laid is None:
        raise refusal_at(asked, starts_at, now)
    begins = begins_of(laid).items()
    passed = check_patch_tests(customer_id, begins, passed=without_patch_test)
    agreed = {of: found.price for of, found in agreed_prices(customer_id, begins).items()}
    row = {
        "branch_id": branch_id,
        "customer_id": customer_id,
        "starts_at": min(item.starts_at for item in laid),
        "note": line_of(note, Appointment.note),
        "created_by": actor.id if actor else None,
        "series_id": series_id,
    }
    booked = _insert(row, asked, laid, agreed, now)
    after = facts_of(booked.items) | ({"without_patch_test": True} if passed else {})
    record_change(appointment_id=booked.id, what=What.BOOKED, after=after, actor=actor, now=now)
    first_name, mobile, salon, minutes = customer
    remind(Visit(booked.id, branch_id, customer_id, first_name, mobile, booked.starts_at, salon, minutes), now=now)
    return booked


def set_status(
    *, appointment_id: int, status: str, reason: str = "", actor: Actor | None, now: datetime
) -> Appointment:
    """Take the next step of a visit, or take one back. Cancelled and no-show free the person.

    What is over is begun again by permission, and for some minutes by whoever ended it. Whether it was called off late
    is told by the settings of this moment; never when she came, nor when the salon couldn't serve her then.
    Deposits of a booking that is called off are kept by the salon's ladder, but not where the salon couldn't serve her;
    taken back, they are whole again.
    Raises DomainError `wrong_status`, and `slot_taken` when a freed time is wanted back and somebody has it.
    """
    lock_owner(appointment_id)
    found = locked(appointment_id)
    if found.status == status:
        return found
    check_step(found, status, actor=actor, now=now)
    before = found.status
    found.status, found.status_at = status, now
    unserved = status == S.CANCELLED and is_displaced(found, now)
    late = is_late(status, found.starts_at, now, profile().late_cancel_hours)
    found.late = late and awaits_reminder(before) and not unserved
    if takes_place(before) != takes_place(status):
        _free_or_hold_again(found, actor, now)
        keep_or_give_back(found, unserved=unserved, actor=actor, now=now)
    db.session.flush()
    if takes_place(before) != takes_place(status):
        agree_with_following(found)
    _keep_reminder(found, before, now)
    after = {"status": status} | ({"late": True} if found.late else {})
    what = What.REOPENED if is_over(before) else What.STATUS
    record_change(
        appointment_id=found.id,
        what=what,
        before={"status": before},
        after=after,
        reason=reason,
        actor=actor,
        now=now,
    )
    return found


def finish_visit(*, appointment_id: int, actor_id: int | None = None, now: datetime) -> None:
    """Mark a visit as done when its invoice is issued; one that lies ahead of today stays booked.

    Who pays before her time today is reminded of it no more.
    """
    asked = {"of_appointment": appointment_id, "before": day_range(local_date(now))[1], "at": now}
    starts_at = db.session.connection().execute(_FINISH, asked).scalar()
    if starts_at is None:
        return
    record_finish(appointment_id=appointment_id, actor_id=actor_id, now=now)
    if starts_at > now:
        forget(appointment_id, starts_at)


def _asked(branch_id: int, customer_id: int, items: Sequence[BookingItem]) -> Asked:
    if not items:
        raise items_missing()
    for item in items:
        if item.starts_at is not None:
            meant(item.starts_at)
    return Asked(branch_id, items, customer_id)


def _insert(
    row: dict[str, Any], asked: Asked, laid: Sequence[Laid], agreed: Mapping[int, int], now: datetime
) -> Appointment:
    connection = db.session.connection()
    queue_for(laid)
    row |= {"status": S.BOOKED.value, "created_at": now, "status_at": now, "late": False}
    booked = Appointment(**row)
    try:
        with savepoint(connection):
            booked.id = connection.execute(_NEW_APPOINTMENT, row).scalar_one()
            booked.items.extend(write_items(booked.id, laid, agreed))
    except DBAPIError as error:
        refuse(error, asked, booked.starts_at, now)
    booked.items.sort(key=lambda item: (item.starts_at, item.id))
    return booked


def _free_or_hold_again(found: Appointment, actor: Actor | None, now: datetime) -> None:
    """Let go of its people and rooms, or take them back; beside others only for who may overbook."""
    items, held = items_of(found.id), takes_place(found.status)
    if held and actor is not None and Permission.APPOINTMENTS_OVERBOOK not in permissions_of(actor.role):
        for item in items:
            item.overbooked = False
    _hold(found, items, held, now)


def _hold(found: Appointment, items: Sequence[AppointmentItem], held: bool, now: datetime) -> None:
    """Free what a booking holds, or hold it again if nobody has taken it meanwhile."""
    laid = [as_booked(item) for item in items]
    release(None, now=now)
    queue_for(laid)
    for item, one in zip(items, laid, strict=True):
        asked = Asked(found.branch_id, [BookingItem(item.service_id, item.staff_id, item.starts_at)], found.customer_id)
        asked = replace(asked, own_items=(item.id,))
        try:
            with savepoint(db.session.connection()):
                take(one, item_id=item.id) if held else free([item.id])
                db.session.connection().execute(_HOLD_ITEM, {"of_item": item.id, "held": held})
        except DBAPIError as error:
            refuse(error, asked, item.starts_at, now)


def _keep_reminder(found: Appointment, before: str, now: datetime) -> None:
    if awaits_reminder(before) and not awaits_reminder(found.status):
        forget(found.id, found.starts_at)
    elif awaits_reminder(found.status) and not awaits_reminder(before):
        remind_of(found.id, now=now)
