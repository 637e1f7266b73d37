"""The plan of a day by person, without a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, pairwise
from typing import Any

from ....appointments.rules import STATUS_LABELS, Span
from ....customers.rules import full_name
from ..columns.rules import of_person_on
from ..rules import Facts, load_of, spans_of

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class PlannedVisit:
    """A booked service on paper. `free`: from when to when her person is free meanwhile."""

    row: Any
    customer: str
    status: object
    places: str
    free: Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class PersonPlan:
    """Somebody's day."""

    name: str
    hours: Sequence[Span]
    load: int  # percent of her hours that are booked
    visits: Sequence[PlannedVisit]


def plan_of(facts: Facts) -> list[PersonPlan]:
    """Who does what on a day; whoever neither works nor is booked is left out."""
    plans = [_of_person(facts, person.id, person.name) for person in facts.people]
    return [plan for plan in plans if plan.hours or plan.visits]


def _of_person(facts: Facts, staff_id: int, name: str) -> PersonPlan:
    works, busy = of_person_on(facts, staff_id, facts.asked.day)
    visits = [_visit(facts, row) for row in facts.booked if row.staff_id == staff_id and row.status != "no_show"]
    return PersonPlan(name, spans_of(works), load_of(busy.bit_count(), works.bit_count()), visits)


def _visit(facts: Facts, row: Any) -> PlannedVisit:
    names = {place.id: place.name for place in facts.places}
    places = [names[one.resource_id] for one in facts.taken if one.item_id == row.id and one.resource_id in names]
    customer = full_name(row.first_name, row.last_name)
    return PlannedVisit(row, customer, STATUS_LABELS[row.status], "، ".join(places), list(_free(row)))


def _free(row: Any) -> Iterator[tuple[Any, Any]]:
    marks = accumulate((phase["minutes"] * _MINUTE for phase in row.phases), initial=row.starts_at)
    for phase, (begins, ends) in zip(row.phases, pairwise(marks), strict=True):
        if phase["kind"] == "processing":
            yield begins, ends
