"""Reads about customers' own requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from ...catalog.models import Service
from ...core.db import db
from ...core.errors import DomainError
from ...core.jalali import day_range, local_date
from ...customers.models import Customer
from ..availability.queries import laid_out, offers
from ..availability.rules import Asked, Offer
from ..errors import request_over, request_unknown
from ..rules import BookingItem
from ..slot_offers.models import OfferState, SlotOffer
from ..slot_offers.queries import locked
from ..wanted.queries import wanted_by, wanted_by_each
from ..wanted.rules import WantedService
from .models import BookingRequest, RequestState

_NEAR = timedelta(days=7)  # in which another time is looked for
_APART = timedelta(minutes=30)
_UNANSWERED = (RequestState.OPEN.value, RequestState.PROPOSED.value)


@dataclass(frozen=True)
class Requested:
    """A request with who asks, for what, and whether its time is free; `last`: what was proposed last."""

    asked_for: BookingRequest
    customer: Customer
    wanted: Sequence[WantedService]
    is_free: bool
    last: SlotOffer | None

    @property
    def id(self) -> int:
        """The number of the request."""
        return self.asked_for.id


def request_of(branch_id: int, request_id: int) -> BookingRequest:
    """A request in a branch. Raises NotFound `request_unknown`."""
    found = db.session.get(BookingRequest, request_id)
    if found is None or found.branch_id != branch_id:
        raise request_unknown()
    return found


def open_locked(branch_id: int, request_id: int) -> BookingRequest:
    """A request that is to be answered, which nobody else answers until the transaction ends.

    Raises NotFound `request_unknown`, DomainError `wrong_status`.
    """
    found: BookingRequest | None = locked(BookingRequest, request_id)
    if found is None or found.branch_id != branch_id:
        raise request_unknown()
    if found.state not in _UNANSWERED:
        raise request_over()
    return found


def asked_of(found: BookingRequest) -> Asked:
    """The visit that was asked for."""
    return Asked(found.branch_id, wanted_by("request_id", found.id), found.customer_id)


def unanswered(branch_id: int, now: datetime) -> list[Requested]:
    """The requests that are to be answered, the next visit first; what passed is there too, to be refused."""
    asked = select(BookingRequest).where(BookingRequest.branch_id == branch_id, BookingRequest.state.in_(_UNANSWERED))
    return told_of_each(db.session.scalars(asked.order_by(BookingRequest.starts_at, BookingRequest.id)).all(), now)


def told_of(found: BookingRequest, now: datetime) -> Requested:
    """The same about one."""
    return told_of_each([found], now)[0]


def requests_after(branch_id: int, after: int, limit: int, state: str | None) -> Sequence[BookingRequest]:
    """The requests of a branch by number, from the one after a number on; in one state if asked."""
    asked = select(BookingRequest).where(BookingRequest.branch_id == branch_id, BookingRequest.id > after)
    if state is not None:
        asked = asked.where(BookingRequest.state == state)
    return db.session.scalars(asked.order_by(BookingRequest.id).limit(limit)).all()


def open_count(branch_id: int) -> int:
    """How many requests the salon has to answer."""
    asked = select(func.count()).select_from(BookingRequest)
    is_open = BookingRequest.branch_id == branch_id, BookingRequest.state == RequestState.OPEN.value
    return db.session.scalar(asked.where(*is_open)) or 0


def ways_of(service_ids: Sequence[int]) -> list[tuple[str, str]]:
    """By each of these services what customers may do themselves, with its name."""
    asked = select(Service.self_booking, Service.name).where(Service.id.in_(service_ids)).order_by(Service.id)
    return [(way, name) for way, name in db.session.execute(asked)]


def nearest(found: BookingRequest, limit: int, now: datetime) -> list[Offer]:
    """Times about the wanted one at which the visit fits, in their order."""
    asked = asked_of(found)
    first = max(day_range(local_date(found.starts_at - _NEAR))[0], now)
    before = max(found.starts_at, now) + _NEAR
    others = (offer for offer in offers(asked, first, before, now) if offer.starts_at != found.starts_at)
    near = sorted(others, key=lambda offer: abs(offer.starts_at - found.starts_at))
    return sorted(_apart(near, limit), key=lambda offer: offer.starts_at)


def _apart(near: Sequence[Offer], limit: int) -> list[Offer]:
    """Not each step of the grid: those that are half an hour from one another."""
    chosen: list[Offer] = []
    for offer in near:
        if all(abs(offer.starts_at - other.starts_at) >= _APART for other in chosen):
            chosen.append(offer)
        if len(chosen) == limit:
            break
    return chosen


def told_of_each(found: Sequence[BookingRequest], now: datetime) -> list[Requested]:
    """The same about several."""
    ids, people = [one.id for one in found], {one.customer_id for one in found}
    customers = {one.id: one for one in db.session.scalars(select(Customer).where(Customer.id.in_(people)))}
    wanted, last = wanted_by_each("request_id", ids), _last_offers(ids)
    return [
        Requested(one, customers[one.customer_id], wanted[one.id], _is_free(one, wanted[one.id], now), last.get(one.id))
        for one in found
    ]


def _is_free(found: BookingRequest, wanted: Sequence[WantedService], now: datetime) -> bool:
    items = [BookingItem(one.service_id, one.staff_id) for one in wanted]
    try:
        laid = laid_out(Asked(found.branch_id, items, found.customer_id), found.starts_at, now)
    except DomainError:
        return False
    return found.starts_at > now and laid is not None


def _last_offers(request_ids: Sequence[int]) -> dict[int, SlotOffer]:
    newest = select(func.max(SlotOffer.id)).where(SlotOffer.request_id.in_(request_ids)).group_by(SlotOffer.request_id)
    found = db.session.scalars(select(SlotOffer).where(SlotOffer.id.in_(newest)))
    return {offer.request_id: offer for offer in found if offer.request_id is not None}


def is_answered_no(offer: SlotOffer | None) -> bool:
    """Whether she did not want, or did not answer, what was proposed last."""
    return offer is not None and offer.state in {OfferState.DECLINED, OfferState.LAPSED}
