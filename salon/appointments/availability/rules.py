"""Where a visit fits, without a database: phases of services, who may do them, one after another or all at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from flask_babel import gettext as _

from ...catalog.models import PhaseKind
from ...catalog.phases.rules import Phase
from ..minutes.rules import any_of, bits_of, earlier_by, layers_of, length_above, length_below, runs, up_to_earlier
from ..rules import BookingItem, Span

MOST_TRIES = 100_000  # of people and times of one day: more services at once than people would be tried without end


class Order(StrEnum):
    """How the services of a visit stand to one another."""

    SEQUENCE = "sequence"
    PARALLEL = "parallel"


@dataclass(frozen=True)
class Shape:
    """The phases of a service by a person, in minutes from its begin."""

    phases: tuple[Phase, ...]
    length: int = field(init=False)
    comes: int = field(init=False)  # when the customer is there
    leaves: int = field(init=False)
    held: tuple[Span, ...] = field(init=False)  # when the person is held; neighbours are one

    def __post_init__(self) -> None:
        marks = [0, *accumulate(phase.minutes for phase in self.phases)]
        lead = sum(phase.minutes for phase in takewhile(_is_buffer, self.phases))
        trail = sum(phase.minutes for phase in takewhile(_is_buffer, reversed(self.phases)))
        by_person = [
            Span(*marked)
            for phase, marked in zip(self.phases, pairwise(marks), strict=True)
            if phase.kind != PhaseKind.PROCESSING
        ]
        object.__setattr__(self, "length", marks[-1])
        object.__setattr__(self, "comes", lead)
        object.__setattr__(self, "leaves", max(marks[-1] - trail, lead))
        object.__setattr__(self, "held", tuple(_joined(by_person)))


@dataclass(frozen=True)
class Candidate:
    """Somebody who may do a service: what it takes of her, and the minutes at which it may begin."""

    staff_id: int
    shape: Shape
    starts: int  # bits


@dataclass(frozen=True)
class Wanted:
    """A service of a visit: who may do it, in the board's order, and the rooms, chairs and devices it needs."""

    candidates: tuple[Candidate, ...]
    resources: tuple[int, ...] = ()


class Placed(NamedTuple):
    """A service of a visit with its person, from the minute it begins."""

    staff_id: int
    starts: int
    shape: Shape
    resources: tuple[int, ...]

    @property
    def ends(self) -> int:
        """The minute in which its last phase ends."""
        return self.starts + self.shape.length


@dataclass(frozen=True)
class Asked:
    """A visit for which times are wanted. What it holds itself (`own_hold`, `own_items`) is not in its way.

    `beside`: what others will hold, though it is written nowhere yet.
    """

    branch_id: int
    items: Sequence[BookingItem]
    customer_id: int | None = None
    order: Order = Order.SEQUENCE
    longest_wait: int = 0
    own_hold: int = 0
    own_items: tuple[int, ...] = ()
    beside: tuple["Laid", ...] = ()


@dataclass(frozen=True)
class Laid:
    """A service with its person, its resources and its time, from its first phase on."""

    service_id: int
    staff_id: int
    resource_ids: tuple[int, ...]
    starts_at: datetime
    shape: Shape
    overbooked: bool = False

    @property
    def ends_at(self) -> datetime:
        """The moment in which its last phase ends."""
        return self._at(self.shape.length)

    @property
    def phases(self) -> list["TimedPhase"]:
        """Its phases with their times."""
        marks = [0, *accumulate(phase.minutes for phase in self.shape.phases)]
        return [
            TimedPhase(phase.kind, self._at(begins), self._at(ends))
            for phase, (begins, ends) in zip(self.shape.phases, pairwise(marks), strict=True)
        ]

    @property
    def comes_at(self) -> datetime:
        """The moment in which the customer comes."""
        return self._at(self.shape.comes)

    @property
    def leaves_at(self) -> datetime:
        """The moment from which the customer is free again."""
        return self._at(self.shape.leaves)

    def beside_others(self) -> "Laid":
        """The same, though somebody else is there then."""
        return replace(self, overbooked=True)

    def later_by(self, later: timedelta) -> "Laid":
        """The same so much later, beside nobody."""
        return replace(self, starts_at=self.starts_at + later, overbooked=False)

    def collides(self, other: "Laid") -> bool:
        """Whether both want the same person at the same time."""
        return self.staff_id == other.staff_id and any(
            mine[0] < theirs[1] and theirs[0] < mine[1] for mine in self.held() for theirs in other.held()
        )

    def held(self) -> list[tuple[datetime, datetime]]:
        """When its person is held."""
        return [(self._at(span.starts), self._at(span.ends)) for span in self.shape.held]

    def _at(self, minute: int) -> datetime:
        return self.starts_at + timedelta(minutes=minute)


def begins_of(laid: Iterable[Laid]) -> dict[int, datetime]:
    """When the customer comes to each service; the earliest of several."""
    found: dict[int, datetime] = {}
    for one in laid:
        found[one.service_id] = min(found.get(one.service_id, one.comes_at), one.comes_at)
    return found


class TimedPhase(NamedTuple):
    """A phase of a service that has its time."""

    kind: PhaseKind
    starts_at: datetime
    ends_at: datetime


class Offer(NamedTuple):
    """A time at which a whole visit fits. `gaps`: stretches too short for any service that it would leave."""

    items: tuple[Laid, ...]
    gaps: int

    @property
    def starts_at(self) -> datetime:
        """When the first phase begins."""
        return min(item.starts_at for item in self.items)

    @property
    def ends_at(self) -> datetime:
        """When the last phase ends."""
        return max(item.ends_at for item in self.items)

    @property
    def reason(self) -> str:
        """Why it goes before others, or after them, in a word for the desk."""
        return str(_("وقت خالی کوتاهی کنارش می‌ماند") if self.gaps else _("پیوسته"))


def starts_of(shape: Shape, free: int, window: int, resources_free: Iterable[int]) -> int:
    """The minutes at which a service may begin by a person with these free minutes, in what it needs."""
    found = (1 << max(window - shape.length + 1, 0)) - 1
    for span in shape.held:
        found &= runs(free, span.ends - span.starts) >> span.starts
    for resource in resources_free:
        found &= runs(resource, shape.length)
    return found


@dataclass(frozen=True)
class Search:
    """A visit that is looked for. `rooms`: by resource the minutes in which one more fits, two more, and so on."""

    wanted: tuple[Wanted, ...]
    rooms: Mapping[int, tuple[int, ...]]
    order: Order = Order.SEQUENCE
    longest_wait: int = 0  # minutes of the customer between two services
    _tries: Iterator[int] = field(default_factory=lambda: iter(range(MOST_TRIES)), compare=False)

    @cached_property
    def starts(self) -> int:
        """The minutes at which the first service may begin so that the others find a time; `at` looks closer."""
        after = self._moments[1] if len(self.wanted) > 1 else None
        return any_of(
            earlier_by(self._coming(candidate, after), candidate.shape.comes) for candidate in self.wanted[0].candidates
        )

    def at(self, start: int) -> tuple[Placed, ...] | None:
        """The visit from this minute on, with the least waits and then the first people who can."""
        for candidate in self.wanted[0].candidates:
            if candidate.starts >> start & 1:
                found = self._completed((self._place(0, candidate, start),))
                if found is not None:
                    return found
        return None

    @property
    def _at_once(self) -> bool:
        return self.order == Order.PARALLEL

    @cached_property
    def _moments(self) -> list[int]:
        """For each service the moments at which the customer may come to it, all after it considered."""
        moments: list[int] = []
        for service in reversed(self.wanted):
            after = moments[-1] if moments else None
            moments.append(any_of(self._coming(candidate, after) for candidate in service.candidates))
        return moments[::-1]

    def _coming(self, candidate: Candidate, after: int | None) -> int:
        """The moments at which she may come to this person; `after`: those of the next service, waits allowed for."""
        shape = candidate.shape
        coming = candidate.starts << shape.comes
        if after is None:
            return coming
        if self._at_once:
            return coming & after
        return coming & earlier_by(up_to_earlier(after, self.longest_wait), shape.leaves - shape.comes)

    def _completed(self, placed: tuple[Placed, ...]) -> tuple[Placed, ...] | None:
        number = len(placed)
        if number == len(self.wanted):
            return placed
        for moment in self._next_moments(placed):
            if not self._moments[number] >> moment & 1:
                continue
            for candidate in self.wanted[number].candidates:
                found = self._added(placed, candidate, moment - candidate.shape.comes)
                if found is not None:
                    return found
        return None

    def _added(self, placed: tuple[Placed, ...], candidate: Candidate, start: int) -> tuple[Placed, ...] | None:
        if start < 0 or not candidate.starts >> start & 1 or next(self._tries, None) is None:
            return None
        new = self._place(len(placed), candidate, start)
        if any(_collide(new, other) for other in placed) or not self._roomy((*placed, new)):
            return None
        return self._completed((*placed, new))

    def _next_moments(self, placed: tuple[Placed, ...]) -> range:
        if self._at_once:
            moment = placed[0].starts + placed[0].shape.comes
            return range(moment, moment + 1)
        left = placed[-1].starts + placed[-1].shape.leaves
        return range(left, left + self.longest_wait + 1)

    def _place(self, number: int, candidate: Candidate, start: int) -> Placed:
        return Placed(candidate.staff_id, start, candidate.shape, self.wanted[number].resources)

    def _roomy(self, placed: Sequence[Placed]) -> bool:
        """Whether what the visit itself holds of a resource still fits beside the others."""
        for resource in placed[-1].resources:
            held = (Span(one.starts, one.ends) for one in placed if resource in one.resources)
            rooms = self.rooms[resource]
            if any(_beyond(bits, rooms, depth) for depth, bits in enumerate(layers_of(held, len(placed)))):
                return False
        return True


def useless_gaps(placed: Iterable[Placed], free: Mapping[int, int], shortest: int) -> int:
    """How many stretches too short for any service (under `shortest` minutes) a visit would leave beside itself.

    `free`: the free minutes of each person before the visit.
    """
    gaps = 0
    for one in placed:
        bits = free[one.staff_id]
        before = length_below(bits, one.starts + one.shape.held[0].starts)
        after = length_above(bits, one.starts + one.shape.held[-1].ends)
        gaps += (0 < before < shortest) + (0 < after < shortest)
    return gaps


def _is_buffer(phase: Phase) -> bool:
    return phase.kind == PhaseKind.BUFFER


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is not None and last.ends == span.starts:
            last = Span(last.starts, span.ends)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _beyond(bits: int, rooms: Sequence[int], depth: int) -> int:
    """The minutes of these in which so many more don't fit."""
    return bits & ~(rooms[depth] if depth < len(rooms) else 0)


def _collide(one: Placed, other: Placed) -> bool:
    """Whether two services of a visit want the same person at the same time."""
    return one.staff_id == other.staff_id and bool(_held(one) & _held(other))


def _held(placed: Placed) -> int:
    return bits_of(Span(placed.starts + span.starts, placed.starts + span.ends) for span in placed.shape.held)
