"""How the lines of a sale stand, and what its people have earned by them. Money in rials. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...core.money import WHOLE, percent_of, share
from ...ledger.models import AccountKind
from ...ledger.rules import PostingSpec, without_zeros
from ...staff.models import PayScheme
from ...staff.schemes.rules import (
    NOWHERE,
    Earned,
    Facts,
    Place,
    Terms,
    Work,
    base_of,
    scheme_for,
    split_facts,
    terms_of,
)
from ..models import PayRole


@dataclass(frozen=True)
class SoldLine:
    """A line of a sale as it stands: what went back of it is taken off."""

    id: int
    service_id: int | None
    product_id: int | None
    category: str
    quantity: int  # left of it
    gross: int
    discount: int
    materials_each: int  # what a piece takes of them
    people: tuple[tuple[int, int], ...]  # (staff id, basis points), together the whole
    redo_line_id: int | None = None
    is_prepaid: bool = False  # sessions paid it: neither credit nor money did
    description: str = ""

    @property
    def net(self) -> int:
        """After discounts."""
        return self.gross - self.discount

    @property
    def materials(self) -> int:
        """What all its pieces take of them."""
        return self.quantity * self.materials_each


@dataclass(frozen=True)
class FixedTerms:
    """By what somebody is paid for a line."""

    line_id: int
    staff_id: int
    role: PayRole
    part_bp: int
    terms: Terms
    of_staff_id: int = 0
    scheme_id: int | None = None


@dataclass(frozen=True)
class LineTerms:
    """Terms that were fixed, and what was counted by them so far."""

    id: int
    fixed: FixedTerms
    month: date  # the first day of the sale's Jalali month
    before: Earned

    @property
    def did(self) -> tuple[int, int]:
        """The line and the person."""
        return self.fixed.line_id, self.fixed.staff_id

    def rise(self, facts: Facts) -> int:
        """How much more was done than was counted so far."""
        return base_of(self.fixed.terms, facts) - self.before.base


def work_terms(
    lines: Sequence[SoldLine],
    schemes: Sequence[PayScheme],
    places: Mapping[int, Place],
    *,
    day: date,
    owner_id: int | None,
) -> list[FixedTerms]:
    """The terms of those who did the lines, or sold them. `owner_id`: whose own client the customer is."""
    fixed = []
    for line in lines:
        for staff_id, part in line.people:
            place = places.get(staff_id, NOWHERE)
            what = (line.service_id, line.product_id, line.category)
            scheme = scheme_for(schemes, Work(staff_id, day, *what, place.level_id, place.line_ids))
            if scheme is not None:
                terms = terms_of(scheme, own=owner_id == staff_id, materials=line.materials_each)
                fixed.append(FixedTerms(line.id, staff_id, PayRole.WORK, part, terms, scheme_id=scheme.id))
    return fixed


def assistant_terms(
    work: Sequence[FixedTerms], assistants: Mapping[int, Sequence[tuple[int, int]]]
) -> list[FixedTerms]:
    """What assistants have of their heads' earnings, and what the heads leave to them."""
    fixed = []
    for one in work:
        for assistant_id, part in assistants.get(one.staff_id, ()):
            leaves = replace(one, role=PayRole.HEAD, of_staff_id=assistant_id, part_bp=part, scheme_id=None)
            has = replace(leaves, role=PayRole.ASSISTANT, staff_id=assistant_id, of_staff_id=one.staff_id)
            fixed += [has, leaves]
    return fixed


def redo_terms(
    lines: Sequence[SoldLine], work: Sequence[FixedTerms], first: Mapping[int, Sequence[FixedTerms]]
) -> list[FixedTerms]:
    """What those whose work is done again bear of it, by the terms of their own work. `first`: that work, by line."""
    paid = {one.line_id for one in work}
    return [
        replace(done, line_id=line.id, role=PayRole.REDO, part_bp=bears, scheme_id=None)
        for line in lines
        if line.redo_line_id is not None and line.id in paid
        for done in first.get(line.redo_line_id, ())
        if (bears := percent_of(done.terms.redo_bp, done.part_bp))
    ]


def facts_by_line(lines: Sequence[SoldLine], credit: int) -> dict[int, Facts]:
    """What each line comes to; club credit is taken off each in proportion to what was to be paid of it.

    What is done again is given for nothing: it counts as what it would have cost, and no discount was given.
    """
    weights = [0 if line.is_prepaid else max(0, line.net) for line in lines]
    spread = share(min(credit, sum(weights)), weights) if sum(weights) else [0] * len(lines)
    return {
        line.id: Facts(
            gross=line.gross,
            discount=0 if line.redo_line_id is not None else line.discount,
            credit=part,
            materials=line.materials,
            pieces=line.quantity * WHOLE,
        )
        for line, part in zip(lines, spread, strict=True)
    }


def facts_by_person(lines: Sequence[SoldLine], credit: int) -> dict[tuple[int, int], Facts]:
    """What each did of each line, by line and person. `credit`: club credit that pays the sale."""
    facts = facts_by_line(lines, credit)
    found: dict[tuple[int, int], Facts] = {}
    for line in lines:
        parts = split_facts(facts[line.id], [part for _staff, part in line.people]) if line.people else []
        found |= {(line.id, staff_id): part for (staff_id, _bp), part in zip(line.people, parts, strict=True)}
    return found


def costs_of(lines: Sequence[SoldLine], worked: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """What each line costs the salon: its materials, and what the work on it earned."""
    costs = {line.id: line.materials for line in lines}
    for (line_id, _staff), earned in worked.items():
        costs[line_id] += earned
    return costs


def derived(
    found: Sequence[LineTerms], worked: Mapping[tuple[int, int], int], costs: Mapping[int, int]
) -> dict[int, Earned]:
    """What heads, assistants and those whose work was done again have of it, by the number of their terms.

    `worked`: what work earned by line and person; `costs`: what a line that does work again costs, by line.
    """
    earned = {}
    for one in found:
        fixed = one.fixed
        if fixed.role == PayRole.ASSISTANT:
            earned[one.id] = _part(worked.get((fixed.line_id, fixed.of_staff_id), 0), fixed.part_bp)
        elif fixed.role == PayRole.HEAD:
            earned[one.id] = _taken(_part(worked.get(one.did, 0), fixed.part_bp))
        elif fixed.role == PayRole.REDO:
            earned[one.id] = _taken(_part(costs.get(fixed.line_id, 0), fixed.part_bp))
    return earned


def _taken(part: Earned) -> Earned:
    return replace(part, share=-part.share)


def _part(amount: int, part_bp: int) -> Earned:
    return Earned(base=amount, share=percent_of(amount, part_bp))


def pay_postings(changes: Sequence[tuple[int, int]]) -> tuple[PostingSpec, ...]:
    """What (staff id, rials) changes move: what the salon owes her, and what her work costs.

    What she gains and what she loses stand apart: together they could be nothing, and no statement would hold them.
    """
    sums: dict[tuple[int, bool], int] = {}
    for staff_id, amount in changes:
        sums[staff_id, amount < 0] = sums.get((staff_id, amount < 0), 0) + amount
    postings = [
        posting
        for (staff_id, _loses), amount in sorted(sums.items())
        for posting in (
            PostingSpec(AccountKind.STAFF_COST, amount, staff_id),
            PostingSpec(AccountKind.STAFF_PAYABLE, -amount, staff_id),
        )
    ]
    return without_zeros(postings)
