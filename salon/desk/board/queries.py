"""Reads what the board is drawn from."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from ...appointments.board.queries import booked_between, taken_of_people, taken_of_resources
from ...cashbox.deposits.queries import remaining_for
from ...catalog.resources.queries import resources_of
from ...core.db import db
from ...setup.days.queries import closed_days
from ...setup.queries import profile
from ...staff.hours.queries import presence
from ...staff.lines.queries import lines_of
from ...staff.models import StaffMember
from ...staff.queries import active_staff
from .rules import Asked, Facts, LineOf, Person, Place, View

_WITH_PLACES = frozenset({View.ROOM, View.LIST})


def facts_of(asked: Asked, branch_id: int, now: datetime) -> Facts:
    """What the board shows of a branch: in all views whose work it is, in some also the lines or the places."""
    first, before = asked.days
    booked = booked_between(first, before, branch_id)
    people = people_on_board(branch_id, {row.staff_id for row in booked})
    places = _places(branch_id) if asked.view in _WITH_PLACES else []
    numbers = [person.id for person in people]
    closed = closed_days(branch_id, first, before)
    taken = taken_of_people(first, before, numbers, now)
    taken += taken_of_resources(first, before, [place.id for place in places], now)
    salon = profile()
    return Facts(
        asked,
        salon.opens_at,
        salon.closes_at,
        people,
        _lines(branch_id) if asked.view == View.LINE else [],
        places,
        booked,
        taken,
        presence(numbers, first, before, closed),
        closed,
        remaining_for(sorted({row.appointment_id for row in booked})),
    )


def people_on_board(branch_id: int, booked_for: Collection[int]) -> list[Person]:
    """Who has a column: those who work here, and those who left but are still booked, as `booked_for` says."""
    people = list(active_staff(branch_id))
    missing = set(booked_for) - {person.id for person in people}
    if missing:
        people += db.session.scalars(select(StaffMember).where(StaffMember.id.in_(missing)))
    return [Person(person.id, person.name, person.title) for person in people]


def people_of_line(branch_id: int, line_id: int) -> list[int]:
    """Who serves in a line, in the order of the board; of no line, for nought."""
    lines = {staff_id: line.id for line in _lines(branch_id) for staff_id in line.people}
    return [person.id for person in active_staff(branch_id) if lines.get(person.id, 0) == line_id]


def _lines(branch_id: int) -> list[LineOf]:
    found = []
    for view in lines_of(branch_id):
        if view.line.active:
            head = [view.line.head_id] if view.line.head_id else []
            found.append(LineOf(view.line.id, view.line.name, tuple(dict.fromkeys([*head, *view.members]))))
    return found


def _places(branch_id: int) -> list[Place]:
    return [Place(one.id, one.name, one.kind, one.capacity) for one in resources_of(branch_id) if one.active]
