"""What the shapes of all calls are made of. Amounts are rials, moments UTC."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from marshmallow import Schema, fields, validate

from ..core.db import BIGGEST_KEY
from ..core.jalali import SALON_ZONE

MOST_RIALS = 10**15
MOST_ROWS = 100  # of a page
DAYS = "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"


def left_out() -> None:
    """The value of a parameter that isn't sent; as a plain default the description would let it be sent."""


class Given(Schema):
    """What a call gives: each field always there, and no other."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let the description promise the field."""
        field_obj.required = True

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """The value to be shaped, read plainly: a key of a dictionary, an attribute of anything else."""
        return obj.get(attr, default) if isinstance(obj, dict) else getattr(obj, attr, default)


class Rows(fields.List[Any]):
    """Many rows of one shape, whose values are JSON as they are but for days and moments; quicker than one by one."""

    def __init__(self, shape: type[Given]) -> None:
        super().__init__(fields.Nested(shape))
        self._names = tuple(shape().fields)
        self._values_of = attrgetter(*self._names)

    def _serialize(self, value: Iterable[Any] | None, attr: str | None, obj: Any, **more: Any) -> list[Any]:
        return [dict(zip(self._names, map(_plain, self._values_of(row)), strict=True)) for row in value or ()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class Whole(fields.Integer):
    """A whole number of a body, as JSON has it: 2.0 is one, true and "2" are none."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **more)

    def _validated(self, value: Any) -> int:
        whole = isinstance(value, float) and value.is_integer()
        return super()._validated(int(value) if whole else value)


class Key(Whole):
    """The id of something, in a body."""

    def __init__(self, **more: Any) -> None:
        super().__init__(1, BIGGEST_KEY, **more)


class Rials(Whole):
    """An amount in whole rials."""

    def __init__(self, least: int = 0, **more: Any) -> None:
        super().__init__(least, MOST_RIALS, **more)


class Asked(fields.Integer):
    """A whole number of a query: digits and nothing else, of which Python would read more."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(validate=validate.Range(least, most), **more)

    def _validated(self, value: Any) -> int:
        if not (isinstance(value, str) and value.isascii() and value.isdigit()):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class AskedKey(Asked):
    """The id of something, in a query."""

    def __init__(self, **more: Any) -> None:
        super().__init__(1, BIGGEST_KEY, **more)


class Text(fields.String):
    """Text of so many characters at the most; empty unless it is sent."""

    def __init__(self, most: int) -> None:
        super().__init__(load_default="", validate=validate.Length(max=most))


class Flag(fields.Boolean):
    """Yes or no, as JSON says it; a number or a word is neither."""

    def _deserialize(self, value: object, attr: str | None, data: object, **more: object) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Day(fields.Date):
    """A day from 1900 to 2199, as 2026-11-21 and no other way."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"pattern": DAYS}, **more)

    def _deserialize(self, value: Any, *more: Any, **named: Any) -> date:
        if not (isinstance(value, str) and re.fullmatch(DAYS, value)):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return super()._deserialize(value, *more, **named)


class Moment(fields.AwareDateTime):
    """A moment; without an offset it is the salon's own time."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", default_timezone=SALON_ZONE, **more)


class Utc(fields.AwareDateTime):
    """A moment given back, always in UTC."""

    def _serialize(self, value: datetime | None, *more: object, **named: object) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat()


class PeriodSchema(Schema):
    """A half-open range of days; an end that is not sent is as usual for what is asked."""

    starts_on = Day(data_key="from", load_default=left_out)
    ends_before = Day(data_key="to", load_default=left_out)


class PageQuery(Schema):
    """Which page of a list: the first, or the one that `next` of the page before it named."""

    cursor = Asked(0, BIGGEST_KEY, load_default=left_out)
    limit = Asked(1, MOST_ROWS, load_default=20)


def page_of(rows: Sequence[Any], limit: int) -> dict[str, Any]:
    """A page out of rows of which one more was read than a page holds, to know whether another follows."""
    items = rows[:limit]
    return {"items": items, "next": str(items[-1].id) if len(rows) > limit else None}
