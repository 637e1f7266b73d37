"""What work earns whoever did it. Money in rials, percentages in basis points. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from ...core.money import WHOLE, percent_of, share
from ..models import PayKind, PayScheme, PayTarget, StepsOver

BY_WORK = frozenset({PayKind.PERCENT, PayKind.FIXED, PayKind.STEPS})
BY_MONTH = frozenset({PayKind.SALARY, PayKind.RENT})


@dataclass(frozen=True)
class Facts:
    """What a line, or somebody's part of it, comes to. `pieces`: ten thousandths of one."""

    gross: int  # before discounts
    discount: int = 0
    credit: int = 0  # what club credit paid of it
    materials: int = 0
    pieces: int = 0
    of: "PartOf | None" = None  # None: all of a line


@dataclass(frozen=True)
class PartOf:
    """Which part of a line somebody did: the whole, the parts of its people (basis points), and whose it is."""

    whole: Facts
    parts: tuple[int, ...]
    place: int


@dataclass(frozen=True)
class Terms:
    """A scheme as it pays for a line: with the percentage of whose client she is."""

    kind: str
    percent_bp: int = 0
    amount: int = 0  # a piece
    steps: tuple[tuple[int, int], ...] = ()  # (above, basis points), rising
    steps_over: str = StepsOver.PART.value
    after_materials: bool = False
    materials: int = 0  # what a piece takes of them
    discount_bp: int | None = None  # None: the percentage is of what is left after it
    credit_bp: int | None = 0
    redo_bp: int = 0
    own: bool = False  # of her own client

    def kept(self) -> dict[str, Any]:
        """The terms as JSON keeps them."""
        return {**vars(self), "steps": [list(step) for step in self.steps]}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        """The terms that were kept."""
        return cls(**kept | {"steps": tuple((above, percent) for above, percent in kept["steps"])})


@dataclass(frozen=True)
class Earned:
    """What somebody earns by a line."""

    base: int = 0
    share: int = 0  # after the costs that are taken off it
    discount_cost: int = 0  # what of the discount she bears
    credit_cost: int = 0

    def __sub__(self, other: "Earned") -> "Earned":
        mine, theirs = vars(self), vars(other)
        return Earned(**{name: mine[name] - theirs[name] for name in mine})

    def __add__(self, other: "Earned") -> "Earned":
        mine, theirs = vars(self), vars(other)
        return Earned(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True)
class Place:
    """Where somebody stands among the people: her level, and the lines that she heads or belongs to."""

    level_id: int | None
    line_ids: frozenset[int]


NOWHERE = Place(None, frozenset())


@dataclass(frozen=True)
class Work:
    """Whose work it is, of what, for whom, and when."""

    staff_id: int
    day: date
    service_id: int | None = None
    product_id: int | None = None
    category: str = ""
    level_id: int | None = None
    line_ids: frozenset[int] = field(default_factory=frozenset)  # lines that she heads or belongs to


def split_facts(facts: Facts, parts: Sequence[int]) -> list[Facts]:
    """The facts of a line by the parts of its people; each figure adds up to the line's own (largest remainder)."""
    figures = (facts.gross, facts.discount, facts.credit, facts.materials, facts.pieces)
    columns = [share(amount, parts) for amount in figures]
    rows = enumerate(zip(*columns, strict=True))
    return [replace(Facts(*row), of=PartOf(facts, tuple(parts), place)) for place, row in rows]


def base_of(terms: Terms, facts: Facts) -> int:
    """What the percentage is taken of: never less than nothing. The bases of a line's people add up to its own.

    They are split from the line's, as each cost that is split by itself may leave a rial on another's side.
    """
    if facts.of is not None:
        return share(base_of(terms, facts.of.whole), facts.of.parts)[facts.of.place]
    base = facts.gross
    if terms.after_materials:
        base -= facts.materials
    if terms.discount_bp is None:
        base -= facts.discount
    if terms.credit_bp is None:
        base -= facts.credit
    return max(0, base)


def steps_total(terms: Terms, done: int) -> int:
    """What all the work of a month earns under steps.

    Over the part above: each percentage of what lies between its step and the next. Over the whole: the percentage of
    the highest step that was passed, of all of it.
    """
    if terms.steps_over == StepsOver.WHOLE:
        passed = [percent for above, percent in terms.steps if above <= done]
        return percent_of(done, passed[-1]) if passed else 0
    tops = [above for above, _percent in terms.steps[1:]] + [max(done, 0)]
    earned = sum(
        max(0, min(done, top) - above) * percent for (above, percent), top in zip(terms.steps, tops, strict=True)
    )
    return earned // WHOLE


def earned_by(terms: Terms, facts: Facts, before: Earned, done_before: int) -> Earned:
    """What a line has earned altogether, as it stands now. `before`: what was counted of it, `done_before`: the month.

    Costs that she bears in stated parts are taken off what the work earned; they may be more than that.
    """
    base = base_of(terms, facts)
    if terms.kind == PayKind.STEPS:
        rise = steps_total(terms, done_before + base - before.base) - steps_total(terms, done_before)
        gained = _gross_share(terms, before) + rise
    elif terms.kind == PayKind.FIXED:
        gained = terms.amount * facts.pieces // WHOLE
    else:
        gained = percent_of(base, terms.percent_bp)
    lost = 0 if terms.kind == PayKind.FIXED else gained  # a fixed amount loses nothing by them
    discount = _cost(facts.discount, terms.discount_bp, lost, base)
    credit = _cost(facts.credit, terms.credit_bp, lost, base)
    return Earned(base, gained - _taken_off(terms, discount, credit), discount, credit)


def _gross_share(terms: Terms, earned: Earned) -> int:
    """What the work earned before the costs were taken off."""
    return earned.share + _taken_off(terms, earned.discount_cost, earned.credit_cost)


def _taken_off(terms: Terms, discount: int, credit: int) -> int:
    """The costs in stated parts; where the percentage is of what is left, they are off already."""
    return (discount if terms.discount_bp is not None else 0) + (credit if terms.credit_bp is not None else 0)


def _cost(amount: int, part_bp: int | None, gained: int, base: int) -> int:
    """Her part of a cost: as stated, else what her percentage would have been of it; never more than all of it.

    A line that passes a step over the whole gains more than itself.
    """
    if part_bp is not None:
        return percent_of(amount, part_bp)
    return amount * max(0, min(gained, base)) // base if base else 0


def is_about(scheme: PayScheme, work: Work) -> bool:
    """Whether a scheme pays for this work."""
    target = PayTarget.GOODS if work.product_id is not None else PayTarget.SERVICES
    return (
        scheme.kind in BY_WORK
        and scheme.target == target
        and means(scheme, work)
        and scheme.service_id in {None, work.service_id}
        and scheme.product_id in {None, work.product_id}
        and scheme.category in {"", work.category}
    )


def means(scheme: PayScheme, work: Work) -> bool:
    """Whether a scheme means this person on this day."""
    return (
        scheme.starts_on <= work.day
        and (scheme.ends_on is None or work.day <= scheme.ends_on)
        and scheme.staff_id in {None, work.staff_id}
        and (scheme.line_id is None or scheme.line_id in work.line_ids)
        and scheme.level_id in {None, work.level_id}
    )


def first_meant(schemes: Iterable[PayScheme], staff_id: int, place: Place, since: date) -> date | None:
    """The first day, of those from `since` on, on which any of the schemes means this person."""
    work = (
        (scheme, Work(staff_id, max(scheme.starts_on, since), level_id=place.level_id, line_ids=place.line_ids))
        for scheme in schemes
    )
    return min((of.day for scheme, of in work if means(scheme, of)), default=None)


def clearness(scheme: PayScheme) -> tuple[bool, ...]:
    """How clearly a scheme says whom and what it means: the person before her line before her level, then the thing."""
    thing = scheme.service_id is not None or scheme.product_id is not None
    return (
        scheme.staff_id is not None,
        scheme.line_id is not None,
        scheme.level_id is not None,
        thing,
        bool(scheme.category),
    )


def scheme_for(schemes: Iterable[PayScheme], work: Work) -> PayScheme | None:
    """The scheme that pays for this work."""
    return clearest(scheme for scheme in schemes if is_about(scheme, work))


def clearest(schemes: Iterable[PayScheme]) -> PayScheme | None:
    """Of schemes that all mean the same, the one that counts: the clearest; of two as clear, the one begun later."""
    return max(schemes, key=lambda scheme: (clearness(scheme), scheme.starts_on, scheme.id), default=None)


def terms_of(scheme: PayScheme, *, own: bool, materials: int = 0) -> Terms:
    """A scheme as it pays now; `own`: for her own client, whose work has a percentage of its own and no steps.

    `materials`: rials that a piece takes of them.
    """
    terms = Terms(
        kind=scheme.kind,
        percent_bp=scheme.percent_bp,
        amount=scheme.amount,
        steps=tuple((step.above, step.percent_bp) for step in scheme.steps),
        steps_over=scheme.steps_over,
        after_materials=scheme.after_materials,
        materials=materials,
        discount_bp=scheme.discount_bp,
        credit_bp=scheme.credit_bp,
        redo_bp=scheme.redo_bp,
        own=own,
    )
    if own and scheme.own_bp is not None and scheme.kind != PayKind.FIXED:
        return replace(terms, kind=PayKind.PERCENT.value, percent_bp=scheme.own_bp, steps=())
    return terms


def part_of_month(amount: int, first: int, last: int, days: int) -> int:
    """Salary or rent of the days from `first` to `last` (exclusive) of a month; its parts add up to the whole."""
    return amount * last // days - amount * first // days


def do_overlap(one: PayScheme, other: PayScheme) -> bool:
    """Whether two schemes would both pay for the same: as clear, for the same people, work and days."""
    family = BY_WORK if one.kind in BY_WORK else {one.kind}
    if other.kind not in family or _scope(one) != _scope(other):
        return False
    return (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )


def _scope(scheme: PayScheme) -> tuple[Any, ...]:
    whom = (scheme.staff_id, scheme.line_id, scheme.level_id)
    if scheme.kind in BY_MONTH:
        return whom
    return (*whom, scheme.target, scheme.service_id, scheme.product_id, scheme.category)
