"""Shapes of free times and bookings."""

from marshmallow import fields, validate

from ...appointments.models import AppointmentStatus
from ..schemas import DAYS, AskedKey, Given, Key, Moment, Rows, Taken, Text, Utc


class AvailabilityQuerySchema(Taken):
    """Which times are asked for."""

    date = fields.Date(required=True, validate=DAYS)
    service_id = AskedKey(required=True)
    staff_id = AskedKey(load_default=None)


class SlotSchema(Given):
    """A free time of a person."""

    staff_id = fields.Integer()
    starts_at = Utc()
    ends_at = Utc()


class SlotsSchema(Given):
    """Free times of a day."""

    slots = Rows(SlotSchema)


class BookingItemSchema(Taken):
    """One service by one person."""

    service_id = Key(required=True)
    staff_id = Key(required=True)


class NewAppointmentSchema(Taken):
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
