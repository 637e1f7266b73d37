"""Verbs about schemes of pay. What was settled keeps its terms, whatever becomes of a scheme."""

from dataclasses import replace
from datetime import date, datetime

from ...access.rules import Actor
from ...core.db import db
from ..errors import scheme_in_use, scheme_overlaps
from ..models import PayScheme
from .queries import all_schemes, lock_schemes, pay_scheme
from .terms.queries import checked
from .terms.rules import SchemeSpec, changes_terms, overlapping, put_on, spec_of


def add_scheme(*, spec: SchemeSpec, actor: Actor | None, now: datetime) -> PayScheme:
    """Begin a scheme of pay.

    Raises Invalid at the field that is wrong; NotFound staff_unknown, line_unknown, level_unknown; DomainError
    scheme_overlaps.
    """
    kept = checked(spec)
    lock_schemes()
    added = put_on(PayScheme(created_at=now, created_by=None if actor is None else actor.id), kept)
    return _kept(added)


def change_scheme(*, scheme_id: int, spec: SchemeSpec, used: bool, actor: Actor | None, now: datetime) -> PayScheme:
    """Change a scheme; one that is `used`, because lines or statements name it, is only renamed or ended.

    Raises NotFound scheme_unknown, DomainError scheme_in_use, and as `add_scheme`.
    """
    kept = checked(spec)
    lock_schemes()
    changed = pay_scheme(scheme_id)
    if used and changes_terms(spec_of(changed), kept):
        raise scheme_in_use()
    return _kept(put_on(changed, kept))


def end_scheme(*, scheme_id: int, ends_on: date, actor: Actor | None, now: datetime) -> PayScheme:
    """Let a scheme end after this day. Raises NotFound scheme_unknown, Invalid scheme_days_invalid, scheme_overlaps."""
    ended = replace(spec_of(pay_scheme(scheme_id)), ends_on=ends_on)
    return change_scheme(scheme_id=scheme_id, spec=ended, used=True, actor=actor, now=now)


def _kept(scheme: PayScheme) -> PayScheme:
    other = overlapping(scheme, all_schemes())
    if other is not None:
        raise scheme_overlaps(other.name, other.starts_on)
    db.session.add(scheme)
    db.session.flush()
    return scheme
