"""Whose card it is."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from ...core.db import db
from ..errors import card_unknown
from ..models import MemberCard
from .rules import hash_of_number, number_of_swipe

_OWNER = select(MemberCard.customer_id).where(MemberCard.number_hash == bindparam("number_hash"), MemberCard.active)


def customer_of_swipe(raw: str, card_key: str) -> int:
    """The id of the customer whose card was swiped, by the salon's card key.

    Raises NotFound card_unknown, Invalid card_unreadable or bank_card.
    """
    number_hash = hash_of_number(number_of_swipe(raw), card_key)
    customer_id = db.session.connection().execute(_OWNER, {"number_hash": number_hash}).scalar()
    if customer_id is None:
        raise card_unknown()
    return int(customer_id)


def card_of(number_hash: str) -> MemberCard | None:
    """The card in use of this number."""
    return db.session.scalar(select(MemberCard).where(MemberCard.number_hash == number_hash, MemberCard.active))


def cards_of(customer_id: int) -> Sequence[MemberCard]:
    """The customer's cards in use."""
    return db.session.scalars(
        select(MemberCard).where(MemberCard.customer_id == customer_id, MemberCard.active).order_by(MemberCard.id)
    ).all()
