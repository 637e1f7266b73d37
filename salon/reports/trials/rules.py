"""What a scheme that is tried would pay for a sale, by the rules of settling. Rials. No database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ...core.jalali import month_range
from ...invoices.models import PayRole
from ...invoices.pay.rules import (
    FixedTerms,
    LineTerms,
    SoldLine,
    assistant_terms,
    costs_of,
    derived,
    facts_by_person,
)
from ...staff.models import PayKind, PayScheme
from ...staff.schemes.rules import (
    NOWHERE,
    Earned,
    Facts,
    Place,
    Terms,
    Work,
    do_overlap,
    earned_by,
    scheme_for,
    terms_of,
)

Tallies = dict[tuple[int, date], int]  # what was done before, by person and month
Did = tuple[int, int]  # line and person


@dataclass(frozen=True)
class Sale:
    """A sale as it stands now, with the terms that were fixed for its lines."""

    id: int
    number: int
    day: date
    customer: str
    owner_id: int | None  # whose own client she is
    lines: tuple[SoldLine, ...]
    terms: Mapping[int, tuple[LineTerms, ...]]
    credit: int  # what club credit pays of it


@dataclass(frozen=True)
class Trial:
    """The scheme that is tried, the others of those days, and where people stand."""

    scheme: PayScheme
    others: Sequence[PayScheme]
    places: Mapping[int, Place] = field(default_factory=dict)
    assistants: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def pays(self, line: SoldLine, staff_id: int, day: date) -> bool:
        """Whether the scheme would be the one that pays her for this line."""
        place = self.places.get(staff_id, NOWHERE)
        what = (line.service_id, line.product_id, line.category)
        work = Work(staff_id, day, *what, place.level_id, place.line_ids)
        return scheme_for([*self.others, self.scheme], work) is self.scheme


@dataclass(frozen=True)
class Gained:
    """What somebody got by a line, and what she would get."""

    staff_id: int
    description: str
    base: int
    got: int
    would: int


def competing(scheme: PayScheme, schemes: Sequence[PayScheme]) -> list[PayScheme]:
    """The schemes that stay beside one that is tried: not itself, and none that pays for just the same."""
    return [other for other in schemes if other.id != scheme.id and not do_overlap(scheme, other)]


def try_sale(sale: Sale, trial: Trial, tallies: Tallies) -> Iterator[Gained]:
    """What the people of a sale got by the lines that the scheme would pay for, and what they would get by it."""
    kept = {one.did: one for terms in sale.terms.values() for one in terms if one.fixed.role == PayRole.WORK}
    lines = [replace(line, materials_each=_materials(line, sale)) for line in sale.lines]
    facts = facts_by_person(lines, sale.credit)
    tried = {
        (line.id, staff_id): _terms(trial.scheme, line, staff_id, sale, kept)
        for line in lines
        for staff_id, _part in line.people
        if trial.pays(line, staff_id, sale.day)
    }
    if not tried:
        return
    earned = {did: _earned(terms, facts[did], did, sale.day, tallies) for did, terms in tried.items()}
    worked = {did: one.before.share for did, one in kept.items()} | {did: one.share for did, one in earned.items()}
    names = {line.id: line.description for line in lines}
    for did, one in earned.items():
        got = kept[did].before.share if did in kept else 0
        yield Gained(did[1], names[did[0]], one.base, got, one.share)
    yield from _derived(sale, trial, lines, tried, worked, names)


def _derived(
    sale: Sale,
    trial: Trial,
    lines: Sequence[SoldLine],
    tried: Mapping[Did, Terms],
    worked: Mapping[Did, int],
    names: Mapping[int, str],
) -> Iterator[Gained]:
    """What heads leave, assistants take, and those bear whose work was done again."""
    touched = {line_id for line_id, _staff in tried}
    fixed = [one for line_id in touched for one in sale.terms.get(line_id, ()) if one.fixed.role != PayRole.WORK]
    paid = {one.did for terms in sale.terms.values() for one in terms if one.fixed.role == PayRole.WORK}
    new = [FixedTerms(*did, PayRole.WORK, 0, terms) for did, terms in tried.items() if did not in paid]
    later = assistant_terms(new, trial.assistants)
    found = [*fixed, *(LineTerms(-place, one, sale.day, Earned()) for place, one in enumerate(later, start=1))]
    would = derived(found, worked, costs_of(lines, worked))
    for one in found:
        if would[one.id].share or one.before.share:
            line_id, staff_id = one.did
            yield Gained(staff_id, names[line_id], 0, one.before.share, would[one.id].share)


def _materials(line: SoldLine, sale: Sale) -> int:
    """What a piece takes of materials: as it was when its pay was fixed, else as it is."""
    return next((one.fixed.terms.materials for one in sale.terms.get(line.id, ())), line.materials_each)


def _terms(scheme: PayScheme, line: SoldLine, staff_id: int, sale: Sale, kept: Mapping[Did, LineTerms]) -> Terms:
    """The terms of the scheme; whose own client she was is as it was fixed, else as it is."""
    known = kept.get((line.id, staff_id))
    own = sale.owner_id == staff_id if known is None else known.fixed.terms.own
    return terms_of(scheme, own=own, materials=line.materials_each)


def _earned(terms: Terms, facts: Facts, did: Did, day: date, tallies: Tallies) -> Earned:
    key = did[1], month_range(day)[0]
    earned = earned_by(terms, facts, Earned(), tallies.get(key, 0))
    if terms.kind == PayKind.STEPS:
        tallies[key] = tallies.get(key, 0) + earned.base
    return earned
