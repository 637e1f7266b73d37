"""Shapes of free times and bookings."""

from marshmallow import Schema, fields, validate

from ...appointments.models import AppointmentStatus
from ..schemas import AskedKey, Day, Given, Key, Moment, Rows, Text, Utc, left_out


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


class BookingItemSchema(Schema):
    """One service by one person."""

    service_id = Key(required=True)
    staff_id = Key(required=True)


class NewAppointmentSchema(Schema):
    """A booking: its services follow one another."""

    customer_id = Key(required=True)
    starts_at = Moment(required=True)
    items = fields.List(fields.Nested(BookingItemSchema), required=True, validate=validate.Length(1, 20))
    note = Text(500)


class AppointmentItemSchema(SlotSchema):
    """One booked service."""

    id = fields.Integer()
    service_id = fields.Integer()


class AppointmentSchema(Given):
    """A booking."""

    id = fields.Integer()
    customer_id = fields.Integer()
    status = fields.String(validate=validate.OneOf([*AppointmentStatus]))
    starts_at = Utc()
    items = fields.List(fields.Nested(AppointmentItemSchema))


NEW_APPOINTMENT = {
    "customer_id": 1,
    "starts_at": "2026-11-22T10:00:00+03:30",
    "items": [{"service_id": 1, "staff_id": 1}],
}
