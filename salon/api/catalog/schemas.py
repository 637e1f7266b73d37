"""Shapes of services and of the people who serve."""

from marshmallow import fields

from ..schemas import Given


class ServiceSchema(Given):
    """A service: price, and materials that a piece takes, in rials; duration in minutes."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    category = fields.String()
    price = fields.Integer()
    price_to = fields.Integer(allow_none=True)
    duration = fields.Integer()
    materials = fields.Integer()


class ServicesSchema(Given):
    """All services that are sold."""

    items = fields.List(fields.Nested(ServiceSchema))


class StaffMemberSchema(Given):
    """Somebody who serves customers, with her level and her line if she has any."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    title = fields.String()
    level_id = fields.Integer(allow_none=True)
    line_id = fields.Integer(allow_none=True)


class StaffSchema(Given):
    """Everybody who serves customers."""

    items = fields.List(fields.Nested(StaffMemberSchema))
