"""Each field that is sent: needed or not, of its kind, and no other beside it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from .call import Call
from .good import GOOD
from .kinds import Kind, Shape
from .table import CALLS
from .till import Asked, Till

BODIES = [call for call in CALLS if call.body is not None]
QUERIES = [call for call in CALLS if call.query]
ODD = (None, [], {}, [1])


def changed(body: Any, place: tuple[Any, ...], *value: Any) -> Any:
    """The body with another value at a place, or without the place if no value is given."""
    first, *rest = place
    found = dict(body) if isinstance(body, dict) else list(body)
    if rest:
        found[first] = changed(found[first], tuple(rest), *value)
    elif value:
        found[first] = value[0]
    else:
        del found[first]
    return found


def fields_of(shape: Shape, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], bool, Shape]]:
    """The place of each field of a body, whether it is needed, and its shape; of a list, those of its first row."""
    for marked, inner in shape.items():
        here = (*place, marked.strip("+?"))
        yield here, not marked.endswith("?"), inner
        if _has_rows(inner):
            yield from fields_of(inner[0], (*here, 0))


def _has_rows(shape: Shape) -> bool:
    return isinstance(shape, list) and isinstance(shape[0], dict)


def misfits(shape: Shape) -> list[Any]:
    """Values that a field of this shape can't have."""
    if isinstance(shape, list) and isinstance(shape[0], Kind):
        return [None, {}, "x", 1, *([value] for value in misfits(shape[0]))]
    if not isinstance(shape, Kind):
        empty_row = [[{}]] if any(not name.endswith("?") for name in shape[0]) else []
        return [None, {}, "x", 1, [None], [1], *empty_row]
    nullable = "null" in shape.said["type"]
    return [*shape.misfits, *(odd for odd in ODD if not (odd is None and nullable))]


def complaint(till: Till, asked: Asked) -> str | None:
    """The field of which the call says that it is invalid."""
    answer = till.send(asked)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid"), (asked, answer.text)
    assert "field" not in answer.json or answer.json["field"] in answer.json["detail"]
    found: str | None = answer.json.get("field")
    return found


def test_a_field_of_a_body_is_of_its_kind_or_refused_by_name(till: Till) -> None:
    for call in BODIES:
        asked = GOOD[str(call)](till)
        for place, needed, shape in fields_of(call.body):
            name = ".".join(map(str, place))
            for value in misfits(shape):
                sent = Asked(asked.method, asked.path, changed(asked.body, place, value), asked.headers)
                found = complaint(till, sent)
                assert found is not None
                assert found.startswith(name), (value, found)
            if needed:
                without = Asked(asked.method, asked.path, changed(asked.body, place), asked.headers)
                assert complaint(till, without) == name


@pytest.mark.parametrize("call", BODIES, ids=str)
def test_a_field_that_may_be_missing_may_be_missing(till: Till, call: Call) -> None:
    for place, needed, _ in fields_of(call.body):
        if not needed:
            asked = GOOD[str(call)](till)
            answer = till.send(Asked(asked.method, asked.path, _without(asked.body, place), asked.headers))
            # The salon may still want it, as it wants to know who did a service; but not as a matter of shape.
            assert answer.status_code == call.status or answer.json["code"] in call.refuses, answer.text


def _without(body: Any, place: tuple[Any, ...]) -> Any:
    try:
        return changed(body, place)
    except KeyError:
        return body  # the good request goes without it already


def test_a_field_that_nobody_promised_is_refused_by_name(till: Till) -> None:
    for call in BODIES:
        asked = GOOD[str(call)](till)
        rows = [place for place, _, shape in fields_of(call.body) if _has_rows(shape)]
        for place in [("another",), *((*place, 0, "another") for place in rows)]:
            sent = Asked(asked.method, asked.path, changed(asked.body, place, 1), asked.headers)
            assert complaint(till, sent) == ".".join(map(str, place))


def test_a_body_that_is_no_object_is_refused(till: Till) -> None:
    for call in BODIES:
        asked = GOOD[str(call)](till)
        for body in ([], [{}], "x", 1, True):
            assert complaint(till, Asked(asked.method, asked.path, body, asked.headers)) is None
        answer = till.send(asked, data=b"", content_type="application/json")
        assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
        answer = till.send(asked, data=b"")
        assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


def unreadable(kind: Kind) -> list[Any]:
    """Values that a parameter of this kind can't have; in a query everything is text."""
    if kind.said["type"] == "string":
        return [value for value in kind.misfits if isinstance(value, str)]
    numbers = [value for value in kind.misfits if not isinstance(value, str)]
    return [*numbers, "", " ", "x", "1_0", "+1", "۱", "null"]


def test_a_parameter_is_of_its_kind_or_refused_by_name(till: Till) -> None:
    for call in QUERIES:
        asked = GOOD[str(call)](till)
        path, _, query = asked.path.partition("?")
        good = dict(parse_qsl(query))
        for marked, kind in call.query.items():
            name = marked.strip("+?")
            for value in unreadable(kind):
                assert complaint(till, Asked("GET", f"{path}?{urlencode(good | {name: value})}")) == name
            without = till.send(Asked("GET", f"{path}?{urlencode({key: good[key] for key in good if key != name})}"))
            assert without.status_code == (call.status if marked.endswith("?") else 422), without.text


def test_the_key_of_a_request_is_of_its_kind_or_refused(till: Till) -> None:
    asked = till.settlement(till.drafted(), 450_000)
    for key in ("", "x" * 101):
        sent = Asked(asked.method, asked.path, asked.body, {"Idempotency-Key": key})
        assert complaint(till, sent) == "Idempotency-Key"
    assert till.send(asked).status_code == 200
