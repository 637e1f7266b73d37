"""Offering a time and keeping it meanwhile; taking it, declining it, letting it lapse."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...cashbox.deposits.queries import lock_customer
from ...core.db import db
from ...core.jalali import local_date
from ...messaging.services import NewMessage, cancel, enqueue
from ..availability.queries import laid_out
from ..availability.rules import Asked, Laid, begins_of
from ..errors import offer_closed, offer_expired, starts_at_invalid
from ..holds.services import keep
from ..models import Appointment, SlotHold
from ..models import AppointmentStatus as S
from ..patch_tests.services import check_patch_tests
from ..queries import appointment
from ..refusals.queries import refusal_at
from ..requests.models import BookingRequest, RequestState
from ..rules import BookingItem, meant
from ..services import book, set_status
from ..waitlist.models import EntryState, WaitlistEntry
from .models import OfferState, SlotOffer
from .queries import Reader, hold_of, locked_offer, opening_of, reader_of, services_named
from .rules import (
    Told,
    Wish,
    as_items,
    expiry_of,
    fresh_token,
    hash_of,
    kept,
    link_of,
    opening_text,
    proposal_text,
)


def make_offer(
    *, wish: Wish, starts_at: datetime, items: Sequence[BookingItem], minutes: int, actor: Actor | None, now: datetime
) -> SlotOffer:
    """Offer a time, keep it for so many minutes, and tell her by SMS.

    Raises DomainError `slot_taken`, NotFound and Invalid as a booking does; `offer_open` where she has one to answer.
    """
    begins = meant(starts_at)
    asked = Asked(wish.branch_id, items, wish.customer_id)
    laid = laid_out(asked, begins, now)
    if laid is None:
        raise refusal_at(asked, begins, now)
    if begins <= now:
        raise starts_at_invalid()
    check_patch_tests(wish.customer_id, begins_of(laid).items(), passed=False)
    reader, token = reader_of(wish.customer_id), fresh_token()
    offer = _written(wish, laid, opening_of(asked, laid[0], now), actor, now)
    offer.token_hash, offer.expires_at = hash_of(token), expiry_of(offer.starts_at, minutes, now)
    db.session.add(offer)
    db.session.flush()
    fixed = Asked(wish.branch_id, as_items(offer.items), wish.customer_id)
    keep(asked=fixed, starts_at=begins, until=offer.expires_at, offer_id=offer.id, actor=actor, now=now)
    _tell(offer, reader, token, now)
    return offer


def take(*, offer_id: int, actor: Actor | None, now: datetime) -> Appointment:
    """Book the time that was offered; whoever takes it a second time is given the same booking.

    Raises NotFound `slot_offer_unknown`, DomainError `offer_closed`, `offer_expired`, `slot_taken`.
    """
    offer = locked_offer(offer_id)
    if offer.state == OfferState.TAKEN and offer.appointment_id is not None:
        return appointment(offer.appointment_id)
    _check_open(offer, now)
    lock_customer(offer.customer_id)  # before the people, as every step of a visit does
    booked = book(
        branch_id=offer.branch_id,
        customer_id=offer.customer_id,
        starts_at=offer.starts_at,
        items=as_items(offer.items),
        hold_id=hold_of(offer.id),
        actor=actor,
        now=now,
    )
    confirmed = set_status(appointment_id=booked.id, status=S.CONFIRMED.value, actor=None, now=now)
    _end(offer, OfferState.TAKEN, now)
    offer.appointment_id = booked.id
    _give(offer, booked.id, now)
    db.session.flush()
    return confirmed


def decline(*, offer_id: int, actor: Actor | None, now: datetime) -> SlotOffer:
    """Let the time go to others; a second time changes nothing.

    Raises NotFound `slot_offer_unknown`, DomainError `offer_closed`.
    """
    offer = locked_offer(offer_id)
    if offer.state != OfferState.DECLINED:
        _check_open(offer, None)
        _let_go(offer, OfferState.DECLINED, now)
    return offer


def withdraw(*, offer_id: int, actor: Actor | None, now: datetime) -> None:
    """Take an offer back that nobody has answered; another one stays as it is."""
    offer = locked_offer(offer_id)
    if offer.state == OfferState.OPEN:
        _let_go(offer, OfferState.WITHDRAWN, now)
        cancel(_message_key(offer.id))


def lapse(*, offer_id: int, now: datetime) -> bool:
    """Let an offer lapse that nobody answered in time; says whether it was one."""
    offer = locked_offer(offer_id)
    if offer.state != OfferState.OPEN or offer.expires_at > now:
        return False
    _let_go(offer, OfferState.LAPSED, now)
    return True


def _written(
    wish: Wish, laid: Sequence[Laid], opening: tuple[int, datetime, datetime], actor: Actor | None, now: datetime
) -> SlotOffer:
    staff_id, opens_at, closes_at = opening
    return SlotOffer(
        **vars(wish),
        state=OfferState.OPEN.value,
        starts_at=min(one.starts_at for one in laid),
        ends_at=max(one.ends_at for one in laid),
        items=kept(laid),
        staff_id=staff_id,
        opens_at=opens_at,
        closes_at=closes_at,
        created_at=now,
        created_by=actor.id if actor else None,
        state_at=now,
    )


def _check_open(offer: SlotOffer, now: datetime | None) -> None:
    late = now is not None and offer.expires_at <= now
    if offer.state == OfferState.LAPSED or (late and offer.state == OfferState.OPEN):
        raise offer_expired()
    if offer.state != OfferState.OPEN:
        raise offer_closed()


def _end(offer: SlotOffer, state: OfferState, now: datetime) -> None:
    offer.state, offer.state_at = state.value, now


def _let_go(offer: SlotOffer, state: OfferState, now: datetime) -> None:
    """End an offer without a booking: its time is free for others, a request is to be answered again."""
    _end(offer, state, now)
    db.session.execute(delete(SlotHold).where(SlotHold.offer_id == offer.id))
    if offer.request_id is not None:
        asked_for = db.session.get_one(BookingRequest, offer.request_id)
        asked_for.state, asked_for.state_at = RequestState.OPEN.value, now
    db.session.flush()


def _give(offer: SlotOffer, appointment_id: int, now: datetime) -> None:
    """Who waited or asked has her time."""
    if offer.entry_id is not None:
        entry = db.session.get_one(WaitlistEntry, offer.entry_id)
        entry.state, entry.state_at, entry.appointment_id = EntryState.TAKEN.value, now, appointment_id
    if offer.request_id is not None:
        asked_for = db.session.get_one(BookingRequest, offer.request_id)
        asked_for.state, asked_for.state_at = RequestState.CONFIRMED.value, now
        asked_for.appointment_id = appointment_id


def _message_key(offer_id: int) -> str:
    return f"slot_offer:{offer_id}"


def _tell(offer: SlotOffer, reader: Reader, token: str, now: datetime) -> None:
    """Put the SMS into the outbox, if she has a mobile."""
    if reader.mobile is None:
        return
    services = "، ".join(services_named([item["service_id"] for item in offer.items]))
    link = link_of(reader.web_address, token)
    told = Told(reader.first_name, reader.salon, services, offer.starts_at, offer.expires_at, link, local_date(now))
    message = NewMessage(
        branch_id=offer.branch_id,
        customer_id=offer.customer_id,
        receiver=reader.mobile,
        kind="slot_offer",
        text=opening_text(told) if offer.entry_id is not None else proposal_text(told),
        dedupe_key=_message_key(offer.id),
        due_at=now,
        expires_at=offer.expires_at,
    )
    enqueue(message, now=now)
