"""Issuing member cards."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...customers import queries as customers
from ..errors import CARD_TAKEN
from ..models import MemberCard
from .queries import card_of
from .rules import hash_of_number, number_of_swipe


def issue_card(*, customer_id: int, raw: str, card_key: str, actor: Actor | None, now: datetime) -> MemberCard:
    """Give the swiped card to a customer, kept under the salon's card key; her own card again changes nothing.

    Raises Invalid `card_unreadable` or `bank_card`, NotFound, DomainError `card_taken` (another customer's).
    """
    customers.customer(customer_id)
    number = number_of_swipe(raw)
    number_hash = hash_of_number(number, card_key)
    known = card_of(number_hash)
    if known is not None and known.customer_id == customer_id:
        return known
    if known is not None:
        raise CARD_TAKEN.again()
    card = MemberCard(
        customer_id=customer_id,
        number_hash=number_hash,
        last_four=number[-4:],
        active=True,
        issued_at=now,
        issued_by=None if actor is None else actor.id,
    )
    db.session.add(card)
    db.session.flush()
    return card
