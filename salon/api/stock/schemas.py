"""Shapes of products and their stock. Prices are rials, stock is pieces."""

from marshmallow import Schema, fields, validate

from ...core.money import MOST_PRICE
from ...inventory.errors import MOST_PIECES
from ...inventory.models import MovementKind
from ..schemas import Flag, Given, Key, PageQuery, Text, Utc, Whole
from ..setup.schemas import name_of

BY_HAND = (MovementKind.IN.value, MovementKind.USED.value, MovementKind.COUNTED.value)
PRODUCT = {"name": "سرم مو", "price": 6_000_000, "low_stock": 3}
MOVE = {"kind": "in", "items": [{"product_id": 1, "quantity": 12}], "note": "کارتن تازه"}


class ProductSchema(Given):
    """A product: whether its stock is kept, and at how many pieces it is called low."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    category = fields.String()
    brand = fields.String()
    price = fields.Integer()
    counted = fields.Boolean()
    low_stock = fields.Integer()
    active = fields.Boolean()


class ProductsSchema(Given):
    """All products."""

    items = fields.List(fields.Nested(ProductSchema))


class NewProductSchema(Schema):
    """A product to be sold; without a code it is given one."""

    name = name_of(160, required=True)
    price = Whole(0, MOST_PRICE, required=True)
    code = Text(80)
    category = Text(80)
    brand = Text(80)
    counted = Flag(load_default=True)
    low_stock = Whole(0, MOST_PIECES, load_default=0)


class ChangedProductSchema(Schema):
    """What changes of a product; what was sold keeps its price."""

    name = name_of(160, required=False)
    price = Whole(0, MOST_PRICE)
    category = fields.String(validate=validate.Length(max=80))
    brand = fields.String(validate=validate.Length(max=80))
    counted = Flag()
    low_stock = Whole(0, MOST_PIECES)
    active = Flag()


class StockSchema(Given):
    """How much of a product the branch has; `low` when it is to be bought, null when it was never counted."""

    product_id = fields.Integer()
    name = fields.String()
    stock = fields.Integer(allow_none=True)
    low_stock = fields.Integer()
    low = fields.Boolean()


class StocksSchema(Given):
    """The shelf of the branch."""

    items = fields.List(fields.Nested(StockSchema))


class PiecesSchema(Schema):
    """Pieces of a product."""

    product_id = Key(required=True)
    quantity = Whole(0, MOST_PIECES, required=True)


class NewMoveSchema(Schema):
    """What came, was used at work, or was found when it was counted."""

    kind = fields.String(required=True, validate=validate.OneOf(BY_HAND))
    items = fields.List(fields.Nested(PiecesSchema), required=True, validate=validate.Length(1, 1_000))
    note = Text(300)


class MovedSchema(Given):
    """What is there now."""

    product_id = fields.Integer()
    stock = fields.Integer()


class MoveSchema(Given):
    """What is there now of each product."""

    items = fields.List(fields.Nested(MovedSchema))


class MovementSchema(Given):
    """A movement of a product, and what was there after it."""

    id = fields.Integer()
    kind = fields.String(validate=validate.OneOf([*MovementKind]))
    quantity = fields.Integer()
    stock = fields.Integer()
    business_date = fields.Date()
    recorded_at = Utc()
    by = fields.String()
    note = fields.String()
    line_id = fields.Integer(allow_none=True)


class MovementsSchema(Given):
    """A page of movements, the latest first; `next` asks for the following one."""

    items = fields.List(fields.Nested(MovementSchema))
    next = fields.String(allow_none=True)


class MovementsQuerySchema(PageQuery):
    """Which page of the movements."""
