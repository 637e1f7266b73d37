"""Shapes of invoices and settlements. Amounts are rials."""

from marshmallow import Schema, fields, validate

from ...cashbox.models import PaymentMethod
from ...invoices.models import InvoiceStatus
from ...invoices.returns.rules import Refund
from ..schemas import Day, Flag, Given, Key, Rials, Text, Whole, left_out


class NewLineSchema(Schema):
    """A line to be invoiced; without a price, the service's own.

    `package_id` sells all that a package holds, a line for each service; `series_line_id` uses one of the sessions
    that this line of an earlier invoice sold, and is paid by it.
    """

    service_id = Key(load_default=None, allow_none=True)
    product_id = Key(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)
    quantity = Whole(1, 10_000, load_default=1)
    unit_price = Rials(load_default=None, allow_none=True)
    discount = Rials(load_default=0)
    package_id = Key(load_default=None, allow_none=True)
    series_line_id = Key(load_default=None, allow_none=True)


class NewInvoiceSchema(Schema):
    """An invoice to be drafted."""

    customer_id = Key(required=True)
    appointment_id = Key(load_default=None, allow_none=True)
    lines = fields.List(fields.Nested(NewLineSchema), required=True, validate=validate.Length(1, 200))


class InvoiceLineSchema(Given):
    """A line of an invoice; `net` is after the discount, before tax."""

    id = fields.Integer()
    service_id = fields.Integer(allow_none=True)
    product_id = fields.Integer(allow_none=True)
    staff_id = fields.Integer(allow_none=True)
    description = fields.String()
    quantity = fields.Integer()
    unit_price = fields.Integer()
    discount = fields.Integer()
    tax = fields.Integer()
    net = fields.Integer()
    package_id = fields.Integer(allow_none=True)
    series_line_id = fields.Integer(allow_none=True)
    usable_until = fields.Date(allow_none=True)


class InvoiceSchema(Given):
    """An invoice; a draft has no number."""

    id = fields.Integer()
    number = fields.Integer(allow_none=True)
    status = fields.String(validate=validate.OneOf([*InvoiceStatus]))
    customer_id = fields.Integer()
    appointment_id = fields.Integer(allow_none=True)
    business_date = fields.Date()
    net = fields.Integer()
    discount = fields.Integer()
    tax = fields.Integer()
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
