"""Which price counts."""

from datetime import date

import pytest

from salon.catalog.prices.rules import PRODUCT, SERVICE, ListTerms, Occasion, Price, PriceBook, Thing, of_level

DAY = date(2026, 11, 21)
CUT, SERUM = Thing(SERVICE, 7), Thing(PRODUCT, 7)
OWN = Price(450_000)
HERE = Occasion(group_id=3, branch_id=1, level_id=5, day=DAY)


def book(*lists: ListTerms, **prices: int) -> PriceBook:
    """Lists with a price of the cut on each, told as `on_1=400_000`."""
    listed = {(int(name.removeprefix("on_")), CUT): price for name, price in prices.items()}
    return PriceBook(lists, {key: Price(price, None, key[0]) for key, price in listed.items()})


def test_without_a_list_a_thing_has_its_own_price() -> None:
    assert PriceBook().price(CUT, OWN, HERE) == OWN
    assert PriceBook().listed(CUT, HERE) is None


def test_the_first_list_that_suits_wins_and_says_its_name() -> None:
    both = book(ListTerms(2), ListTerms(1), on_1=300_000, on_2=400_000)
    assert both.price(CUT, OWN, HERE) == Price(400_000, None, 2)


def test_a_list_that_does_not_name_the_thing_is_passed_over() -> None:
    assert book(ListTerms(1), ListTerms(2), on_2=400_000).price(CUT, OWN, HERE).list_id == 2
    assert book(ListTerms(1), on_1=400_000).price(SERUM, OWN, HERE) == OWN


@pytest.mark.parametrize(
    ("terms", "suits"),
    [
        (ListTerms(1), True),
        (ListTerms(1, group_id=3, branch_id=1, level_id=5, starts_on=DAY, ends_on=DAY), True),
        (ListTerms(1, group_id=4), False),
        (ListTerms(1, branch_id=2), False),
        (ListTerms(1, level_id=6), False),
        (ListTerms(1, starts_on=date(2026, 11, 22)), False),
        (ListTerms(1, ends_on=date(2026, 11, 20)), False),
    ],
)
def test_a_list_counts_for_its_group_branch_level_and_days(terms: ListTerms, suits: bool) -> None:
    assert terms.suits(HERE) is suits


def test_a_list_of_a_group_is_not_for_somebody_without_a_group() -> None:
    assert not ListTerms(1, group_id=3).suits(Occasion(None, 1, 5, DAY))


def test_another_level_has_another_price_on_the_same_occasion() -> None:
    by_level = book(ListTerms(1, level_id=5), on_1=900_000)
    assert by_level.asks_levels
    assert not book(ListTerms(1)).asks_levels
    assert by_level.price(CUT, OWN, of_level(HERE, 5)).price == 900_000
    assert by_level.price(CUT, OWN, of_level(HERE, None)) == OWN


def test_a_price_holds_itself_and_a_range_what_lies_in_it() -> None:
    assert [Price(5).holds(asked) for asked in (4, 5, 6)] == [False, True, False]
    assert [Price(5, 7).holds(asked) for asked in (4, 5, 7, 8)] == [False, True, True, False]
