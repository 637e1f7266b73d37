"""Text that is longer than its column, and names that are none: the one rule and sentence for every place."""

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from .errors import name_missing, text_long
from .text import normalise, normalise_lines


def longest(column: InstrumentedAttribute[Any]) -> int:
    """How many characters a column of text keeps."""
    return int(column.type.length)


def fits(text: str, most: int, field: str) -> str:
    """The text, which has at most so many characters. Raises Invalid `text_long` at its field: nothing is cut."""
    if len(text) > most:
        raise text_long(most, field)
    return text


def line_of(typed: str, column: InstrumentedAttribute[str], field: str | None = None) -> str:
    """A line as its column keeps it, in one spelling. Raises Invalid `text_long` at `field`, else at the column's."""
    return fits(normalise(typed), longest(column), field or column.key)


def name_of(typed: str, column: InstrumentedAttribute[str], field: str | None = None) -> str:
    """A name as its column keeps it. Raises Invalid `name_missing` for none, `text_long` as `line_of` does."""
    kept = line_of(typed, column, field)
    if not kept:
        raise name_missing(field or column.key)
    return kept


def note_of(typed: str, column: InstrumentedAttribute[str], field: str | None = None) -> str:
    """Some lines as their column keeps them, each in one spelling. Raises Invalid `text_long` as `line_of` does."""
    return fits(normalise_lines(typed), longest(column), field or column.key)
