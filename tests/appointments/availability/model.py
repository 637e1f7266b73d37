"""The slow, obvious way to find free times: minute by minute, everything tried."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from salon.appointments.availability.rules import Order
from salon.catalog.models import PhaseKind
from salon.catalog.phases.rules import Phase


@dataclass(frozen=True)
class Asked:
    """A service of a visit as the model sees it: what it takes of each person, and what it needs."""

    phases: Mapping[int, tuple[Phase, ...]]
    resources: tuple[int, ...]


@dataclass(frozen=True)
class Day:
    """The free minutes of people, and how many more fit into each resource in each minute."""

    window: int
    free: Mapping[int, frozenset[int]]
    room: Mapping[int, Sequence[int]]


Chosen = tuple[tuple[int, int], ...]  # for each service its person and the minute it begins


def minutes_of(phases: Sequence[Phase]) -> list[PhaseKind]:
    """What each minute of a service is."""
    return [phase.kind for phase in phases for _ in range(phase.minutes)]


def customer_times(phases: Sequence[Phase], start: int) -> tuple[int, int]:
    """When she comes and when she leaves."""
    kinds = minutes_of(phases)
    there = [number for number, kind in enumerate(kinds) if kind != PhaseKind.BUFFER]
    return start + there[0], start + there[-1] + 1


def fits(asked: Sequence[Asked], chosen: Chosen, day: Day, order: Order, longest_wait: int) -> bool:
    """Whether everything has its minute: people, resources, and the customer who waits no longer than she will."""
    people: set[tuple[int, int]] = set()
    taken: dict[tuple[int, int], int] = {}
    for service, (staff_id, start) in zip(asked, chosen, strict=True):
        for minute, kind in enumerate(minutes_of(service.phases[staff_id]), start):
            if not 0 <= minute < day.window:
                return False
            if kind != PhaseKind.PROCESSING:
                if minute not in day.free[staff_id] or (staff_id, minute) in people:
                    return False
                people.add((staff_id, minute))
            for resource in service.resources:
                taken[resource, minute] = taken.get((resource, minute), 0) + 1
                if taken[resource, minute] > day.room[resource][minute]:
                    return False
    return _in_order(asked, chosen, order, longest_wait)


def starts(asked: Sequence[Asked], day: Day, order: Order, longest_wait: int) -> set[int]:
    """Every minute at which the first service may begin."""
    return {
        start
        for start in range(day.window)
        if any(fits(asked, chosen, day, order, longest_wait) for chosen in choices(asked, start, order, longest_wait))
    }


def choices(asked: Sequence[Asked], start: int, order: Order, longest_wait: int) -> Iterator[Chosen]:
    """Every way to give the services of a visit their people and their waits."""
    for people in product(*(service.phases for service in asked)):
        for waits in product(range(longest_wait + 1), repeat=len(asked) - 1):
            yield _laid(asked, people, waits, start, order)


def _laid(asked: Sequence[Asked], people: Sequence[int], waits: Sequence[int], start: int, order: Order) -> Chosen:
    chosen = [(people[0], start)]
    comes, leaves = customer_times(asked[0].phases[people[0]], start)
    for service, staff_id, wait in zip(asked[1:], people[1:], waits, strict=True):
        moment = comes if order == Order.PARALLEL else leaves + wait
        lead = customer_times(service.phases[staff_id], 0)[0]
        chosen.append((staff_id, moment - lead))
        leaves = customer_times(service.phases[staff_id], moment - lead)[1]
    return tuple(chosen)


def _in_order(asked: Sequence[Asked], chosen: Chosen, order: Order, longest_wait: int) -> bool:
    times = [
        customer_times(service.phases[staff_id], start)
        for service, (staff_id, start) in zip(asked, chosen, strict=True)
    ]
    if order == Order.PARALLEL:
        return len({comes for comes, _leaves in times}) == 1
    return all(0 <= after[0] - before[1] <= longest_wait for before, after in pairwise(times))
