"""What an import is made of: fields, rows, units that are stored whole or not at all, findings. No database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from ..access.models import User
from ..core.errors import DomainError
from ..core.text import latin_digits, normalise, search_key
from .errors import (
    amount_fraction,
    amount_invalid,
    customer_missing,
    day_invalid,
    flag_invalid,
    number_invalid,
    price_missing,
    service_missing,
    staff_missing,
    text_long,
    time_invalid,
    value_missing,
)
from .sheets.queries import Cell
from .values.rules import (
    Formats,
    parse_amount,
    parse_amount_range,
    parse_day,
    parse_flag,
    parse_time,
    parse_whole,
    rounded_rials,
    whole_rials,
)

Fact = TypeVar("Fact")
LONGEST_CODE = 40


@dataclass(frozen=True)
class Field:
    """A field that a file may fill. `headers`: our own names of its column; `summed`: several columns add up."""

    name: str
    headers: tuple[str, ...]
    required: bool = False
    summed: bool = False

    @property
    def label(self) -> str:
        """How people call it."""
        return self.headers[0]


@dataclass(frozen=True)
class Row:
    """A row of a file by our fields, and how to read it. Every reading raises Invalid at its field."""

    line: int
    cells: Mapping[str, tuple[Cell, ...]]
    labels: Mapping[str, str]
    formats: Formats

    def has(self, name: str) -> bool:
        """Whether the file has this field at all, blank or not."""
        return name in self.cells

    def text(self, name: str, longest: int = 1000) -> str:
        """The text, in one spelling; several columns stand one after another."""
        parts = [normalise(written(cell)) for cell in self.cells.get(name, ())]
        return " ".join(part for part in parts if part)[:longest]

    def code(self, name: str, longest: int = LONGEST_CODE) -> str:
        """A key, digits as 0-9. A long one is refused: cut, it would mean somebody else."""
        found = latin_digits(self.text(name))
        if len(found) > longest:
            raise text_long(self.labels[name])
        return found

    def needed_code(self, name: str) -> str:
        """A key that must be there."""
        found = self.code(name)
        if not found:
            raise value_missing(self.labels[name])
        return found

    def amount(self, name: str) -> int | None:
        """Rials, exactly as written; None when blank."""
        exact = self._amount(name, self.cells.get(name, ("",))[0])
        if exact is None:
            return None
        rials = whole_rials(exact)
        if rials is None:
            raise amount_fraction(self.labels[name], self.text(name))
        return rials

    def needed_amount(self, name: str) -> int:
        """Rials that must be there."""
        found = self.amount(name)
        if found is None:
            raise value_missing(self.labels[name])
        return found

    def rounded_sum(self, name: str) -> int:
        """Several columns added up, then rounded to whole rials (of the money scale), halves away from zero."""
        parts = [self._amount(name, cell) for cell in self.cells.get(name, ())]
        return rounded_rials(sum((part for part in parts if part is not None), Decimal(0)))

    def price_range(self, name: str) -> tuple[int, int | None]:
        """A price and the upper end of its range. Raises Invalid `price_missing` for blanks and dashes."""
        typed = self.text(name)
        if not typed.strip("-–−_. ۰"):
            raise price_missing(typed)
        ends = parse_amount_range(typed, self.formats)
        if ends is None:
            raise amount_invalid(self.labels[name], typed)
        low, high = whole_rials(ends[0]), None if ends[1] is None else whole_rials(ends[1])
        if low is None or (ends[1] is not None and high is None):
            raise amount_fraction(self.labels[name], typed)
        return low, high

    def whole(self, name: str) -> int | None:
        """A whole number; None when blank."""
        typed = self.text(name)
        found = parse_whole(typed)
        if typed and found is None:
            raise number_invalid(self.labels[name], typed)
        return found

    def day(self, name: str) -> date | None:
        """A day; None when blank."""
        cell = self.cells.get(name, ("",))[0]
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        typed = self.text(name)
        found = parse_day(typed, self.formats)
        if typed and found is None:
            raise day_invalid(self.labels[name], typed)
        return found

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        found = self.day(name)
        if found is None:
            raise value_missing(self.labels[name])
        return found

    def time(self, name: str) -> time | None:
        """A time of day; None when blank."""
        cell = self.cells.get(name, ("",))[0]
        if isinstance(cell, datetime):
            return cell.time()
        if isinstance(cell, time):
            return cell
        typed = self.text(name)
        found = parse_time(typed, self.formats)
        if typed and found is None:
            raise time_invalid(self.labels[name], typed)
        return found

    def flag(self, name: str) -> bool | None:
        """Yes or no; None when blank."""
        typed = self.text(name)
        found = parse_flag(typed)
        if typed and found is None:
            raise flag_invalid(self.labels[name], typed)
        return found

    def _amount(self, name: str, cell: Cell) -> Decimal | None:
        if isinstance(cell, Decimal):
            return cell * self.formats.money_scale
        typed = normalise(written(cell))
        found = parse_amount(typed, self.formats)
        if typed and found is None:
            raise amount_invalid(self.labels[name], typed)
        return found


def written(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".removesuffix(".0")
    return cell if isinstance(cell, str) else cell.isoformat()


@dataclass(frozen=True)
class Finding:
    """What is said of a row: why it was refused, or what to look at."""

    line: int
    code: str
    message: str


def refusal_at(line: int, error: DomainError) -> Finding:
    """A refusal as it stands in the report."""
    return Finding(line, error.code, error.message)


class Outcome(StrEnum):
    """What storing a unit did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Stored:
    """What came of a unit."""

    outcome: Outcome
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Unit(Generic[Fact]):
    """Rows that are stored together: all of them or none."""

    lines: tuple[int, ...]
    fact: Fact


@dataclass
class Plan(Generic[Fact]):
    """What a file asks for, before anything is stored."""

    units: list[Unit[Fact]] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Named:
    """A service or product to be recognised. `minutes` is 0 for products."""

    id: int
    code: str
    name: str
    minutes: int = 0


@dataclass(frozen=True)
class Books:
    """What the salon knows when an import begins, to recognise people and things by."""

    branch_id: int
    actor: User | None
    now: datetime
    opens_at: int  # minutes after midnight
    customers: Mapping[str, int]
    staff: Mapping[str, int]
    services: Mapping[str, Named]
    products: Mapping[str, Named]
    services_by_name: Mapping[str, Named]  # by search key; a name that several have is left out
    products_by_name: Mapping[str, Named]

    @property
    def actor_id(self) -> int | None:
        """Who brings it in."""
        return None if self.actor is None else self.actor.id

    def customer(self, code: str) -> int:
        """The id of a customer. Raises Invalid `customer_unknown`."""
        if code not in self.customers:
            raise customer_missing(code)
        return self.customers[code]

    def staff_member(self, code: str) -> int:
        """The id of a person who serves. Raises Invalid `staff_unknown`."""
        if code not in self.staff:
            raise staff_missing(code)
        return self.staff[code]

    def service(self, code_or_name: str) -> Named:
        """A service by its code, else by its name. Raises Invalid `service_unknown`."""
        found = self.services.get(code_or_name) or self.services_by_name.get(search_key(code_or_name))
        if found is None:
            raise service_missing(code_or_name)
        return found


@dataclass(frozen=True)
class Kind(Generic[Fact]):
    """Something that can be brought in: its fields, how its rows are read, and how a unit of it is stored."""

    name: str
    fields: tuple[Field, ...]
    plan: Callable[[Sequence[Row], Books], Plan[Fact]]
    store: Callable[[Fact, Books], Stored]


def plan_rows(rows: Sequence[Row], read: Callable[[Row], Fact]) -> Plan[Fact]:
    """A plan of one unit a row; what cannot be read is refused."""
    plan: Plan[Fact] = Plan()
    for row in rows:
        try:
            plan.units.append(Unit((row.line,), read(row)))
        except DomainError as error:
            plan.refused.append(refusal_at(row.line, error))
    return plan


def without_repeats(plan: Plan[Fact], key: Callable[[Fact], str], repeated: Callable[[str], DomainError]) -> Plan[Fact]:
    """The plan with each key once: the same again is dropped, a key that comes with something else is refused."""
    first: dict[str, Fact] = {}
    kept: list[Unit[Fact]] = []
    for unit in plan.units:
        known = first.setdefault(key(unit.fact), unit.fact)
        if known is unit.fact:
            kept.append(unit)
        elif known != unit.fact:
            plan.refused += [refusal_at(line, repeated(key(unit.fact))) for line in unit.lines]
    plan.units = kept
    return plan
