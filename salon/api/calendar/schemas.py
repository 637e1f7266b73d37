"""Shapes of what a calendar is made of: phases, rooms, hours, absences."""

from marshmallow import Schema, fields, validate

from ...catalog.booking_rules.rules import MOST_DAYS, MOST_HOURS, MOST_MINUTES, MOST_MONTHS
from ...catalog.models import PhaseKind
from ...catalog.phases.rules import MOST_EXTRA
from ...catalog.self_booking.rules import SelfBooking
from ...core.hours import MINUTES_OF_DAY
from ..schemas import Day, Flag, Given, Key, Moment, Rials, Rows, Text, Utc, Whole

RESOURCE_KINDS = ("room", "chair", "device")


class PhaseSchema(Schema):
    """A part of a service."""

    kind = fields.String(required=True, validate=validate.OneOf([*PhaseKind]))
    minutes = Whole(1, MINUTES_OF_DAY - 1, required=True)


class TouchUpSchema(Schema):
    """What the service costs within so many days of another, in rials."""

    of_service_id = Key(required=True)
    within_days = Whole(1, MOST_DAYS, required=True)
    price = Rials(required=True)


class ExtraSchema(Schema):
    """Minutes more (or fewer) with a person, a level or a customer; 0: as usual."""

    whose = fields.String(required=True, validate=validate.OneOf(["staff", "level", "customer"]))
    id = Key(required=True)
    minutes = Whole(-MOST_EXTRA, MOST_EXTRA, required=True)


class OwnPriceSchema(Schema):
    """What the service costs by a person or for a customer, in rials; null: by the price lists."""

    whose = fields.String(required=True, validate=validate.OneOf(["staff", "customer"]))
    id = Key(required=True)
    price = Rials(required=True, allow_none=True)


class ChangedServiceSchema(Schema):
    """What a service is made of and asks of its bookings; only what is named changes, null takes a rule away.

    A patch test must be on file `patch_hours` before, and not be older than `patch_months`.
    """

    phases = fields.List(fields.Nested(PhaseSchema), validate=validate.Length(1, 20))
    staff_ids = fields.List(Key(), validate=validate.Length(max=500))
    resources = fields.List(Key(), validate=validate.Length(max=20))
    self_booking = fields.String(validate=validate.OneOf([*SelfBooking]))
    minimum_notice = Whole(0, MOST_MINUTES, allow_none=True)
    furthest_days = Whole(1, MOST_DAYS, allow_none=True)
    patch_hours = Whole(0, MOST_HOURS, allow_none=True)
    patch_months = Whole(1, MOST_MONTHS, allow_none=True)
    touch_ups = fields.List(fields.Nested(TouchUpSchema), validate=validate.Length(max=20))
    extras = fields.List(fields.Nested(ExtraSchema), validate=validate.Length(max=500))
    prices = fields.List(fields.Nested(OwnPriceSchema), validate=validate.Length(max=500))


class TouchUpGivenSchema(Given):
    """What the service costs within so many days of another, in rials."""

    of_service_id = fields.Integer()
    within_days = fields.Integer()
    price = fields.Integer()


class MadeSchema(Given):
    """What a service is made of. No `staff_ids`: everybody does it."""

    id = fields.Integer()
    name = fields.String()
    duration = fields.Integer()
    phases = fields.List(fields.Nested(PhaseSchema))
    staff_ids = fields.List(fields.Integer())
    resources = fields.List(fields.Integer())
    self_booking = fields.String(validate=validate.OneOf([*SelfBooking]))
    minimum_notice = fields.Integer(allow_none=True)
    furthest_days = fields.Integer(allow_none=True)
    patch_hours = fields.Integer(allow_none=True)
    patch_months = fields.Integer(allow_none=True)
    touch_ups = fields.List(fields.Nested(TouchUpGivenSchema))


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
    appointment_ids = fields.List(fields.Integer())  # of bookings that are to be moved


class NewClosedDaySchema(Schema):
    """A day on which the branch is closed."""

    day = Day(required=True)
    name = fields.String(required=True, validate=validate.Length(1, 120))


class ClosedDaySchema(Given):
    """A day on which the branch is closed. `id`: of a day of its own, null for an official day off that it keeps."""

    id = fields.Integer(allow_none=True)
    day = fields.Date()
    name = fields.String()


class ClosedSchema(Given):
    """A day of the branch's own, with the bookings of that day, which are to be moved."""

    id = fields.Integer()
    day = fields.Date()
    name = fields.String()
    appointment_ids = fields.List(fields.Integer())


class ClosedDaysSchema(Given):
    """The days on which the branch is closed, in order."""

    items = fields.List(fields.Nested(ClosedDaySchema))


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
CLOSED_DAY = {"day": "2027-01-02", "name": "تعمیرات"}
