"""Columns of each view, without a database: hours, and how much of them is booked.

Somebody is busy while a booking holds her: while a colour develops she is not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ....appointments.minutes.rules import any_of, bits_of
from ....appointments.rules import Span
from ....core.jalali import day_range, format_date
from ....core.text import persian_digits
from ..rules import DAY_LENGTH, Facts, View, load_of, span_on, spans_of, works_on


@dataclass(frozen=True)
class Column:
    """What stands at the head of a column. `works` and `busy` in minutes; for places, of all they have room for."""

    id: str
    name: str
    title: str
    hours: Sequence[Span]
    works: int
    busy: int

    def drawn(self) -> dict[str, Any]:
        """As the script reads it."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "hours": self.hours,
            "load": load_of(self.busy, self.works),
            "off": not self.works,
        }


def columns_of(facts: Facts) -> list[Column]:
    """The columns of the view that is asked for."""
    return _BY_VIEW[facts.asked.view](facts)


def of_person_on(facts: Facts, staff_id: int, day: date) -> tuple[int, int]:
    """Her working minutes of a day, and those in which she is booked, both as bits."""
    begins, ends = day_range(day)
    held = (row for row in facts.held[staff_id] if row.starts_at < ends and row.ends_at > begins)
    busy = bits_of(span_on(day, row.starts_at, row.ends_at) for row in held)
    return works_on(day, facts.presence[staff_id]), busy


def line_of(facts: Facts) -> Mapping[int, int]:
    """The line of everybody, by person; nought for whoever is in none."""
    found = {person.id: 0 for person in facts.people}
    for line in facts.lines:
        found |= {staff_id: line.id for staff_id in line.people if staff_id in found}
    return found


def _by_staff(facts: Facts) -> list[Column]:
    day = facts.asked.day
    return [
        _column(str(person.id), person.name, person.title, [of_person_on(facts, person.id, day)])
        for person in facts.people
    ]


def _by_line(facts: Facts) -> list[Column]:
    lines, day = line_of(facts), facts.asked.day
    named = [*((line.id, line.name) for line in facts.lines), (0, _("بدون لاین"))]
    found = []
    for line_id, name in named:
        people = [person for person in facts.people if lines[person.id] == line_id]
        if people:
            title = "، ".join(person.name for person in people)
            found.append(_column(str(line_id), name, title, [of_person_on(facts, person.id, day) for person in people]))
    return found


def _by_place(facts: Facts) -> list[Column]:
    day = facts.asked.day
    hours = [] if day in facts.closed else [Span(facts.opens, facts.closes)]
    found = []
    for place in facts.places:
        rows = (row for row in facts.taken if row.resource_id == place.id and row.hold_id is None)
        spans = [span_on(day, row.starts_at, row.ends_at) for row in rows]
        busy, works = _minutes(spans), _minutes(hours) * place.capacity
        room_for = _("%(count)s نفر", count=persian_digits(str(place.capacity))) if place.capacity > 1 else ""
        found.append(Column(str(place.id), place.name, room_for, hours, works, busy))
    return found


def _by_day(facts: Facts) -> list[Column]:
    people = [person.id for person in facts.people if facts.asked.of in (None, person.id)]
    found = []
    for day in facts.days():
        name = format_date(day, "long").split(" ")[0]
        title = " · ".join(filter(None, [format_date(day), facts.closed.get(day)]))
        found.append(_column(day.isoformat(), name, title, [of_person_on(facts, one, day) for one in people]))
    return found


def _column(key: str, name: str, title: str, people: Iterable[tuple[int, int]]) -> Column:
    each = list(people)
    hours = spans_of(any_of(works for works, _busy in each))
    works = sum(bits.bit_count() for bits, _busy in each)
    return Column(key, name, title, hours, works, sum(busy.bit_count() for _works, busy in each))


def _minutes(spans: Iterable[Span]) -> int:
    return sum(min(span.ends, DAY_LENGTH) - span.starts for span in spans)


_BY_VIEW: Mapping[View, Callable[[Facts], list[Column]]] = {
    View.STAFF: _by_staff,
    View.LINE: _by_line,
    View.ROOM: _by_place,
    View.WEEK: _by_day,
    View.LIST: _by_staff,
}
