"""Shapes of customers."""

from marshmallow import fields, validate

from ...core.db import BIGGEST_KEY
from ..schemas import Day, Flag, Given, Rows, Taken, Text


class CustomerSchema(Given):
    """A customer."""

    id = fields.Integer()
    code = fields.String()
    first_name = fields.String()
    last_name = fields.String()
    full_name = fields.String()
    mobile = fields.String(allow_none=True)
    shared_mobile = fields.Boolean()
    birthday = fields.Date(allow_none=True)
    wedding_day = fields.Date(allow_none=True)
    allergies = fields.String()
    note = fields.String()
    is_member = fields.Boolean()


class NewCustomerSchema(Taken):
    """A customer to be let in."""

    first_name = fields.String(required=True, validate=validate.Length(1, 80))
    last_name = Text(80)
    mobile = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    shared_mobile = Flag(load_default=False)
    birthday = Day()
    wedding_day = Day()
    note = Text(1000)
    allergies = Text(300)


class CustomersSchema(Given):
    """A page of customers; `next` asks for the following one."""

    items = Rows(CustomerSchema)
    next = fields.String(allow_none=True)


class SearchSchema(Taken):
    """What customers are asked for."""

    search = Text(200)
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, BIGGEST_KEY))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
