"""What was booked on some days (half-open), by the day on which a booking begins. Minutes and basis points."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, bindparam, func, select

from ...appointments.changes.rules import What
from ...appointments.models import Appointment, AppointmentChange, AppointmentItem, Occupancy
from ...appointments.models import AppointmentStatus as S
from ...appointments.rules import STATUS_LABELS
from ...catalog.models import Resource, Service
from ...core.db import db
from ...core.jalali import local_date, start_of_day
from ...setup.days.queries import closed_days
from ...setup.queries import profile
from ...staff.hours.queries import presence
from ...staff.models import StaffMember
from ..rules import Cell, Column, Kind, Report, Row, rate
from .rules import Booked, Later, Visit, is_rebooked, minutes_of, outcomes, parted, visits_in

_DAY, _YEAR = timedelta(days=1), timedelta(days=366)
_IN_DAYS = (Appointment.starts_at >= bindparam("first"), Appointment.starts_at < bindparam("before"))
_BOOKED = (
    select(
        AppointmentItem.id,
        Appointment.id,
        Appointment.customer_id,
        Appointment.starts_at,
        AppointmentItem.service_id,
        AppointmentItem.staff_id,
        AppointmentItem.starts_at,
        AppointmentItem.ends_at,
        AppointmentItem.phases,
        Appointment.status,
        Appointment.late,
    )
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .where(*_IN_DAYS)
    .order_by(Appointment.starts_at, AppointmentItem.starts_at, AppointmentItem.id)
)
_HELD = (
    select(Occupancy.resource_id, AppointmentItem.starts_at, AppointmentItem.ends_at)
    .join(AppointmentItem, AppointmentItem.id == Occupancy.item_id)
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .where(*_IN_DAYS, Occupancy.resource_id.is_not(None))
)
# Of what was written down afterwards nobody could tell, when its day ended, whether she would come again.
_DONE = select(Appointment.id, Appointment.customer_id, Appointment.starts_at, Appointment.created_at).where(
    *_IN_DAYS, Appointment.status == S.DONE.value
)
_THEIRS = (
    Appointment.starts_at >= bindparam("first"),
    Appointment.created_at < bindparam("before"),
    Appointment.customer_id.in_(select(Appointment.customer_id).where(*_IN_DAYS, Appointment.status == S.DONE.value)),
)
_OTHERS = select(
    Appointment.id,
    Appointment.customer_id,
    Appointment.created_at,
    func.coalesce(Appointment.booked_for, Appointment.starts_at).label("first_for"),
    Appointment.starts_at,
    Appointment.status,
    Appointment.status_at,
).where(*_THEIRS)
_STEPS = (
    select(AppointmentChange.appointment_id, AppointmentChange.at, AppointmentChange.after)
    .join(Appointment, Appointment.id == AppointmentChange.appointment_id)
    .where(*_THEIRS, AppointmentChange.what.in_((What.STATUS.value, What.REOPENED.value)))
    .order_by(AppointmentChange.id)
)

_OUTCOMES = (
    Column("waiting", _l("در پیش"), Kind.COUNT),
    Column("came", _l("آمده"), Kind.COUNT),
    Column("no_show", _l("نیامده"), Kind.COUNT),
    Column("cancelled", _l("لغو شده"), Kind.COUNT),
    Column("late", _l("لغو دیرهنگام"), Kind.COUNT),
    Column("no_show_bp", _l("نرخ نیامدن"), Kind.PERCENT, of=("no_show", ("came", "no_show"))),
)
_SERVICES = Column("services", _l("خدمت"), Kind.COUNT)
_MINUTES = Column("minutes", _l("دقیقهٔ رزرو"), Kind.COUNT)
_LATE_OF = Column("late_bp", _l("نرخ لغو دیر"), Kind.PERCENT, of=("late", ("services",)))
_ID = Column("id", _l("شماره"), Kind.COUNT, summed=False, for_people=False)
BY_DAY = (
    Column("day", _l("روز"), Kind.DAY),
    Column("bookings", _l("نوبت"), Kind.COUNT),
    _SERVICES,
    _MINUTES,
    *_OUTCOMES,
    Column("late_bp", _l("نرخ لغو دیر"), Kind.PERCENT, of=("late", ("bookings",))),
)
BY_STAFF = _ID, Column("staff", _l("پرسنل")), _SERVICES, _MINUTES, *_OUTCOMES, _LATE_OF
BY_SERVICE = _ID, Column("service", _l("خدمت")), _SERVICES, _MINUTES, *_OUTCOMES, _LATE_OF
BY_STATUS = (
    Column("status", _l("کد"), for_people=False),
    Column("label", _l("وضعیت")),
    Column("bookings", _l("نوبت"), Kind.COUNT),
    _SERVICES,
    _MINUTES,
)
_FULL = (
    Column("booked", _l("دقیقهٔ پر"), Kind.COUNT),
    Column("worked", _l("دقیقهٔ کار"), Kind.COUNT),
    Column("occupied_bp", _l("پر بودن"), Kind.PERCENT, of=("booked", ("worked",))),
)
OF_STAFF = _ID, Column("staff", _l("پرسنل")), *_FULL
OF_RESOURCES = (
    _ID,
    Column("resource", _l("اتاق، صندلی یا دستگاه")),
    Column("capacity", _l("جا"), Kind.COUNT, summed=False),
    *_FULL,
)
OF_REBOOKING = (
    Column("day", _l("روز"), Kind.DAY),
    Column("visits", _l("مراجعهٔ انجام‌شده"), Kind.COUNT),
    Column("rebooked", _l("با نوبت بعدی"), Kind.COUNT),
    Column("rebooked_bp", _l("نرخ نوبت بعدی"), Kind.PERCENT, of=("rebooked", ("visits",))),
)


def by_day(starts_on: date, ends_before: date) -> Report:
    """What was booked for each day; what became of it counts bookings."""
    rows = []
    cells: tuple[Cell, ...]
    for day, booked in parted(booked_on(starts_on, ends_before), lambda row: row.day).items():
        visits = visits_in(booked)
        cells = day, len(visits), len(booked), _minutes(booked), *outcomes(visits)
        rows.append(Row(cells, "bookings", {"starts_on": day.isoformat(), "ends_on": day.isoformat()}))
    return Report(BY_DAY, rows, "bookings")


def by_staff(starts_on: date, ends_before: date) -> Report:
    """What was booked of each person; what became of it counts services."""
    return _by(BY_STAFF, "staff", booked_on(starts_on, ends_before), names_of(StaffMember))


def by_service(starts_on: date, ends_before: date) -> Report:
    """What was booked of each service; what became of it counts services."""
    return _by(BY_SERVICE, "service", booked_on(starts_on, ends_before), names_of(Service))


def by_status(starts_on: date, ends_before: date) -> Report:
    """What was booked, by where it stands."""
    found = parted(booked_on(starts_on, ends_before), lambda row: S(row.status))
    rows = [
        Row(
            (status.value, str(label), len(visits_in(found[status])), len(found[status]), _minutes(found[status])),
            "bookings",
            {"status": status.value},
        )
        for status, label in STATUS_LABELS.items()
        if status in found
    ]
    return Report(BY_STATUS, rows, "bookings")


def utilisation_of_staff(starts_on: date, ends_before: date) -> Report:
    """The minutes in which each person is held by bookings, of those that she works."""
    held: Counter[int] = Counter()
    for row in booked_on(starts_on, ends_before):
        if row.takes_place:
            held[row.staff_id] += row.held
    people = db.session.execute(
        select(StaffMember.id, StaffMember.name, StaffMember.branch_id)
        .where(StaffMember.active | StaffMember.id.in_(held or [0]))
        .order_by(StaffMember.position, StaffMember.id)
    ).all()
    worked = _worked({row.id: row.branch_id for row in people}, *_board_days(starts_on, ends_before))
    rows = [
        Row((row.id, row.name, held[row.id], worked[row.id], rate(held[row.id], worked[row.id])), "bookings", by)
        for row in people
        for by in ({"staff": row.id, "held": 1},)
    ]
    return Report(OF_STAFF, rows, "booked")


def utilisation_of_resources(starts_on: date, ends_before: date) -> Report:
    """The minutes in which each room, chair or device is held, of those in which the salon is open, by its capacity."""
    held: Counter[int] = Counter()
    for resource, starts_at, ends_at in db.session.execute(_HELD, _moments(starts_on, ends_before)):
        held[int(resource or 0)] += (ends_at - starts_at) // timedelta(minutes=1)
    first, before = _board_days(starts_on, ends_before)
    resources = db.session.scalars(select(Resource).order_by(Resource.position, Resource.id)).all()
    closed = {branch: closed_days(branch, first, before) for branch in {one.branch_id for one in resources}}
    salon, rows = profile(), []
    for one in resources:
        if one.active or held[one.id]:
            days = (before - first).days - len(closed[one.branch_id])
            worked = days * (salon.closes_at - salon.opens_at) * one.capacity
            cells = one.id, one.name, one.capacity, held[one.id], worked, rate(held[one.id], worked)
            rows.append(Row(cells, "bookings", {"resource": one.id}))
    return Report(OF_RESOURCES, rows, "booked")


def rebooking(starts_on: date, ends_before: date) -> Report:
    """Of the visits that were done on each day, those whose customer had a booking for a later day when it ended."""
    told: defaultdict[date, list[bool]] = defaultdict(list)
    for visit, again in rebooked_on(starts_on, ends_before):
        told[visit.day].append(again)
    rows = [
        Row(
            (day, len(visits), sum(visits), rate(sum(visits), len(visits))),
            "bookings",
            {"starts_on": day.isoformat(), "ends_on": day.isoformat(), "done": 1},
        )
        for day, visits in sorted(told.items())
    ]
    return Report(OF_REBOOKING, rows, "rebooked")


def booked_on(starts_on: date, ends_before: date, within: Select[Any] | None = None) -> list[Booked]:
    """The services of the bookings that begin on these days; `within`: only items with these ids."""
    question = _BOOKED if within is None else _BOOKED.where(AppointmentItem.id.in_(within))
    return [Booked(*row) for row in db.session.execute(question, _moments(starts_on, ends_before))]


def rebooked_on(starts_on: date, ends_before: date) -> list[tuple[Visit, bool]]:
    """The visits that were done on these days, each with whether she had another booking when its day ended."""
    asked = _moments(starts_on, ends_before)
    others = _others(asked)
    told = []
    for row in db.session.execute(_DONE, asked):
        visit = Visit(*row)
        ends = start_of_day(visit.day + _DAY)
        if visit.created_at < ends:
            told.append((visit, is_rebooked(visit, others[visit.customer_id], ends)))
    return told


def _others(asked: Mapping[str, datetime]) -> Mapping[int, list[Later]]:
    """The bookings of those who came, by customer; what was brought in from elsewhere has no steps but its state."""
    steps: defaultdict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for appointment_id, at, after in db.session.execute(_STEPS, asked):
        steps[appointment_id].append((at, after["status"]))
    found: defaultdict[int, list[Later]] = defaultdict(list)
    for row in db.session.execute(_OTHERS, asked):
        known = steps.get(row.id) or [(row.status_at, row.status)]
        found[row.customer_id].append(
            Later(row.id, row.customer_id, row.created_at, row.first_for, row.starts_at, known)
        )
    return found


def names_of(table: type[StaffMember] | type[Service]) -> dict[int, str]:
    """What people or services are called."""
    return dict(db.session.execute(select(table.id, table.name)).all())


def _by(columns: tuple[Column, ...], of: str, booked: Sequence[Booked], names: Mapping[int, str]) -> Report:
    """What was booked of each person or service, in the order of their names."""
    rows = [
        Row((number, names[number], len(hers), _minutes(hers), *outcomes(hers)), "bookings", {of: number})
        for number, hers in parted(booked, lambda row: int(getattr(row, f"{of}_id"))).items()
    ]
    return Report(columns, sorted(rows, key=lambda row: str(row.cells[1])), "services")


def _minutes(booked: Sequence[Booked]) -> int:
    return sum(row.minutes for row in booked)


def _moments(starts_on: date, ends_before: date) -> dict[str, datetime]:
    return {"first": start_of_day(starts_on), "before": start_of_day(ends_before)}


def _board_days(starts_on: date, ends_before: date) -> tuple[date, date]:
    """Of these days those from the first booking of all on: before it nobody could book, and no hour stood empty.

    A year after the last booking it ends, however far the question goes.
    """
    begins = select(func.min(AppointmentItem.starts_at)).scalar_subquery()
    ends = select(func.max(AppointmentItem.starts_at)).scalar_subquery()
    first, last = db.session.execute(select(begins, ends)).one()
    if first is None:
        return starts_on, starts_on
    starts_on = max(starts_on, local_date(first))
    return starts_on, max(min(ends_before, local_date(last) + _YEAR), starts_on)


def _worked(branch_of: Mapping[int, int], first: date, before: date) -> dict[int, int]:
    """The minutes that each person works on these days."""
    found = presence(branch_of, first, before)
    closed = {branch: closed_days(branch, first, before) for branch in set(branch_of.values())}
    return {staff_id: minutes_of(found[staff_id], closed[branch]) for staff_id, branch in branch_of.items()}
