"""Weekdays and colours of the board."""

import pytest

from salon.staff.rules import PALETTE, WEEK, color_of, is_color


def test_a_week_has_seven_days_from_zero() -> None:
    assert list(WEEK) == [0, 1, 2, 3, 4, 5, 6]


def test_nobody_shares_a_colour_until_all_are_given() -> None:
    first = [color_of(position) for position in range(len(PALETTE))]
    assert first == list(PALETTE) and len(set(first)) == 8
    assert [color_of(position) for position in (8, 9, 17)] == [PALETTE[0], PALETTE[1], PALETTE[1]]


def test_every_proposed_colour_is_one_that_could_be_typed() -> None:
    assert all(is_color(color) for color in PALETTE)


def test_the_colours_of_the_board_stay_as_they_were_chosen() -> None:
    assert PALETTE == ("#7b2d5e", "#b98a2f", "#2f5f98", "#d98aa8", "#1f7a55", "#8a6fb0", "#9a5b00", "#3f8f9b")


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("#7b2d5e", True),
        ("#7B2D5E", True),
        ("#09afAF", True),
        ("7b2d5e", False),
        ("#7b2d5", False),
        ("#7b2d5ee", False),
        ("#7b2d5g", False),
        ("#7b2d5G", False),
        ("red", False),
        ("", False),
    ],
)
def test_a_colour_is_six_hexadecimal_digits_after_a_hash(typed: str, is_one: bool) -> None:
    assert is_color(typed) is is_one
