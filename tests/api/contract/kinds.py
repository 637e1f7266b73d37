"""Kinds of values as the table names them, and as JSON Schema and a real answer have them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00"


@dataclass(frozen=True)
class Kind:
    """A kind of value: how the description says it, how an answer is told to have it, and what it is not."""

    said: dict[str, Any]
    fits: Callable[[Any], bool]
    misfits: tuple[Any, ...] = ()  # values that a call refuses; each kind also refuses what `null` and lists are

    def or_null(self) -> "Kind":
        """The same, or nothing."""
        named = self.said["type"]
        said = self.said | {"type": [named, "null"]}
        return Kind(said, lambda value: value is None or self.fits(value), self.misfits)


def whole(least: int | None = None, most: int | None = None) -> Kind:
    """A whole number."""
    bounds = {"minimum": least, "maximum": most}
    beyond = [bound for bound in (least is not None and least - 1, most is not None and most + 1) if bound is not False]
    said = {"type": "integer"} | {name: bound for name, bound in bounds.items() if bound is not None}
    return Kind(said, lambda value: type(value) is int, (*beyond, 1.5, "1", True, 10**40, -(10**40)))


def text(least: int | None = None, most: int | None = None) -> Kind:
    """Text of so many characters."""
    bounds = {"minLength": least, "maxLength": most}
    said = {"type": "string"} | {name: bound for name, bound in bounds.items() if bound is not None}
    beyond = [*([""] if least else []), *(["x" * (most + 1)] if most else [])]
    return Kind(said, lambda value: isinstance(value, str), (*beyond, 1, False))


def one_of(*names: str) -> Kind:
    """One of these words."""
    return Kind({"type": "string", "enum": list(names)}, lambda value: value in names, ("", "another", 1))


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


NO_DAYS = ("", "21/11/2026", "20261121", "2026-02-30", "1899-12-31", "2200-01-01", "2026-11-21T00:00:00Z", 20261121)
FLAG = Kind({"type": "boolean"}, lambda value: type(value) is bool, (0, 1, "true", ""))
DAY = Kind({"type": "string", "format": "date"}, _matches(r"\d{4}-\d\d-\d\d"))
DAY_ASKED = Kind(DAY.said | {"pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}, DAY.fits, NO_DAYS)
UTC = Kind({"type": "string", "format": "date-time"}, _matches(MOMENT))
MOMENT_ASKED = Kind(UTC.said, UTC.fits, ("", "tomorrow", "2026-11-22 at ten", 1795500000, "2026-13-01T10:00:00+03:30"))
KEY = whole(1, 2**63 - 1)  # of a row
RIALS_ASKED = whole(0, 10**15)
NUMBER = whole()  # an id, a count, rials, points or minutes, as they are given back
TEXT = text()

Shape = Any  # a Kind, a list of one shape, or a dictionary of shapes by field


def told(shape: Shape) -> Any:
    """A shape as the description says it; fields that may be missing keep their `?`."""
    if isinstance(shape, dict):
        return {name.strip("+"): told(inner) for name, inner in shape.items()}
    return [told(shape[0])] if isinstance(shape, list) else shape.said


def plain(shape: Shape) -> Shape:
    """The shape under its fields' own names: without the marks of what is ours and of what may be missing."""
    if isinstance(shape, dict):
        return {name.strip("+?"): plain(inner) for name, inner in shape.items()}
    return [plain(shape[0])] if isinstance(shape, list) else shape


def differences(shape: Shape, answer: Any, place: str = "answer") -> Iterator[str]:
    """Where an answer is not of a shape: fields missing or unknown, values of another kind."""
    if isinstance(shape, Kind):
        if not shape.fits(answer):
            yield f"{place} is {answer!r}"
    elif isinstance(shape, list):
        if not isinstance(answer, list):
            yield f"{place} is no list"
            return
        for position, row in enumerate(answer):
            yield from differences(shape[0], row, f"{place}.{position}")
    elif not isinstance(answer, dict) or answer.keys() != shape.keys():
        yield f"{place} has {sorted(answer)} and not {sorted(shape)}"
    else:
        for name, inner in shape.items():
            yield from differences(inner, answer[name], f"{place}.{name}")
