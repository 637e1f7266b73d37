"""Amounts, days and times as programs and people write them."""

from datetime import date, time
from decimal import Decimal

import pytest

from salon.imports.values.rules import (
    Formats,
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


def test_only_money_with_cents_is_taken_to_have_a_decimal_point():
    assert [formats_for(scale, (), (), None).decimal_point for scale in (1, 10, 99, 100, 101)] == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert formats_for(100, (), (), False).decimal_point is False
    assert formats_for(1, (), (), True).decimal_point is True


def test_what_a_file_does_not_say_is_taken_as_it_is_usual():
    usual = Formats(("jalali",), ("clock", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p"), 1, False)
    assert Formats() == formats_for(1, (), (), None) == usual
    own = formats_for(10, ["%d.%m.%Y"], ["%H"], None)
    assert (own.dates, own.times, own.money_scale) == (("%d.%m.%Y",), ("%H",), 10)


@pytest.mark.parametrize(
    ("text", "formats", "amount"),
    [
        ("−5", RIALS, "-5"),
        ("–5", RIALS, "-5"),
        ("(5", RIALS, "-5"),
        ("0", RIALS, "0"),
        ("٫5", RIALS, "0.5"),
        ("1٫25", CENTS, "125"),
        ("1,000.5", CENTS, "100050"),
        ("1 000", RIALS, "1000"),
        ("1،000", RIALS, "1000"),
        ("100000000000000000", RIALS, "100000000000000000"),
        ("-100000000000000000", RIALS, "-100000000000000000"),
        ("10000000000000000", TOMAN, "100000000000000000"),
    ],
)
def test_an_amount_may_be_written_in_many_ways(text, formats, amount):
    assert parse_amount(text, formats) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("100000000000000001", RIALS),
        ("10000000000000001", TOMAN),
        ("5٫", RIALS),
        ("5.", CENTS),
        ("1.2.3", CENTS),
        ("1.2a", CENTS),
        ("()", RIALS),
        ("1,000 000", RIALS),
        ("1٫5٫5", RIALS),
        ("X5", RIALS),
    ],
)
def test_an_amount_too_large_or_broken_off_is_none(text, formats):
    assert parse_amount(text, formats) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("5تا7", (5, 7)),
        ("5 الی 7", (5, 7)),
        ("5–7", (5, 7)),
        ("۵ - ۷", (5, 7)),
        ("5 تا x7", None),
        ("a5 تا 7", None),
        ("5 و 7", None),
        ("", None),
    ],
)
def test_the_ends_of_a_range_are_both_amounts(text, ends):
    assert parse_amount_range(text, RIALS) == ends


def test_amounts_are_rounded_only_when_asked():
    assert [rounded_rials(Decimal(text)) for text in ("0.4", "0.5", "1.5", "2.5", "-0.4")] == [0, 1, 2, 3, 0]
    assert isinstance(rounded_rials(Decimal("2.5")), int)
    assert whole_rials(Decimal("-7")) == -7


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("−3", -3),
        ("2٫00", 2),
        ("2.", None),
        ("2.01", None),
        ("--2", None),
        ("2,0", None),
        ("+2", None),
    ],
)
def test_a_whole_number_has_up_to_nine_digits_and_nothing_after_the_point(text, number):
    assert parse_whole(text) == number


@pytest.mark.parametrize("text", ["1", "true", "YES", "y", "بله", "بلی", "دارد", "فعال", " Yes ", "۱"])
def test_there_are_many_words_for_yes(text):
    assert parse_flag(text) is True


@pytest.mark.parametrize(
    "text", ["0", "false", "NO", "n", "خیر", "نه", "ندارد", "غیرفعال", "غير\u200cفعال".replace("\u200c", "")]
)
def test_there_are_many_words_for_no(text):
    assert parse_flag(text) is False


@pytest.mark.parametrize("text", ["", "2", "ye", "yess", "no way"])
def test_any_other_word_is_neither(text):
    assert parse_flag(text) is None


def test_the_first_format_that_fits_decides():
    formats = formats_for(1, ("%d/%m/%Y", "%m/%d/%Y"), ("%M:%H", "%H:%M"), None)
    assert parse_day("03/04/2018", formats) == date(2018, 4, 3)
    assert parse_day("03/15/2018", formats) == date(2018, 3, 15)
    assert (parse_time("10:20", formats), parse_time("10:59", formats)) == (time(20, 10), time(10, 59))
    assert type(parse_day("03/04/2018", formats)) is date


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:05:07", time(9, 5, 7)),
        ("9:05 ق.ظ", time(9, 5)),
        ("", None),
        ("9", time(9)),
        ("24:00", None),
        ("0930", time(9, 30)),
    ],
)
def test_seconds_and_halves_of_the_day_are_read(text, at):
    assert parse_time(text, RIALS) == at
