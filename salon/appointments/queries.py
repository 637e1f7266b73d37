"""Free times, the board of a day, and a customer's bookings."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import selectinload

from ..catalog.models import Service, ServiceStaff
from ..catalog.queries import service
from ..core.db import db
from ..core.errors import DomainError
from ..core.jalali import SALON_ZONE, day_range, format_time, local_date, weekday_of
from ..customers.models import Customer
from ..staff.models import StaffMember, WorkingHours
from ..staff.queries import staff_member
from .errors import appointment_unknown, slot_taken
from .models import Appointment, AppointmentItem
from .models import AppointmentStatus as S
from .rules import Slot, Span, free_starts

_DAY = timedelta(days=1)

# The people of a service with their hours, in the board's order; a service that names nobody is done by everybody.
_LISTED = or_(
    ~exists().where(ServiceStaff.service_id == Service.id),
    exists().where(ServiceStaff.service_id == Service.id, ServiceStaff.staff_id == StaffMember.id),
)
_HOURS = (
    select(StaffMember.id, WorkingHours.starts_at, WorkingHours.ends_at, Service.duration)
    .select_from(StaffMember)
    .join(WorkingHours, WorkingHours.staff_id == StaffMember.id)
    .join(Service, Service.id == bindparam("service"))
    .where(
        StaffMember.active,
        StaffMember.branch_id == bindparam("branch"),
        WorkingHours.weekday == bindparam("weekday"),
    )
    .order_by(StaffMember.position, StaffMember.id, WorkingHours.starts_at)
)
_HOURS_OF_LISTED = _HOURS.where(_LISTED)
_HOURS_OF_ONE = _HOURS.where(StaffMember.id == bindparam("staff"))
# A booking is shorter than a day: looking back one day finds all that reach into this one, by the index.
_REACHING_IN = (
    AppointmentItem.active,
    AppointmentItem.starts_at < bindparam("before"),
    AppointmentItem.starts_at > bindparam("after"),
    AppointmentItem.ends_at > bindparam("first"),
)
_BUSY = select(AppointmentItem.staff_id, AppointmentItem.starts_at, AppointmentItem.ends_at).where(
    AppointmentItem.staff_id.in_(bindparam("people", expanding=True)), *_REACHING_IN
)
_BOARD = (
    select(
        AppointmentItem.id,
        AppointmentItem.appointment_id,
        AppointmentItem.staff_id,
        AppointmentItem.starts_at,
        AppointmentItem.ends_at,
        Appointment.status,
        Appointment.customer_id,
        Customer.first_name,
        Customer.last_name,
        Customer.allergies,
        Service.name.label("service"),
    )
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .join(Customer, Customer.id == Appointment.customer_id)
    .join(Service, Service.id == AppointmentItem.service_id)
    .where(
        Appointment.branch_id == bindparam("branch"),
        Appointment.status != S.CANCELLED.value,
        AppointmentItem.starts_at >= bindparam("first"),
        AppointmentItem.starts_at < bindparam("before"),
    )
    .order_by(AppointmentItem.starts_at, AppointmentItem.id)
)
_WORKING_ON = (
    select(WorkingHours.staff_id, WorkingHours.starts_at, WorkingHours.ends_at)
    .join(StaffMember, StaffMember.id == WorkingHours.staff_id)
    .where(StaffMember.branch_id == bindparam("branch"), WorkingHours.weekday == bindparam("weekday"))
    .order_by(WorkingHours.starts_at)
)
_OF_CUSTOMER = (
    select(Appointment)
    .where(
        Appointment.customer_id == bindparam("customer"),
        Appointment.starts_at >= bindparam("first"),
        Appointment.starts_at < bindparam("before"),
    )
    .order_by(Appointment.starts_at, Appointment.id)
    .options(selectinload(Appointment.items))
)


def availability(
    *, branch_id: int, day: date, service_id: int, staff_id: int | None = None, now: datetime
) -> list[Slot]:
    """Free times of a day in a branch, by one person or by everybody who does the service; today only from now on.

    Raises NotFound `service_unknown` or `staff_unknown`.
    """
    connection = db.session.connection()
    asked = {"branch": branch_id, "service": service_id, "weekday": weekday_of(day)}
    if staff_id is None:
        hours = connection.execute(_HOURS_OF_LISTED, asked).all()
    else:
        hours = connection.execute(_HOURS_OF_ONE, {**asked, "staff": staff_id}).all()
    if not hours:
        service(service_id)
        if staff_id is not None:
            staff_member(staff_id)
        return []
    midnight = midnight_of(day)
    busy = _busy_on(midnight, {row.id for row in hours})
    return _slots(hours, busy, midnight, _earliest(day, midnight, now))


def busy_between(first: datetime, before: datetime, people: Iterable[int]) -> list[Any]:
    """What holds these people in a time: (staff_id, starts_at, ends_at)."""
    question = {"people": list(people), "first": first, "before": before, "after": first - _DAY}
    return list(db.session.connection().execute(_BUSY, question))


def board(day: date, branch_id: int) -> list[Any]:
    """What is on the board of a day, cancelled bookings aside."""
    first, before = day_range(day)
    return list(db.session.connection().execute(_BOARD, {"branch": branch_id, "first": first, "before": before}))


def working_hours(day: date, branch_id: int) -> dict[int, list[Span]]:
    """When each person works that day, in minutes after midnight."""
    found: dict[int, list[Span]] = {}
    rows = db.session.connection().execute(_WORKING_ON, {"branch": branch_id, "weekday": weekday_of(day)})
    for staff_id, starts, ends in rows:
        found.setdefault(staff_id, []).append(Span(starts, ends))
    return found


def appointment(appointment_id: int) -> Appointment:
    """A booking. Raises NotFound `appointment_unknown`."""
    found = db.session.get(Appointment, appointment_id)
    if found is None:
        raise appointment_unknown()
    return found


def today_of(customer_id: int, day: date) -> list[Appointment]:
    """The customer's bookings of a day that still count, the earliest first."""
    first, before = day_range(day)
    asked = {"customer": customer_id, "first": first, "before": before}
    return [found for found in db.session.scalars(_OF_CUSTOMER, asked) if found.status != S.CANCELLED]


def upcoming_of(customer_id: int, day: date) -> list[Appointment]:
    """The customer's bookings after a day that still stand, the earliest first."""
    asked = {"customer": customer_id, "first": day_range(day)[1], "before": day_range(day + 400 * _DAY)[1]}
    kept = {S.BOOKED, S.CONFIRMED}
    return [found for found in db.session.scalars(_OF_CUSTOMER, asked) if found.status in kept]


def taken(service_id: int, staff_id: int, starts_at: datetime, ends_at: datetime, now: datetime) -> DomainError | None:
    """The refusal that names the person, her taken time and the nearest free times; None when she is free."""
    held = busy_between(starts_at, ends_at, [staff_id])
    if not held:
        return None
    names = {row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))}
    branch_id = staff_member(staff_id).branch_id
    sentence = _(
        "%(name)s %(first)s تا %(last)s پر است",
        name=names[staff_id],
        first=format_time(min(row.starts_at for row in held)),
        last=format_time(max(row.ends_at for row in held)),
    )
    near = _nearest(branch_id, service_id, staff_id, starts_at, now)
    if not near:
        return slot_taken(_("%(sentence)s؛ آن روز زمان آزاد دیگری نیست.", sentence=sentence))
    times = "، ".join(f"{format_time(slot.starts_at)} {names[slot.staff_id]}" for slot in near)
    return slot_taken(_("%(sentence)s؛ نزدیک‌ترین: %(times)s", sentence=sentence, times=times))


def _nearest(branch_id: int, service_id: int, staff_id: int, wanted: datetime, now: datetime) -> list[Slot]:
    """Her own nearest free time and that of another who does it."""
    day = local_date(wanted)
    hers = availability(branch_id=branch_id, day=day, service_id=service_id, staff_id=staff_id, now=now)
    anybodys = availability(branch_id=branch_id, day=day, service_id=service_id, now=now)
    others = [slot for slot in anybodys if slot.staff_id != staff_id]

    def distance(slot: Slot) -> tuple[timedelta, bool]:
        return abs(slot.starts_at - wanted), slot.starts_at < wanted  # of two as near the later one

    nearest = [min(slots, key=distance) for slots in (hers, others) if slots]
    return sorted(nearest, key=lambda slot: slot.staff_id != staff_id)


def midnight_of(day: date) -> datetime:
    """The moment from which the wall clock's minutes are counted, in UTC.

    Taken from noon: on the days when the clocks of 1401 and before changed at midnight, the working day stays right.
    """
    return datetime.combine(day, time(12), SALON_ZONE).astimezone(UTC) - timedelta(hours=12)


def _earliest(day: date, midnight: datetime, now: datetime) -> int:
    today = local_date(now)
    if day > today:
        return 0
    return _minutes(midnight, now, up=True) if day == today else 24 * 60


def _busy_on(midnight: datetime, people: set[int]) -> dict[int, list[Span]]:
    busy: dict[int, list[Span]] = {}
    for staff_id, starts_at, ends_at in busy_between(midnight, midnight + _DAY, people):
        span = Span(_minutes(midnight, starts_at), _minutes(midnight, ends_at, up=True))
        busy.setdefault(staff_id, []).append(span)
    return busy


def _slots(hours: Iterable[Any], busy: dict[int, list[Span]], midnight: datetime, earliest: int) -> list[Slot]:
    moments: dict[int, datetime] = {}
    slots = []
    for staff_id, opens, closes, duration in hours:
        for start in free_starts([Span(opens, closes)], busy.get(staff_id, ()), duration, earliest):
            for minute in (start, start + duration):
                if minute not in moments:
                    moments[minute] = midnight + timedelta(minutes=minute)
            slots.append(Slot(staff_id, moments[start], moments[start + duration]))
    return slots


def _minutes(midnight: datetime, moment: datetime, *, up: bool = False) -> int:
    seconds = (moment - midnight) // timedelta(seconds=1)
    return -(-seconds // 60) if up else seconds // 60
