"""Shapes of messages."""

from marshmallow import fields, validate

from ...messaging.models import MessageState
from ..schemas import MOST_ROWS, Asked, AskedKey, Given, PageQuery, Utc, left_out


class MessagesQuerySchema(PageQuery):
    """Whose messages; without a customer, those to anybody."""

    customer_id = AskedKey(load_default=left_out)
    limit = Asked(1, MOST_ROWS, load_default=MOST_ROWS)


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
    """A page of messages, newest first; `next` asks for the following one."""

    items = fields.List(fields.Nested(MessageSchema))
    next = fields.String(allow_none=True)
