"""Shapes of free times and bookings."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from ...appointments.availability.rules import Order
from ...appointments.models import AppointmentStatus
from ...catalog.models import PhaseKind
from ..schemas import AskedKey, Day, Flag, Given, Key, Moment, Rows, Text, Utc, Whole, left_out

_TOLD = frozenset({"ends_at", "resource_ids", "phases", "reason"})


class AvailabilityQuerySchema(Schema):
    """Which times are asked for."""

    date = Day(required=True)
    service_id = AskedKey(required=True)
    staff_id = AskedKey(load_default=left_out)


class SlotSchema(Given):
    """A free time of a person."""

    staff_id = fields.Integer()
    starts_at = Utc()
    ends_at = Utc()


class SlotsSchema(Given):
    """Free times of a day."""

    slots = Rows(SlotSchema)


class AsOffered(Schema):
    """What an offered time tells beside what is booked of it; it may be sent back, and counts for nothing."""

    ends_at = Moment(allow_none=False)

    @post_load
    def leave_out(self, asked: dict[str, Any], **_more: Any) -> dict[str, Any]:
        """Without what was only told."""
        return {name: value for name, value in asked.items() if name not in _TOLD}


class OfferedPhaseSchema(Schema):
    """A part of a service as it was offered."""

    kind = fields.String(required=True, validate=validate.OneOf([*PhaseKind]))
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class BookingItemSchema(AsOffered):
    """One service by a person, or by whoever can; without a time it follows the one before."""

    service_id = Key(required=True)
    staff_id = Key(load_default=None, allow_none=True)
    starts_at = Moment(load_default=None, allow_none=True)
    resource_ids = fields.List(Key(), validate=validate.Length(max=20))
    phases = fields.List(fields.Nested(OfferedPhaseSchema), validate=validate.Length(max=20))


class NewAppointmentSchema(AsOffered):
    """A booking of services, as an offered time has them or one after another."""

    customer_id = Key(required=True)
    starts_at = Moment(required=True)
    items = fields.List(fields.Nested(BookingItemSchema), required=True, validate=validate.Length(1, 20))
    hold_id = Key(load_default=None, allow_none=True)
    allow_overbooking = Flag(load_default=False)
    without_patch_test = Flag(load_default=False)
    note = Text(500)
    reason = Text(200)


class ChangedAppointmentSchema(Schema):
    """What changes of a booking; without `items` it moves as it was laid out."""

    starts_at = Moment(allow_none=False)
    status = fields.String(validate=validate.OneOf([*AppointmentStatus]))
    items = fields.List(fields.Nested(BookingItemSchema), validate=validate.Length(1, 20))
    allow_overbooking = Flag(load_default=False)
    without_patch_test = Flag(load_default=False)
    reason = Text(200)


class NewHoldSchema(AsOffered):
    """A time to be kept for a few minutes."""

    customer_id = Key(load_default=None, allow_none=True)
    starts_at = Moment(required=True)
    items = fields.List(fields.Nested(BookingItemSchema), required=True, validate=validate.Length(1, 20))
    reason = Text(200)


class AppointmentItemSchema(SlotSchema):
    """One booked service; `overbooked` where it was let in beside others."""

    id = fields.Integer()
    service_id = fields.Integer()
    overbooked = fields.Boolean()


class AppointmentSchema(Given):
    """A booking."""

    id = fields.Integer()
    customer_id = fields.Integer()
    status = fields.String(validate=validate.OneOf([*AppointmentStatus]))
    starts_at = Utc()
    items = fields.List(fields.Nested(AppointmentItemSchema))


class WarningSchema(Given):
    """What was no reason to refuse."""

    code = fields.String()
    detail = fields.String()


class BookedSchema(AppointmentSchema):
    """A new booking, with what it is warned of."""

    warnings = fields.List(fields.Nested(WarningSchema))


class ToldItemSchema(Given):
    """A service of a booking as it was or became."""

    service_id = fields.Integer()
    staff_id = fields.Integer()
    starts_at = Utc()
    ends_at = Utc()


class FactsSchema(Given):
    """What a change concerned, as it was or became: the status, or the services; null and empty where it didn't."""

    status = fields.String(allow_none=True)
    items = fields.List(fields.Nested(ToldItemSchema))


class ChangeSchema(Given):
    """Something that happened to a booking; `before` and `after` are the facts, `sentence` tells them."""

    at = Utc()
    by = fields.String()
    what = fields.String()
    sentence = fields.String()
    reason = fields.String()
    before = fields.Nested(FactsSchema)
    after = fields.Nested(FactsSchema)


class HistorySchema(Given):
    """What happened to a booking."""

    items = fields.List(fields.Nested(ChangeSchema))


class PlacedPhaseSchema(Given):
    """A part of a service in an offered time."""

    kind = fields.String(validate=validate.OneOf([*PhaseKind]))
    starts_at = Utc()
    ends_at = Utc()


class OfferedItemSchema(Given):
    """A service of an offered visit, from its first phase to its last."""

    service_id = fields.Integer()
    staff_id = fields.Integer()
    resource_ids = fields.List(fields.Integer())
    starts_at = Utc()
    ends_at = Utc()
    phases = fields.List(fields.Nested(PlacedPhaseSchema))


class OfferSchema(Given):
    """A time at which a visit fits; it may be booked as it is. `reason`: why it is offered, or not sooner."""

    starts_at = Utc()
    ends_at = Utc()
    items = fields.List(fields.Nested(OfferedItemSchema))
    reason = fields.String()


class OffersSchema(Given):
    """Times at which a visit fits."""

    slots = fields.List(fields.Nested(OfferSchema))


class WantedItemSchema(Schema):
    """A service that is wanted, of a person or of whoever can."""

    service_id = Key(required=True)
    staff_id = Key(load_default=None, allow_none=True)


class WantedVisitSchema(Schema):
    """A visit for which times are wanted; without an end the days are looked through until there are enough."""

    first = Moment(required=True, data_key="from")
    before = Moment(load_default=None, allow_none=True, data_key="to")
    items = fields.List(fields.Nested(WantedItemSchema), required=True, validate=validate.Length(1, 20))
    order = fields.String(load_default=Order.SEQUENCE.value, validate=validate.OneOf([*Order]))
    customer_id = Key(load_default=None, allow_none=True)
    longest_wait = Whole(0, 240, load_default=0)
    limit = Whole(1, 1_000, load_default=100)


class HoldSchema(Given):
    """A time that is kept until then."""

    id = fields.Integer()
    expires_at = Utc()


NEW_APPOINTMENT = {
    "customer_id": 1,
    "starts_at": "2026-11-22T10:00:00+03:30",
    "items": [{"service_id": 1, "staff_id": 1}],
}
CHANGED_APPOINTMENT = {"starts_at": "2026-11-22T12:00:00+03:30", "reason": "مشتری خواست"}
NEW_HOLD = {"starts_at": "2026-11-22T12:00:00+03:30", "items": [{"service_id": 1, "staff_id": 1}]}
WANTED_VISIT = {"from": "2026-11-22T09:00:00+03:30", "items": [{"service_id": 1}, {"service_id": 3}], "limit": 10}
