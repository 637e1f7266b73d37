"""Verbs about the files of group visits: open, change, people, tasks, deposits."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from ...access.rules import Actor
from ...cashbox.deposits.queries import deposit_under
from ...cashbox.models import Deposit
from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...core.lengths import line_of, name_of, note_of
from ...customers.queries import customer
from ...staff.errors import staff_unknown
from ..deposits.services import take_deposit
from ..errors import MEMBER_KNOWN
from ..models import Appointment, GroupMember, GroupState, GroupTask, GroupVisit
from ..rules import takes_place
from .errors import group_cancelled, group_over, head_unbooked, member_booked, member_unknown
from .queries import bookings_of, locked_group, member_of, names_of_staff, open_file, task_of


def open_group(
    *, branch_id: int, head_id: int, day: date, name: str = "", note: str = "", actor: Actor | None, now: datetime
) -> GroupVisit:
    """Open a file for a head and her companions. Raises NotFound `customer_unknown`, Invalid `text_long`."""
    head = customer(head_id)
    opened = GroupVisit(
        branch_id=branch_id,
        head_id=head.id,
        day=day,
        name=line_of(name, GroupVisit.name) or _("%(name)s و همراهان", name=head.full_name),
        note=note_of(note, GroupVisit.note),
        state=GroupState.OPEN.value,
        created_at=now,
        created_by=actor.id if actor else None,
    )
    db.session.add(opened)
    db.session.flush()
    db.session.add(GroupMember(group_id=opened.id, customer_id=head.id))
    db.session.flush()
    return opened


def change_group(
    *,
    branch_id: int,
    group_id: int,
    name: str | None = None,
    day: date | None = None,
    note: str | None = None,
    actor: Actor | None,
    now: datetime,
) -> GroupVisit:
    """Change what is said of a file; None leaves it. Raises NotFound, Invalid `name_missing`, `text_long`."""
    found = locked_group(group_id, branch_id)
    if name is not None:
        found.name = name_of(name, GroupVisit.name)
    if note is not None:
        found.note = note_of(note, GroupVisit.note)
    found.day = day or found.day
    db.session.flush()
    return found


def close_group(*, branch_id: int, group_id: int, actor: Actor | None, now: datetime) -> GroupVisit:
    """Say that all of it is done. Raises NotFound, DomainError `wrong_status`."""
    found = locked_group(group_id, branch_id)
    if found.state == GroupState.CANCELLED:
        raise group_cancelled()
    found.state = GroupState.DONE.value
    db.session.flush()
    return found


def reopen_group(*, branch_id: int, group_id: int, actor: Actor | None, now: datetime) -> GroupVisit:
    """Open a closed file again; bookings that were called off stay so. Raises NotFound."""
    found = locked_group(group_id, branch_id)
    found.state = GroupState.OPEN.value
    db.session.flush()
    return found


def add_member(
    *, branch_id: int, group_id: int, customer_id: int, relation: str = "", actor: Actor | None, now: datetime
) -> GroupMember:
    """Add a companion. Raises NotFound, DomainError `member_known`, `group_over`, Invalid `text_long`."""
    open_file(group_id, branch_id)
    person = customer(customer_id)
    if member_of(group_id, person.id) is not None:
        raise MEMBER_KNOWN.again()
    added = GroupMember(group_id=group_id, customer_id=person.id, relation=line_of(relation, GroupMember.relation))
    db.session.add(added)
    db.session.flush()
    return added


def drop_member(*, branch_id: int, group_id: int, customer_id: int, actor: Actor | None, now: datetime) -> None:
    """Take somebody out who has no booking in the file. Raises DomainError `member_booked`, Invalid, NotFound."""
    found = open_file(group_id, branch_id)
    member = member_of(group_id, customer_id)
    if member is None:
        raise member_unknown()
    booked = any(booking.customer_id == customer_id for booking in bookings_of(group_id))
    if booked or found.head_id == customer_id:
        raise member_booked()
    db.session.delete(member)
    db.session.flush()


def add_task(
    *,
    branch_id: int,
    group_id: int,
    title: str,
    due_on: date | None = None,
    staff_id: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> GroupTask:
    """Write down what is to be done until a day. Raises NotFound, DomainError `group_over`, Invalid."""
    open_file(group_id, branch_id)
    added = GroupTask(
        group_id=group_id,
        title=name_of(title, GroupTask.title),
        due_on=due_on,
        staff_id=_somebody(staff_id),
        created_at=now,
    )
    db.session.add(added)
    db.session.flush()
    return added


def change_task(
    *,
    branch_id: int,
    group_id: int,
    task_id: int,
    title: str | None = None,
    due_on: date | None = None,
    staff_id: int | None = None,
    done: bool | None = None,
    actor: Actor | None,
    now: datetime,
) -> GroupTask:
    """Change a task, or tick it off and on again; None leaves it. Raises NotFound, Invalid."""
    locked_group(group_id, branch_id)
    found = task_of(group_id, task_id)
    if title is not None:
        found.title = name_of(title, GroupTask.title)
    found.due_on = due_on or found.due_on
    found.staff_id = _somebody(staff_id) or found.staff_id
    if done is not None and done != (found.done_at is not None):
        found.done_at = now if done else None
        found.done_by = actor.id if actor and done else None
    db.session.flush()
    return found


def take_group_deposit(
    *, branch_id: int, group_id: int, payment: PaymentSpec, key: str, actor: Actor | None, now: datetime
) -> Deposit:
    """Take a deposit of a file for a booking of its head: that of the great day, else of the trial.

    The same `key` gives the same deposit. Raises NotFound, DomainError `group_over`, `group_unbooked`, and what
    `appointments.deposits.services.take_deposit` raises.
    """
    found = locked_group(group_id, branch_id)
    known = deposit_under(key)
    if known is None and found.state != GroupState.OPEN:
        raise group_over()
    booking_id = known.appointment_id if known else _deposit_booking(bookings_of(group_id), found.head_id).id
    return take_deposit(
        branch_id=branch_id,
        customer_id=found.head_id,
        appointment_id=booking_id,
        payment=payment,
        key=key,
        actor=actor,
        now=now,
    )


def _deposit_booking(bookings: Sequence[Appointment], head_id: int) -> Appointment:
    hers = [booking for booking in bookings if booking.customer_id == head_id and takes_place(booking.status)]
    if not hers:
        raise head_unbooked()
    return min(hers, key=lambda booking: (booking.trial, booking.starts_at))


def _somebody(staff_id: int | None) -> int | None:
    if staff_id is not None and staff_id not in names_of_staff([staff_id]):
        raise staff_unknown()
    return staff_id
