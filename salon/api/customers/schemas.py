"""Shapes of customers."""

from marshmallow import Schema, fields, validate

from ..schemas import Day, Flag, Given, Key, PageQuery, Rows, Text


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
    group_id = fields.Integer(allow_none=True)
    own_staff_id = fields.Integer(allow_none=True)


class NewCustomerSchema(Schema):
    """A customer to be let in."""

    first_name = fields.String(required=True, validate=validate.Length(1, 80))
    last_name = fields.String(required=True, validate=validate.Length(max=80))
    mobile = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    shared_mobile = Flag(load_default=False)
    birthday = Day(load_default=None, allow_none=True)
    wedding_day = Day(load_default=None, allow_none=True)
    note = Text(1000)
    allergies = Text(300)
    group_id = Key(load_default=None, allow_none=True)
    own_staff_id = Key(load_default=None, allow_none=True)


class ChangedCustomerSchema(Schema):
    """What changes of a customer."""

    first_name = fields.String(validate=validate.Length(1, 80))
    last_name = fields.String(validate=validate.Length(max=80))
    mobile = fields.String(allow_none=True, validate=validate.Length(max=40))
    shared_mobile = Flag()
    birthday = Day(allow_none=True)
    wedding_day = Day(allow_none=True)
    note = fields.String(validate=validate.Length(max=1000))
    allergies = fields.String(validate=validate.Length(max=300))
    group_id = Key(allow_none=True)
    own_staff_id = Key(allow_none=True)
    is_member = Flag()


class CustomersSchema(Given):
    """A page of customers; `next` asks for the following one."""

    items = Rows(CustomerSchema)
    next = fields.String(allow_none=True)


class SearchSchema(PageQuery):
    """What customers are asked for."""

    search = Text(200)


NEW_CUSTOMER = {
    "first_name": "مینا",
    "last_name": "شریفی",
    "mobile": "0912 111 2233",
    "birthday": "1990-05-01",
    "shared_mobile": True,
}
CHANGED_CUSTOMER = {"group_id": 1, "note": "عروس خرداد"}
