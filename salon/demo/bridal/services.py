"""Opening the file of the demo's bride: her people, the trial, the great day, the deposit and the tasks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from ...appointments.groups.rules import Party, Together
from ...appointments.groups.services import (
    add_member,
    add_task,
    change_group,
    change_task,
    open_group,
    take_group_deposit,
)
from ...appointments.groups.together.queries import group_offers
from ...appointments.groups.together.services import book_together
from ...appointments.models import GroupVisit
from ...appointments.rules import BookingItem
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...catalog.models import Service
from ...core.db import db
from ...core.jalali import day_range, local_date
from ...customers.services import CustomerSpec, add_customer
from ...staff.queries import by_code
from ..story.rules import Story
from .rules import DAYS_AHEAD, DEPOSIT, GUESTS, NOTE, TASKS, TRIAL, TRIAL_AHEAD

_DAY = timedelta(days=1)


def open_bridal_file(story: Story, today: date) -> None:
    """Let a bride and her companions in, and give them a file of some days ahead."""
    here: dict[str, Any] = {"branch_id": story.salon.branch_id, "actor": story.salon.desk, "now": story.until}
    people = [
        add_customer(
            spec=CustomerSpec(guest.first_name, guest.last_name, guest.mobile, allergies=guest.allergies), **here
        ).id
        for guest in GUESTS
    ]
    group = open_group(head_id=people[0], day=today, note=NOTE, **here)
    for guest, person in zip(GUESTS[1:], people[1:], strict=True):
        add_member(group_id=group.id, customer_id=person, relation=guest.relation, **here)
    all_of_them = [(person, guest.services) for guest, person in zip(GUESTS, people, strict=True)]
    begins = _book(story, group, all_of_them, DAYS_AHEAD)
    change_group(group_id=group.id, day=local_date(begins), **here)
    _book(story, group, [(people[0], TRIAL)], TRIAL_AHEAD, trial=True)
    paid = PaymentSpec(PaymentMethod.CARD, DEPOSIT)
    take_group_deposit(group_id=group.id, payment=paid, key="demo:bridal", **here)
    _write_tasks(group, **here)


def _book(
    story: Story,
    group: GroupVisit,
    wants: Sequence[tuple[int, Sequence[str]]],
    ahead: Iterable[int],
    *,
    trial: bool = False,
) -> datetime:
    """Book them on the first of these days on which all can be served; gives when they begin."""
    services = {row.name: row.id for row in db.session.execute(select(Service.name, Service.id))}
    parties = tuple(
        Party(person, tuple(BookingItem(services[name], None) for name in names)) for person, names in wants
    )
    wanted = Together(story.salon.branch_id, parties)
    today = local_date(story.until)
    for days in ahead:
        found = group_offers(wanted, *day_range(today + days * _DAY), 1, story.until)
        if found:
            starts_at = found[0].starts_at
            book_together(
                group_id=group.id,
                wanted=wanted,
                starts_at=starts_at,
                trial=trial,
                actor=story.salon.desk,
                now=story.until,
            )
            return starts_at
    raise LookupError("the demo's bride finds no day")


def _write_tasks(group: GroupVisit, **here: Any) -> None:
    for task in TASKS:
        person = by_code(group.branch_id, task.code) if task.code else None
        added = add_task(
            group_id=group.id,
            title=task.title,
            due_on=group.day - task.before * _DAY,
            staff_id=person.id if person else None,
            **here,
        )
        if task.done:
            change_task(group_id=group.id, task_id=added.id, done=True, **here)
