"""What a package holds, and what each of its services is worth in it. Rials."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.money import share


@dataclass(frozen=True)
class Item:
    """So many sessions of a service; `price`: of one session when it is not sold in a package."""

    service_id: int
    name: str
    sessions: int
    price: int


@dataclass(frozen=True)
class Offer:
    """A package as it is offered."""

    id: int
    name: str
    price: int
    valid_days: int | None
    active: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Part:
    """The sessions of one service at their part of the package's price: quantity × unit price − discount."""

    item: Item
    unit_price: int
    discount: int  # what the unit price was rounded up by


def parts_of(offer: Offer) -> list[Part]:
    """The services of a package with their parts of its price, by what they cost otherwise; they sum to its price."""
    return [_part(item, amount) for item, amount in zip(offer.items, share(offer.price, _weights(offer)), strict=True)]


def _weights(offer: Offer) -> Sequence[int]:
    costs = [item.price * item.sessions for item in offer.items]
    return costs if any(costs) else [item.sessions for item in offer.items]


def _part(item: Item, amount: int) -> Part:
    unit_price = -(-amount // item.sessions)
    return Part(item, unit_price, unit_price * item.sessions - amount)
