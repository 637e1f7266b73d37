"""Reads about offered times."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from ...catalog.models import Service
from ...core.db import db
from ...core.jalali import local_date, start_of_day
from ...customers.models import Customer
from ...setup.models import SalonProfile
from ...staff.models import StaffMember
from ..availability.rules import Asked, Laid, Offer
from ..calendar.queries import calendar
from ..errors import offer_unknown
from ..minutes.rules import length_above, length_below, minutes_between
from ..models import SlotHold
from ..requests.models import BookingRequest
from ..rules import BookingItem
from ..waitlist.models import WaitlistEntry
from .models import OfferState, SlotOffer
from .rules import FreeTime, Opening, hash_of

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_OWNERS = select(SlotOffer.entry_id, SlotOffer.request_id).where(SlotOffer.id == bindparam("offer"))
_HOLD = select(SlotHold.id).where(SlotHold.offer_id == bindparam("offer"))


class Reader(NamedTuple):
    """To whom an offer goes, and from where."""

    first_name: str
    mobile: str | None
    salon: str
    web_address: str
    offer_minutes: int


def booked_as(offer: Offer) -> list[BookingItem]:
    """A free time as it is booked."""
    return [BookingItem(one.service_id, one.staff_id, one.starts_at) for one in offer.items]


def free_time(offer: Offer) -> FreeTime:
    """The same as it is chosen."""
    people = {row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))}
    by = "، ".join(dict.fromkeys(people[one.staff_id] for one in offer.items))
    return FreeTime(offer.starts_at, offer.ends_at, by, booked_as(offer))


def locked(model: type[Any], row_id: int) -> Any:
    """A row that nobody else changes until the transaction ends; None when there is none."""
    asked = select(model).where(model.id == row_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(asked)


def locked_offer(offer_id: int) -> SlotOffer:
    """An offer that nobody else answers until the transaction ends; whose it is is locked before it, as all do.

    Raises NotFound `slot_offer_unknown`.
    """
    owners = db.session.execute(_OWNERS, {"offer": offer_id}).one_or_none()
    if owners is None:
        raise offer_unknown()
    for model, owner_id in zip((WaitlistEntry, BookingRequest), owners, strict=True):
        if owner_id is not None:
            locked(model, owner_id)
    found: SlotOffer = locked(SlotOffer, offer_id)
    return found


def offer_of_token(token: str) -> SlotOffer:
    """The offer that a link leads to. Raises NotFound `slot_offer_unknown`."""
    found = db.session.scalar(select(SlotOffer).where(SlotOffer.token_hash == hash_of(token)))
    if found is None:
        raise offer_unknown()
    return found


def hold_of(offer_id: int) -> int | None:
    """The slot that is kept for an offer, as long as it is."""
    return db.session.scalar(_HOLD, {"offer": offer_id})


def lapsed(now: datetime) -> Sequence[int]:
    """The offers that nobody answered in time."""
    late = select(SlotOffer.id).where(SlotOffer.state == OfferState.OPEN.value, SlotOffer.expires_at <= now)
    return db.session.scalars(late.order_by(SlotOffer.id)).all()


def open_offer(*, entry_id: int | None = None, request_id: int | None = None) -> SlotOffer | None:
    """What one still has to answer."""
    whose = SlotOffer.entry_id == entry_id if entry_id is not None else SlotOffer.request_id == request_id
    return db.session.scalar(select(SlotOffer).where(whose, SlotOffer.state == OfferState.OPEN.value))


def openings_offered(entry_ids: Collection[int]) -> defaultdict[int, list[Opening]]:
    """The openings that each of the waitlist was offered before."""
    asked = select(SlotOffer.entry_id, SlotOffer.staff_id, SlotOffer.opens_at, SlotOffer.closes_at)
    found: defaultdict[int, list[Opening]] = defaultdict(list)
    for row in db.session.execute(asked.where(SlotOffer.entry_id.in_(entry_ids))):
        found[row.entry_id or 0].append(Opening(row.staff_id, row.opens_at, row.closes_at))
    return found


def opening_of(asked: Asked, laid: Laid, now: datetime) -> Opening:
    """The free stretch in which a service lies, of the person who does it; before it is held."""
    day = local_date(laid.starts_at)
    midnight = start_of_day(day)
    free = calendar(asked, day, day + _DAY, now).free(laid.staff_id, midnight)
    begins = minutes_between(midnight, laid.starts_at)
    first, last = begins - length_below(free, begins), begins + length_above(free, begins)
    return Opening(laid.staff_id, midnight + first * _MINUTE, max(midnight + last * _MINUTE, laid.ends_at))


def reader_of(customer_id: int) -> Reader:
    """What a message to a customer needs to know."""
    asked = (
        select(
            Customer.first_name,
            Customer.mobile,
            SalonProfile.name,
            SalonProfile.web_address,
            SalonProfile.offer_minutes,
        )
        .join(SalonProfile, SalonProfile.id == 1)
        .where(Customer.id == customer_id)
    )
    return Reader(*db.session.execute(asked).one())


def services_named(service_ids: Sequence[int]) -> list[str]:
    """The names of services, in this order."""
    known = {row.id: row.name for row in db.session.execute(select(Service.id, Service.name))}
    return [known[service_id] for service_id in service_ids]


def told(items: Sequence[dict[str, Any]]) -> list[tuple[str, str, datetime]]:
    """The services of an offer with who does each, and when."""
    services = services_named([item["service_id"] for item in items])
    people = {row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))}
    return [
        (service, people[item["staff_id"]], datetime.fromisoformat(item["starts_at"]))
        for service, item in zip(services, items, strict=True)
    ]
