"""Shapes of the waitlist."""

from marshmallow import Schema, fields, validate

from ...appointments.slot_offers.models import OfferState
from ...appointments.waitlist.models import EntryState
from ...core.hours import MINUTES_OF_DAY
from ..appointments.schemas import WantedItemSchema
from ..schemas import Day, Given, Key, Moment, PageQuery, Text, Utc, Whole, left_out

WEEKDAYS = validate.Length(max=7)  # none: any


class NewEntrySchema(Schema):
    """Whom a time is wanted for, and when she can come; `to` is exclusive, weekdays count from Saturday, 0."""

    customer_id = Key(required=True)
    items = fields.List(fields.Nested(WantedItemSchema), required=True, validate=validate.Length(1, 20))
    starts_on = Day(required=True, data_key="from")
    ends_before = Day(required=True, data_key="to")
    weekdays = fields.List(Whole(0, 6), load_default=list, validate=WEEKDAYS)
    from_time = Whole(0, MINUTES_OF_DAY, load_default=0)
    to_time = Whole(0, MINUTES_OF_DAY, load_default=MINUTES_OF_DAY)
    note = Text(500)


class ChangedEntrySchema(Schema):
    """What changes of it; only what is named does."""

    items = fields.List(fields.Nested(WantedItemSchema), validate=validate.Length(1, 20))
    starts_on = Day(data_key="from")
    ends_before = Day(data_key="to")
    weekdays = fields.List(Whole(0, 6), validate=WEEKDAYS)
    from_time = Whole(0, MINUTES_OF_DAY)
    to_time = Whole(0, MINUTES_OF_DAY)
    note = fields.String(validate=validate.Length(max=500))


class NamedTimeSchema(Schema):
    """The time that is offered; without one, the first that suits her."""

    starts_at = Moment(load_default=left_out)
    items = fields.List(fields.Nested(WantedItemSchema), load_default=list, validate=validate.Length(max=20))


class WantedSchema(Given):
    """A service that is wanted, of a person or of whoever can."""

    service_id = fields.Integer()
    staff_id = fields.Integer(allow_none=True)


class OfferSchema(Given):
    """A time that is kept for somebody while she answers."""

    id = fields.Integer()
    status = fields.String(attribute="state", validate=validate.OneOf([*OfferState]))
    starts_at = Utc()
    ends_at = Utc()
    expires_at = Utc()
    appointment_id = fields.Integer(allow_none=True)


class EntrySchema(Given):
    """Somebody on the waitlist, with what she was offered last."""

    id = fields.Integer()
    customer_id = fields.Integer()
    status = fields.String(validate=validate.OneOf([*EntryState]))
    items = fields.List(fields.Nested(WantedSchema))
    starts_on = fields.Date(data_key="from")
    ends_before = fields.Date(data_key="to")
    weekdays = fields.List(fields.Integer())
    from_time = fields.Integer()
    to_time = fields.Integer()
    note = fields.String()
    created_at = Utc()
    appointment_id = fields.Integer(allow_none=True)
    offers = fields.List(fields.Nested(OfferSchema))  # the last, if there was any


class EntriesSchema(Given):
    """A page of the waitlist."""

    items = fields.List(fields.Nested(EntrySchema))
    next = fields.String(allow_none=True)


class WaitlistQuerySchema(PageQuery):
    """Which page of those who wait."""


_WISH = {"items": [{"service_id": 1, "staff_id": None}], "from": "2031-11-22", "to": "2031-11-29", "note": "عصرها"}
NEW_ENTRY = {"customer_id": 1, **_WISH, "weekdays": [0, 1, 2], "from_time": 960, "to_time": 1200}
CHANGED_ENTRY = {"to": "2031-12-06", "weekdays": [5]}
NAMED_TIME = {"starts_at": "2031-11-22T10:00:00+03:30"}
