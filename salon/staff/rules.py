"""Weekdays and colours of the board. No database."""

import re

WEEK = range(7)  # 0 is Saturday

# Told apart on the board by people who see colours differently, too: neighbours differ in lightness.
PALETTE = ("#7b2d5e", "#b98a2f", "#2f5f98", "#d98aa8", "#1f7a55", "#8a6fb0", "#9a5b00", "#3f8f9b")


def color_of(position: int) -> str:
    """The colour proposed for somebody at a place on the board."""
    return PALETTE[position % len(PALETTE)]


def is_color(text: str) -> bool:
    """Whether a text is a colour as #rrggbb."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None
