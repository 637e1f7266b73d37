"""Which price a thing has for whom, where, by whom and when. No database; prices in rials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple


class Thing(NamedTuple):
    """A service or a product, by its number."""

    kind: str  # SERVICE or PRODUCT
    id: int


SERVICE, PRODUCT = "service", "product"


@dataclass(frozen=True)
class Price:
    """A price in rials, with its upper end where it is asked at the till; `list_id`: None is the thing's own."""

    price: int
    price_to: int | None = None
    list_id: int | None = None

    def holds(self, asked: int) -> bool:
        """Whether this is the price that is asked, or the range it lies in."""
        return self.price <= asked <= (self.price if self.price_to is None else self.price_to)


@dataclass(frozen=True)
class Occasion:
    """For whom (her group), where, by whom (her level, and who she is) and on which day something is sold."""

    group_id: int | None
    branch_id: int
    level_id: int | None
    day: date
    staff_id: int | None = None


@dataclass(frozen=True)
class ListTerms:
    """When a price list counts; None is any. `ends_on` is the last day."""

    id: int
    group_id: int | None = None
    branch_id: int | None = None
    level_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def suits(self, occasion: Occasion) -> bool:
        """Whether the list counts on this occasion."""
        named = (
            (self.group_id, occasion.group_id),
            (self.branch_id, occasion.branch_id),
            (self.level_id, occasion.level_id),
        )
        begun = self.starts_on is None or self.starts_on <= occasion.day
        over = self.ends_on is not None and self.ends_on < occasion.day
        return begun and not over and all(wanted in (None, found) for wanted, found in named)


@dataclass(frozen=True)
class PriceBook:
    """Lists in the order in which they count, and the prices that stand on each.

    Before them go the prices of the customer herself, then those of whoever does it.
    """

    lists: Sequence[ListTerms] = ()
    prices: Mapping[tuple[int, Thing], Price] = field(default_factory=dict)
    hers: Mapping[Thing, Price] = field(default_factory=dict)
    by_person: Mapping[tuple[int | None, Thing], Price] = field(default_factory=dict)

    @property
    def asks_levels(self) -> bool:
        """Whether it matters who does something."""
        return bool(self.by_person) or any(terms.level_id is not None for terms in self.lists)

    def listed(self, thing: Thing, occasion: Occasion) -> Price | None:
        """The customer's own price, the person's, or that on the first list that suits; None when there is none."""
        own = self.hers.get(thing) or self.by_person.get((occasion.staff_id, thing))
        if own is not None:
            return own
        for terms in self.lists:
            found = self.prices.get((terms.id, thing))
            if found is not None and terms.suits(occasion):
                return found
        return None

    def price(self, thing: Thing, own: Price, occasion: Occasion) -> Price:
        """What the thing costs on this occasion: by the first list, else its own price."""
        return self.listed(thing, occasion) or own


def of_level(occasion: Occasion, level_id: int | None, staff_id: int | None = None) -> Occasion:
    """The same occasion with somebody of another level."""
    return replace(occasion, level_id=level_id, staff_id=staff_id)
