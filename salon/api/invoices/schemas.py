"""Shapes of invoices and settlements. Amounts are rials."""

from marshmallow import fields, validate

from ...invoices.models import InvoiceStatus, PaymentMethod
from ..schemas import Given, Key, Rials, Taken

STATUSES = validate.OneOf([*InvoiceStatus])


class NewLineSchema(Taken):
    """A line to be invoiced; without a price, the service's own."""

    service_id = Key(load_default=None, allow_none=True)
    product_id = Key(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)
    quantity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))
    unit_price = Rials(load_default=None, allow_none=True)
    discount = Rials(load_default=0)


class NewInvoiceSchema(Taken):
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


class InvoiceSchema(Given):
    """An invoice; a draft has no number."""

    id = fields.Integer()
    number = fields.Integer(allow_none=True)
    status = fields.String(validate=STATUSES)
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


class PaymentSchema(Taken):
    """Money put on the table."""

    method = fields.String(
        required=True,
        validate=validate.OneOf([PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER]),
    )
    amount = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10**15))


class NewSettlementSchema(Taken):
    """How an invoice is paid; nothing at all leaves it as the customer's debt."""

    payments = fields.List(fields.Nested(PaymentSchema), load_default=list, validate=validate.Length(max=50))
    credit = Rials(load_default=0)


class IdempotencyHeaderSchema(Taken):
    """The key that makes a retry harmless."""

    key = fields.String(data_key="Idempotency-Key", load_default=None, validate=validate.Length(1, 100))


class EarnedSchema(Given):
    """Club value earned."""

    points = fields.Integer()
    credit = fields.Integer()


class SettlementSchema(Given):
    """How the invoice stands afterwards and what was earned; `paid` is all so far, club credit included."""

    invoice_id = fields.Integer()
    number = fields.Integer()
    status = fields.String(validate=STATUSES)
    total = fields.Integer()
    paid = fields.Integer()
    due = fields.Integer()
    credit_used = fields.Integer()
    earned = fields.Nested(EarnedSchema)
