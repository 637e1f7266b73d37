"""Shapes of price lists and of the history of prices. Amounts are rials, `ends_on` is the last day."""

from marshmallow import Schema, fields, validate

from ..schemas import Day, Flag, Given, Key, Rials, Utc, Whole
from ..setup.schemas import MOST_PLACES, name_of

MOST_LISTED = 5_000
PRICE_LIST = {"name": "عروس‌ها", "priority": 50, "starts_on": "2026-11-21", "ends_on": "2027-03-20"}
PRICES = {"prices": [{"service_id": 1, "price": 400_000}, {"product_id": 1, "price": None}]}


class PriceListSchema(Given):
    """When a list counts: lower priority first, then the older; null is any."""

    id = fields.Integer()
    name = fields.String()
    priority = fields.Integer()
    group_id = fields.Integer(allow_none=True)
    branch_id = fields.Integer(allow_none=True)
    level_id = fields.Integer(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    active = fields.Boolean()


class PriceListsSchema(Given):
    """All price lists, in the order in which they count."""

    items = fields.List(fields.Nested(PriceListSchema))


class NewPriceListSchema(Schema):
    """A price list to be begun."""

    name = name_of(80, required=True)
    priority = Whole(0, MOST_PLACES, load_default=100)
    group_id = Key(load_default=None, allow_none=True)
    branch_id = Key(load_default=None, allow_none=True)
    level_id = Key(load_default=None, allow_none=True)
    starts_on = Day(load_default=None, allow_none=True)
    ends_on = Day(load_default=None, allow_none=True)
    active = Flag(load_default=True)


class ChangedPriceListSchema(Schema):
    """What changes of a price list."""

    name = name_of(80, required=False)
    priority = Whole(0, MOST_PLACES)
    group_id = Key(allow_none=True)
    branch_id = Key(allow_none=True)
    level_id = Key(allow_none=True)
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    active = Flag()


class ListedPriceSchema(Given):
    """A price on a list, with its upper end where it is asked at the till."""

    service_id = fields.Integer(allow_none=True)
    product_id = fields.Integer(allow_none=True)
    price = fields.Integer()
    price_to = fields.Integer(allow_none=True)


class ListedPricesSchema(Given):
    """All prices on a list."""

    items = fields.List(fields.Nested(ListedPriceSchema))


class NewListedPriceSchema(Schema):
    """A price to be put on a list; null takes the thing off it."""

    service_id = Key(load_default=None, allow_none=True)
    product_id = Key(load_default=None, allow_none=True)
    price = Rials(required=True, allow_none=True)
    price_to = Rials(load_default=None, allow_none=True)


class NewListedPricesSchema(Schema):
    """Prices to be put on a list; things that aren't named stay as they are."""

    prices = fields.List(fields.Nested(NewListedPriceSchema), required=True, validate=validate.Length(1, MOST_LISTED))


class ChangeSchema(Given):
    """When a price was set and by whom, on which list (empty: its own), and what it was before; null: none."""

    changed_at = Utc()
    by = fields.String()
    list_name = fields.String()
    price = fields.Integer(allow_none=True)
    price_to = fields.Integer(allow_none=True)
    price_before = fields.Integer(allow_none=True)
    price_to_before = fields.Integer(allow_none=True)


class ChangesSchema(Given):
    """Every price that a thing had, the latest first."""

    items = fields.List(fields.Nested(ChangeSchema))
