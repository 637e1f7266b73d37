"""Shapes of statements of pay and their payments. Amounts are rials."""

from marshmallow import Schema, fields

from ..schemas import Day, Given, Key, Rials, Utc


class StatementLineSchema(Given):
    """What a document, a sale or a return, changed in her pay for a line of a sale."""

    invoice_id = fields.Integer()
    line_id = fields.Integer()
    base = fields.Integer()
    share = fields.Integer()


class StatementSchema(Given):
    """A statement: `due` is `opening`, shares, tips, salary and bonuses less the others. Approved ones are frozen."""

    lines = fields.List(fields.Nested(StatementLineSchema))
    opening = fields.Integer()
    tips = fields.Integer()
    salary = fields.Integer()
    bonuses = fields.Integer()
    fines = fields.Integer()
    rent = fields.Integer()
    own_card = fields.Integer()
    advances = fields.Integer()
    paid = fields.Integer()
    due = fields.Integer()
    approved = fields.Boolean()


class NewStatementSchema(Schema):
    """The days, half-open, whose statement is approved."""

    starts_on = Day(data_key="from", required=True)
    ends_before = Day(data_key="to", required=True)


class ApprovedSchema(Given):
    """What was approved: what was left of before, and what is due by it."""

    id = fields.Integer()
    staff_id = fields.Integer()
    starts_on = fields.Date(data_key="from")
    ends_before = fields.Date(data_key="to")
    opening = fields.Integer()
    due = fields.Integer(attribute="total")
    approved_at = Utc()


class NewPayPaymentSchema(Schema):
    """Money out of a box for what was approved."""

    amount = Rials(1, required=True)
    cashbox_id = Key(required=True)


class PayPaymentSchema(Given):
    """A payment of the statement that was approved last, and what is left of it."""

    id = fields.Integer()
    staff_id = fields.Integer()
    statement_id = fields.Integer()
    cashbox_id = fields.Integer()
    amount = fields.Integer()
    due = fields.Integer()


NEW_STATEMENT = {"from": "2026-10-23", "to": "2026-11-22"}
NEW_PAYMENT = {"amount": 5_000_000, "cashbox_id": 1}
