"""Reads about the waitlist: who waits, in which order, and what is free for her."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from ...core.db import db
from ...core.jalali import local_date, start_of_day
from ...customers.models import Customer
from ...ledger.models import Account, AccountKind, Entry, Posting
from ...setup.queries import profile
from ..availability.queries import offers
from ..availability.rules import Asked, Offer
from ..errors import entry_over, entry_unknown
from ..slot_offers.models import OfferState, SlotOffer
from ..slot_offers.queries import free_time, locked, openings_offered
from ..slot_offers.rules import FreeTime, Opening
from ..wanted.queries import wanted_by, wanted_by_each
from ..wanted.rules import WantedService
from .models import EntryState, WaitlistEntry
from .rules import SOONEST, WaitlistRule, WaitSpec, suits

_YEAR = timedelta(days=365)
APART = timedelta(minutes=30)
_WAITING = WaitlistEntry.state == EntryState.WAITING.value
# What was sold to her less what came back, whoever paid it and however.
_SPENT = (
    select(Account.owner_id, func.sum(Posting.amount))
    .join(Posting, Posting.account_id == Account.id)
    .join(Entry, Entry.id == Posting.entry_id)
    .where(
        Account.kind.in_((AccountKind.RECEIVABLE.value, AccountKind.OFFSET.value)), Entry.kind.in_(("sale", "return"))
    )
    .group_by(Account.owner_id)
)


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waitlist with what she wants and what she was offered last; `spent` in rials, of a year."""

    entry: WaitlistEntry
    customer: Customer
    wanted: Sequence[WantedService]
    last: SlotOffer | None
    spent: int

    @property
    def id(self) -> int:
        """The number of the entry."""
        return self.entry.id

    @property
    def wish(self) -> Hashable:
        """What decides whether a time suits her; another wish or another answer of hers is another."""
        entry, last = self.entry, self.last
        wanted = tuple((one.service_id, one.staff_id) for one in self.wanted)
        when = (entry.starts_on, entry.ends_before, entry.weekdays, entry.from_time, entry.to_time)
        return entry.id, wanted, when, last and (last.id, last.state)


def entry_of(branch_id: int, entry_id: int) -> WaitlistEntry:
    """Somebody on the waitlist of a branch. Raises NotFound `entry_unknown`."""
    found = db.session.get(WaitlistEntry, entry_id)
    if found is None or found.branch_id != branch_id:
        raise entry_unknown()
    return found


def waiting_locked(branch_id: int, entry_id: int) -> WaitlistEntry:
    """Somebody who waits, whom nobody else offers anything until the transaction ends.

    Raises NotFound `entry_unknown`, DomainError `wrong_status`.
    """
    found: WaitlistEntry | None = locked(WaitlistEntry, entry_id)
    if found is None or found.branch_id != branch_id:
        raise entry_unknown()
    if found.state != EntryState.WAITING:
        raise entry_over()
    return found


def spec_of(entry: WaitlistEntry) -> WaitSpec:
    """What she waits for."""
    names = ("starts_on", "ends_before", "weekdays", "from_time", "to_time", "note")
    return WaitSpec(wanted_by("entry_id", entry.id), **{name: getattr(entry, name) for name in names})


def listed(branch_id: int, now: datetime) -> list[Waiting]:
    """Who waits in a branch, in the order in which she is offered what opens."""
    asked = select(WaitlistEntry).where(_WAITING, WaitlistEntry.branch_id == branch_id)
    return _in_order(_told(db.session.scalars(asked.order_by(WaitlistEntry.id)).all(), now))


def waiting_after(branch_id: int, after: int, limit: int, now: datetime) -> list[Waiting]:
    """Who waits in a branch, by number, from the one after a number on."""
    asked = select(WaitlistEntry).where(_WAITING, WaitlistEntry.branch_id == branch_id, WaitlistEntry.id > after)
    return _told(db.session.scalars(asked.order_by(WaitlistEntry.id).limit(limit)).all(), now)


def told_of(entry: WaitlistEntry, now: datetime) -> Waiting:
    """The same about one."""
    return _told([entry], now)[0]


def waiting_branches() -> Sequence[int]:
    """The branches in which somebody waits."""
    return db.session.scalars(select(WaitlistEntry.branch_id).where(_WAITING).distinct()).all()


def past_entries(now: datetime) -> Sequence[tuple[int, int]]:
    """Branch and number of those who still wait though their days are over."""
    over = select(WaitlistEntry.branch_id, WaitlistEntry.id).where(
        _WAITING, WaitlistEntry.ends_before <= local_date(now)
    )
    return [(branch_id, entry_id) for branch_id, entry_id in db.session.execute(over.order_by(WaitlistEntry.id))]


def waiting_count(branch_id: int) -> int:
    """How many wait in a branch."""
    asked = select(func.count()).select_from(WaitlistEntry).where(_WAITING, WaitlistEntry.branch_id == branch_id)
    return db.session.scalar(asked) or 0


def free_for(entry: WaitlistEntry, now: datetime) -> Offer | None:
    """The first free time that suits her and lies in no opening that she was offered before."""
    spec, before = spec_of(entry), openings_offered([entry.id])[entry.id]
    asked = Asked(entry.branch_id, spec.items, entry.customer_id)
    first = max(now + SOONEST, start_of_day(spec.starts_on))
    for offer in offers(asked, first, start_of_day(spec.ends_before), now):
        if _suits(spec, offer) and not _was_offered(before, offer):
            return offer
    return None


def free_times_for(entry: WaitlistEntry, now: datetime, limit: int = 12) -> list[FreeTime]:
    """Times that suit her, those she was offered before among them; half an hour from one another at the least."""
    spec, found = spec_of(entry), list[FreeTime]()
    asked = Asked(entry.branch_id, spec.items, entry.customer_id)
    first = max(now + SOONEST, start_of_day(spec.starts_on))
    for offer in offers(asked, first, start_of_day(spec.ends_before), now):
        if _suits(spec, offer) and (not found or offer.starts_at - found[-1].starts_at >= APART):
            found.append(free_time(offer))
        if len(found) == limit:
            break
    return found


def spent_by(customer_ids: Collection[int], now: datetime) -> dict[int, int]:
    """What these customers spent in the last twelve months, in rials."""
    since = local_date(now) - _YEAR
    asked = _SPENT.where(Account.owner_id.in_(customer_ids), Entry.business_date > since)
    return {owner: int(amount) for owner, amount in db.session.execute(asked)}


def _suits(spec: WaitSpec, offer: Offer) -> bool:
    comes = min(one.starts_at + timedelta(minutes=one.shape.comes) for one in offer.items)
    return suits(spec, comes, max(one.leaves_at for one in offer.items))


def _was_offered(before: Sequence[Opening], offer: Offer) -> bool:
    first = offer.items[0]
    return any(opening.holds(first.staff_id, first.starts_at, first.ends_at) for opening in before)


def _told(entries: Sequence[WaitlistEntry], now: datetime) -> list[Waiting]:
    ids = [entry.id for entry in entries]
    people = {entry.customer_id for entry in entries}
    customers = {one.id: one for one in db.session.scalars(select(Customer).where(Customer.id.in_(people)))}
    wanted, last, spent = wanted_by_each("entry_id", ids), _last_offers(ids), spent_by(people, now)
    return [
        Waiting(
            entry,
            customers[entry.customer_id],
            wanted[entry.id],
            last.get(entry.id),
            spent.get(entry.customer_id, 0),
        )
        for entry in entries
    ]


def _last_offers(entry_ids: Collection[int]) -> dict[int, SlotOffer]:
    newest = select(func.max(SlotOffer.id)).where(SlotOffer.entry_id.in_(entry_ids)).group_by(SlotOffer.entry_id)
    found = db.session.scalars(select(SlotOffer).where(SlotOffer.id.in_(newest)))
    return {offer.entry_id: offer for offer in found if offer.entry_id is not None}


def _in_order(waiting: list[Waiting]) -> list[Waiting]:
    """By the salon's rule; among equals who came first."""
    if profile().waitlist_rule == WaitlistRule.VALUE:
        return sorted(waiting, key=lambda one: (-one.spent, one.entry.created_at, one.id))
    return sorted(waiting, key=lambda one: (one.entry.created_at, one.id))


def has_open_offer(waiting: Waiting) -> bool:
    """Whether she has an offer to answer."""
    return waiting.last is not None and waiting.last.state == OfferState.OPEN
