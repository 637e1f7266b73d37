"""What is typed for the shelf: pieces of each product."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from ..core.text import latin_digits, normalise
from .errors import MOST_PIECES
from .models import MovementKind
from .rules import is_possible


@dataclass
class TypedPieces:
    """The pieces that were typed by product, and what is wrong with others, by the name of their field."""

    pieces: dict[int, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def field_of(product_id: int) -> str:
    """The name of the field of a product."""
    return f"pieces.{product_id}"


def pieces_typed(kind: MovementKind, said: Mapping[str, str], product_ids: Collection[int]) -> TypedPieces:
    """The pieces of these products as they were typed; an empty field says nothing of its product."""
    typed = TypedPieces()
    for product_id in product_ids:
        digits = latin_digits(normalise(said.get(field_of(product_id), "")))
        if not digits:
            continue
        is_number = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST_PIECES))
        if is_number and is_possible(kind, int(digits)):
            typed.pieces[product_id] = int(digits)
        else:
            typed.errors[field_of(product_id)] = _("تعداد درست نیست؛ عددی تا یک میلیون بنویسید.")
    return typed
