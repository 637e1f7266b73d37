"""Letting the demo's customers in."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ...access.models import User
from ...club.cards.services import issue_card
from ...customers.services import CustomerSpec, add_customer
from .rules import STAR, STAR_SWIPE, Person, swipe_of


def let_in(
    people: Iterable[Person],
    *,
    branch_id: int,
    groups: Mapping[str, int],
    card_key: str,
    actor: User,
    now: datetime,
) -> dict[int, Person]:
    """Add customers, with their groups (ids by name) and a member card where somebody has one; by their id."""
    added = {}
    for person in people:
        customer_id = _let_in(person, branch_id, groups, actor, now)
        added[customer_id] = person
        if person.card is not None:
            raw = STAR_SWIPE if person.card == STAR.card else swipe_of(person.card)
            issue_card(customer_id=customer_id, raw=raw, card_key=card_key, actor=actor, now=now)
    return added


def _let_in(person: Person, branch_id: int, groups: Mapping[str, int], actor: User, now: datetime) -> int:
    spec = CustomerSpec(
        first_name=person.first_name,
        last_name=person.last_name,
        mobile=person.mobile,
        shared_mobile=person.shares_mobile,
        birthday=person.birthday,
        wedding_day=person.wedding_day,
        note=person.note,
        allergies=person.allergies,
        is_walk_in=person.is_walk_in,
        group_id=groups[person.group] if person.group else None,
    )
    return add_customer(branch_id=branch_id, spec=spec, actor=actor, now=now).id
