"""Card numbers: what is kept of them, and how a swipe is read."""

import hashlib
import hmac

import pytest
from flask import Flask

from salon.club.cards.rules import hash_of_number, number_of_swipe
from salon.core.errors import Invalid


def test_a_member_card_is_known_by_its_number() -> None:
    assert number_of_swipe(";9900140500000017=3012?") == "9900140500000017"


@pytest.mark.parametrize(
    ("raw", "code"),
    [(";9900140500000017=3012", "card_unreadable"), ("", "card_unreadable"), (";6219861034529007=3012?", "bank_card")],
)
def test_a_swipe_that_is_no_member_card_is_refused_at_its_field(app: Flask, raw: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        number_of_swipe(raw)
    assert (refused.value.code, refused.value.field) == (code, "raw")


def test_of_a_card_only_a_keyed_hash_is_kept() -> None:
    kept = hash_of_number("9900140500000017", "key of the salon")
    assert kept == hmac.new(b"key of the salon", b"9900140500000017", hashlib.sha256).hexdigest()
    assert kept not in {hash_of_number("9900140500000018", "key of the salon"), hash_of_number("9900140500000017", "k")}
