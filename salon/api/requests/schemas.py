"""Shapes of what customers ask for themselves."""

from marshmallow import Schema, fields, validate

from ...appointments.requests.models import RequestState
from ..appointments.schemas import WantedItemSchema
from ..schemas import Given, Key, Moment, PageQuery, Text, Utc, left_out
from ..waitlist.schemas import OfferSchema, WantedSchema


class NewRequestSchema(Schema):
    """A time that a customer asks for."""

    customer_id = Key(required=True)
    starts_at = Moment(required=True)
    items = fields.List(fields.Nested(WantedItemSchema), required=True, validate=validate.Length(1, 20))
    note = Text(500)


class RefusalSchema(Schema):
    """Why a request is refused; she is told."""

    reason = fields.String(required=True, validate=validate.Length(1, 300))


class ProposalSchema(Schema):
    """Another time."""

    starts_at = Moment(required=True)
    items = fields.List(fields.Nested(WantedItemSchema), load_default=list, validate=validate.Length(max=20))


class RequestsQuerySchema(PageQuery):
    """Which requests, and which page of them."""

    status = fields.String(load_default=left_out, validate=validate.OneOf([*RequestState]))


class RequestSchema(Given):
    """What a customer asked for, and what became of it."""

    id = fields.Integer()
    customer_id = fields.Integer()
    status = fields.String(validate=validate.OneOf([*RequestState]))
    starts_at = Utc()
    items = fields.List(fields.Nested(WantedSchema))
    note = fields.String()
    reason = fields.String()
    created_at = Utc()
    appointment_id = fields.Integer(allow_none=True)
    proposals = fields.List(fields.Nested(OfferSchema))  # the last, if there was any


class RequestsSchema(Given):
    """A page of requests."""

    items = fields.List(fields.Nested(RequestSchema))
    next = fields.String(allow_none=True)


NEW_REQUEST = {"customer_id": 1, "starts_at": "2031-11-22T10:00:00+03:30", "items": [{"service_id": 1}]}
REFUSAL = {"reason": "آن روز تعطیلیم"}
PROPOSAL = {"starts_at": "2031-11-22T12:00:00+03:30"}
