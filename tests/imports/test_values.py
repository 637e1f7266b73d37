"""Amounts, days and times as programs and people write them."""

from datetime import date, time
from decimal import Decimal

import pytest

from salon.imports.values.rules import (
    formats_for,
    parse_amount,
    parse_amount_range,
    parse_day,
    parse_flag,
    parse_time,
    parse_whole,
    rounded_rials,
    whole_rials,
)

RIALS = formats_for(1, (), (), None)
TOMAN = formats_for(10, (), (), None)
CENTS = formats_for(100, (), (), None)


@pytest.mark.parametrize(
    ("text", "formats", "amount"),
    [
        ("25000", RIALS, "25000"),
        ("1.000.000", RIALS, "1000000"),
        ("۱٬۲۵۰٬۰۰۰", RIALS, "1250000"),
        ("1,250,000", RIALS, "1250000"),
        ("660.000", TOMAN, "6600000"),
        ("۱۲٫۵", TOMAN, "125"),
        ("82", CENTS, "8200"),
        ("-50.4", CENTS, "-5040"),
        ("(50.40)", CENTS, "-5040"),
        ("50-", CENTS, "-5000"),
        ("4.032", CENTS, "403.2"),
        (".5", CENTS, "50"),
        ("1,269.9", CENTS, "126990"),
    ],
)
def test_an_amount_is_read_exactly(text, formats, amount):
    assert parse_amount(text, formats) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "-", "رایگان", "12a", "1.00", "1.0000", "10,00", "1,000.000", "--5x", "1" * 19])
def test_what_is_no_amount_is_not_guessed(text):
    assert parse_amount(text, RIALS) is None


@pytest.mark.parametrize("text", ["60.000 تا 100.000", "60.000-100.000", "۶۰٬۰۰۰ الی ۱۰۰٬۰۰۰"])
def test_a_price_range_has_two_ends(text):
    assert parse_amount_range(text, RIALS) == (60_000, 100_000)


def test_a_single_price_has_one_end():
    assert parse_amount_range("80.000", RIALS) == (80_000, None)
    assert parse_amount_range("80.000 تا", RIALS) is None


def test_half_a_cent_rounds_away_from_zero_so_that_a_return_mirrors_its_sale():
    assert rounded_rials(Decimal("230.5")) == 231
    assert rounded_rials(Decimal("-230.5")) == -231
    assert rounded_rials(Decimal("655.2")) == 655


def test_an_amount_finer_than_the_books_is_not_whole():
    assert whole_rials(Decimal("403.2")) is None
    assert whole_rials(Decimal("403.0")) == 403


@pytest.mark.parametrize(
    ("text", "forms", "day"),
    [
        ("03/15/2018", ("%m/%d/%Y",), date(2018, 3, 15)),
        ("۱۳۹۷/۰۱/۱۵", (), date(2018, 4, 4)),
        ("1397-1-15", ("%m/%d/%Y", "jalali"), date(2018, 4, 4)),
        ("2018-04-04", (), date(2018, 4, 4)),
        ("13/15/2018", ("%m/%d/%Y",), None),
        ("1397/12/30", (), None),
    ],
)
def test_a_day_is_read_by_the_formats_of_the_file(text, forms, day):
    assert parse_day(text, formats_for(1, forms, (), None)) == day


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3:50:00 PM", time(15, 50)),
        ("12:00:00 PM", time(12)),
        ("۹:۳۰", time(9, 30)),
        ("4:15 ب.ظ", time(16, 15)),
        ("۹", time(9)),
        ("0930", time(9, 30)),
        ("9/30", time(9, 30)),
        ("25:00", None),
        ("24:00", None),  # the end of a day is no time to begin at
    ],
)
def test_a_time_is_read_on_both_clocks(text, at):
    assert parse_time(text, RIALS) == at


def test_whole_numbers_and_yes_and_no():
    assert [parse_whole(text) for text in ("۲", "-1", "2.0", "1.5", "x", "")] == [2, -1, 2, None, None, None]
    assert [parse_flag(text) for text in ("TRUE", "بله", "0", "خیر", "شاید")] == [True, True, False, False, None]
