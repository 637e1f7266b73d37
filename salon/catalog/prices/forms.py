"""What is typed for a price list: when it counts, and the prices on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from ...core.forms import DigitsField, JalaliDateField, NamedForm, RowField
from ...core.money import parse_money
from ...core.pages import currency
from .rules import Price, Thing
from .services import ListSpec


class PriceListForm(NamedForm):
    """When a list counts; whatever is left open is any."""

    priority = DigitsField(_l("نوبت"), [InputRequired(_l("یک عدد بنویسید؛ کوچک‌تر زودتر است."))], default=100)
    group_id = RowField(_l("گروه مشتری"))
    branch_id = RowField(_l("شعبه"))
    level_id = RowField(_l("سطح پرسنل"))
    starts_on = JalaliDateField(_l("از روز"))
    ends_on = JalaliDateField(_l("تا روز"))

    def spec(self) -> ListSpec:
        """What was typed."""
        return ListSpec(
            name=self.name.data or "",
            priority=100 if self.priority.data is None else self.priority.data,
            group_id=self.group_id.data,
            branch_id=self.branch_id.data,
            level_id=self.level_id.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            active=self.active.data,
        )


@dataclass
class TypedPrices:
    """The prices that were typed into the grid, and what is wrong with others, by the name of their field."""

    prices: dict[Thing, Price | None] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def field_of(thing: Thing, end: str = "") -> str:
    """The name of the field of a price, or with `to` of its upper end."""
    return f"{thing.kind}-{thing.id}" + (f"-{end}" if end else "")


def prices_typed(said: Mapping[str, str], things: Collection[Thing]) -> TypedPrices:
    """The prices of these things as they were typed; an empty field takes its thing off the list."""
    typed = TypedPrices()
    for thing in things:
        if field_of(thing) not in said:
            continue  # the thing came to be sold after the page was opened
        price = _amount(typed, field_of(thing), said)
        price_to = _amount(typed, field_of(thing, "to"), said)
        if price is None and price_to is not None:
            typed.errors.setdefault(field_of(thing), _("قیمت را بنویسید."))
        elif price is not None and price_to is not None and price_to < price:
            typed.errors[field_of(thing, "to")] = _("سقف قیمت از خود قیمت کمتر است.")
        else:
            typed.prices[thing] = None if price is None else Price(price, price_to if price_to != price else None)
    return typed


def _amount(typed: TypedPrices, name: str, said: Mapping[str, str]) -> int | None:
    text = said.get(name, "").strip()
    if not text:
        return None
    amount = parse_money(text, currency())
    if amount is None or amount < 0:
        typed.errors[name] = _("مبلغ را با رقم بنویسید.")
        return None
    return amount
