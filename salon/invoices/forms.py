"""What is typed at the till: lines as JSON of texts, payments and filters as forms. Money typed in the salon's unit."""

import re
import uuid
from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length, Regexp

from ..cashbox.models import PaymentMethod
from ..cashbox.rules import PaymentSpec
from ..core.db import BIGGEST_KEY
from ..core.forms import MoneyField
from ..core.money import parse_money, percent_of
from ..core.pages import currency
from ..core.text import latin_digits, normalise
from .errors import discount_invalid, lines_invalid, lines_too_many, price_invalid, price_missing, quantity_invalid
from .rules import LineSpec

MOST_LINES = 200
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.٫/]([0-9]{1,2}))? ?[%٪]")

_MONEY_METHODS = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER)


def fresh_key() -> str:
    """The key a form carries, so that sending it twice settles once."""
    return uuid.uuid4().hex


class MoneyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Money put on the table, by method."""

    key = HiddenField(validators=[Length(min=8, max=64), Regexp(r"^[0-9a-zA-Z-]+$")])
    cash = MoneyField(_l("نقد"))
    card = MoneyField(_l("پوز بانکی"))
    transfer = MoneyField(_l("کارت به کارت"))

    def payments(self) -> list[PaymentSpec]:
        """The methods that something was typed for."""
        typed = [(method, self[method.value].data) for method in _MONEY_METHODS]
        return [PaymentSpec(method, amount) for method, amount in typed if amount]


class SettlementForm(MoneyForm):
    """A settlement: money, club credit, and what the receptionist saw when she sent it."""

    credit = MoneyField(_l("اعتبار باشگاه"))
    seen_due = HiddenField(validators=[Regexp(r"^[0-9]{1,18}$")])
    leave_debt = HiddenField(default="")


def lines_of(typed: Any, ranged: Collection[int]) -> list[LineSpec]:
    """The lines of a draft as they were typed. `ranged`: services whose price has to be asked.

    Each is an object of `service_id` or `product_id`, `staff_id`, `tax_bp` (numbers or null) and the texts `quantity`,
    `unit_price`, `discount` (an amount, or a percentage with its sign). Raises Invalid at `lines.N.field`.
    """
    if not isinstance(typed, list) or not all(isinstance(line, dict) for line in typed):
        raise lines_invalid()
    if len(typed) > MOST_LINES:
        raise lines_too_many()
    return [_line_of(line, f"lines.{position}", ranged) for position, line in enumerate(typed)]


def _line_of(typed: dict[str, Any], at: str, ranged: Collection[int]) -> LineSpec:
    service_id = _number(typed, "service_id", at)
    price = _price(typed, at, asked=service_id in ranged)
    quantity = _quantity(typed, at)
    return LineSpec(
        service_id=service_id,
        product_id=_number(typed, "product_id", at),
        staff_id=_number(typed, "staff_id", at),
        quantity=quantity,
        unit_price=price,
        discount=_discount(typed, at, quantity * (price or 0)),
        tax_bp=_number(typed, "tax_bp", at),
    )


def _number(typed: dict[str, Any], name: str, at: str) -> int | None:
    value = typed.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= BIGGEST_KEY:
        raise lines_invalid(f"{at}.{name}")
    return value


def _text(typed: dict[str, Any], name: str) -> str:
    return normalise(str(typed.get(name) or ""))


def _quantity(typed: dict[str, Any], at: str) -> int:
    digits = latin_digits(_text(typed, "quantity") or "1")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 6):
        raise quantity_invalid(at)
    return int(digits)


def _price(typed: dict[str, Any], at: str, *, asked: bool) -> int | None:
    text = _text(typed, "unit_price")
    if not text:
        if asked:
            raise price_missing(at)
        return None
    price = parse_money(text, currency())
    if price is None:
        raise price_invalid(at)
    return price


def _discount(typed: dict[str, Any], at: str, gross: int) -> int:
    """An amount, or a share of the line's price."""
    text = _text(typed, "discount")
    if not text:
        return 0
    share = _PERCENT.fullmatch(latin_digits(text))
    if share is not None:
        return percent_of(gross, int(share[1]) * 100 + int((share[2] or "0").ljust(2, "0")))
    amount = parse_money(text, currency())
    if amount is None:
        raise discount_invalid(at)
    return amount
