"""Shapes of invoices and settlements. Amounts are rials."""

from marshmallow import Schema, fields, validate

from ...cashbox.models import PaymentMethod
from ...core.money import WHOLE
from ...invoices.models import InvoiceStatus
from ...invoices.returns.rules import Refund
from ..schemas import Day, Flag, Given, Key, Rials, Text, Whole, left_out


class ShareSchema(Schema):
    """Somebody's part of a line that several did, in basis points."""

    staff_id = Key(required=True)
    share_bp = Whole(1, WHOLE, required=True)


class TipSchema(Schema):
    """A tip for somebody."""

    staff_id = Key(required=True)
    amount = Rials(1, required=True)


class NewLineSchema(Schema):
    """A line to be invoiced; without a price, the one of her price list or its own: one out of a range has to be said.

    With `discount_bp` the discount is a percentage, and its amount counts no more. `shares` make one whole together;
    the first is the line's own. `package_id` sells all that a package holds, a line for each service;
    `series_line_id` uses one of the sessions that this line of an earlier invoice sold, and is paid by it.
    `redo_line_id` does the work of an earlier line again, for nothing.
    """

    service_id = Key(load_default=None, allow_none=True)
    product_id = Key(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)
    quantity = Whole(1, 10_000, load_default=1)
    unit_price = Rials(load_default=None, allow_none=True)
    discount = Rials(load_default=0)
    discount_bp = Whole(0, WHOLE, load_default=None, allow_none=True)
    discount_reason = Text(200)
    shares = fields.List(fields.Nested(ShareSchema), load_default=(), validate=validate.Length(max=20))
    package_id = Key(load_default=None, allow_none=True)
    series_line_id = Key(load_default=None, allow_none=True)
    redo_line_id = Key(load_default=None, allow_none=True)


class NewInvoiceSchema(Schema):
    """An invoice to be drafted; `discount`, as an amount or as `discount_bp`, is on the whole of it.

    Without a kind of sale it is of the one that the till proposes.
    """

    customer_id = Key(required=True)
    appointment_id = Key(load_default=None, allow_none=True)
    sale_kind_id = Key(load_default=None, allow_none=True)
    discount = Rials(load_default=0)
    discount_bp = Whole(0, WHOLE, load_default=None, allow_none=True)
    discount_reason = Text(200)
    tips = fields.List(fields.Nested(TipSchema), load_default=(), validate=validate.Length(max=50))
    lines = fields.List(fields.Nested(NewLineSchema), required=True, validate=validate.Length(1, 200))


class GivenShareSchema(Given):
    """Somebody's part of a line, in basis points."""

    staff_id = fields.Integer()
    share_bp = fields.Integer()


class GivenTipSchema(Given):
    """A tip for somebody."""

    staff_id = fields.Integer()
    amount = fields.Integer()


class InvoiceLineSchema(Given):
    """A line of an invoice; `net` is after its discount and its part of the one on the whole, before tax.

    `shares` is empty where one did it all.
    """

    id = fields.Integer()
    service_id = fields.Integer(allow_none=True)
    product_id = fields.Integer(allow_none=True)
    staff_id = fields.Integer(allow_none=True)
    description = fields.String()
    quantity = fields.Integer()
    unit_price = fields.Integer()
    discount = fields.Integer()
    discount_bp = fields.Integer(allow_none=True)
    discount_reason = fields.String()
    shared_discount = fields.Integer()
    tax = fields.Integer()
    net = fields.Integer()
    shares = fields.List(fields.Nested(GivenShareSchema))
    package_id = fields.Integer(allow_none=True)
    series_line_id = fields.Integer(allow_none=True)
    redo_line_id = fields.Integer(allow_none=True)
    usable_until = fields.Date(allow_none=True)


class InvoiceSchema(Given):
    """An invoice; a draft has no number. `shared_discount` is what of the discount was given on the whole.

    `rounding` is negative where the total was rounded down.
    """

    id = fields.Integer()
    number = fields.Integer(allow_none=True)
    status = fields.String(validate=validate.OneOf([*InvoiceStatus]))
    customer_id = fields.Integer()
    appointment_id = fields.Integer(allow_none=True)
    business_date = fields.Date()
    sale_kind_id = fields.Integer(allow_none=True)
    net = fields.Integer()
    discount = fields.Integer()
    shared_discount = fields.Integer()
    shared_discount_bp = fields.Integer(allow_none=True)
    discount_reason = fields.String()
    tax = fields.Integer()
    tips = fields.List(fields.Nested(GivenTipSchema))
    rounding = fields.Integer()
    total = fields.Integer()
    paid = fields.Integer()
    due = fields.Integer()
    lines = fields.List(fields.Nested(InvoiceLineSchema))


METHODS = (
    PaymentMethod.CASH,
    PaymentMethod.CARD,
    PaymentMethod.TRANSFER,
    PaymentMethod.CARD_TO_CARD,
    PaymentMethod.STAFF_CARD,
    PaymentMethod.CHEQUE,
)


class PaymentSchema(Schema):
    """Money put on the table. Card to card needs its `reference`, a cheque also `due_on`, a stylist's card whose."""

    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    amount = Rials(1, required=True)
    cashbox_id = Key(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)
    reference = Text(60)
    due_on = Day(load_default=None, allow_none=True)


class NewSettlementSchema(Schema):
    """How an invoice is paid; an empty list leaves it as the customer's debt.

    `deposit`: of her deposits and on-account money. `keep_rest`: what is above the due stays on account.
    """

    payments = fields.List(fields.Nested(PaymentSchema), required=True, validate=validate.Length(max=50))
    credit = Rials(load_default=0)
    deposit = Rials(load_default=0)
    keep_rest = Flag(load_default=False)
    promised_on = Day(load_default=None, allow_none=True)


class IdempotencyHeaderSchema(Schema):
    """The key that makes a retry harmless."""

    key = fields.String(data_key="Idempotency-Key", load_default=left_out, validate=validate.Length(1, 100))


class EarnedSchema(Given):
    """Club value earned."""

    points = fields.Integer()
    credit = fields.Integer()


class SettlementSchema(Given):
    """How the invoice stands afterwards and what was earned; `paid` is all so far, club credit included."""

    invoice_id = fields.Integer()
    number = fields.Integer()
    status = fields.String(validate=validate.OneOf([InvoiceStatus.OPEN, InvoiceStatus.SETTLED]))
    total = fields.Integer()
    paid = fields.Integer()
    due = fields.Integer()
    credit_used = fields.Integer()
    deposit_used = fields.Integer()
    kept = fields.Integer()
    earned = fields.Nested(EarnedSchema)


class BackLineSchema(Schema):
    """Pieces of a line that go back."""

    line_id = Key(required=True)
    quantity = Whole(1, 10_000, required=True)


class NewReturnSchema(Schema):
    """What goes back of an invoice; without lines, all that is left of it."""

    lines = fields.List(fields.Nested(BackLineSchema), validate=validate.Length(1, 200), load_default=left_out)
    refund = fields.String(required=True, validate=validate.OneOf([Refund.ORIGINAL, Refund.CREDIT, Refund.CASH]))


class RefundedSchema(Given):
    """Money paid back by one method."""

    method = fields.String()
    amount = fields.Integer()


class ReturnSchema(Given):
    """What went back: `amount` is all of it; what was not refunded has lessened the invoice's debt."""

    id = fields.Integer()
    amount = fields.Integer()
    refunded = fields.List(fields.Nested(RefundedSchema))
    clawback = fields.Nested(EarnedSchema)


NEW_RETURN = {"lines": [{"line_id": 1, "quantity": 1}], "refund": "original"}
NEW_INVOICE = {"customer_id": 1, "lines": [{"service_id": 1, "staff_id": 1, "quantity": 2, "discount": 10_000}]}
NEW_SETTLEMENT = {"payments": [{"method": "cash", "amount": 200_000}, {"method": "card", "amount": 150_000}]}
