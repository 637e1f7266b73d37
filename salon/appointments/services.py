"""Verbs about bookings: book, move, and the steps of a visit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Update, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from ..access.models import User
from ..catalog.errors import service_inactive, service_unknown
from ..catalog.models import Service
from ..catalog.queries import staff_ids_of
from ..core.db import db, is_postgresql, refusal_of, savepoint
from ..core.jalali import day_range, local_date
from ..core.lengths import line_of
from ..customers.errors import customer_unknown
from ..customers.models import Customer
from ..setup.models import SalonProfile
from ..staff.errors import staff_inactive, staff_unknown
from ..staff.models import StaffMember
from ..staff.queries import active_staff
from .deposits.services import keep_or_give_back, lock_owner
from .errors import appointment_unknown, items_missing, nobody_free, not_movable, starts_at_invalid, status_refused
from .models import Appointment, AppointmentItem
from .models import AppointmentStatus as S
from .queries import busy_between, taken
from .reminders.rules import Visit
from .reminders.services import forget, remind, remind_of
from .rules import (
    STATUS_LABELS,
    BookingItem,
    awaits_reminder,
    is_plausible,
    laid_out,
    may_become,
    may_move,
    takes_place,
    to_the_minute,
)

_CUSTOMER = (
    select(Customer.first_name, Customer.mobile, SalonProfile.name, SalonProfile.reminder_minutes)
    .join(SalonProfile, SalonProfile.id == 1)
    .where(Customer.id == bindparam("customer"))
)
_SERVICES = select(Service.id, Service.duration, Service.active).where(Service.id.in_(bindparam("ids", expanding=True)))
_STAFF = select(StaffMember.id, StaffMember.branch_id, StaffMember.active).where(
    StaffMember.id.in_(bindparam("ids", expanding=True))
)
_QUEUE_FOR = _STAFF.order_by(StaffMember.id).with_for_update(key_share=True)
_NEW_APPOINTMENT = insert(Appointment).returning(Appointment.id)
_NEW_ITEM = insert(AppointmentItem).returning(AppointmentItem.id)
_LOCKED = (
    select(Appointment)
    .where(Appointment.id == bindparam("appointment"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_ITEMS = (
    select(AppointmentItem)
    .where(AppointmentItem.appointment_id == bindparam("appointment"))
    .order_by(AppointmentItem.staff_id, AppointmentItem.starts_at)
    .execution_options(populate_existing=True)
)
_ONE_ITEM = AppointmentItem.id == bindparam("of_item")
_MOVE_ITEM = update(AppointmentItem).where(_ONE_ITEM)
_MOVE_ITEM = _MOVE_ITEM.values({name: bindparam(f"to_{name}") for name in ("staff_id", "starts_at", "ends_at")})
_HOLD_ITEM = update(AppointmentItem).where(_ONE_ITEM).values(active=bindparam("held"))
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


class _Laid(NamedTuple):
    """A service with its person and times."""

    service_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime


def book(
    *,
    branch_id: int,
    customer_id: int,
    starts_at: datetime,
    items: Sequence[BookingItem],
    note: str = "",
    actor: User | None,
    now: datetime,
) -> Appointment:
    """Book services one after another in a branch, and enqueue the reminder.

    Raises DomainError `slot_taken` with the nearest free times, NotFound for who or what is unknown, Invalid also for
    who serves no more and what is sold no more.
    """
    customer = db.session.connection().execute(_CUSTOMER, {"customer": customer_id}).one_or_none()
    if customer is None:
        raise customer_unknown()
    laid = _lay(starts_at, items, branch_id)
    row = {
        "branch_id": branch_id,
        "customer_id": customer_id,
        "starts_at": min(item.starts_at for item in laid),
        "note": line_of(note, Appointment.note),
        "created_by": actor.id if actor else None,
    }
    booked = _insert(row, laid, now)
    first_name, mobile, salon, minutes = customer
    remind(Visit(booked.id, branch_id, customer_id, first_name, mobile, booked.starts_at, salon, minutes), now=now)
    return booked


def move(
    *, appointment_id: int, item_id: int, starts_at: datetime, staff_id: int, actor: User | None, now: datetime
) -> Appointment:
    """Move one service of a booking to a time and a person, with its duration; the reminder moves along.

    Raises DomainError `slot_taken` or `not_movable`, NotFound, Invalid.
    """
    found = _locked(appointment_id)
    if not may_move(found.status):
        raise not_movable(str(STATUS_LABELS[S(found.status)]))
    item = next((item for item in _items(found) if item.id == item_id), None)
    if item is None:
        raise appointment_unknown()
    begins = _checked(starts_at)
    _check_staff({staff_id}, found.branch_id)
    _move_item(item.id, _Laid(item.service_id, staff_id, begins, begins + (item.ends_at - item.starts_at)), now)
    _begin_with_first_item(found, now)
    return found


def set_status(*, appointment_id: int, status: str, actor: User | None, now: datetime) -> Appointment:
    """Take the next step of a visit, or take one back. Cancelled and no-show free the person.

    Deposits of a booking that is called off are kept by the salon's ladder; taken back, they are whole again.
    Raises DomainError `status_refused`, and `slot_taken` when a freed time is wanted back and somebody has it.
    """
    lock_owner(appointment_id)
    found = _locked(appointment_id)
    if found.status == status:
        return found
    if not may_become(found.status, status):
        raise status_refused(str(STATUS_LABELS[S(found.status)]), str(STATUS_LABELS[S(status)]))
    before = found.status
    found.status, found.status_at = status, now
    if takes_place(before) != takes_place(status):
        _hold(_items(found), takes_place(status), now)
        keep_or_give_back(found, actor=actor, now=now)
    db.session.flush()
    _keep_reminder(found, before, now)
    return found


def finish_visit(*, appointment_id: int, now: datetime) -> None:
    """Mark a visit as done when its invoice is issued; one that lies ahead of today stays booked.

    Who pays before her time today is reminded of it no more.
    """
    asked = {"of_appointment": appointment_id, "before": day_range(local_date(now))[1], "at": now}
    starts_at = db.session.connection().execute(_FINISH, asked).scalar()
    if starts_at is not None and starts_at > now:
        forget(appointment_id, starts_at)


def _lay(starts_at: datetime, items: Sequence[BookingItem], branch_id: int) -> list[_Laid]:
    """Persons and times of what is wanted, in the fixed order in which rows are written (no deadlocks)."""
    if not items:
        raise items_missing()
    minutes = _durations({item.service_id for item in items})
    _check_staff({item.staff_id for item in items if item.staff_id is not None}, branch_id)
    times = laid_out(_checked(starts_at), [(item.starts_at, minutes[item.service_id]) for item in items])
    laid: list[_Laid] = []
    for item, (begins, ends) in zip(items, times, strict=True):
        _checked(begins)
        staff_id = item.staff_id or _anybody(item.service_id, branch_id, begins, ends, laid)
        laid.append(_Laid(item.service_id, staff_id, begins, ends))
    return sorted(laid, key=lambda item: (item.staff_id, item.starts_at))


def _durations(services: set[int]) -> dict[int, int]:
    rows = db.session.connection().execute(_SERVICES, {"ids": sorted(services)}).all()
    if len(rows) < len(services):
        raise service_unknown()
    if not all(row.active for row in rows):
        raise service_inactive()
    return {row.id: row.duration for row in rows}


def _check_staff(people: set[int], branch_id: int) -> None:
    """Refuse who does not serve in this branch, or no longer."""
    rows = db.session.connection().execute(_STAFF, {"ids": sorted(people)}).all() if people else []
    if sum(row.branch_id == branch_id for row in rows) < len(people):
        raise staff_unknown()
    if not all(row.active for row in rows):
        raise staff_inactive()


def _checked(moment: datetime) -> datetime:
    if not is_plausible(moment):
        raise starts_at_invalid()
    return to_the_minute(moment)


def _anybody(service_id: int, branch_id: int, begins: datetime, ends: datetime, laid: Sequence[_Laid]) -> int:
    """The first on the board who does the service and is free then. Raises DomainError `slot_taken`."""
    listed = staff_ids_of(service_id)
    able = [person.id for person in active_staff(branch_id) if not listed or person.id in listed]
    held = {row.staff_id for row in busy_between(begins, ends, able)}
    held |= {item.staff_id for item in laid if item.starts_at < ends and item.ends_at > begins}
    for person in able:
        if person not in held:
            return person
    raise nobody_free()


def _insert(row: dict[str, Any], laid: Sequence[_Laid], now: datetime) -> Appointment:
    connection = db.session.connection()
    _queue_for({item.staff_id for item in laid})
    row |= {"status": S.BOOKED.value, "created_at": now, "status_at": now}
    booked = Appointment(**row)
    try:
        with savepoint(connection):
            booked.id = connection.execute(_NEW_APPOINTMENT, row).scalar_one()
            for item in laid:
                values = {**item._asdict(), "appointment_id": booked.id, "active": True}
                item_id = connection.execute(_NEW_ITEM, values).scalar_one()
                booked.items.append(AppointmentItem(id=item_id, **values))
    except DBAPIError as error:
        _refuse(error, laid, now)
    booked.items.sort(key=lambda item: (item.starts_at, item.id))
    return booked


def _queue_for(people: set[int]) -> None:
    """Let bookings of one person come one by one: PostgreSQL's exclusion check lets crossing ones deadlock."""
    if is_postgresql():
        db.session.connection().execute(_QUEUE_FOR, {"ids": sorted(people)})


def _move_item(item_id: int, laid: _Laid, now: datetime) -> None:
    _queue_for({laid.staff_id})
    values = {"to_staff_id": laid.staff_id, "to_starts_at": laid.starts_at, "to_ends_at": laid.ends_at}
    _write_item(_MOVE_ITEM, {"of_item": item_id, **values}, laid, now)


def _hold(items: Sequence[AppointmentItem], held: bool, now: datetime) -> None:
    _queue_for({item.staff_id for item in items})
    for item in items:
        laid = _Laid(item.service_id, item.staff_id, item.starts_at, item.ends_at)
        _write_item(_HOLD_ITEM, {"of_item": item.id, "held": held}, laid, now)


def _write_item(statement: Update, values: dict[str, Any], laid: _Laid, now: datetime) -> None:
    connection = db.session.connection()
    try:
        with savepoint(connection):
            connection.execute(statement, values)
    except DBAPIError as error:
        _refuse(error, [laid], now)


def _refuse(error: DBAPIError, wanted: Sequence[_Laid], now: datetime) -> None:
    """Say what the database refused, with the person, the taken time and the nearest free times."""
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    if refusal.code != "slot_taken":
        raise refusal from error
    for item in wanted:
        explained = taken(item.service_id, item.staff_id, item.starts_at, item.ends_at, now)
        if explained is not None:
            raise explained from error
    raise refusal from error


def _locked(appointment_id: int) -> Appointment:
    found = db.session.scalar(_LOCKED, {"appointment": appointment_id})
    if found is None:
        raise appointment_unknown()
    return found


def _items(found: Appointment) -> Sequence[AppointmentItem]:
    return db.session.scalars(_ITEMS, {"appointment": found.id}).all()


def _begin_with_first_item(found: Appointment, now: datetime) -> None:
    begins = min(item.starts_at for item in _items(found))
    if begins == found.starts_at:
        return
    forget(found.id, found.starts_at)
    found.starts_at = begins
    db.session.flush()
    if awaits_reminder(found.status):
        remind_of(found.id, now=now)


def _keep_reminder(found: Appointment, before: str, now: datetime) -> None:
    if awaits_reminder(before) and not awaits_reminder(found.status):
        forget(found.id, found.starts_at)
    elif awaits_reminder(found.status) and not awaits_reminder(before):
        remind_of(found.id, now=now)
