"""Verbs about customers' own requests: ask, approve, refuse, propose another time."""

from collections.abc import Sequence
from datetime import datetime

from ...access.rules import Actor
from ...cashbox.deposits.queries import lock_customer
from ...catalog.self_booking.rules import SelfBooking
from ...core.db import db
from ...core.lengths import line_of
from ...customers.queries import customer
from ...messaging.services import NewMessage, enqueue
from ..availability.queries import laid_out
from ..availability.rules import Asked, begins_of
from ..errors import reason_missing, self_booking_off, starts_at_invalid
from ..models import AppointmentStatus as S
from ..notices.queries import check_own_request
from ..patch_tests.services import check_patch_tests
from ..refusals.queries import refusal_at
from ..rules import BookingItem, meant
from ..services import book, set_status
from ..slot_offers.models import SlotOffer
from ..slot_offers.queries import open_offer, reader_of, services_named
from ..slot_offers.rules import Wish
from ..slot_offers.services import make_offer, withdraw
from ..wanted.queries import check_wanted, wanted_by
from ..wanted.services import write_wanted
from .models import BookingRequest, RequestState
from .queries import asked_of, open_locked, ways_of
from .rules import MINUTES_TO_ANSWER, confirmed_text, refused_text, strictest


def ask(
    *,
    branch_id: int,
    customer_id: int,
    starts_at: datetime,
    items: Sequence[BookingItem],
    note: str = "",
    actor: Actor | None,
    now: datetime,
) -> BookingRequest:
    """Take a customer's own request: booked at once or to be approved, as the services say.

    Raises DomainError `self_booking_off`, `short_notice`, `too_far`, `slot_taken` with the nearest free times, NotFound
    for who or what is unknown, Invalid also for who serves no more and what is sold no more.
    """
    customer(customer_id)
    begins = meant(starts_at)
    asked = Asked(branch_id, items, customer_id)
    check_wanted(asked, now)
    way = _way_of(items)
    _check_time(asked, begins, now)
    check_own_request(asked, begins, now)
    added = BookingRequest(
        branch_id=branch_id,
        customer_id=customer_id,
        state=RequestState.OPEN.value,
        starts_at=begins,
        note=line_of(note, BookingRequest.note),
        reason="",
        created_at=now,
        created_by=actor.id if actor else None,
        state_at=now,
    )
    db.session.add(added)
    db.session.flush()
    write_wanted("request_id", added.id, items)
    if way == SelfBooking.CONFIRMED:
        _book(added, None, now)
    return added


def approve(*, branch_id: int, request_id: int, actor: Actor | None, now: datetime) -> BookingRequest:
    """Book what was asked for, and tell her; what was proposed meanwhile is taken back.

    Raises NotFound `request_unknown`, DomainError `wrong_status`, `slot_taken` with the nearest free times.
    """
    found = open_locked(branch_id, request_id)
    _take_back(found, actor, now)
    _book(found, actor, now)
    return found


def refuse(*, branch_id: int, request_id: int, reason: str, actor: Actor | None, now: datetime) -> BookingRequest:
    """Say no, and why; she is told.

    Raises NotFound `request_unknown`, DomainError `wrong_status`, Invalid `reason_missing`.
    """
    found = open_locked(branch_id, request_id)
    why = line_of(reason, BookingRequest.reason, "reason")
    if not why:
        raise reason_missing()
    _take_back(found, actor, now)
    found.reason = why
    _decide(found, RequestState.REFUSED, actor, now)
    reader = reader_of(found.customer_id)
    _tell(found, refused_text(reader.first_name, _services(found), found, reader.salon), now)
    return found


def propose(
    *,
    branch_id: int,
    request_id: int,
    starts_at: datetime,
    items: Sequence[BookingItem] = (),
    actor: Actor | None,
    now: datetime,
) -> SlotOffer:
    """Propose another time, which is kept while she answers; one that was proposed before is taken back.

    Raises NotFound `request_unknown`, DomainError `wrong_status`, and what a booking raises.
    """
    found = open_locked(branch_id, request_id)
    _take_back(found, actor, now)
    offer = make_offer(
        wish=Wish(branch_id, found.customer_id, request_id=found.id),
        starts_at=starts_at,
        items=items or wanted_by("request_id", found.id),
        minutes=MINUTES_TO_ANSWER,
        actor=actor,
        now=now,
    )
    _decide(found, RequestState.PROPOSED, actor, now)
    return offer


def withdraw_request(*, branch_id: int, request_id: int, actor: Actor | None, now: datetime) -> BookingRequest:
    """She wants it no more. Raises NotFound `request_unknown`, DomainError `wrong_status`."""
    found = open_locked(branch_id, request_id)
    _take_back(found, actor, now)
    _decide(found, RequestState.WITHDRAWN, actor, now)
    return found


def _way_of(items: Sequence[BookingItem]) -> SelfBooking:
    ways = ways_of([item.service_id for item in items])
    for way, name in ways:
        if way == SelfBooking.NONE:
            raise self_booking_off(name)
    return strictest(way for way, _name in ways)


def _check_time(asked: Asked, begins: datetime, now: datetime) -> None:
    """Nobody asks for a time that has passed, is taken already, or for which her patch test doesn't count."""
    if begins <= now:
        raise starts_at_invalid()
    laid = laid_out(asked, begins, now)
    if laid is None:
        raise refusal_at(asked, begins, now)
    check_patch_tests(asked.customer_id or 0, begins_of(laid).items(), passed=False)


def _book(found: BookingRequest, actor: Actor | None, now: datetime) -> None:
    asked = asked_of(found)
    if found.starts_at <= now:
        raise starts_at_invalid()
    lock_customer(found.customer_id)  # before the people, as every step of a visit does
    booked = book(
        branch_id=found.branch_id,
        customer_id=found.customer_id,
        starts_at=found.starts_at,
        items=asked.items,
        note=found.note,
        actor=actor,
        now=now,
    )
    set_status(appointment_id=booked.id, status=S.CONFIRMED.value, actor=actor, now=now)
    found.appointment_id = booked.id
    _decide(found, RequestState.CONFIRMED, actor, now)
    reader = reader_of(found.customer_id)
    _tell(found, confirmed_text(reader.first_name, _services(found), found, reader.salon), now)


def _decide(found: BookingRequest, state: RequestState, actor: Actor | None, now: datetime) -> None:
    found.state, found.state_at, found.decided_by = state.value, now, actor.id if actor else None
    db.session.flush()


def _take_back(found: BookingRequest, actor: Actor | None, now: datetime) -> None:
    standing = open_offer(request_id=found.id)
    if standing is not None:
        withdraw(offer_id=standing.id, actor=actor, now=now)


def _services(found: BookingRequest) -> str:
    return "، ".join(services_named([item.service_id for item in wanted_by("request_id", found.id)]))


def _tell(found: BookingRequest, text: str, now: datetime) -> None:
    """Put the answer into the outbox, if she has a mobile."""
    mobile = reader_of(found.customer_id).mobile
    if mobile is None:
        return
    message = NewMessage(
        branch_id=found.branch_id,
        customer_id=found.customer_id,
        receiver=mobile,
        kind="request_answer",
        text=text,
        dedupe_key=f"request:{found.id}:{found.state}",
        due_at=now,
        expires_at=found.starts_at,
    )
    enqueue(message, now=now)
