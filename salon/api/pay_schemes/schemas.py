"""Shapes of schemes of pay. Amounts are rials, percentages basis points, `ends_on` is the last day."""

from marshmallow import Schema, fields, validate

from ...core.money import WHOLE
from ...staff.models import PayKind, PayTarget, StepsOver
from ...staff.schemes.terms.rules import MOST_STEPS
from ..schemas import Day, Flag, Given, Key, Rials, Text, Whole
from ..setup.schemas import name_of

SCHEME = {
    "name": "مو، پس از مواد",
    "kind": "percent",
    "staff_id": 1,
    "starts_on": "2026-03-21",
    "percent_bp": 4_000,
    "after_materials": True,
    "discount_bp": 5_000,
}
ENDED = {"ends_on": "2026-11-21"}


def _part(**more: object) -> Whole:
    """A part of the whole, in basis points."""
    return Whole(0, WHOLE, **more)


class StepSchema(Given):
    """From so much work of a Jalali month on, this percentage."""

    above = fields.Integer()
    percent_bp = fields.Integer()


class NewStepSchema(Schema):
    """A step to be kept; the first begins at 0."""

    above = Rials(required=True)
    percent_bp = _part(required=True)


class PaySchemeSchema(Given):
    """A scheme: whom it means (null: everybody), for what (null: everything), and how it pays.

    `discount_bp`, `credit_bp`: her part of what discounts and club credit cost; null means that the percentage is of
    what is left after them.
    """

    id = fields.Integer()
    name = fields.String()
    kind = fields.String(validate=validate.OneOf([*PayKind]))
    staff_id = fields.Integer(allow_none=True)
    line_id = fields.Integer(allow_none=True)
    level_id = fields.Integer(allow_none=True)
    target = fields.String(validate=validate.OneOf([*PayTarget]))
    service_id = fields.Integer(allow_none=True)
    product_id = fields.Integer(allow_none=True)
    category = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    percent_bp = fields.Integer()
    own_bp = fields.Integer(allow_none=True)
    amount = fields.Integer()
    steps = fields.List(fields.Nested(StepSchema))
    steps_over = fields.String(validate=validate.OneOf([*StepsOver]))
    after_materials = fields.Boolean()
    discount_bp = fields.Integer(allow_none=True)
    credit_bp = fields.Integer(allow_none=True)
    redo_bp = fields.Integer()


class PaySchemesSchema(Given):
    """All schemes, the latest first."""

    items = fields.List(fields.Nested(PaySchemeSchema))


class NewPaySchemeSchema(Schema):
    """A scheme to be begun; what its kind has no use for is left out."""

    name = name_of(80, required=True)
    kind = fields.String(required=True, validate=validate.OneOf([*PayKind]))
    staff_id = Key(load_default=None, allow_none=True)
    line_id = Key(load_default=None, allow_none=True)
    level_id = Key(load_default=None, allow_none=True)
    target = fields.String(load_default=PayTarget.SERVICES.value, validate=validate.OneOf([*PayTarget]))
    service_id = Key(load_default=None, allow_none=True)
    product_id = Key(load_default=None, allow_none=True)
    category = Text(80)
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)
    percent_bp = _part(load_default=0)
    own_bp = _part(load_default=None, allow_none=True)
    amount = Rials(load_default=0)
    steps = fields.List(fields.Nested(NewStepSchema), load_default=list, validate=validate.Length(max=MOST_STEPS))
    steps_over = fields.String(load_default=StepsOver.PART.value, validate=validate.OneOf([*StepsOver]))
    after_materials = Flag(load_default=False)
    discount_bp = _part(load_default=None, allow_none=True)
    credit_bp = _part(load_default=0, allow_none=True)
    redo_bp = _part(load_default=0)


class ChangedPaySchemeSchema(Schema):
    """What changes of a scheme: its name and its last day; other terms are a new scheme."""

    name = name_of(80, required=False)
    ends_on = Day(allow_none=True)
