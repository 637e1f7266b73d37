"""Reads about group visits: the files, their people, bookings, tasks and money."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ...cashbox.models import Deposit
from ...catalog.models import Resource, Service
from ...core.db import db
from ...core.jalali import local_date
from ...customers.models import Customer
from ...staff.models import StaffMember
from ..deposits.queries import kept_of_each
from ..models import Appointment, AppointmentItem, GroupMember, GroupState, GroupTask, GroupVisit, Occupancy
from ..models import AppointmentStatus as S
from ..rules import takes_place
from .errors import group_over, group_visit_unknown, task_unknown


@dataclass(frozen=True)
class Listed:
    """A file in a list: its head's name, how many come, how much is booked, what is left to be done."""

    group: GroupVisit
    head: Customer
    people: int
    bookings: int
    open_tasks: int

    @property
    def id(self) -> int:
        """The number of the file."""
        return self.group.id


@dataclass(frozen=True)
class Entry:
    """A service of somebody of the group: when, what, by whom and where."""

    booking: Appointment
    item: AppointmentItem
    customer: str
    service: str
    staff: str
    places: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return local_date(self.item.starts_at)


@dataclass(frozen=True)
class Money:
    """Deposits of a file, in rials: taken, what is left, and what calling it off now would keep."""

    deposits: Sequence[Deposit]
    taken: int
    remaining: int
    kept_if_off: int


def group_visit(group_id: int, branch_id: int) -> GroupVisit:
    """A file of a branch. Raises NotFound `group_visit_unknown`."""
    found = db.session.get(GroupVisit, group_id)
    if found is None or found.branch_id != branch_id:
        raise group_visit_unknown()
    return found


def locked_group(group_id: int, branch_id: int) -> GroupVisit:
    """A file that nobody else changes until the transaction ends. Raises NotFound `group_visit_unknown`."""
    asked = select(GroupVisit).where(GroupVisit.id == group_id).with_for_update()
    found = db.session.scalar(asked.execution_options(populate_existing=True))
    if found is None or found.branch_id != branch_id:
        raise group_visit_unknown()
    return found


def open_file(group_id: int, branch_id: int) -> GroupVisit:
    """A file to which something may be added, locked. Raises NotFound, DomainError `group_over`."""
    found = locked_group(group_id, branch_id)
    if found.state != GroupState.OPEN:
        raise group_over()
    return found


def group_visits(
    branch_id: int,
    *,
    state: str | None = None,
    customer_id: int | None = None,
    after: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Listed]:
    """Files of a branch: the open ones by their day, the nearest first; else the latest first; `after`: by number."""
    asked = (
        select(GroupVisit, Customer)
        .join(Customer, Customer.id == GroupVisit.head_id)
        .where(GroupVisit.branch_id == branch_id, *([GroupVisit.state == state] if state else []))
    )
    if customer_id is not None:
        hers = select(GroupMember.group_id).where(GroupMember.customer_id == customer_id)
        asked = asked.where(GroupVisit.id.in_(hers))
    order: tuple[Any, ...] = (GroupVisit.day.desc(), GroupVisit.id.desc())
    if after is not None:
        asked, order = asked.where(GroupVisit.id > after), (GroupVisit.id,)
    elif state == GroupState.OPEN:
        order = (GroupVisit.day, GroupVisit.id)
    found = db.session.execute(asked.order_by(*order).limit(limit).offset(offset)).all()
    ids = [row[0].id for row in found]
    people = _counted(GroupMember.group_id, ids)
    tasks = _counted(GroupTask.group_id, ids, GroupTask.done_at.is_(None))
    bookings = _counted(Appointment.group_id, ids, Appointment.status.not_in((S.CANCELLED.value, S.NO_SHOW.value)))
    return [Listed(group, head, people[group.id], bookings[group.id], tasks[group.id]) for group, head in found]


def members_of(group_id: int) -> list[tuple[GroupMember, Customer]]:
    """Who is of the group, in the order in which they came to it: the head first."""
    asked = (
        select(GroupMember, Customer)
        .join(Customer, Customer.id == GroupMember.customer_id)
        .where(GroupMember.group_id == group_id)
        .order_by(GroupMember.id)
    )
    return [(member, person) for member, person in db.session.execute(asked)]


def member_ids(group_id: int) -> set[int]:
    """The customers of a group."""
    return set(db.session.scalars(select(GroupMember.customer_id).where(GroupMember.group_id == group_id)))


def member_of(group_id: int, customer_id: int) -> GroupMember | None:
    """Somebody of a group, if she is."""
    asked = select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.customer_id == customer_id)
    return db.session.scalar(asked)


def tasks_of(group_id: int) -> Sequence[GroupTask]:
    """What is to be done, by its day; what is done comes after."""
    order = (GroupTask.done_at.is_not(None), GroupTask.due_on.is_(None), GroupTask.due_on, GroupTask.id)
    return db.session.scalars(select(GroupTask).where(GroupTask.group_id == group_id).order_by(*order)).all()


def task_of(group_id: int, task_id: int) -> GroupTask:
    """A task of a file. Raises NotFound `task_unknown`."""
    found = db.session.get(GroupTask, task_id)
    if found is None or found.group_id != group_id:
        raise task_unknown()
    return found


def bookings_of(group_id: int) -> Sequence[Appointment]:
    """The bookings of a file with their services, by time."""
    asked = (
        select(Appointment)
        .where(Appointment.group_id == group_id)
        .order_by(Appointment.starts_at, Appointment.id)
        .options(selectinload(Appointment.items))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(asked).all()


def timeline_of(bookings: Sequence[Appointment]) -> list[Entry]:
    """The services of bookings by time, with the names of all."""
    items = [(booking, item) for booking in bookings for item in booking.items]
    services, staff = (
        _names(table, {getattr(item, key) for _booking, item in items})
        for table, key in ((Service, "service_id"), (StaffMember, "staff_id"))
    )
    asked = select(Customer).where(Customer.id.in_({booking.customer_id for booking in bookings} or [0]))
    people = {person.id: person.full_name for person in db.session.scalars(asked)}
    places = _places_of([item.id for _booking, item in items])
    entries = [
        Entry(
            booking,
            item,
            people[booking.customer_id],
            services[item.service_id],
            staff[item.staff_id],
            tuple(places[item.id]),
        )
        for booking, item in items
    ]
    return sorted(entries, key=lambda entry: (entry.item.starts_at, entry.item.id))


def money_of(bookings: Sequence[Appointment], now: datetime) -> Money:
    """What was taken for the bookings of a file, and what lies for them."""
    asked = select(Deposit).where(Deposit.appointment_id.in_([booking.id for booking in bookings] or [0]))
    deposits = db.session.scalars(asked.order_by(Deposit.id)).all()
    paid_for = {deposit.appointment_id for deposit in deposits}
    kept = sum(
        part
        for booking in bookings
        if booking.id in paid_for and takes_place(booking.status) and booking.status != S.DONE
        for _deposit, part in kept_of_each(booking, S.CANCELLED, now)
    )
    return Money(deposits, sum(one.amount for one in deposits), sum(one.remaining for one in deposits), kept)


def names_of_staff(ids: Iterable[int]) -> dict[int, str]:
    """What people are called."""
    return _names(StaffMember, set(ids))


def files_of(customer_id: int) -> Sequence[GroupVisit]:
    """The open files that a customer is in, the nearest first."""
    asked = (
        select(GroupVisit)
        .join(GroupMember, GroupMember.group_id == GroupVisit.id)
        .where(GroupMember.customer_id == customer_id, GroupVisit.state == GroupState.OPEN.value)
        .order_by(GroupVisit.day)
    )
    return db.session.scalars(asked).all()


def _counted(column: Any, ids: Sequence[int], *more: Any) -> Counter[int]:
    asked = select(column, func.count()).where(column.in_(ids or [0]), *more).group_by(column)
    return Counter({int(number): int(count) for number, count in db.session.execute(asked)})


def _names(table: type[Service] | type[StaffMember], ids: set[int]) -> dict[int, str]:
    return dict(db.session.execute(select(table.id, table.name).where(table.id.in_(ids or {0}))).all())


def _places_of(item_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The rooms, chairs and devices that services hold."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    asked = (
        select(Occupancy.item_id, Resource.name)
        .join(Resource, Resource.id == Occupancy.resource_id)
        .where(Occupancy.item_id.in_(item_ids or [0]))
        .order_by(Resource.position, Resource.id)
    )
    for item_id, name in db.session.execute(asked):
        found[int(item_id or 0)].append(name)
    return found
