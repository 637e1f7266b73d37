"""A day of the demo, drawn by chance: which services by whom at which minute, how visits end, and how they are paid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from ...appointments.models import AppointmentStatus as S
from ...core.hours import MINUTES_OF_DAY
from ...core.jalali import weekday_of
from ..opening.services import Offered
from ..people.rules import Person

STEP = 15  # minutes
THURSDAY, FRIDAY = 5, 6
Hours = Mapping[int, tuple[int, int]]  # by person, minutes after midnight
Away = Mapping[int, Sequence[tuple[int, int]]]  # her breaks and absences

# What a customer often has done along with the first service goes on for at most so long.
LONGEST_COMPANION = 60
TRIES = 30
SOONEST_AGAIN = 9  # days between two visits of one customer

# What the desk sees first, in minutes from now.
GONE_BY_NOW = 6
SCENES = (
    (STEP, S.CONFIRMED),
    (-2 * STEP, S.IN_SERVICE),
    (0, S.ARRIVED),
    (-STEP, S.IN_SERVICE),
    (STEP, S.ARRIVED),
    (-4 * STEP, S.NO_SHOW),
    (8 * STEP, S.CANCELLED),
)


@dataclass(frozen=True)
class PlannedItem:
    """A service by a person, from a minute after midnight on."""

    offered: Offered
    staff_id: int
    starts: int

    @property
    def ends(self) -> int:
        """When its last phase ends."""
        return self.starts + self.offered.shape.length

    @property
    def leaves(self) -> int:
        """When the customer is free again."""
        return self.starts + self.offered.shape.leaves

    @property
    def held(self) -> list[tuple[int, int]]:
        """When the person is held."""
        return [(self.starts + span.starts, self.starts + span.ends) for span in self.offered.shape.held]


@dataclass(frozen=True)
class PlannedVisit:
    """Services one after another for one customer."""

    items: tuple[PlannedItem, ...]
    status: S | None = None  # set where the visit must stand so; else it follows from the time

    @property
    def starts(self) -> int:
        """When she comes."""
        return self.items[0].starts

    @property
    def ends(self) -> int:
        """When the last of it ends."""
        return max(item.ends for item in self.items)


class DayPlan:
    """The visits of a day so far, none over another."""

    def __init__(self, chance: Random, services: Sequence[Offered], hours: Hours, away: Away) -> None:
        self.visits: list[PlannedVisit] = []
        self._chance = chance
        self._services = services
        self._hours = hours
        self._away = away

    def fill(self, wanted: int, before: int = MINUTES_OF_DAY) -> None:
        """Add visits that begin with a service over before a minute, until so many stand or none fits any more."""
        for _ in range(wanted * TRIES):
            if len(self.visits) >= wanted or not self._hours:
                return
            first = self._drawn_item(before)
            if first is not None:
                self.visits.append(PlannedVisit((first, *self._companion(first))))

    def add_scene(self, starts: int, status: S) -> None:
        """Add a visit that stands so, at a minute, with anybody who has something that fits there."""
        for staff_id in self._chance.sample(sorted(self._hours), len(self._hours)):
            fitting = [item for offered in self._of(staff_id) if (item := self._item(offered, staff_id, starts))]
            if fitting:
                self.visits.append(PlannedVisit((self._chance.choice(fitting),), status))
                return

    def _of(self, staff_id: int) -> Iterator[Offered]:
        return (offered for offered in self._services if staff_id in offered.people and 45 <= offered.minutes <= 120)

    def _drawn_item(self, before: int) -> PlannedItem | None:
        offered = self._chance.choices(self._services, [service.weight for service in self._services])[0]
        able = [person for person in offered.people if person in self._hours]
        if not able:
            return None
        staff_id = self._chance.choice(able)
        opens, closes = self._hours[staff_id][0], min(self._hours[staff_id][1], before)
        if closes - offered.minutes < opens:
            return None
        peak = opens + (closes - opens) * 2 // 3
        start = int(self._chance.triangular(opens, closes - offered.minutes, min(peak, closes - offered.minutes)))
        return self._item(offered, staff_id, start // STEP * STEP)

    def _companion(self, first: PlannedItem) -> tuple[PlannedItem, ...]:
        """Sometimes a second, shorter service right after the first."""
        if self._chance.random() > 0.4:
            return ()
        short = [offered for offered in self._services if offered.minutes <= LONGEST_COMPANION]
        offered = self._chance.choices(short, [service.weight for service in short])[0]
        for staff_id in sorted(offered.people, key=lambda person: person != first.staff_id):
            item = self._item(offered, staff_id, first.leaves - offered.shape.comes, first)
            if item is not None and offered is not first.offered:
                return (item,)
        return ()

    def _item(self, offered: Offered, staff_id: int, starts: int, *beside: PlannedItem) -> PlannedItem | None:
        """The service at that minute, if the person works and is free then, and there is room."""
        opens, closes = self._hours.get(staff_id, (0, 0))
        item = PlannedItem(offered, staff_id, starts)
        if starts < opens or item.ends > closes:
            return None
        others = [*beside, *(other for visit in self.visits for other in visit.items)]
        return None if self._is_taken(item, others) or not _has_room(item, others) else item

    def _is_taken(self, item: PlannedItem, others: Sequence[PlannedItem]) -> bool:
        taken = [span for other in others if other.staff_id == item.staff_id for span in other.held]
        taken += self._away.get(item.staff_id, ())
        return any(span[0] < ends and starts < span[1] for span in taken for starts, ends in item.held)


def _has_room(item: PlannedItem, others: Sequence[PlannedItem]) -> bool:
    """Whether one more fits beside all that touch its time, however they lie."""
    return all(
        sum(room in other.offered.rooms and other.starts < item.ends and item.starts < other.ends for other in others)
        < room[1]
        for room in item.offered.rooms
    )


def visits_wanted(chance: Random, day: date) -> int:
    """How many come on a day: most on Thursdays, few on Fridays."""
    weekday = weekday_of(day)
    if weekday == FRIDAY:
        return chance.randint(7, 10)
    return chance.randint(19, 23) if weekday == THURSDAY else chance.randint(14, 19)


def plan_day(chance: Random, day: date, services: Sequence[Offered], hours: Hours, away: Away) -> list[PlannedVisit]:
    """A day that is over, or one still to come."""
    plan = DayPlan(chance, services, hours, away)
    plan.fill(visits_wanted(chance, day))
    return sorted(plan.visits, key=lambda visit: visit.starts)


def plan_today(
    chance: Random, day: date, services: Sequence[Offered], hours: Hours, away: Away, minute: int
) -> list[PlannedVisit]:
    """A full day around a minute: the first to come is about to, some are served or wait, one did not come."""
    plan = DayPlan(chance, services, hours, away)
    quarter = _scene_minute(hours, minute) // STEP * STEP
    for after, status in SCENES:
        plan.add_scene(quarter + after, status)
    plan.fill(len(plan.visits) + GONE_BY_NOW, before=minute)
    plan.fill(max(24, visits_wanted(chance, day)))
    return plan.visits


def _scene_minute(hours: Hours, minute: int) -> int:
    """The minute nearest to now at which several work: who tries the demo at night sees the salon as it is by day."""
    opened = sorted(opens for opens, _ in hours.values())
    closed = sorted((closes for _, closes in hours.values()), reverse=True)
    return max(opened[:5][-1] + 2 * STEP, min(minute, closed[:3][-1] - 5 * STEP))


def status_today(chance: Random, visit: PlannedVisit, minute: int) -> S:
    """Where a visit of today stands at a minute."""
    if visit.status is not None:
        early = visit.status == S.NO_SHOW and minute < visit.starts  # before the salon opens nobody has missed it
        return S.CONFIRMED if early else visit.status
    if visit.ends <= minute:
        return S.NO_SHOW if chance.random() < 0.06 else S.DONE
    if visit.starts <= minute:
        return S.IN_SERVICE
    return S.CONFIRMED if chance.random() < 0.45 else S.BOOKED


def status_of_past(chance: Random) -> S:
    """How a visit of an earlier day ended."""
    return chance.choices((S.DONE, S.NO_SHOW, S.CANCELLED), (89, 4, 7))[0]


def draw_customer(
    chance: Random, people: Mapping[int, Person], last_visits: Mapping[int, date], day: date
) -> int | None:
    """Somebody who was not here lately, those who come often more likely; None when all were."""
    ids = list(people)
    weights = [person.weight for person in people.values()]
    for customer_id in chance.choices(ids, weights, k=TRIES):
        last = last_visits.get(customer_id)
        if last is None or abs((day - last).days) >= SOONEST_AGAIN:
            return customer_id
    return None
