"""Reads about the queue: who waits in the salon, and how long yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ...core.db import db
from ...core.errors import DomainError
from ...core.jalali import day_range, local_date
from ...customers.models import Customer
from ...staff.models import StaffMember
from ..availability.queries import laid_out, offers
from ..availability.rules import Asked, Laid
from ..errors import walk_in_over, walk_in_unknown
from ..rules import BookingItem, to_the_minute
from ..slot_offers.queries import locked
from ..wanted.queries import wanted_by_each
from ..wanted.rules import WantedService
from .models import WalkIn, WalkInState
from .rules import minutes_until

_WAITING = WalkIn.state == WalkInState.WAITING.value


@dataclass(frozen=True)
class InQueue:
    """Somebody in the queue with what she wants, and when her turn comes; None: not today any more."""

    walk_in: WalkIn
    customer: Customer
    wanted: Sequence[WantedService]
    place: int
    begins_at: datetime | None
    minutes: int | None  # from now on
    by: str = ""


def queue_of(branch_id: int, now: datetime) -> list[InQueue]:
    """Who waits in a branch today, in the order in which they came, each after those before her."""
    waiting = _waiting(branch_id, now)
    wanted = wanted_by_each("walk_in_id", [walk_in.id for walk_in, _customer in waiting])
    people = _names()
    found: list[InQueue] = []
    laid: tuple[Laid, ...] = ()
    for place, (walk_in, customer) in enumerate(waiting, start=1):
        hers = _first_free(walk_in, wanted[walk_in.id], laid, now)
        begins = min(one.starts_at for one in hers) if hers else None
        minutes = None if begins is None else minutes_until(begins, now)
        by = "، ".join(dict.fromkeys(people[one.staff_id] for one in hers))
        found.append(InQueue(walk_in, customer, wanted[walk_in.id], place, begins, minutes, by))
        laid += hers
    return found


def walk_in_locked(branch_id: int, walk_in_id: int) -> WalkIn:
    """Somebody in the queue whom nobody else calls until the transaction ends.

    Raises NotFound `walk_in_unknown`, DomainError `wrong_status`.
    """
    found: WalkIn | None = locked(WalkIn, walk_in_id)
    if found is None or found.branch_id != branch_id:
        raise walk_in_unknown()
    if found.state != WalkInState.WAITING:
        raise walk_in_over()
    return found


def queue_length(branch_id: int, now: datetime) -> int:
    """How many wait in a branch."""
    first, before = day_range(local_date(now))
    asked = select(func.count()).select_from(WalkIn)
    return (
        db.session.scalar(
            asked.where(_WAITING, WalkIn.branch_id == branch_id, WalkIn.came_at >= first, WalkIn.came_at < before)
        )
        or 0
    )


def next_in(branch_id: int, now: datetime) -> int | None:
    """Whose turn it is: the first who can begin now, else the first of all; None when nobody waits."""
    waiting = queue_of(branch_id, now)
    ready = [one for one in waiting if one.minutes == 0]
    return (ready or waiting)[0].walk_in.id if waiting else None


def _waiting(branch_id: int, now: datetime) -> list[tuple[WalkIn, Customer]]:
    """Those who came today: whoever was forgotten yesterday waits no more."""
    first, before = day_range(local_date(now))
    asked = (
        select(WalkIn, Customer)
        .join(Customer, Customer.id == WalkIn.customer_id)
        .where(_WAITING, WalkIn.branch_id == branch_id, WalkIn.came_at >= first, WalkIn.came_at < before)
        .order_by(WalkIn.came_at, WalkIn.id)
    )
    return [(walk_in, customer) for walk_in, customer in db.session.execute(asked)]


def _first_free(
    walk_in: WalkIn, wanted: Sequence[WantedService], before_her: tuple[Laid, ...], now: datetime
) -> tuple[Laid, ...]:
    """Her services where they would begin, those before her laid out already; nothing when not today."""
    items = [BookingItem(one.service_id, one.staff_id) for one in wanted]
    asked = Asked(walk_in.branch_id, items, walk_in.customer_id, beside=before_her)
    try:
        at_once = laid_out(asked, to_the_minute(now), now)
        if at_once is not None:
            return tuple(at_once)
        found = next(offers(asked, now, day_range(local_date(now))[1], now), None)
    except DomainError:
        return ()  # what she wants is sold no more, or who should do it has left
    return found.items if found else ()


def _names() -> dict[int, str]:
    return {row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))}
