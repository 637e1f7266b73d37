"""The demo's state while its days are told, and the moments of a day."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from ...appointments.queries import midnight_of
from ...core.jalali import weekday_of
from ..calendar.rules import REST
from ..opening.services import OpenedSalon
from ..people.rules import Person
from ..visits.rules import Away, Hours, PlannedVisit


@dataclass(frozen=True)
class Booked:
    """A visit in the book, with the one it is for."""

    appointment_id: int
    customer_id: int
    plan: PlannedVisit
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Sold:
    """An invoice that was issued; rials. `rest`: what she did not pay then; `of_goods`: nothing but goods."""

    invoice_id: int
    customer_id: int
    day: date
    total: int
    rest: int = 0
    of_goods: bool = False


@dataclass
class Story:
    """What the days so far have come to."""

    salon: OpenedSalon
    chance: Random
    first_day: date
    until: datetime  # nothing happens after this moment
    aside: Random  # for what happens beside the visits: one more return moves no visit
    people: dict[int, Person] = field(default_factory=dict)
    last_visits: dict[int, date] = field(default_factory=dict)
    debts: dict[int, date] = field(default_factory=dict)  # customer, and the day on which she will pay
    sold: list[Sold] = field(default_factory=list)
    series: dict[int, date] = field(default_factory=dict)  # customer with sessions left, and her last visit for them

    def hours_on(self, day: date) -> Hours:
        """Who works on a day, and when."""
        weekday = weekday_of(day)
        return {person: hours[weekday] for person, hours in self.salon.hours.items() if weekday in hours}

    def away_on(self, day: date) -> Away:
        """When those who work on a day don't: breaks and absences."""
        absent = self.salon.away
        return {
            person: [(rest, rest + REST), *([absent[person, day]] if (person, day) in absent else [])]
            for person, rest in self.salon.rests.items()
        }

    def number_of(self, day: date) -> int:
        """How many days were told before this one."""
        return (day - self.first_day).days

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day by the wall clock, never after the present."""
        return min(self.until, midnight_of(day) + timedelta(hours=hour, minutes=minute))
