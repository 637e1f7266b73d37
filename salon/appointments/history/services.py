"""Brings in bookings that were made before this program kept the board."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from ...catalog.phases.rules import whole
from ...core.db import db, refusal_of
from ...core.jalali import day_range
from ...core.lengths import line_of
from ..availability.rules import Laid, Shape
from ..holding.services import free, take
from ..models import Appointment, AppointmentItem, AppointmentStatus
from ..reminders.services import remind_of
from ..rules import awaits_reminder

_NEW_APPOINTMENT = insert(Appointment).returning(Appointment.id)
_NEW_ITEM = insert(AppointmentItem).returning(AppointmentItem.id)
_KNOWN = select(Appointment.id).where(Appointment.import_key == bindparam("key"))
FREEING = (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW)


@dataclass(frozen=True)
class PastItem:
    """One service by one person, UTC. `active`: it holds her time."""

    service_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    active: bool


@dataclass(frozen=True)
class PastBooking:
    """A booking as it was made. `key` is what an import knows it by; `status_at` is when its status came to be."""

    key: str
    customer_id: int
    starts_at: datetime
    status: AppointmentStatus
    status_at: datetime
    items: tuple[PastItem, ...]
    note: str = ""


@dataclass(frozen=True)
class DayVisit:
    """A service that a customer was to have with somebody on a day, whose hour nobody noted."""

    customer_id: int
    service_id: int
    staff_id: int
    day: date


def past_booking_id(key: str) -> int | None:
    """The booking that was brought in under a key, if it was."""
    return db.session.connection().execute(_KNOWN, {"key": key}).scalar()


def record_past_booking(*, past: PastBooking, branch_id: int, actor_id: int | None, now: datetime) -> list[PastItem]:
    """Store a booking and give the items that could not hold their time because somebody else has it.

    Those are stored all the same, without holding it: history must not be lost.
    """
    row = {
        "branch_id": branch_id,
        "customer_id": past.customer_id,
        "status": past.status.value,
        "starts_at": past.starts_at,
        "note": line_of(past.note, Appointment.note),
        "created_at": now,
        "created_by": actor_id,
        "status_at": past.status_at,
        "import_key": past.key,
    }
    appointment_id: int = db.session.connection().execute(_NEW_APPOINTMENT, row).scalar_one()
    lost = [item for item in past.items if not _keep(item, appointment_id)]
    if awaits_reminder(past.status):
        remind_of(appointment_id, now=now)  # nothing for a visit that is over
    return lost


def mark_no_show(*, visit: DayVisit, key: str, actor_id: int | None, now: datetime) -> bool:
    """Make the booking of that day a no-show and free its time; false when there is none that is not one already.

    Where the booking holds more than this one service, the service moves to a booking of its own under `key`.
    """
    item = db.session.scalars(
        _items_of(select(AppointmentItem), visit)
        .where(Appointment.status.not_in(FREEING))
        .order_by(AppointmentItem.starts_at, AppointmentItem.id)
        .limit(1)
    ).first()
    if item is None:
        return False
    _free(item, key, actor_id, now)
    return True


def count_no_shows(visit: DayVisit) -> int:
    """How often the customer did not come for a service on a day."""
    counted = _items_of(select(func.count(AppointmentItem.id)), visit).where(
        Appointment.status == AppointmentStatus.NO_SHOW
    )
    return int(db.session.execute(counted).scalar_one())


def _items_of(asked: Select[Any], visit: DayVisit) -> Select[Any]:
    starts, ends = day_range(visit.day)
    return asked.join(Appointment, Appointment.id == AppointmentItem.appointment_id).where(
        Appointment.customer_id == visit.customer_id,
        AppointmentItem.service_id == visit.service_id,
        AppointmentItem.staff_id == visit.staff_id,
        AppointmentItem.starts_at >= starts,
        AppointmentItem.starts_at < ends,
    )


def _keep(item: PastItem, appointment_id: int) -> bool:
    """Store an item, holding its time if nobody else does; gives whether it is stored as asked."""
    if not item.active:
        _insert_items([item], appointment_id)
        return True
    try:
        with db.session.begin_nested():
            _insert_items([item], appointment_id)
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal is None or refusal.code != "slot_taken":
            raise
        _insert_items([replace(item, active=False)], appointment_id)
        return False
    return True


def _insert_items(items: Sequence[PastItem], appointment_id: int) -> None:
    connection = db.session.connection()
    for item in items:
        values = {**vars(item), "appointment_id": appointment_id, "phases": []}
        item_id = connection.execute(_NEW_ITEM, values).scalar_one()
        if item.active:
            shape = Shape(whole((item.ends_at - item.starts_at) // timedelta(minutes=1)))
            take(Laid(item.service_id, item.staff_id, (), item.starts_at, shape), item_id=item_id)


def _free(item: AppointmentItem, key: str, actor_id: int | None, now: datetime) -> None:
    own = {"status": AppointmentStatus.NO_SHOW.value, "status_at": item.starts_at}
    connection = db.session.connection()
    connection.execute(update(AppointmentItem).where(AppointmentItem.id == item.id).values(active=False))
    free([item.id])
    others = select(func.count()).where(
        AppointmentItem.appointment_id == item.appointment_id, AppointmentItem.id != item.id
    )
    if not connection.execute(others).scalar_one():
        connection.execute(update(Appointment).where(Appointment.id == item.appointment_id).values(**own))
        return
    whole = db.session.get_one(Appointment, item.appointment_id)
    row = {
        "branch_id": whole.branch_id,
        "customer_id": whole.customer_id,
        "starts_at": item.starts_at,
        "note": whole.note,
        "created_at": now,
        "created_by": actor_id,
        "import_key": key,
        **own,
    }
    moved: int = connection.execute(_NEW_APPOINTMENT, row).scalar_one()
    connection.execute(update(AppointmentItem).where(AppointmentItem.id == item.id).values(appointment_id=moved))
