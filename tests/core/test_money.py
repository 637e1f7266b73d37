"""Whole rials, shown, read and split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.core.money import (
    WHOLE,
    Currency,
    format_money,
    group,
    is_share,
    parse_money,
    parse_percent,
    percent_of,
    rate_of,
    share,
)

RIALS = st.integers(-(10**16), 10**16)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "۰"), (999, "۹۹۹"), (1000, "۱٬۰۰۰"), (1250000, "۱٬۲۵۰٬۰۰۰"), (-12500, "\u200e−۱۲٬۵۰۰")],
)
def test_amounts_are_shown_by_thousands_in_persian_digits(amount: int, shown: str) -> None:
    assert group(amount) == shown


@pytest.mark.parametrize(
    ("rials", "currency", "shown"),
    [
        (1250000, Currency.RIAL, "۱٬۲۵۰٬۰۰۰"),
        (1250000, Currency.TOMAN, "۱۲۵٬۰۰۰"),
        (1250005, Currency.TOMAN, "۱۲۵٬۰۰۰٫۵"),
        (-5, Currency.TOMAN, "\u200e−۰٫۵"),
        (-1250000, Currency.TOMAN, "\u200e−۱۲۵٬۰۰۰"),
        (0, Currency.TOMAN, "۰"),
    ],
)
def test_rials_are_shown_in_the_unit_of_the_salon(rials: int, currency: Currency, shown: str) -> None:
    assert format_money(rials, currency) == shown


def test_a_salon_keeps_its_unit_by_name_and_a_toman_is_ten_rials() -> None:
    assert [(currency.value, currency.rials) for currency in Currency] == [("rial", 1), ("toman", 10)]


def test_the_units_have_persian_names() -> None:
    assert [currency.label for currency in Currency] == ["ریال", "تومان"]


@pytest.mark.parametrize(
    "typed",
    [
        "1250000",
        "۱۲۵۰۰۰۰",
        "١٢٥٠٠٠٠",
        "۱٬۲۵۰٬۰۰۰",
        "1,250,000",
        "۱،۲۵۰،۰۰۰",
        "1.250.000",
        "1 250 000",
        "1\u00a0250\u00a0000",
        " ۱٬۲۵۰٬۰۰۰ ",
        "+1250000",
        "0001250000",
    ],
)
def test_an_amount_is_read_however_its_thousands_are_set_apart(typed: str) -> None:
    assert parse_money(typed, Currency.RIAL) == 1_250_000
    assert parse_money(typed, Currency.TOMAN) == 12_500_000


@pytest.mark.parametrize("typed", ["-12,500", "−۱۲٬۵۰۰", "\u200e−۱۲٬۵۰۰", "– 12500"])
def test_every_minus_sign_makes_an_amount_negative(typed: str) -> None:
    assert parse_money(typed, Currency.RIAL) == -12_500


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "دوازده",
        "12.5",
        "12,50",
        "1,00,000",
        "1,000.000",
        ",500",
        "500,",
        "12/5",
        "1e6",
        "12٫",
        "٫5",
        "12٫55",
        "1-2",
        "--5",
        "9" * 19,
        "9" * 6000,
    ],
)
def test_what_is_not_an_amount_is_none(typed: str) -> None:
    assert parse_money(typed, Currency.RIAL) is None
    assert parse_money(typed, Currency.TOMAN) is None


def test_an_amount_has_up_to_eighteen_digits_not_counting_zeros_in_front() -> None:
    assert parse_money("0" * 30 + "9" * 18, Currency.RIAL) == 10**18 - 1
    assert parse_money("1" + "0" * 17, Currency.RIAL) == 10**17
    assert parse_money("1" + "0" * 18, Currency.RIAL) is None
    assert parse_money("9" * 17, Currency.TOMAN) == (10**17 - 1) * 10
    assert parse_money("9" * 18, Currency.TOMAN) is None


def test_only_tomans_have_a_decimal() -> None:
    assert parse_money("۱۲۵٬۰۰۰٫۵", Currency.TOMAN) == 1_250_005
    assert parse_money("-0٫5", Currency.TOMAN) == -5
    assert parse_money("۱۲۵٬۰۰۰٫۵", Currency.RIAL) is None


@given(RIALS, st.sampled_from(Currency))
def test_what_is_shown_is_read_back_as_the_same_rials(rials: int, currency: Currency) -> None:
    assert parse_money(format_money(rials, currency), currency) == rials


@given(st.text(), st.sampled_from(Currency))
def test_no_text_upsets_the_reader_of_amounts(typed: str, currency: Currency) -> None:
    rials = parse_money(typed, currency)
    assert rials is None or abs(rials) < 10**18


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [0, 3, 0], [0, 10, 0]),
        (7, [1, 2, 4], [1, 2, 4]),
        (1000, [1, 2], [333, 667]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
    ],
)
def test_a_split_gives_the_last_rials_to_the_largest_remainders(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert share(total, weights) == parts


@given(RIALS, st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any))
def test_a_split_loses_no_rial_and_strays_less_than_one(total: int, weights: list[int]) -> None:
    parts = share(total, weights)
    whole = sum(weights)
    assert sum(parts) == total
    assert all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True))
    assert share(-total, weights) == [-part for part in parts]


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0, 0]), (10, [3, -1]), (0, [-1])])
def test_a_split_without_usable_weights_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share(total, weights)


@pytest.mark.parametrize(
    ("amount", "basis_points", "part"),
    [(1000, 1000, 100), (999, 1000, 99), (-999, 1000, -99), (12345, 10_000, 12345), (7, 0, 0), (999, -1000, -99)],
)
def test_a_percentage_is_cut_toward_zero(amount: int, basis_points: int, part: int) -> None:
    assert percent_of(amount, basis_points) == part


@given(RIALS, st.integers(0, 10_000))
def test_a_percentage_of_a_return_mirrors_the_sale(amount: int, basis_points: int) -> None:
    part = percent_of(amount, basis_points)
    assert percent_of(-amount, basis_points) == -part
    assert abs(part) * 10_000 <= abs(amount) * basis_points < (abs(part) + 1) * 10_000


@pytest.mark.parametrize(
    ("part", "whole", "basis_points"),
    [
        (900, 10_000, 900),
        (1, 3, 3_333),
        (2, 3, 6_667),
        (1, 20_000, 0),  # halves go to the even one
        (3, 20_000, 2),
        (7, 20_000, 4),
        (-655, -5_040, 1_300),
        (-5, 100, -500),
        (0, 7, 0),
        (99_995 * 10**12 - 1, 10**17, 9_999),  # a hair below the half, which no float can tell from it
    ],
)
def test_a_rate_is_the_nearest_basis_point(part: int, whole: int, basis_points: int) -> None:
    assert rate_of(part, whole) == basis_points


@given(part=RIALS, whole=RIALS.filter(bool))
def test_no_other_rate_is_nearer(part: int, whole: int) -> None:
    assert 2 * abs(part * 10_000 - rate_of(part, whole) * whole) <= abs(whole)


def test_a_share_is_nothing_at_least_and_the_whole_at_most() -> None:
    assert WHOLE == 10_000
    assert [is_share(points) for points in (-1, 0, 1, 9_999, 10_000, 10_001)] == [False, True, True, True, True, False]


@pytest.mark.parametrize(
    ("typed", "basis_points"),
    [("۱۰٪", 1_000), ("10 %", 1_000), ("۲٫۵", 250), ("2.05", 205), ("۰", 0), ("۱۰۰٪", 10_000), ("٢/٥ ٪", 250)],
)
def test_a_percentage_is_read_with_its_sign_or_without(typed: str, basis_points: int) -> None:
    assert parse_percent(typed) == basis_points


@pytest.mark.parametrize("typed", ["", "٪", "۱۰۱", "۱۰۰٫۰۱٪", "-۱", "۲٫۵۰۰", "ده", "۱ ۰", "۱۰٪٪"])
def test_what_is_no_share_is_no_percentage(typed: str) -> None:
    assert parse_percent(typed) is None
