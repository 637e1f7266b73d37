"""Shapes of what is set up: groups, levels, lines, kinds of sale, branches. Shares are basis points."""

from marshmallow import Schema, fields, validate

from ...core.money import WHOLE
from ..schemas import Flag, Given, Key, Text, Whole

MOST_PLACES = 1_000_000
GROUP = {"name": "عروس‌ها"}
LEVEL = {"name": "ارشد", "position": 1}
LINE = {"name": "مو", "head_id": 1, "members": [{"staff_id": 2, "share_bp": 3000}]}
SALE_KIND = {"name": "آنلاین", "position": 4}
BRANCH = {"name": "شعبهٔ شرق"}


class NamedSchema(Given):
    """Something that is chosen by its name, as long as it is active."""

    id = fields.Integer()
    name = fields.String()
    active = fields.Boolean()


class OrderedSchema(NamedSchema):
    """The same, at its place in the list."""

    position = fields.Integer()


class NamedListSchema(Given):
    """All of them."""

    items = fields.List(fields.Nested(NamedSchema))


class OrderedListSchema(Given):
    """All of them, in their order."""

    items = fields.List(fields.Nested(OrderedSchema))


def name_of(most: int, *, required: bool) -> fields.String:
    """A name of at most so many characters."""
    return fields.String(required=required, validate=validate.Length(1, most))


class NewNamedSchema(Schema):
    """Something to be chosen by its name."""

    name = name_of(80, required=True)
    active = Flag(load_default=True)


class ChangedNamedSchema(Schema):
    """What changes of it."""

    name = name_of(80, required=False)
    active = Flag()


class NewOrderedSchema(NewNamedSchema):
    """Something to be chosen by its name, at a place in the list."""

    position = Whole(0, MOST_PLACES, load_default=0)


class ChangedOrderedSchema(ChangedNamedSchema):
    """What changes of it."""

    position = Whole(0, MOST_PLACES)


class NewSaleKindSchema(NewOrderedSchema):
    """A kind of sale to be offered."""

    name = name_of(60, required=True)


class ChangedSaleKindSchema(ChangedOrderedSchema):
    """What changes of a kind of sale."""

    name = name_of(60, required=False)


class BranchSchema(NamedSchema):
    """A branch."""

    phone = fields.String()
    address = fields.String()


class BranchesSchema(Given):
    """All branches."""

    items = fields.List(fields.Nested(BranchSchema))


class NewBranchSchema(NewNamedSchema):
    """A branch to be opened."""

    phone = Text(40)
    address = Text(300)


class ChangedBranchSchema(ChangedNamedSchema):
    """What changes of a branch."""

    phone = fields.String(validate=validate.Length(max=40))
    address = fields.String(validate=validate.Length(max=300))


class MemberSchema(Given):
    """Somebody of a line; a share of nought is no assistant's."""

    staff_id = fields.Integer()
    share_bp = fields.Integer()


class StaffLineSchema(NamedSchema):
    """A line: its head, and all its people."""

    head_id = fields.Integer(allow_none=True)
    members = fields.List(fields.Nested(MemberSchema))


class StaffLinesSchema(Given):
    """The lines of the branch."""

    items = fields.List(fields.Nested(StaffLineSchema))


class NewMemberSchema(Schema):
    """Somebody who is to belong to a line."""

    staff_id = Key(required=True)
    share_bp = Whole(0, WHOLE, load_default=0)


class NewStaffLineSchema(NewNamedSchema):
    """A line to be begun."""

    head_id = Key(load_default=None, allow_none=True)
    members = fields.List(fields.Nested(NewMemberSchema), load_default=list, validate=validate.Length(max=200))


class ChangedStaffLineSchema(ChangedNamedSchema):
    """What changes of a line; `members` are all its people."""

    head_id = Key(allow_none=True)
    members = fields.List(fields.Nested(NewMemberSchema), validate=validate.Length(max=200))
