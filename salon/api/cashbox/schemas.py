"""Shapes of boxes, shifts and receipts. Amounts are rials."""

from marshmallow import Schema, fields, validate

from ...cashbox.models import BoxKind, PaymentMethod
from ..schemas import Given, Key, Rials, Rows, Text, Utc, left_out

RECEIVED_BY = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER)


class CashboxSchema(Given):
    """A till, a card terminal or a bank account with what it holds; a till that is being counted has an open shift."""

    id = fields.Integer()
    name = fields.String()
    kind = fields.String(validate=validate.OneOf([*BoxKind]))
    branch_id = fields.Integer()
    balance = fields.Integer()
    number = fields.String()
    is_main = fields.Boolean()
    shift_id = fields.Integer(allow_none=True)
    opened_at = Utc(allow_none=True)


class CashboxesSchema(Given):
    """The boxes of the branch."""

    items = Rows(CashboxSchema)


class NewShiftSchema(Schema):
    """A till with the money that was counted in it."""

    cashbox_id = Key(required=True)
    counted = Rials(required=True)


class ShiftSchema(Given):
    """A shift that is open; `difference` is what was counted less what the books held."""

    id = fields.Integer()
    cashbox_id = fields.Integer()
    business_date = fields.Date()
    opened_at = Utc()
    counted = fields.Integer(attribute="opening_counted")
    difference = fields.Integer(attribute="opening_difference")


class ClosingSchema(Schema):
    """The money that was counted at the end, and why it is not what the books expect."""

    counted = Rials(required=True)
    explanation = Text(300)


class ClosedSchema(Given):
    """What the books expected, what was counted, and counted less expected."""

    expected = fields.Integer()
    counted = fields.Integer()
    difference = fields.Integer()


class NewReceiptSchema(Schema):
    """Money for old debts, laid over her open invoices, or over the `invoices` of these ids; the oldest first."""

    customer_id = Key(required=True)
    amount = Rials(1, required=True)
    method = fields.String(required=True, validate=validate.OneOf([*RECEIVED_BY]))
    invoices = fields.List(Key(), load_default=left_out, validate=validate.Length(1, 200))


class AllocatedSchema(Given):
    """What an invoice took of a receipt."""

    invoice_id = fields.Integer()
    amount = fields.Integer()


class ReceiptSchema(Given):
    """A receipt with what each invoice took of it, in that order."""

    id = fields.Integer()
    allocated = fields.List(fields.Nested(AllocatedSchema))


NEW_SHIFT = {"cashbox_id": 1, "counted": 2_000_000}
CLOSING = {"counted": 5_450_000, "explanation": "۵۰٬۰۰۰ ریال انعام پیک"}
NEW_RECEIPT = {"customer_id": 1, "amount": 100_000, "method": "cash"}
