"""Shapes of patch tests."""

from marshmallow import Schema, fields, validate

from ...appointments.models import PatchResult
from ..schemas import Given, Key, Moment, Text, Utc


class NewPatchTestSchema(Schema):
    """A patch test that was made; without a moment just now."""

    service_id = Key(required=True)
    result = fields.String(required=True, validate=validate.OneOf([*PatchResult]))
    tested_at = Moment(load_default=None, allow_none=True)
    note = Text(200)


class PatchTestSchema(Given):
    """A patch test on file."""

    id = fields.Integer()
    customer_id = fields.Integer()
    service_id = fields.Integer()
    tested_at = Utc()
    result = fields.String(validate=validate.OneOf([*PatchResult]))
    note = fields.String()


class PatchTestsSchema(Given):
    """A customer's patch tests."""

    items = fields.List(fields.Nested(PatchTestSchema))


PATCH_TEST = {"service_id": 1, "result": "clear", "tested_at": "2026-11-20T10:00:00+03:30", "note": "پشت گوش"}
