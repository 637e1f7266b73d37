"""Text that is longer than its column: the one rule, and the one sentence, for every place that keeps what is typed."""

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from .errors import text_long
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


def note_of(typed: str, column: InstrumentedAttribute[str], field: str | None = None) -> str:
    """Some lines as their column keeps them, each in one spelling. Raises Invalid `text_long` as `line_of` does."""
    return fits(normalise_lines(typed), longest(column), field or column.key)
