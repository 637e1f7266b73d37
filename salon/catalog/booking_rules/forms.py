"""What is typed about the bookings of a service: its rules, touch-ups, and whose prices differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField

from ...core.forms import DigitsField, MoneyField, RowField
from ...core.money import parse_money
from ...core.pages import currency
from .rules import Rules, TouchUp

Rows = Sequence[tuple[int, str]]


class TouchUpForm(Form):
    """A row of touch-ups; an empty one is none."""

    of_service_id = RowField(_l("ترمیمِ"))
    within_days = DigitsField(_l("تا چند روز"))
    price = MoneyField(_l("قیمت"))


class BookingRulesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What a service asks of its bookings."""

    least_notice = DigitsField(_l("کمترین فاصله تا نوبت"))
    furthest_days = DigitsField(_l("دورترین روز"))
    patch_hours = DigitsField(_l("تست حساسیت، پیش از نوبت"))
    patch_months = DigitsField(_l("تست کهنه‌تر از این نباشد"))
    touch_ups = FieldList(FormField(TouchUpForm))

    def offer(self, services: Rows) -> None:
        """Offer of which services it may be a touch-up."""
        for row in self.touch_ups:
            row.form.of_service_id.offer(services)

    def rules(self) -> Rules:
        """What was typed of rules."""
        return Rules(self.least_notice.data, self.furthest_days.data, self.patch_hours.data, self.patch_months.data)

    def told_touch_ups(self, service_id: int) -> list[TouchUp]:
        """What was typed of touch-ups; a row without a service is none, and what is missing is nought."""
        rows = [row.form for row in self.touch_ups if row.form.of_service_id.data is not None]
        return [
            TouchUp(service_id, row.of_service_id.data or 0, row.within_days.data or 0, _or_wrong(row.price.data))
            for row in rows
        ]


@dataclass
class TypedOwn:
    """Prices of people in rials, by their numbers; what is wrong, by the name of the field."""

    prices: dict[int, int | None] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def own_typed(said: Mapping[str, str], people: Rows) -> TypedOwn:
    """Whose prices differ, as it was typed; an empty one is by the lists."""
    typed = TypedOwn()
    for number, _name in people:
        name = f"price-{number}"
        text = said.get(name, "").strip()
        typed.prices[number] = parse_money(text, currency()) if text else None
        if text and (typed.prices[number] is None or (typed.prices[number] or 0) < 0):
            typed.errors[name] = _("مبلغ را با رقم بنویسید.")
    return typed


def _or_wrong(price: int | None) -> int:
    return -1 if price is None else price
