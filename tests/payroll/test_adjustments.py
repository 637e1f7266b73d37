"""A bonus is added to pay and a fine taken from it, each for a reason."""

import pytest

from salon.core.errors import DomainError
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from tests.factories import SmallSalon

from .conftest import Adjust, owed, verify


def test_a_bonus_costs_the_salon_and_a_fine_gives_it_back(salon: SmallSalon, adjust: Adjust) -> None:
    adjust("bonus", 500_000, "عید")
    adjust("fine", 200_000, "تأخیر")
    assert (owed(salon.sara), balance(AccountKind.STAFF_COST, salon.sara)) == (300_000, 300_000)
    assert verify() == []


@pytest.mark.parametrize(
    ("kind", "amount", "reason", "code", "field"),
    [
        ("gift", 1, "عید", "kind_unknown", "kind"),
        ("bonus", 0, "عید", "amount_invalid", "amount"),
        ("bonus", -1, "عید", "amount_invalid", "amount"),
        ("fine", 10**15 + 1, "عید", "amount_invalid", "amount"),
        ("fine", 1, "  ", "reason_missing", "reason"),
        ("fine", 1, "ت" * 201, "text_long", "reason"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    salon: SmallSalon, adjust: Adjust, kind: str, amount: int, reason: str, code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        adjust(kind, amount, reason)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert owed(salon.sara) == 0


def test_the_same_key_adds_once(salon: SmallSalon, adjust: Adjust) -> None:
    assert adjust("bonus", 1_000, key="eid").id == adjust("bonus", 1_000, key="eid").id
    with pytest.raises(DomainError) as refused:
        adjust("bonus", 2_000, key="eid")
    assert (refused.value.code, owed(salon.sara)) == ("key_reused", 1_000)
