"""What opens is offered to those who wait; what nobody answered goes to the next."""

from datetime import datetime

import structlog

from ...core.db import transaction
from ...core.errors import DomainError
from ...core.jalali import local_date
from ...core.queue import wake
from ...core.troubles import trouble_of
from ..slot_offers.queries import lapsed
from ..slot_offers.services import lapse
from .openings.queries import seen_in, standing_of
from .openings.rules import Seen
from .queries import Waiting, free_for, has_open_offer, listed, past_entries, waiting_branches, waiting_locked
from .rules import may_offer_by_itself
from .services import leave, offer_to

OFFERING = "offer_openings"

log = structlog.get_logger(__name__)


def wake_offering() -> None:
    """Have openings looked at soon; call it after the transaction that freed a time. The sweep finds it anyway."""
    wake(OFFERING)


def offer_openings(now: datetime) -> int:
    """End what is over and offer what is free to those who wait; safe to run twice. Gives how many.

    Each in its own transaction. One that cannot be offered is logged and tried at the next run; it does not hold up
    those behind it. Raises Unavailable or OutOfSpace for a trouble of the database.
    """
    ended = sum(_ended(offer_id, now) for offer_id in lapsed(now))
    ended += sum(_left(*past, now) for past in past_entries(now))
    if not may_offer_by_itself(now):
        return ended
    return ended + sum(_offered_in(branch_id, now) for branch_id in waiting_branches())


def _offered_in(branch_id: int, now: datetime) -> int:
    """Offer what is free in a branch, in the salon's order, to those for whom anything may have opened."""
    seen, made = seen_in(branch_id), 0
    seen.look(standing_of(branch_id, now), now)
    for waiting in listed(branch_id, now):
        if waiting.customer.mobile is not None and not has_open_offer(waiting) and waiting.wish not in seen.nothing_for:
            made += _offered(waiting, seen, now)
    return made


def _ended(offer_id: int, now: datetime) -> bool:
    with transaction():
        return lapse(offer_id=offer_id, now=now)


def _left(branch_id: int, entry_id: int, now: datetime) -> bool:
    """Take her off whose days are over, unless she was taken off or given other days meanwhile."""
    with transaction():
        try:
            entry = waiting_locked(branch_id, entry_id)
        except DomainError:
            return False
        if entry.ends_before > local_date(now):
            return False
        leave(branch_id=branch_id, entry_id=entry_id, actor=None, now=now)
    return True


def _offered(waiting: Waiting, seen: Seen, now: datetime) -> bool:
    """Look without holding anybody up; only where something is free, look again and write."""
    entry = waiting.entry
    try:
        if free_for(entry, now) is None:
            seen.nothing_for.add(waiting.wish)
            return False
        with transaction():
            offer_to(branch_id=entry.branch_id, entry_id=entry.id, actor=None, now=now)
    except DomainError:
        return False  # somebody was quicker, or what she wants is sold no more
    except Exception as error:
        trouble = trouble_of(error)
        if trouble is not None:
            raise trouble from error
        log.exception("opening_not_offered", entry_id=waiting.id)
        return False
    return True
