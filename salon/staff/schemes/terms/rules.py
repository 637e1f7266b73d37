"""A scheme of pay as somebody types it, and what of that cannot be. Rials, basis points. No database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ....core.jalali import add_months, month_range
from ....core.money import is_share
from ...errors import (
    scheme_amount_invalid,
    scheme_days_invalid,
    scheme_kind_invalid,
    scheme_percent_invalid,
    scheme_steps_invalid,
    scheme_target_invalid,
    scheme_whom_invalid,
    scheme_whom_missing,
)
from ...models import PayKind, PayScheme, PayStep, PayTarget, StepsOver
from ..rules import BY_MONTH, do_overlap

MOST_STEPS = 20
_PERCENTAGES = ("percent_bp", "own_bp", "discount_bp", "credit_bp", "redo_bp")


@dataclass(frozen=True)
class SchemeSpec:
    """What a scheme is made of; see `PayScheme`. `steps`: (above, basis points)."""

    name: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    staff_id: int | None = None
    line_id: int | None = None
    level_id: int | None = None
    target: str = PayTarget.SERVICES.value
    service_id: int | None = None
    product_id: int | None = None
    category: str = ""
    percent_bp: int = 0
    own_bp: int | None = None
    amount: int = 0
    steps: tuple[tuple[int, int], ...] = ()
    steps_over: str = StepsOver.PART.value
    after_materials: bool = False
    discount_bp: int | None = None
    credit_bp: int | None = 0
    redo_bp: int = 0


def spec_of(scheme: PayScheme) -> SchemeSpec:
    """What a scheme is made of."""
    said = {name: getattr(scheme, name) for name in SchemeSpec.__dataclass_fields__ if name != "steps"}
    return SchemeSpec(**said, steps=tuple((step.above, step.percent_bp) for step in scheme.steps))


def put_on(scheme: PayScheme, spec: SchemeSpec) -> PayScheme:
    """The scheme, made of what was said; steps that stay are the same rows."""
    for name, value in vars(spec).items():
        if name != "steps":
            setattr(scheme, name, value)
    kept = {step.above: step for step in scheme.steps}
    for above, percent in spec.steps:
        kept.setdefault(above, PayStep(above=above)).percent_bp = percent
    scheme.steps = [kept[above] for above, _percent in spec.steps]
    return scheme


def plain(spec: SchemeSpec) -> SchemeSpec:
    """The same without what its kind has no use for."""
    if spec.kind in BY_MONTH:
        whom = spec.staff_id, spec.line_id, spec.level_id
        return SchemeSpec(spec.name, spec.kind, spec.starts_on, spec.ends_on, *whom, amount=spec.amount)
    return _plain_kind(_plain_target(spec))


def _plain_target(spec: SchemeSpec) -> SchemeSpec:
    """Goods take no materials and are not done again; one thing needs no category."""
    goods = spec.target == PayTarget.GOODS
    spec = replace(
        spec,
        service_id=None if goods else spec.service_id,
        product_id=spec.product_id if goods else None,
        after_materials=spec.after_materials and not goods,
        redo_bp=0 if goods else spec.redo_bp,
    )
    if spec.service_id is not None or spec.product_id is not None:
        spec = replace(spec, category="")
    return spec


def _plain_kind(spec: SchemeSpec) -> SchemeSpec:
    """Only the figures by which its kind counts."""
    return replace(
        spec,
        percent_bp=spec.percent_bp if spec.kind == PayKind.PERCENT else 0,
        amount=spec.amount if spec.kind == PayKind.FIXED else 0,
        own_bp=None if spec.kind == PayKind.FIXED else spec.own_bp,
        steps=spec.steps if spec.kind == PayKind.STEPS else (),
        steps_over=spec.steps_over if spec.kind == PayKind.STEPS else StepsOver.PART.value,
    )


def check(spec: SchemeSpec) -> None:
    """Refuse what no scheme can be. Raises Invalid at the field that is wrong."""
    _check_words(spec)
    _check_whom(spec)
    if spec.ends_on is not None and spec.ends_on < spec.starts_on:
        raise scheme_days_invalid()
    for name in _PERCENTAGES:
        value: int | None = getattr(spec, name)
        if value is not None and not is_share(value):
            raise scheme_percent_invalid(name)
    if spec.amount < 0 or (spec.amount == 0 and spec.kind in BY_MONTH | {PayKind.FIXED}):
        raise scheme_amount_invalid()
    if spec.kind == PayKind.STEPS:
        _check_steps(spec.steps)


def _check_words(spec: SchemeSpec) -> None:
    if spec.kind not in set(PayKind):
        raise scheme_kind_invalid()
    if spec.target not in set(PayTarget) or spec.steps_over not in set(StepsOver):
        raise scheme_target_invalid()


def _check_whom(spec: SchemeSpec) -> None:
    """A person is named alone: her line and level are hers anyway."""
    if spec.staff_id is not None and (spec.line_id is not None or spec.level_id is not None):
        raise scheme_whom_invalid()
    if spec.kind in BY_MONTH and spec.staff_id is None and spec.line_id is None and spec.level_id is None:
        raise scheme_whom_missing()


def _check_steps(steps: Sequence[tuple[int, int]]) -> None:
    if not steps or steps[0][0] != 0 or any(above >= higher for (above, _), (higher, _) in pairwise(steps)):
        raise scheme_steps_invalid()
    for _above, percent in steps:
        if not is_share(percent):
            raise scheme_percent_invalid("steps")


def overlapping(scheme: PayScheme, others: Sequence[PayScheme]) -> PayScheme | None:
    """The other scheme that would pay for the same on some day, if there is one."""
    return next((other for other in others if other.id != scheme.id and do_overlap(scheme, other)), None)


def changes_terms(before: SchemeSpec, after: SchemeSpec) -> bool:
    """Whether more than the name and the last day differs."""
    return replace(before, name=after.name, ends_on=after.ends_on) != after


def last_quarter(today: date) -> tuple[date, date]:
    """The three whole Jalali months before this one, half-open: steps count by the month."""
    first = month_range(today)[0]
    return add_months(first, -3), first
