"""Shapes of wallets, cards and swipes."""

from marshmallow import Schema, fields, validate

from ...ledger.models import Unit
from ..appointments.schemas import AppointmentSchema
from ..customers.schemas import CustomerSchema
from ..schemas import Given, Text, Utc


class BalanceSchema(Given):
    """`balance` can be used now, `pending` later."""

    balance = fields.Integer()
    pending = fields.Integer()


class LotSchema(Given):
    """Club value with its days; `expires_at` is the first moment it can't be used."""

    unit = fields.String(validate=validate.OneOf([*Unit]))
    remaining = fields.Integer()
    valid_from = Utc()
    expires_at = Utc(allow_none=True)


class WalletSchema(Given):
    """What a customer has in the club."""

    points = fields.Nested(BalanceSchema)
    credit = fields.Nested(BalanceSchema)
    lots = fields.List(fields.Nested(LotSchema))


class CardSwipeSchema(Schema):
    """A card as a reader sent it."""

    raw = fields.String(required=True, validate=validate.Length(1, 1000))


class SwipeSchema(CardSwipeSchema):
    """A card that was swiped somewhere."""

    station = Text(60)


class CardSchema(Given):
    """A member card; of its number only the last four digits are known."""

    id = fields.Integer()
    customer_id = fields.Integer()
    last_four = fields.String()
    issued_at = Utc()


class SwipedSchema(Given):
    """Who swiped, with her wallet and her bookings of today."""

    customer = fields.Nested(CustomerSchema)
    wallet = fields.Nested(WalletSchema)
    appointments_today = fields.List(fields.Nested(AppointmentSchema))


SWIPE = {"raw": ";636294169881005271827?"}
