"""What an import is made of: bundles that are stored whole or not at all, findings, what is known. No database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from ..access.models import User
from ..core.errors import DomainError
from ..core.text import latin_digits, search_key
from .errors import customer_missing, service_missing, staff_missing
from .rows.rules import Field, Row

Fact = TypeVar("Fact")


@dataclass(frozen=True)
class Finding:
    """What is said of a row: why it was refused, or what to look at."""

    line: int
    code: str
    message: str


def refusal_at(line: int, error: DomainError) -> Finding:
    """A refusal as it stands in the report."""
    return Finding(line, error.code, error.message)


class Did(StrEnum):
    """What storing a bundle did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Stored:
    """What came of a bundle."""

    outcome: Did
    warnings: tuple[Finding, ...] = ()
    remark: DomainError | None = None  # about the whole bundle


@dataclass(frozen=True)
class Bundle(Generic[Fact]):
    """Rows that are stored together: all of them or none."""

    lines: tuple[int, ...]
    fact: Fact


@dataclass
class Plan(Generic[Fact]):
    """What a file asks for, before anything is stored."""

    bundles: list[Bundle[Fact]] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


@dataclass
class Report:
    """What came of an import. Counts are rows of the file."""

    rows: int = 0
    left_out: int = 0  # by the filter
    outcomes: dict[Did, int] = field(default_factory=lambda: dict.fromkeys(Did, 0))
    refused: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def in_order(self) -> "Report":
        """The same, its findings by line."""
        for findings in (self.refused, self.warnings):
            findings.sort(key=lambda finding: finding.line)
        return self


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
    club_starts_on: date
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
        found = self.services.get(latin_digits(code_or_name)) or self.services_by_name.get(search_key(code_or_name))
        if found is None:
            raise service_missing(code_or_name)
        return found


@dataclass(frozen=True)
class Kind(Generic[Fact]):
    """Something that can be brought in: its fields, how its rows are read, and how a bundle of it is stored."""

    name: str
    fields: tuple[Field, ...]
    plan: Callable[[Sequence[Row], Books], Plan[Fact]]
    store: Callable[[Fact, Books], Stored]


def plan_rows(rows: Sequence[Row], read: Callable[[Row], Fact]) -> Plan[Fact]:
    """A plan of one bundle a row; what cannot be read is refused."""
    plan: Plan[Fact] = Plan()
    for row in rows:
        try:
            plan.bundles.append(Bundle((row.line,), read(row)))
        except DomainError as error:
            plan.refused.append(refusal_at(row.line, error))
    return plan


def without_repeats(plan: Plan[Fact], key: Callable[[Fact], str], repeated: Callable[[str], DomainError]) -> Plan[Fact]:
    """The plan with each key once: the same again is dropped, a key that comes with something else is refused."""
    first: dict[str, Fact] = {}
    kept: list[Bundle[Fact]] = []
    for bundle in plan.bundles:
        known = first.setdefault(key(bundle.fact), bundle.fact)
        if known is bundle.fact:
            kept.append(bundle)
        elif known != bundle.fact:
            plan.refused += [refusal_at(line, repeated(key(bundle.fact))) for line in bundle.lines]
    plan.bundles = kept
    return plan
