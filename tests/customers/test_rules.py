"""How a customer is found."""

import pytest

from salon.customers.rules import FIRST_CODE, LEAST_FOR_INDEX, Wanted, key_of, reversed_mobile, wanted


def test_a_customer_is_found_by_her_code_her_whole_name_and_her_mobile() -> None:
    assert key_of("1001", "زهرا", "کریمی", "09123456789") == "1001 زهراکریمی 09123456789"
    assert key_of("۱۰۰۱", "فاطمه زهرا", "", None) == "1001 فاطمهزهرا"


def test_a_code_is_looked_for_as_it_is_kept() -> None:
    assert wanted(" ۱۰۰۱ ") == Wanted("1001", "1001", ("1001",), ())


def test_a_mobile_is_one_word_however_it_is_typed() -> None:
    assert wanted("+98 912 345 6789") == Wanted("+98 912 345 6789", "09123456789", ("09123456789",), ())


def test_a_few_digits_are_looked_for_at_the_end_of_mobiles() -> None:
    assert wanted("۸۹") == Wanted("89", "89", (), ("89",))
    assert wanted("89 12").ending == ""
    assert wanted("b12").ending == ""


@pytest.mark.parametrize("typed", ["", "  ", "-"])
def test_nothing_typed_looks_for_nothing(typed: str) -> None:
    assert wanted(typed) == Wanted(typed.strip(), "", (), ())


def test_words_may_come_in_any_order_and_short_ones_are_looked_for_otherwise() -> None:
    found = wanted("كریمی زه علی")
    assert (found.long_words, found.short_words) == (("کریمی", "علی"), ("زه",))
    assert LEAST_FOR_INDEX == 3


def test_a_mobile_is_found_by_its_ending() -> None:
    assert reversed_mobile("09123456789") == "98765432190"
    assert reversed_mobile(None) is None


def test_the_first_customer_has_a_code_of_four_digits() -> None:
    assert FIRST_CODE == 1001
