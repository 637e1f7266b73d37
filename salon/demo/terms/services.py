"""Writing down what the demo's salon tells apart, through the same services as the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...access.models import User
from ...cashbox.boxes.queries import boxes_of
from ...cashbox.boxes.services import BoxSpec, add_box, change_box
from ...cashbox.models import BoxKind
from ...catalog.prices.rules import PRODUCT, SERVICE, Price, Thing
from ...catalog.prices.services import ListSpec, add_price_list, set_prices
from ...core.jalali import year_range
from ...customers.groups.services import add_group
from ...setup.branches.services import BranchSpec, add_branch
from ...setup.sale_kinds.queries import sale_kinds
from ...setup.sale_kinds.services import add_sale_kind
from ...setup.taxes.services import set_tax_rate
from ...staff.levels.services import add_level, give_level
from ...staff.lines.services import add_line
from .rules import (
    BANK,
    BANK_NUMBER,
    COLLEAGUE,
    CREWS,
    GROUPS,
    LEVELS,
    LISTS,
    NEXT_TAX_BP,
    PETTY,
    SECOND_ADDRESS,
    SECOND_BRANCH,
    SECOND_PHONE,
    SOCIAL,
    TERMINAL,
    TERMINAL_NUMBER,
    TILL,
    PriceTerms,
    fixed_of,
    goods_for_colleagues,
    listed_price,
)


@dataclass(frozen=True)
class Boxes:
    """Where the demo's money lies, by id."""

    till: int
    petty: int
    terminal: int
    bank: int


@dataclass(frozen=True)
class Distinctions:
    """Ids by name."""

    groups: dict[str, int]
    sale_kinds: dict[str, int]


def distinguish(
    *,
    branch_id: int,
    people: Mapping[str, int],
    services: Mapping[str, int],
    products: Mapping[str, int],
    today: date,
    actor: User,
    now: datetime,
) -> Distinctions:
    """Write groups, levels, lines, kinds of sale, a second branch, price lists and the next year's VAT.

    `people` by code, services and products by name.
    """
    groups = {name: add_group(name=name, actor=actor, now=now).id for name in GROUPS}
    levels = _levels(people, actor, now)
    for crew in CREWS:
        members = {people[code]: share for code, share in crew.members}
        add_line(branch_id=branch_id, name=crew.name, head_id=people[crew.head], members=members, actor=actor, now=now)
    add_sale_kind(name=SOCIAL, position=len(sale_kinds()), actor=actor, now=now)
    spec = BranchSpec(SECOND_BRANCH, phone=SECOND_PHONE, address=SECOND_ADDRESS)
    other = add_branch(spec=spec, actor=actor, now=now).id
    for terms in LISTS:
        list_id = _price_list(terms, groups, levels, other, today, actor, now)
        set_prices(list_id=list_id, prices=_prices(terms, services, products), actor=actor, now=now)
    set_tax_rate(starts_on=year_range(today)[1], rate_bp=NEXT_TAX_BP, actor=actor, now=now)
    return Distinctions(groups, {kind.name: kind.id for kind in sale_kinds()})


def name_boxes(*, branch_id: int, actor: User, now: datetime) -> Boxes:
    """Give the boxes of a new branch the names that a salon has for them, and a petty cash beside the till."""
    main = {box.kind: box.id for box in boxes_of(branch_id)}
    named = {
        BoxKind.CASH: BoxSpec(TILL, BoxKind.CASH, is_main=True),
        BoxKind.CARD_TERMINAL: BoxSpec(TERMINAL, BoxKind.CARD_TERMINAL, TERMINAL_NUMBER, is_main=True),
        BoxKind.BANK: BoxSpec(BANK, BoxKind.BANK, BANK_NUMBER, is_main=True),
    }
    for kind, spec in named.items():
        change_box(branch_id=branch_id, cashbox_id=main[kind], spec=spec, actor=actor, now=now)
    petty = add_box(branch_id=branch_id, spec=BoxSpec(PETTY, BoxKind.CASH), actor=actor, now=now)
    return Boxes(main[BoxKind.CASH], petty.id, main[BoxKind.CARD_TERMINAL], main[BoxKind.BANK])


def _levels(people: Mapping[str, int], actor: User, now: datetime) -> dict[str, int]:
    levels = {}
    for position, (name, codes) in enumerate(LEVELS.items()):
        levels[name] = add_level(name=name, position=position, actor=actor, now=now).id
        for code in codes:
            give_level(staff_id=people[code], level_id=levels[name], actor=actor, now=now)
    return levels


def _price_list(
    terms: PriceTerms,
    groups: Mapping[str, int],
    levels: Mapping[str, int],
    other_branch: int,
    today: date,
    actor: User,
    now: datetime,
) -> int:
    spec = ListSpec(
        terms.name,
        priority=terms.priority,
        group_id=groups[terms.group] if terms.group else None,
        level_id=levels[terms.level] if terms.level else None,
        branch_id=other_branch if terms.other_branch else None,
        starts_on=None if terms.from_day is None else today + timedelta(terms.from_day),
        ends_on=None if terms.to_day is None else today + timedelta(terms.to_day),
    )
    return add_price_list(spec=spec, actor=actor, now=now).id


def _prices(terms: PriceTerms, services: Mapping[str, int], products: Mapping[str, int]) -> dict[Thing, Price | None]:
    listed: dict[Thing, Price | None] = {
        Thing(SERVICE, services[name]): Price(listed_price(price, terms.change_bp))
        for name, price in fixed_of(terms.categories).items()
    }
    if terms.group == COLLEAGUE:
        for name, price in goods_for_colleagues().items():
            listed[Thing(PRODUCT, products[name])] = Price(listed_price(price, terms.change_bp))
    return listed
