"""Verbs about the waitlist: put somebody on it, take her off, offer her a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ...core.jalali import local_date
from ...core.lengths import line_of
from ...customers.queries import customer
from ..availability.rules import Asked
from ..errors import days_invalid, nothing_free, times_invalid
from ..rules import BookingItem
from ..slot_offers.models import SlotOffer
from ..slot_offers.queries import booked_as, open_offer, reader_of
from ..slot_offers.rules import Wish
from ..slot_offers.services import lapse, make_offer, withdraw
from ..wanted.models import WantedItem
from ..wanted.queries import check_wanted, wanted_by
from ..wanted.services import write_wanted
from .models import EntryState, WaitlistEntry
from .queries import free_for, waiting_locked
from .rules import WaitSpec

LONGEST = 400  # days that somebody may wait


def join(*, branch_id: int, customer_id: int, spec: WaitSpec, actor: Actor | None, now: datetime) -> WaitlistEntry:
    """Put somebody on the waitlist.

    Raises NotFound and Invalid for who or what is unknown or no more, Invalid `days_invalid`, `times_invalid`.
    """
    customer(customer_id)
    _check(branch_id, customer_id, spec, now)
    added = WaitlistEntry(
        branch_id=branch_id,
        customer_id=customer_id,
        state=EntryState.WAITING.value,
        created_at=now,
        created_by=actor.id if actor else None,
        state_at=now,
    )
    _describe(added, spec)
    db.session.add(added)
    db.session.flush()
    write_wanted("entry_id", added.id, spec.items)
    return added


def change(*, branch_id: int, entry_id: int, spec: WaitSpec, actor: Actor | None, now: datetime) -> WaitlistEntry:
    """Say anew what somebody waits for; what she was offered meanwhile is taken back.

    Raises as `join` does, and NotFound `entry_unknown`, DomainError `wrong_status`.
    """
    entry = waiting_locked(branch_id, entry_id)
    _check(branch_id, entry.customer_id, spec, now)
    _take_back(entry, actor, now)
    _describe(entry, spec)
    db.session.execute(delete(WantedItem).where(WantedItem.entry_id == entry.id))
    write_wanted("entry_id", entry.id, spec.items)
    return entry


def leave(*, branch_id: int, entry_id: int, actor: Actor | None, now: datetime) -> WaitlistEntry:
    """Take somebody off the waitlist, and back what she was offered.

    Raises NotFound `entry_unknown`, DomainError `wrong_status`.
    """
    entry = waiting_locked(branch_id, entry_id)
    _take_back(entry, actor, now)
    entry.state, entry.state_at = EntryState.LEFT.value, now
    db.session.flush()
    return entry


def offer_to(
    *,
    branch_id: int,
    entry_id: int,
    starts_at: datetime | None = None,
    items: Sequence[BookingItem] = (),
    actor: Actor | None,
    now: datetime,
) -> SlotOffer:
    """Offer somebody a named time, else the first that suits her. The same one twice is one offer; another replaces it.

    Raises NotFound `entry_unknown`, DomainError `wrong_status`, `nothing_free`, and what a booking raises.
    """
    entry = waiting_locked(branch_id, entry_id)
    standing = open_offer(entry_id=entry.id)
    if standing is not None:
        if standing.expires_at > now and starts_at in {None, standing.starts_at}:
            return standing
        lapse(offer_id=standing.id, now=now)
        withdraw(offer_id=standing.id, actor=actor, now=now)
    wish = Wish(branch_id, entry.customer_id, entry_id=entry.id)
    if starts_at is None:
        found = free_for(entry, now)
        if found is None:
            raise nothing_free()
        starts_at, items = found.starts_at, booked_as(found)
    items = items or wanted_by("entry_id", entry.id)
    minutes = reader_of(entry.customer_id).offer_minutes
    return make_offer(wish=wish, starts_at=starts_at, items=items, minutes=minutes, actor=actor, now=now)


def _take_back(entry: WaitlistEntry, actor: Actor | None, now: datetime) -> None:
    standing = open_offer(entry_id=entry.id)
    if standing is not None:
        withdraw(offer_id=standing.id, actor=actor, now=now)


def _check(branch_id: int, customer_id: int, spec: WaitSpec, now: datetime) -> None:
    today = local_date(now)
    if not (today < spec.ends_before and spec.starts_on < spec.ends_before):
        raise days_invalid()
    if (spec.ends_before - spec.starts_on).days > LONGEST:
        raise days_invalid()
    if spec.from_time >= spec.to_time:
        raise times_invalid()
    check_wanted(Asked(branch_id, spec.items, customer_id), now)


def _describe(entry: WaitlistEntry, spec: WaitSpec) -> None:
    entry.starts_on, entry.ends_before = spec.starts_on, spec.ends_before
    entry.weekdays, entry.from_time, entry.to_time = spec.weekdays, spec.from_time, spec.to_time
    entry.note = line_of(spec.note, WaitlistEntry.note)
