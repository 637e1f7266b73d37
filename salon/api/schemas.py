"""Shapes of what the API takes and gives. Amounts are rials, moments UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from marshmallow import Schema as MarshmallowSchema
from marshmallow import fields, validate

from ..core.db import BIGGEST_KEY
from ..core.jalali import SALON_ZONE

IDS = validate.Range(1, BIGGEST_KEY)
AMOUNTS = validate.Range(0, 10**15)
DAYS = validate.Range(date(1950, 1, 1), date(2199, 12, 31))
MOMENTS = validate.Range(datetime(1950, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC))


class Schema(MarshmallowSchema):
    """Reads what it shapes plainly: a key of a dictionary, an attribute of anything else."""

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """The value to be shaped."""
        return obj.get(attr, default) if isinstance(obj, dict) else getattr(obj, attr, default)


class Rows(fields.List[Any]):
    """Many rows of one shape, whose values are JSON as they are but for days and moments; quicker than one by one."""

    def __init__(self, shape: type[Schema]) -> None:
        super().__init__(fields.Nested(shape))
        self._names = tuple(shape().fields)
        self._values_of = attrgetter(*self._names)

    def _serialize(self, value: Iterable[Any] | None, attr: str | None, obj: Any, **more: Any) -> list[Any]:
        return [dict(zip(self._names, map(_plain, self._values_of(row)), strict=True)) for row in value or ()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class Key(fields.Integer):
    """The id of something."""

    def __init__(self, **more: object) -> None:
        super().__init__(strict=True, validate=IDS, **more)  # type: ignore[arg-type]  # passed on as they came


class Flag(fields.Boolean):
    """Yes or no, as JSON says it; a number or a word is neither."""

    def _deserialize(self, value: object, attr: str | None, data: object, **more: object) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Rials(fields.Integer):
    """An amount in whole rials."""

    def __init__(self, **more: object) -> None:
        super().__init__(strict=True, validate=AMOUNTS, **more)  # type: ignore[arg-type]  # passed on as they came


class Moment(fields.AwareDateTime):
    """A moment; without an offset it is the salon's own time."""

    def __init__(self, **more: object) -> None:
        super().__init__(format="iso", default_timezone=SALON_ZONE, validate=MOMENTS, **more)  # type: ignore[arg-type]  # open keywords


class Utc(fields.AwareDateTime):
    """A moment given back, always in UTC."""

    def _serialize(self, value: datetime | None, *more: object, **named: object) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat()


class HealthSchema(Schema):
    """Whether the salon answers, and on which database."""

    status = fields.String(required=True)
    database = fields.String(required=True)


class CustomerSchema(Schema):
    """A customer."""

    id = fields.Integer()
    code = fields.String()
    first_name = fields.String()
    last_name = fields.String()
    full_name = fields.String()
    mobile = fields.String(allow_none=True)
    shared_mobile = fields.Boolean()
    birthday = fields.Date(allow_none=True)
    wedding_day = fields.Date(allow_none=True)
    allergies = fields.String()
    note = fields.String()
    is_member = fields.Boolean()


class NewCustomerSchema(Schema):
    """A customer to be let in."""

    first_name = fields.String(required=True, validate=validate.Length(1, 80))
    last_name = fields.String(load_default="", validate=validate.Length(max=80))
    mobile = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    shared_mobile = Flag(load_default=False)
    birthday = fields.Date(load_default=None, allow_none=True, validate=DAYS)
    wedding_day = fields.Date(load_default=None, allow_none=True, validate=DAYS)
    note = fields.String(load_default="", validate=validate.Length(max=1000))
    allergies = fields.String(load_default="", validate=validate.Length(max=300))


class CustomersSchema(Schema):
    """A page of customers; `next` asks for the following one."""

    items = Rows(CustomerSchema)
    next = fields.String(allow_none=True)


class SearchSchema(Schema):
    """What customers are asked for."""

    search = fields.String(load_default="", validate=validate.Length(max=200))
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, BIGGEST_KEY))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class ServiceSchema(Schema):
    """A service: price in rials, duration in minutes."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    category = fields.String()
    price = fields.Integer()
    price_to = fields.Integer(allow_none=True)
    duration = fields.Integer()


class ServicesSchema(Schema):
    """All services that are sold."""

    items = fields.List(fields.Nested(ServiceSchema))


class StaffMemberSchema(Schema):
    """Somebody who serves customers."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    title = fields.String()


class StaffSchema(Schema):
    """Everybody who serves customers."""

    items = fields.List(fields.Nested(StaffMemberSchema))


class AvailabilityQuerySchema(Schema):
    """Which times are asked for."""

    date = fields.Date(required=True, validate=DAYS)
    service_id = fields.Integer(required=True, validate=IDS)
    staff_id = fields.Integer(load_default=None, allow_none=True, validate=IDS)


class SlotSchema(Schema):
    """A free time of a person."""

    staff_id = fields.Integer()
    starts_at = Utc()
    ends_at = Utc()


class SlotsSchema(Schema):
    """Free times of a day."""

    slots = Rows(SlotSchema)


class BookingItemSchema(Schema):
    """One service by one person."""

    service_id = Key(required=True)
    staff_id = Key(required=True)


class NewAppointmentSchema(Schema):
    """A booking: its services follow one another."""

    customer_id = Key(required=True)
    starts_at = Moment(required=True)
    items = fields.List(fields.Nested(BookingItemSchema), required=True, validate=validate.Length(1, 20))
    note = fields.String(load_default="", validate=validate.Length(max=500))


class AppointmentItemSchema(Schema):
    """One booked service."""

    id = fields.Integer()
    service_id = fields.Integer()
    staff_id = fields.Integer()
    starts_at = Utc()
    ends_at = Utc()


class AppointmentSchema(Schema):
    """A booking."""

    id = fields.Integer()
    customer_id = fields.Integer()
    status = fields.String()
    starts_at = Utc()
    items = fields.List(fields.Nested(AppointmentItemSchema))


class NewLineSchema(Schema):
    """A line to be invoiced; without a price, the service's own."""

    service_id = Key(load_default=None, allow_none=True)
    product_id = Key(load_default=None, allow_none=True)
    staff_id = Key(load_default=None, allow_none=True)
    quantity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))
    unit_price = Rials(load_default=None, allow_none=True)
    discount = Rials(load_default=0)


class NewInvoiceSchema(Schema):
    """An invoice to be drafted."""

    customer_id = Key(required=True)
    appointment_id = Key(load_default=None, allow_none=True)
    lines = fields.List(fields.Nested(NewLineSchema), required=True, validate=validate.Length(1, 200))


class InvoiceLineSchema(Schema):
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


class InvoiceSchema(Schema):
    """An invoice; a draft has no number."""

    id = fields.Integer()
    number = fields.Integer(allow_none=True)
    status = fields.String()
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


class PaymentSchema(Schema):
    """Money put on the table."""

    method = fields.String(required=True, validate=validate.OneOf(["cash", "card", "transfer"]))
    amount = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10**15))


class NewSettlementSchema(Schema):
    """How an invoice is paid; nothing at all leaves it as the customer's debt."""

    payments = fields.List(fields.Nested(PaymentSchema), load_default=list, validate=validate.Length(max=50))
    credit = Rials(load_default=0)


class IdempotencyHeaderSchema(Schema):
    """The key that makes a retry harmless."""

    key = fields.String(data_key="Idempotency-Key", load_default=None, validate=validate.Length(1, 100))


class EarnedSchema(Schema):
    """Club value earned."""

    points = fields.Integer()
    credit = fields.Integer()


class SettlementSchema(Schema):
    """How the invoice stands afterwards and what was earned; `paid` is all so far, club credit included."""

    invoice_id = fields.Integer()
    number = fields.Integer()
    status = fields.String()
    total = fields.Integer()
    paid = fields.Integer()
    due = fields.Integer()
    credit_used = fields.Integer()
    earned = fields.Nested(EarnedSchema)


class BalanceSchema(Schema):
    """`balance` can be used now, `pending` later."""

    balance = fields.Integer()
    pending = fields.Integer()


class LotSchema(Schema):
    """Club value with its days; `expires_at` is the first moment it can't be used."""

    unit = fields.String()
    remaining = fields.Integer()
    valid_from = Utc()
    expires_at = Utc(allow_none=True)


class WalletSchema(Schema):
    """What a customer has in the club."""

    points = fields.Nested(BalanceSchema)
    credit = fields.Nested(BalanceSchema)
    lots = fields.List(fields.Nested(LotSchema))


class SwipeSchema(Schema):
    """What a card reader sent."""

    raw = fields.String(required=True, validate=validate.Length(1, 1000))
    station = fields.String(load_default="", validate=validate.Length(max=60))


class CardSwipeSchema(Schema):
    """A card to be issued, as it was swiped."""

    raw = fields.String(required=True, validate=validate.Length(1, 1000))


class CardSchema(Schema):
    """A member card; of its number only the last four digits are known."""

    id = fields.Integer()
    customer_id = fields.Integer()
    last_four = fields.String()
    issued_at = Utc()


class SwipedSchema(Schema):
    """Who swiped, with her wallet and her bookings of today."""

    customer = fields.Nested(CustomerSchema)
    wallet = fields.Nested(WalletSchema)
    appointments_today = fields.List(fields.Nested(AppointmentSchema))


class MessagesQuerySchema(Schema):
    """Whose messages."""

    customer_id = fields.Integer(load_default=None, allow_none=True, validate=IDS)


class MessageSchema(Schema):
    """A message to a customer."""

    id = fields.Integer()
    customer_id = fields.Integer(allow_none=True)
    kind = fields.String()
    state = fields.String()
    text = fields.String()
    receiver = fields.String()
    created_at = Utc()
    due_at = Utc()
    sent_at = Utc(allow_none=True)


class MessagesSchema(Schema):
    """Messages, newest first."""

    items = fields.List(fields.Nested(MessageSchema))
