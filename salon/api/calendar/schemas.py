"""Shapes of what a calendar is made of: phases, rooms, hours, absences."""

from marshmallow import Schema, fields, validate

from ...catalog.models import PhaseKind
from ...catalog.self_booking.rules import SelfBooking
from ...core.hours import MINUTES_OF_DAY
from ..schemas import Flag, Given, Key, Moment, Rows, Text, Utc, Whole

RESOURCE_KINDS = ("room", "chair", "device")


class PhaseSchema(Schema):
    """A part of a service."""

    kind = fields.String(required=True, validate=validate.OneOf([*PhaseKind]))
    minutes = Whole(1, MINUTES_OF_DAY - 1, required=True)


class ChangedServiceSchema(Schema):
    """What a service is made of; only what is named changes."""

    phases = fields.List(fields.Nested(PhaseSchema), validate=validate.Length(1, 20))
    staff_ids = fields.List(Key(), validate=validate.Length(max=500))
    resources = fields.List(Key(), validate=validate.Length(max=20))
    self_booking = fields.String(validate=validate.OneOf([*SelfBooking]))


class MadeSchema(Given):
    """What a service is made of. No `staff_ids`: everybody does it."""

    id = fields.Integer()
    name = fields.String()
    duration = fields.Integer()
    phases = fields.List(fields.Nested(PhaseSchema))
    staff_ids = fields.List(fields.Integer())
    resources = fields.List(fields.Integer())
    self_booking = fields.String(validate=validate.OneOf([*SelfBooking]))


class SpanSchema(Schema):
    """Hours of a weekday, minutes after midnight; 0 is Saturday."""

    weekday = Whole(0, 6, required=True)
    starts_at = Whole(0, MINUTES_OF_DAY, required=True)
    ends_at = Whole(0, MINUTES_OF_DAY, required=True)


class HoursSchema(Schema):
    """When somebody works in the week; a weekday that isn't named is off, and between two spans is a break."""

    hours = fields.List(fields.Nested(SpanSchema), required=True, validate=validate.Length(max=70))


class NewAbsenceSchema(Schema):
    """When somebody is away."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    reason = Text(120)


class AbsenceSchema(Given):
    """An absence."""

    id = fields.Integer()
    staff_id = fields.Integer()
    starts_at = Utc()
    ends_at = Utc()
    reason = fields.String()


class NewResourceSchema(Schema):
    """A room, chair or device, and how many customers it holds at a time."""

    name = fields.String(required=True, validate=validate.Length(1, 80))
    kind = fields.String(load_default="room", validate=validate.OneOf(RESOURCE_KINDS))
    capacity = Whole(1, 100, load_default=1)


class ChangedResourceSchema(Schema):
    """What changes of it."""

    name = fields.String(validate=validate.Length(1, 80))
    kind = fields.String(validate=validate.OneOf(RESOURCE_KINDS))
    capacity = Whole(1, 100)
    active = Flag()


class ResourceSchema(Given):
    """A room, chair or device."""

    id = fields.Integer()
    name = fields.String()
    kind = fields.String(validate=validate.OneOf(RESOURCE_KINDS))
    capacity = fields.Integer()
    active = fields.Boolean()


class ResourcesSchema(Given):
    """The rooms, chairs and devices of the branch."""

    items = Rows(ResourceSchema)


_COLOUR = (("busy", 30), ("processing", 40), ("busy", 20))
PHASES = {"phases": [{"kind": kind, "minutes": minutes} for kind, minutes in _COLOUR]}
HOURS = {"hours": [{"weekday": 0, "starts_at": 540, "ends_at": 780}, {"weekday": 0, "starts_at": 840, "ends_at": 1200}]}
ABSENCE = {"starts_at": "2027-01-02T09:00:00+03:30", "ends_at": "2027-01-03T09:00:00+03:30", "reason": "مرخصی"}
RESOURCE = {"name": "اتاق لیزر", "kind": "room", "capacity": 1}
