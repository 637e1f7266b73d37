"""Shapes of group visits. Amounts are rials."""

from marshmallow import Schema, fields, validate

from ...appointments.availability.rules import Order
from ...appointments.groups.rules import MOST_MINUTES
from ...appointments.models import GroupState
from ...cashbox.deposits.rules import MONEY
from ..appointments.schemas import AppointmentSchema, AsOffered, BookingItemSchema, OfferedItemSchema, WantedItemSchema
from ..schemas import AskedKey, Day, Flag, Given, Key, Moment, PageQuery, Rials, Text, Utc, Whole, left_out


class GroupsQuerySchema(PageQuery):
    """Which files are asked for."""

    state = fields.String(load_default=left_out, validate=validate.OneOf([*GroupState]))
    customer_id = AskedKey(load_default=left_out)


class NewGroupSchema(Schema):
    """A file of a head, mostly the bride, for her day; without a name it is called after her."""

    head_id = Key(required=True)
    day = Day(required=True)
    name = Text(120)
    note = Text(1000)


class ChangedGroupSchema(Schema):
    """What changes of a file; called off, all its bookings are."""

    name = fields.String(validate=validate.Length(1, 120))
    day = Day()
    note = fields.String(validate=validate.Length(max=1000))
    state = fields.String(validate=validate.OneOf([*GroupState]))


class NewGroupMemberSchema(Schema):
    """A companion, and what she is to the head."""

    customer_id = Key(required=True)
    relation = Text(60)


class WantedPartySchema(Schema):
    """A customer of the group with the services that she wants, one after another."""

    customer_id = Key(required=True)
    items = fields.List(fields.Nested(WantedItemSchema), required=True, validate=validate.Length(1, 20))


class PartySchema(AsOffered):
    """The same as it was offered, with people and times; or without, to be fitted in."""

    customer_id = Key(required=True)
    items = fields.List(fields.Nested(BookingItemSchema), required=True, validate=validate.Length(1, 20))


class WantedTogetherSchema(Schema):
    """Several customers for whom times are wanted; without an end a month is looked through."""

    first = Moment(required=True, data_key="from")
    before = Moment(load_default=None, allow_none=True, data_key="to")
    parties = fields.List(fields.Nested(WantedPartySchema), required=True, validate=validate.Length(1, 20))
    order = fields.String(load_default=Order.PARALLEL.value, validate=validate.OneOf([*Order]))
    limit = Whole(1, 1_000, load_default=20)


class NewTogetherSchema(AsOffered):
    """Bookings of several customers in their file, all or none."""

    starts_at = Moment(required=True)
    parties = fields.List(fields.Nested(PartySchema), required=True, validate=validate.Length(1, 20))
    order = fields.String(load_default=Order.PARALLEL.value, validate=validate.OneOf([*Order]))
    trial = Flag(load_default=False)
    note = Text(500)


class NewGroupMoveSchema(Schema):
    """By how many minutes the whole group is moved, negative for earlier."""

    minutes = Whole(-MOST_MINUTES, MOST_MINUTES, required=True)


class NewGroupDepositSchema(Schema):
    """A deposit of the head for the file."""

    amount = Rials(1, required=True)
    method = fields.String(required=True, validate=validate.OneOf(MONEY))
    cashbox_id = Key(load_default=None, allow_none=True)
    reference = Text(60)


class NewTaskSchema(Schema):
    """Something to be done until a day, by somebody."""

    title = fields.String(required=True, validate=validate.Length(1, 200))
    due_on = Day(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)


class ChangedTaskSchema(Schema):
    """What changes of a task; `done` ticks it off, or on again."""

    title = fields.String(validate=validate.Length(1, 200))
    due_on = Day()
    staff_id = Key()
    done = Flag()


class TaskSchema(Given):
    """Something to be done for a file."""

    id = fields.Integer()
    title = fields.String()
    due_on = fields.Date(allow_none=True)
    staff_id = fields.Integer(allow_none=True)
    done_at = Utc(allow_none=True)
    done_by = fields.Integer(allow_none=True)


class GroupMemberSchema(Given):
    """Somebody of a group."""

    customer_id = fields.Integer()
    name = fields.String()
    relation = fields.String()


class GroupBookingSchema(AppointmentSchema):
    """A booking of a file."""

    trial = fields.Boolean()


class GroupMoneySchema(Given):
    """Deposits of a file: taken, what is left, and what calling it off now would keep."""

    taken = fields.Integer()
    remaining = fields.Integer()
    kept_if_off = fields.Integer()


class ListedGroupSchema(Given):
    """A file in a list."""

    id = fields.Integer()
    name = fields.String()
    head_id = fields.Integer()
    day = fields.Date()
    state = fields.String(validate=validate.OneOf([*GroupState]))
    people = fields.Integer()
    bookings = fields.Integer()
    open_tasks = fields.Integer()


class GroupsSchema(Given):
    """A page of files."""

    items = fields.List(fields.Nested(ListedGroupSchema))
    next = fields.String(allow_none=True)


class GroupSchema(Given):
    """A file with its people, bookings, tasks and deposits."""

    id = fields.Integer()
    name = fields.String()
    head_id = fields.Integer()
    day = fields.Date()
    state = fields.String(validate=validate.OneOf([*GroupState]))
    note = fields.String()
    members = fields.List(fields.Nested(GroupMemberSchema))
    appointments = fields.List(fields.Nested(GroupBookingSchema))
    tasks = fields.List(fields.Nested(TaskSchema))
    deposits = fields.Nested(GroupMoneySchema)


class OfferedPartySchema(Given):
    """A customer in an offered time, with her services."""

    customer_id = fields.Integer()
    items = fields.List(fields.Nested(OfferedItemSchema))


class GroupOfferSchema(Given):
    """A time at which all can be served; it may be booked as it is."""

    starts_at = Utc()
    ends_at = Utc()
    parties = fields.List(fields.Nested(OfferedPartySchema))


class GroupOffersSchema(Given):
    """Times at which all can be served."""

    slots = fields.List(fields.Nested(GroupOfferSchema))


NEW_GROUP = {"head_id": 1, "day": "2031-11-25", "note": "عروسی در باغ"}
CHANGED_GROUP = {"day": "2031-11-26"}
NEW_MEMBER = {"customer_id": 2, "relation": "خواهر"}
WANTED_TOGETHER = {
    "from": "2031-11-25T09:00:00+03:30",
    "parties": [{"customer_id": 1, "items": [{"service_id": 1}]}],
}
NEW_TOGETHER = {
    "starts_at": "2031-11-25T10:00:00+03:30",
    "parties": [{"customer_id": 1, "items": [{"service_id": 1}]}],
}
NEW_MOVE = {"minutes": 30}
NEW_DEPOSIT = {"amount": 500_000, "method": "card"}
NEW_TASK = {"title": "تاج را از گل‌فروشی بگیرید", "due_on": "2031-11-24"}
CHANGED_TASK = {"done": True}
