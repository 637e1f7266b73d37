"""Several customers at once, without a database: each has her own services one after another."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ..availability.rules import Laid, Order, Placed, Search
from ..minutes.rules import any_of, earlier_by
from ..models import GroupState
from ..rules import BookingItem

STATE_LABELS = {
    GroupState.OPEN: _l("باز"),
    GroupState.DONE: _l("انجام‌شده"),
    GroupState.CANCELLED: _l("لغو شده"),
}
MOST_MINUTES = 366 * 24 * 60  # by which a group is moved


@dataclass(frozen=True)
class Party:
    """A customer of a group with the services that she wants, one after another."""

    customer_id: int
    items: tuple[BookingItem, ...]


@dataclass(frozen=True)
class Together:
    """What a group wants. In parallel all begin at once; in sequence each comes when the one before her leaves."""

    branch_id: int
    parties: tuple[Party, ...]
    order: Order = Order.PARALLEL
    own_items: tuple[int, ...] = ()  # of bookings that are to be moved, and so are in nobody's way

    @property
    def items(self) -> tuple[BookingItem, ...]:
        """The services of all, in their order."""
        return tuple(item for party in self.parties for item in party.items)

    @property
    def begins(self) -> frozenset[int]:
        """The places among these services at which somebody's own begin."""
        return frozenset(accumulate((len(party.items) for party in self.parties[:-1]), initial=0))


class GroupOffer(NamedTuple):
    """A time at which all can be served: each customer with her services."""

    parties: tuple[tuple[int, tuple[Laid, ...]], ...]

    @property
    def laid(self) -> list[Laid]:
        """The services of all."""
        return [one for _customer, items in self.parties for one in items]

    @property
    def starts_at(self) -> datetime:
        """When the first begins."""
        return min(one.starts_at for one in self.laid)

    @property
    def ends_at(self) -> datetime:
        """When the last is over."""
        return max(one.ends_at for one in self.laid)


@dataclass(frozen=True)
class GroupSearch(Search):
    """A search for several customers who begin at once. `begins`: the services with which each one begins."""

    begins: frozenset[int] = frozenset({0})

    @cached_property
    def _moments(self) -> list[int]:
        """For each service the moments at which its customer may come to it; for the first all of the group fit."""
        moments: list[int] = []
        for number in reversed(range(len(self.wanted))):
            last_of_hers = number + 1 == len(self.wanted) or number + 1 in self.begins
            after = None if last_of_hers else moments[-1]
            moments.append(any_of(self._coming(candidate, after) for candidate in self.wanted[number].candidates))
        moments.reverse()
        for number in self.begins:
            moments[0] &= moments[number]
        return moments

    @cached_property
    def starts(self) -> int:
        """The minutes at which the first service of all may begin so that everybody may find a time."""
        there = self._moments[0]
        return any_of(one.starts & earlier_by(there, one.shape.comes) for one in self.wanted[0].candidates)

    def _next_moments(self, placed: tuple[Placed, ...]) -> range:
        if len(placed) in self.begins:
            moment = placed[0].starts + placed[0].shape.comes
            return range(moment, moment + 1)
        return super()._next_moments(placed)


def following(state: str) -> list[GroupState]:
    """What a file may become."""
    if state == GroupState.OPEN:
        return [GroupState.DONE, GroupState.CANCELLED]
    return [GroupState.OPEN]
