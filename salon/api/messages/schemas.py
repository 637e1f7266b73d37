"""Shapes of messages."""

from marshmallow import fields, validate

from ...messaging.models import MessageState
from ..schemas import AskedKey, Given, Taken, Utc


class MessagesQuerySchema(Taken):
    """Whose messages."""

    customer_id = AskedKey(load_default=None)


class MessageSchema(Given):
    """A message to a customer."""

    id = fields.Integer()
    customer_id = fields.Integer(allow_none=True)
    kind = fields.String()
    state = fields.String(validate=validate.OneOf([*MessageState]))
    text = fields.String()
    receiver = fields.String()
    created_at = Utc()
    due_at = Utc()
    sent_at = Utc(allow_none=True)


class MessagesSchema(Given):
    """Messages, newest first."""

    items = fields.List(fields.Nested(MessageSchema))
