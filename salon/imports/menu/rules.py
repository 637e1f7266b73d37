"""What a file says of services and products, put over what is known of them. No database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...core.text import search_key
from ..errors import code_repeated, name_from_code, name_shared
from ..rules import Bundle, Finding, Named, Plan, refusal_at, without_repeats


@dataclass(frozen=True)
class SoldFact:
    """A service or product as a file knows it; None is what the file does not say. Rials, minutes."""

    code: str
    name: str | None
    category: str | None
    price: int | None
    active: bool | None
    price_to: int | None = None
    duration: int | None = None
    brand: str | None = None
    materials: int | None = None


@dataclass(frozen=True)
class Sold:
    """A service or product as it stands in the books; what is new and not said is as here. Rials, minutes."""

    code: str
    name: str
    category: str = ""
    price: int = 0
    active: bool = True
    price_to: int | None = None
    duration: int = 60
    brand: str = ""
    materials: int = 0


def over(known: Sold, said: SoldFact) -> Sold:
    """What is known, with what the file says put over it; a new price has no upper end but its own."""
    words = {name: value for name, value in vars(said).items() if value is not None}
    if said.price is not None:
        words["price_to"] = said.price_to
    return replace(known, **words)


def new(said: SoldFact) -> Sold:
    """What the file says, where nothing is known; its code stands in for its name."""
    return over(Sold(said.code, said.code), said)


def looked_over(plan: Plan[SoldFact], known: Mapping[str, Named]) -> Plan[SoldFact]:
    """The plan with each code once, and what is to be looked at."""
    plan = without_repeats(plan, lambda fact: fact.code, code_repeated)
    plan.warnings += _nameless(plan.bundles, known) + _of_one_name(plan.bundles, known)
    return plan


def _nameless(bundles: Sequence[Bundle[SoldFact]], known: Mapping[str, Named]) -> list[Finding]:
    nameless = [bundle for bundle in bundles if bundle.fact.name is None and bundle.fact.code not in known]
    return [refusal_at(bundle.lines[0], name_from_code(bundle.fact.code)) for bundle in nameless]


def _of_one_name(bundles: Sequence[Bundle[SoldFact]], known: Mapping[str, Named]) -> list[Finding]:
    """What bears the name of something else of its kind, in the file or in the books."""
    names = {thing.code: thing.name for thing in known.values()}
    names |= {bundle.fact.code: bundle.fact.name for bundle in bundles if bundle.fact.name}
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        codes[search_key(name)].add(code)
    named = [(bundle.lines[0], bundle.fact.name) for bundle in bundles if bundle.fact.name]
    return [refusal_at(line, name_shared(name)) for line, name in named if len(codes[search_key(name)]) > 1]
