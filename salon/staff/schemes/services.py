"""Verbs about schemes of pay. What was settled keeps its terms, whatever becomes of a scheme."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ...setup.models import Branch
from ..errors import name_missing, scheme_in_use, scheme_overlaps
from ..levels.queries import staff_level
from ..lines.queries import line_view
from ..models import PayScheme
from ..queries import staff_member
from .queries import all_schemes, pay_scheme
from .terms.rules import SchemeSpec, changes_terms, check, overlapping, plain, put_on, spec_of


def add_scheme(*, spec: SchemeSpec, actor: Actor | None, now: datetime) -> PayScheme:
    """Begin a scheme of pay.

    Raises Invalid at the field that is wrong; NotFound staff_unknown, line_unknown, level_unknown; DomainError
    scheme_overlaps.
    """
    kept = _checked(spec)
    _one_after_the_other()
    added = put_on(PayScheme(created_at=now, created_by=None if actor is None else actor.id), kept)
    return _kept(added)


def change_scheme(*, scheme_id: int, spec: SchemeSpec, used: bool, actor: Actor | None, now: datetime) -> PayScheme:
    """Change a scheme; one that is `used`, because lines or statements name it, is only renamed or ended.

    Raises NotFound scheme_unknown, DomainError scheme_in_use, and as `add_scheme`.
    """
    kept = _checked(spec)
    _one_after_the_other()
    changed = pay_scheme(scheme_id)
    if used and changes_terms(spec_of(changed), kept):
        raise scheme_in_use()
    return _kept(put_on(changed, kept))


def end_scheme(*, scheme_id: int, ends_on: date, actor: Actor | None, now: datetime) -> PayScheme:
    """Let a scheme end after this day. Raises NotFound scheme_unknown, Invalid scheme_days_invalid, scheme_overlaps."""
    ended = replace(spec_of(pay_scheme(scheme_id)), ends_on=ends_on)
    return change_scheme(scheme_id=scheme_id, spec=ended, used=True, actor=actor, now=now)


def trial_of(spec: SchemeSpec) -> PayScheme:
    """A scheme that is only tried: checked, and not kept. Raises Invalid and NotFound as `add_scheme`."""
    return put_on(PayScheme(), _checked(spec))


def _checked(spec: SchemeSpec) -> SchemeSpec:
    name = line_of(spec.name, PayScheme.name)
    if not name:
        raise name_missing()
    kept = plain(replace(spec, name=name, category=line_of(spec.category, PayScheme.category)))
    check(kept)
    for known, look_up in ((kept.staff_id, staff_member), (kept.line_id, line_view), (kept.level_id, staff_level)):
        if known is not None:
            look_up(known)
    return kept


def _one_after_the_other() -> None:
    """Two who make schemes at once could each miss the other's."""
    db.session.execute(select(Branch.id).order_by(Branch.id).limit(1).with_for_update())


def _kept(scheme: PayScheme) -> PayScheme:
    other = overlapping(scheme, all_schemes())
    if other is not None:
        raise scheme_overlaps(other.name, other.starts_on)
    db.session.add(scheme)
    db.session.flush()
    return scheme
