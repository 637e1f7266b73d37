"""What the shapes of all calls are made of. Amounts are rials, moments UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from ..core.db import BIGGEST_KEY
from ..core.jalali import SALON_ZONE

IDS = validate.Range(1, BIGGEST_KEY)
AMOUNTS = validate.Range(0, 10**15)
DAYS = validate.Range(date(1950, 1, 1), date(2199, 12, 31))
MOMENTS = validate.Range(datetime(1950, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC))


class Taken(Schema):
    """What a call takes; a field that it doesn't know is refused."""

    class Meta:
        """Said aloud, so that the description says it too."""

        unknown = RAISE


class Given(Schema):
    """What a call gives: each field always there, and no other."""

    class Meta:
        """Said aloud, so that the description says it too."""

        unknown = RAISE

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


class Key(fields.Integer):
    """The id of something, in a body."""

    def __init__(self, **more: Any) -> None:
        super().__init__(strict=True, validate=IDS, **more)


class AskedKey(fields.Integer):
    """The id of something, in a query: there every value is text."""

    def __init__(self, **more: Any) -> None:
        super().__init__(validate=IDS, **more)


class Rials(fields.Integer):
    """An amount in whole rials."""

    def __init__(self, **more: Any) -> None:
        super().__init__(strict=True, validate=AMOUNTS, **more)


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
    """A day that somebody can mean, or none."""

    def __init__(self) -> None:
        super().__init__(load_default=None, allow_none=True, validate=DAYS)


class Moment(fields.AwareDateTime):
    """A moment; without an offset it is the salon's own time."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", default_timezone=SALON_ZONE, validate=MOMENTS, **more)


class Utc(fields.AwareDateTime):
    """A moment given back, always in UTC."""

    def _serialize(self, value: datetime | None, *more: object, **named: object) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat()
