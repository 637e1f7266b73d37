"""Whether what was typed for a scheme can be one, and names people who are there."""

from dataclasses import replace

from ....core.lengths import line_of, name_of
from ...levels.queries import staff_level
from ...lines.queries import line_view
from ...models import PayScheme
from ...queries import staff_member
from .rules import SchemeSpec, check, plain, put_on


def checked(spec: SchemeSpec) -> SchemeSpec:
    """The same in one spelling, without what its kind has no use for.

    Raises Invalid at the field that is wrong; NotFound staff_unknown, line_unknown, level_unknown.
    """
    name = name_of(spec.name, PayScheme.name)
    kept = plain(replace(spec, name=name, category=line_of(spec.category, PayScheme.category)))
    check(kept)
    for known, look_up in ((kept.staff_id, staff_member), (kept.line_id, line_view), (kept.level_id, staff_level)):
        if known is not None:
            look_up(known)
    return kept


def trial_of(spec: SchemeSpec) -> PayScheme:
    """A scheme that is only tried, and not kept. Raises as `checked`."""
    return put_on(PayScheme(), checked(spec))
