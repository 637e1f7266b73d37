"""What chance draws for the demo keeps within its bounds."""

from datetime import date, timedelta
from random import Random

import pytest

from hardware.magnetic.tracks import is_bank_card, parse_swipe
from salon.demo.drawer.rules import pieces_of
from salon.demo.opening.rules import SERVICES, STAFF
from salon.demo.people.rules import STAR, STAR_SWIPE, draw_people, swipe_of
from salon.demo.till.rules import payments_for

TODAY = date(2026, 11, 21)
FIRST_DAY = TODAY - timedelta(days=90)


def test_the_same_seed_draws_the_same_people() -> None:
    once, again = (draw_people(Random(1), 80, first_day=FIRST_DAY, today=TODAY) for _ in range(2))
    assert once == again


def test_people_come_in_order_and_a_daughter_after_her_mother() -> None:
    people = draw_people(Random(3), 300, first_day=FIRST_DAY, today=TODAY)
    assert [person.joined for person in people] == sorted(person.joined for person in people)
    known: set[str] = set()
    for person in people:
        assert person.shares_mobile == (person.mobile in known)
        if person.mobile:
            known.add(person.mobile)


def test_member_cards_are_read_and_are_no_bank_cards() -> None:
    cards = [person.card for person in draw_people(Random(5), 300, first_day=FIRST_DAY, today=TODAY) if person.card]
    assert len(set(cards)) == len(cards) > 30
    for card in cards:
        assert parse_swipe(swipe_of(card)).number == card
        assert not is_bank_card(card)
    assert parse_swipe(STAR_SWIPE).number == STAR.card


def test_somebody_does_every_service() -> None:
    skills = {skill for colleague in STAFF for skill in colleague.skills}
    assert {service.category for service in SERVICES} == skills
    assert len({service.name for service in SERVICES}) == len(SERVICES) >= 40


@pytest.mark.parametrize("due", [0, 1, 5_000_000, 12_345_670])
def test_payments_add_up_to_what_is_due(due: int) -> None:
    for seed in range(30):
        assert sum(payment.amount for payment in payments_for(Random(seed), due)) == due


@pytest.mark.parametrize("amount", [0, 1, 999, 20_347_650, 123_456_789])
def test_pieces_come_to_what_was_counted(amount: int) -> None:
    assert sum(value * pieces for value, pieces in pieces_of(amount).items()) == amount
