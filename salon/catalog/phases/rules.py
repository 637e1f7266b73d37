"""Phases without a database; minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..models import PhaseKind

MOST_EXTRA = 12 * 60  # minutes more or fewer
LEAST_MINUTES = 5  # what is left of a phase, however much quicker somebody is


class Phase(NamedTuple):
    """A part of a service."""

    kind: PhaseKind
    minutes: int


@dataclass(frozen=True)
class Made:
    """What a service is made of. `people`: who does it, everybody when empty; extras: minutes more, by whose."""

    phases: tuple[Phase, ...]
    resources: tuple[int, ...] = ()
    people: frozenset[int] = frozenset()
    by_staff: Mapping[int, int] = field(default_factory=dict)
    by_level: Mapping[int, int] = field(default_factory=dict)
    by_customer: Mapping[int, int] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """Minutes that it takes at the most, whoever does it for whom."""
        by_whom = max([0, *self.by_staff.values(), *self.by_level.values()])
        return length_of(self.phases) + by_whom + max([0, *self.by_customer.values()])

    def phases_by(self, staff_id: int, level_id: int | None, customer_id: int | None) -> tuple[Phase, ...]:
        """The phases by this person for this customer; a person's own minutes go before those of her level."""
        extra = self.by_staff.get(staff_id, self.by_level.get(level_id or 0, 0))
        return lengthened(self.phases, extra + self.by_customer.get(customer_id or 0, 0))


def whole(minutes: int) -> tuple[Phase, ...]:
    """A service that says nothing of phases: somebody works all the time."""
    return (Phase(PhaseKind.BUSY, minutes),)


def length_of(phases: Sequence[Phase]) -> int:
    """Minutes from the first phase to the last."""
    return sum(phase.minutes for phase in phases)


def lengthened(phases: tuple[Phase, ...], extra: int) -> tuple[Phase, ...]:
    """The phases with minutes more (or fewer) in the longest one in which somebody works; the first of several."""
    if not extra:
        return phases
    place = max(range(len(phases)), key=lambda at: (phases[at].kind == PhaseKind.BUSY, phases[at].minutes, -at))
    changed = phases[place]._replace(minutes=max(phases[place].minutes + extra, LEAST_MINUTES))
    return (*phases[:place], changed, *phases[place + 1 :])


def is_workable(phases: Sequence[Phase]) -> bool:
    """Whether somebody works in it, every phase takes time, and all of it less than a day."""
    return (
        any(phase.kind == PhaseKind.BUSY for phase in phases)
        and all(phase.minutes > 0 for phase in phases)
        and length_of(phases) < 24 * 60
    )
