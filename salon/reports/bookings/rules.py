"""What bookings come to: counts by what became of them, rates, minutes worked. No database; minutes, basis points.

A no-show's rate is of those who came or should have come; one called off late counts among all bookings. A visit is
rebooked when by the end of its day its customer had another booking for a later day, whatever became of that later on.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from ...appointments.models import AppointmentStatus as S
from ...catalog.models import PhaseKind
from ...core.jalali import local_date
from ...staff.hours.queries import Presence, Stretch
from ..rules import rate

By = TypeVar("By", bound=Hashable)
WAITING = frozenset({S.BOOKED.value, S.CONFIRMED.value})
CAME = frozenset({S.ARRIVED.value, S.IN_SERVICE.value, S.DONE.value})
FREED = frozenset({S.CANCELLED.value, S.NO_SHOW.value})
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Booked:
    """A service of a booking. `visit_at`: when its booking begins; `late`: called off too late, as it was told then."""

    item_id: int
    appointment_id: int
    customer_id: int
    visit_at: datetime
    service_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    phases: Sequence[Mapping[str, object]]
    status: str
    late: bool

    @property
    def day(self) -> date:
        """The day of its booking."""
        return local_date(self.visit_at)

    @property
    def minutes(self) -> int:
        """From its first phase to its last."""
        return (self.ends_at - self.starts_at) // _MINUTE

    @property
    def held(self) -> int:
        """Minutes in which its person is held: while a colour develops she is free."""
        if not self.phases:
            return self.minutes
        return sum(int(str(phase["minutes"])) for phase in self.phases if phase["kind"] != PhaseKind.PROCESSING)

    @property
    def takes_place(self) -> bool:
        """Whether it took or will take place."""
        return self.status not in FREED


@dataclass(frozen=True)
class Visit:
    """A visit that was done: of whom, when, and since when it was in the book."""

    id: int
    customer_id: int
    starts_at: datetime
    created_at: datetime

    @property
    def day(self) -> date:
        """The day on which she came."""
        return local_date(self.starts_at)


@dataclass(frozen=True)
class Later:
    """Another booking of a customer: when it was made, and for when, at first and now; `steps`: its states."""

    id: int
    customer_id: int
    created_at: datetime
    first_for: datetime
    starts_at: datetime
    steps: Sequence[tuple[datetime, str]]  # in order

    def stood_at(self, moment: datetime) -> bool:
        """Whether it was not called off when a moment came, whatever became of it afterwards."""
        before = [status for at, status in self.steps if at < moment]
        return not before or before[-1] != S.CANCELLED


def parted(rows: Iterable[Booked], by: Callable[[Booked], By]) -> dict[By, list[Booked]]:
    """The rows by what they have in common."""
    found: dict[By, list[Booked]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found


def visits_in(rows: Iterable[Booked]) -> list[Booked]:
    """Each booking once."""
    return list({row.appointment_id: row for row in rows}.values())


def outcomes(rows: Collection[Booked]) -> tuple[int, ...]:
    """Still to come, came, no-show, called off, late of those; the rates of no-shows and of late ones."""
    waiting, came = (sum(row.status in states for row in rows) for states in (WAITING, CAME))
    no_show, cancelled = (sum(row.status == state for row in rows) for state in (S.NO_SHOW, S.CANCELLED))
    late = sum(row.late for row in rows)
    return waiting, came, no_show, cancelled, late, rate(no_show, came + no_show), rate(late, len(rows))


def is_rebooked(visit: Visit, others: Iterable[Later], ends: datetime) -> bool:
    """Whether she had another booking for a later day when the day of the visit ended (`ends`).

    When a booking was made and for when at first never changes, nor does what was called off by then.
    """
    return any(
        other.id != visit.id
        and other.created_at < ends
        and min(other.first_for, other.starts_at) >= ends
        and other.stood_at(ends)
        for other in others
    )


def minutes_of(presence: Presence, closed: Collection[date]) -> int:
    """Minutes worked: the hours but for closed days, without those in which she is away."""
    works = [stretch for stretch in presence.works if local_date(stretch.starts_at) not in closed]
    away = _joined(presence.away)
    missed = sum((_shared(work, gone) for work in works for gone in away), timedelta())
    return (sum((work.ends_at - work.starts_at for work in works), timedelta()) - missed) // _MINUTE


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time, with what overlaps told once."""
    found: list[Stretch] = []
    for stretch in sorted(stretches):
        if found and stretch.starts_at <= found[-1].ends_at:
            found[-1] = Stretch(found[-1].starts_at, max(found[-1].ends_at, stretch.ends_at))
        else:
            found.append(stretch)
    return found


def _shared(one: Stretch, other: Stretch) -> timedelta:
    return max(min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at), timedelta())
