"""Card numbers: what is kept of them, and how a swipe is read."""

import hashlib
import hmac

from hardware.magnetic.tracks import UnreadableSwipe, is_bank_card, parse_swipe

from ..errors import bank_card, card_unreadable


def number_of_swipe(raw: str) -> str:
    """The number on a swiped card. Raises Invalid `card_unreadable` or `bank_card`, with what to do."""
    try:
        number = parse_swipe(raw).number
    except UnreadableSwipe as error:
        raise card_unreadable() from error
    if is_bank_card(number):
        raise bank_card()
    return number


def hash_of_number(number: str, key: str) -> str:
    """HMAC-SHA-256 of a card number under the salon's card key, in hex."""
    return hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest()
