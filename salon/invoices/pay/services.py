"""Fixing what the people of a sale are paid, and counting it again when something of it goes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

from ...core.db import db, is_postgresql
from ...core.jalali import local_date, month_range
from ...ledger.rules import EntrySpec, PostingSpec
from ...ledger.services import post_entries
from ...staff.models import PayKind
from ...staff.schemes.queries import assistants_of, pays_by_scheme, places_of, schemes_on
from ...staff.schemes.rules import Earned, Facts, earned_by
from ..models import PayRole, PayShare, PayTally, PayTerms
from .queries import credit_left_on, has_terms, lines_left, owner_of_client, terms_on, work_on
from .rules import (
    FixedTerms,
    LineTerms,
    SoldLine,
    assistant_terms,
    costs_of,
    derived,
    facts_by_person,
    pay_postings,
    redo_terms,
    work_terms,
)

_NEW_TERMS = insert(PayTerms)
_NEW_SHARES = insert(PayShare)
_TALLY_KEY = ["scheme_id", "staff_id", "month"]
TallyKey = tuple[int, int, date]  # scheme, person, month


@dataclass(frozen=True)
class Cause:
    """What changes the pay of a sale: its own settlement, or a return. `document_id`: the sale or the return."""

    sale_id: int
    document_id: int
    branch_id: int  # of the sale
    key: str
    actor_id: int | None
    now: datetime


def fix_pay(cause: Cause, *, customer_id: int) -> None:
    """Fix by what terms the people of a sale that is issued now are paid, and count what they earn by it."""
    day = local_date(cause.now)
    if not pays_by_scheme(day):
        return
    fixed = _fixed_terms(lines_left(cause.sale_id), day, customer_id)
    if fixed:
        month = month_range(day)[0]
        rows = [{**vars(one), "role": one.role.value, "terms": one.terms.kept(), "month": month} for one in fixed]
        db.session.connection().execute(_NEW_TERMS, rows)
        _count(cause)


def count_pay_again(cause: Cause) -> None:
    """Count anew what a sale earns its people, as it stands now, by the terms that were fixed; write the difference."""
    if has_terms(cause.sale_id):
        _count(cause)


def _fixed_terms(lines: Sequence[SoldLine], day: date, customer_id: int) -> list[FixedTerms]:
    people = {staff_id for line in lines for staff_id, _part in line.people}
    owner_id = owner_of_client(customer_id)
    work = work_terms(lines, schemes_on(day), places_of(people), day=day, owner_id=owner_id)
    again = sorted({line.redo_line_id for line in lines if line.redo_line_id is not None})
    first = work_on(again) if again else {}
    return [*work, *assistant_terms(work, assistants_of(people)), *redo_terms(lines, work, first)]


def _count(cause: Cause) -> None:
    """Write and post what the sale's people have earned since it was counted last."""
    found = terms_on(cause.sale_id)
    each = {one.fixed.line_id: one.fixed.terms.materials for one in found if one.fixed.role == PayRole.WORK}
    lines = [replace(line, materials_each=each.get(line.id, 0)) for line in lines_left(cause.sale_id)]
    facts = facts_by_person(lines, credit_left_on(cause.sale_id))
    earned = _worked([one for one in found if one.fixed.role == PayRole.WORK], facts)
    worked = {one.did: earned[one.id].share for one in found if one.id in earned}
    earned |= derived(found, worked, costs_of(lines, worked))
    changes = [(one, earned[one.id] - one.before) for one in found]
    _write([(one, change) for one, change in changes if change != Earned()], cause)


def _worked(work: Sequence[LineTerms], facts: Mapping[tuple[int, int], Facts]) -> dict[int, Earned]:
    """What work has earned altogether, by the number of its terms."""
    risen: dict[TallyKey, int] = {}
    for one in work:
        if one.fixed.terms.kind == PayKind.STEPS:
            risen[_tally_of(one)] = risen.get(_tally_of(one), 0) + one.rise(facts[one.did])
    done, earned = _raise_tallies(risen), {}
    for one in work:
        key = _tally_of(one)
        earned[one.id] = earned_by(one.fixed.terms, facts[one.did], one.before, done.get(key, 0))
        if key in done:
            done[key] += earned[one.id].base - one.before.base
    return earned


def _tally_of(one: LineTerms) -> TallyKey:
    return one.fixed.scheme_id or 0, one.fixed.staff_id, one.month


def _raise_tallies(risen: Mapping[TallyKey, int]) -> dict[TallyKey, int]:
    """Add to what was done in a month, one till after the other; gives what it was before."""
    before = {}
    new = postgresql.insert(PayTally) if is_postgresql() else sqlite.insert(PayTally)
    for key, rise in sorted(risen.items()):
        row = dict(zip(_TALLY_KEY, key, strict=True))
        counted = new.values(**row, base=rise).on_conflict_do_update(
            index_elements=_TALLY_KEY, set_={"base": PayTally.base + rise}
        )
        before[key] = int(db.session.connection().execute(counted.returning(PayTally.base)).scalar_one()) - rise
    return before


def _write(changes: Sequence[tuple[LineTerms, Earned]], cause: Cause) -> None:
    """Keep the changes, and post them in one entry."""
    if not changes:
        return
    postings = pay_postings([(one.fixed.staff_id, change.share) for one, change in changes])
    entry_id = _post(cause, postings) if postings else None
    rows = [
        {"terms_id": one.id, "invoice_id": cause.document_id, "entry_id": entry_id, **vars(change)}
        for one, change in changes
    ]
    db.session.connection().execute(_NEW_SHARES, rows)


def _post(cause: Cause, postings: tuple[PostingSpec, ...]) -> int:
    day, key = local_date(cause.now), f"pay:{cause.key}"
    entry = EntrySpec(cause.branch_id, day, "pay_share", "invoice", cause.document_id, key, postings)
    return post_entries(entries=[entry], actor_id=cause.actor_id, now=cause.now)[0]
