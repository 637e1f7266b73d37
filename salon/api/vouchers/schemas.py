"""Shapes of vouchers. Amounts are rials."""

from marshmallow import Schema, fields, validate

from ...cashbox.models import Direction, VoucherKind
from ..schemas import Day, Given, Key, Rials, Rows, Text, Utc

# Pay is paid, and taken back, by its statement.
KNOWN = tuple(kind for kind in VoucherKind if kind != VoucherKind.PAY)
KINDS = tuple(kind for kind in KNOWN if kind != VoucherKind.TRANSFER)


class CategorySchema(Given):
    """What money comes in or goes out for."""

    id = fields.Integer()
    name = fields.String()
    direction = fields.String(validate=validate.OneOf([*Direction]))


class CategoriesSchema(Given):
    """The categories that vouchers name, those of receipts first."""

    items = Rows(CategorySchema)


class NewVoucherSchema(Schema):
    """Money that comes or goes without an invoice; without a day, today's.

    A receipt, a payment and an expense have a category, an advance whose it is; the rest is left out.
    """

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    cashbox_id = Key(required=True)
    amount = Rials(1, required=True)
    category_id = Key(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)
    party = Text(120)
    note = Text(300)
    business_date = Day(load_default=None, allow_none=True)


class NewTransferSchema(Schema):
    """Money that goes from one box of the branch to another; without a day, today's."""

    cashbox_id = Key(required=True)
    to_cashbox_id = Key(required=True)
    amount = Rials(1, required=True)
    note = Text(300)
    business_date = Day(load_default=None, allow_none=True)


class NewReversalSchema(Schema):
    """Why a voucher is taken back."""

    note = Text(300)


class VoucherSchema(Given):
    """A voucher; one with `reverses_id` takes another back."""

    id = fields.Integer()
    kind = fields.String(validate=validate.OneOf(KNOWN))
    cashbox_id = fields.Integer()
    to_cashbox_id = fields.Integer(allow_none=True)
    amount = fields.Integer()
    category_id = fields.Integer(allow_none=True)
    staff_id = fields.Integer(allow_none=True)
    party = fields.String()
    note = fields.String()
    business_date = fields.Date()
    recorded_at = Utc()
    reverses_id = fields.Integer(allow_none=True)


NEW_VOUCHER = {"kind": "expense", "cashbox_id": 1, "amount": 1_500_000, "category_id": 3, "party": "ادارهٔ برق"}
NEW_TRANSFER = {"cashbox_id": 1, "to_cashbox_id": 3, "amount": 20_000_000}
NEW_REVERSAL = {"note": "دو بار نوشته شده بود"}
