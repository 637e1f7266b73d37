"""What trying a scheme finds: what people got, and what they would have got. Rials. No database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ...models import PayScheme


@dataclass(frozen=True)
class TriedLine:
    """A line that somebody has a part of: the base that the scheme takes of it, what she got, what she would get."""

    invoice_id: int
    number: int
    day: date
    customer: str
    description: str
    staff_id: int
    base: int
    got: int
    would: int


@dataclass(frozen=True)
class TriedPerson:
    """The sums of somebody."""

    staff_id: int
    name: str
    lines: int
    base: int
    got: int
    would: int

    @property
    def difference(self) -> int:
        """What she would get more; negative when less."""
        return self.would - self.got


@dataclass(frozen=True)
class Tried:
    """A scheme over some days (half-open), by person."""

    starts_on: date
    ends_before: date
    people: Sequence[TriedPerson]
    lines: Sequence[TriedLine]

    @property
    def got(self) -> int:
        """What all of them got."""
        return sum(person.got for person in self.people)

    @property
    def would(self) -> int:
        """What all of them would get."""
        return sum(person.would for person in self.people)

    def lines_of(self, staff_id: int) -> list[TriedLine]:
        """The lines of somebody, as they were sold."""
        return [line for line in self.lines if line.staff_id == staff_id]


Try = Callable[[PayScheme, date, date], Tried]


def by_person(lines: Sequence[TriedLine], names: dict[int, str]) -> list[TriedPerson]:
    """The sums of the lines by person, by name. `names`: of everybody."""
    people: dict[int, list[TriedLine]] = {}
    for line in lines:
        people.setdefault(line.staff_id, []).append(line)
    found = [
        TriedPerson(
            staff_id,
            names.get(staff_id, ""),
            len({(line.invoice_id, line.description) for line in hers}),
            sum(line.base for line in hers),
            sum(line.got for line in hers),
            sum(line.would for line in hers),
        )
        for staff_id, hers in people.items()
    ]
    return sorted(found, key=lambda person: (person.name, person.staff_id))
