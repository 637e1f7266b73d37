"""Shapes of deposits. Amounts are rials."""

from marshmallow import Schema, fields, validate

from ...cashbox.deposits.rules import MONEY
from ...cashbox.models import PaymentMethod
from ..schemas import AskedKey, Given, Key, Rials, Rows, Text, Utc

WAYS = (*MONEY, PaymentMethod.RETURN)  # on-account money may have come by a correction, too


class NewDepositSchema(Schema):
    """A deposit for a booking; without one, on-account money."""

    customer_id = Key(required=True)
    appointment_id = Key(load_default=None, allow_none=True)
    amount = Rials(1, required=True)
    method = fields.String(required=True, validate=validate.OneOf(MONEY))
    cashbox_id = Key(load_default=None, allow_none=True)
    reference = Text(60)


class NewDepositReturnSchema(Schema):
    """Money of a deposit that goes back to her."""

    amount = Rials(1, required=True)
    method = fields.String(required=True, validate=validate.OneOf(MONEY))
    cashbox_id = Key(load_default=None, allow_none=True)
    reference = Text(60)


class DepositSchema(Given):
    """A deposit; `remaining` is what is left of it."""

    id = fields.Integer()
    customer_id = fields.Integer()
    appointment_id = fields.Integer(allow_none=True)
    amount = fields.Integer()
    remaining = fields.Integer()
    method = fields.String(validate=validate.OneOf(WAYS))
    taken_at = Utc()


class DepositsSchema(Given):
    """Her deposits."""

    items = Rows(DepositSchema)


class WhoseSchema(Schema):
    """Whose deposits are asked for."""

    customer_id = AskedKey(required=True)


NEW_DEPOSIT = {"customer_id": 1, "appointment_id": 1, "amount": 500_000, "method": "card"}
NEW_DEPOSIT_RETURN = {"amount": 500_000, "method": "cash"}
