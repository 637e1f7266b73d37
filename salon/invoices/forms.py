"""What is typed at the till: lines as JSON of texts, payments and filters as forms. Money typed in the salon's unit."""

from collections.abc import Callable, Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Regexp

from ..cashbox.models import PaymentMethod
from ..cashbox.rules import PaymentSpec
from ..core.db import BIGGEST_KEY
from ..core.errors import Invalid
from ..core.forms import JalaliDateField, KeyForm, MoneyField, TextField
from ..core.money import parse_money, parse_percent
from ..core.pages import currency, row_key
from ..core.text import latin_digits, normalise
from .errors import (
    discount_invalid,
    lines_invalid,
    lines_too_many,
    price_invalid,
    price_missing,
    quantity_invalid,
    shares_invalid,
    tip_invalid,
    whole_discount_invalid,
)
from .rules import LineSpec
from .terms.rules import NO_TERMS, Terms

MOST_LINES = 200
_MONEY_METHODS = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER)


class MoneyForm(KeyForm):
    """Money put on the table, by method."""

    cash = MoneyField(_l("نقد"))
    card = MoneyField(_l("پوز بانکی"))
    transfer = MoneyField(_l("حواله"))

    def payments(self) -> list[PaymentSpec]:
        """The methods that something was typed for."""
        typed = [(method, self[method.value].data) for method in _MONEY_METHODS]
        return [PaymentSpec(method, amount) for method, amount in typed if amount]

    def place_of(self, field: str | None) -> str | None:
        """The field of this form for one of a settlement: `payments.2.reference` is that of the third payment."""
        name, _dot, rest = (field or "").partition(".")
        position, _dot, detail = rest.partition(".")
        if name != "payments" or not position.isdecimal():
            return field
        typed = self.payments()
        method = typed[int(position)].method.value if int(position) < len(typed) else ""
        return f"{method}_{detail}" if f"{method}_{detail}" in self else method


class SettlementForm(MoneyForm):
    """A settlement: money, club credit, deposits, and what the receptionist saw when she sent it."""

    credit = MoneyField(_l("اعتبار باشگاه"))
    deposit = MoneyField(_l("بیعانه و علی‌الحساب"))
    card_to_card = MoneyField(_l("کارت به کارت"))
    card_to_card_reference = TextField(_l("شمارهٔ پیگیری"), render_kw={"dir": "ltr"})
    staff_card = MoneyField(_l("کارت پرسنل"))
    staff_card_staff_id = TextField(_l("کارت چه کسی"))
    cheque = MoneyField(_l("چک"))
    cheque_reference = TextField(_l("شمارهٔ چک"), render_kw={"dir": "ltr"})
    cheque_due_on = JalaliDateField(_l("سررسید"))
    keep_rest = HiddenField(default="")
    promised_on = JalaliDateField(_l("وعدهٔ پرداخت"))
    seen_due = HiddenField(validators=[Regexp(r"^[0-9]{1,18}$")])
    leave_debt = HiddenField(default="")

    def payments(self) -> list[PaymentSpec]:
        """The methods that something was typed for, with what they need to be told."""
        more = [
            PaymentSpec(PaymentMethod.CARD_TO_CARD, self.card_to_card.data or 0, reference=_said(self, "card_to_card")),
            PaymentSpec(
                PaymentMethod.STAFF_CARD,
                self.staff_card.data or 0,
                staff_id=row_key(self.staff_card_staff_id.data or ""),
            ),
            PaymentSpec(
                PaymentMethod.CHEQUE,
                self.cheque.data or 0,
                reference=_said(self, "cheque"),
                due_on=self.cheque_due_on.data,
            ),
        ]
        return [*super().payments(), *(payment for payment in more if payment.amount)]


def _said(form: SettlementForm, method: str) -> str:
    return form[f"{method}_reference"].data or ""


def terms_of(typed: Any) -> Terms:
    """What is said of a whole draft as it was typed: an object of the texts `discount` (an amount or a percentage)
    and `discount_reason`, `tips` (objects of `staff_id` and the text `amount`) and `sale_kind_id`.

    Raises Invalid at `discount`, `tips.N.amount`, or `terms` for what no page of ours has sent.
    """
    if typed is None:
        return NO_TERMS
    if not isinstance(typed, dict) or not isinstance(typed.get("tips", []), list):
        raise lines_invalid("terms")
    points, amount = discount_typed(_text(typed, "discount"), whole_discount_invalid)
    return Terms(
        discount=amount,
        discount_bp=points,
        discount_reason=_text(typed, "discount_reason"),
        tips=tuple(_tip_of(tip, position) for position, tip in enumerate(typed.get("tips", []))),
        sale_kind_id=_number(typed, "sale_kind_id", "terms"),
    )


def _tip_of(typed: Any, position: int) -> tuple[int, int]:
    if not isinstance(typed, dict):
        raise lines_invalid("terms")
    staff_id, amount = _number(typed, "staff_id", "terms"), parse_money(_text(typed, "amount"), currency())
    if staff_id is None or amount is None:
        raise tip_invalid(f"tips.{position}.amount")
    return staff_id, amount


def discount_typed(text: str, refusal: Callable[[], Invalid]) -> tuple[int | None, int]:
    """A typed discount as basis points (None: an amount) and as rials. Raises `refusal` for what is neither."""
    if not text:
        return None, 0
    is_share = text.endswith(("%", "٪"))
    found = parse_percent(text) if is_share else parse_money(text, currency())
    if found is None:
        raise refusal()
    return (found, 0) if is_share else (None, found)


def lines_of(typed: Any, ranged: Collection[int]) -> list[LineSpec]:
    """The lines of a draft as they were typed. `ranged`: services whose price has to be asked.

    Each is an object of `service_id` or `product_id`, `package_id`, `series_line_id`, `redo_line_id`, `staff_id`,
    `tax_bp` (numbers or null) and the texts `quantity`, `unit_price`, `discount` (an amount, or a percentage with its
    sign).
    Raises Invalid at `lines.N.field`.
    """
    if not isinstance(typed, list) or not all(isinstance(line, dict) for line in typed):
        raise lines_invalid()
    if len(typed) > MOST_LINES:
        raise lines_too_many()
    return [_line_of(line, f"lines.{position}", ranged) for position, line in enumerate(typed)]


def _line_of(typed: dict[str, Any], at: str, ranged: Collection[int]) -> LineSpec:
    service_id = _number(typed, "service_id", at)
    package_id, series_line_id = _number(typed, "package_id", at), _number(typed, "series_line_id", at)
    price = _price(typed, at, asked=service_id in ranged and package_id is None and series_line_id is None)
    points, discount = discount_typed(_text(typed, "discount"), lambda: discount_invalid(at))
    return LineSpec(
        service_id=service_id,
        product_id=_number(typed, "product_id", at),
        staff_id=_number(typed, "staff_id", at),
        quantity=_quantity(typed, at),
        unit_price=price,
        discount=discount,
        discount_bp=points,
        discount_reason=_text(typed, "discount_reason"),
        shares=_shares(typed, at),
        tax_bp=_number(typed, "tax_bp", at),
        package_id=package_id,
        series_line_id=series_line_id,
        redo_line_id=_number(typed, "redo_line_id", at),
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


def _shares(typed: dict[str, Any], at: str) -> tuple[tuple[int, int], ...]:
    """Who did it with which part, in basis points; nothing where one did it all."""
    shares = typed.get("shares") or []
    fits = isinstance(shares, list) and all(isinstance(part, list) and len(part) == 2 for part in shares)
    if not fits or not all(type(number) is int and 0 < number <= BIGGEST_KEY for part in shares for number in part):
        raise shares_invalid(at)
    return tuple((staff_id, part) for staff_id, part in shares)
