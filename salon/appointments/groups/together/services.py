"""Verbs about the visits of a group together: book, move all or none, call off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _

from ....access.models import User
from ....cashbox.deposits.queries import lock_customer
from ....catalog.phases.queries import made_of
from ....core.db import db
from ....core.jalali import format_time, local_date
from ...availability.rules import Asked, Laid, Shape
from ...errors import taken
from ...holding.queries import as_booked
from ...holding.services import queue_for
from ...models import Appointment, GroupState, GroupVisit
from ...models import AppointmentStatus as S
from ...moves.services import shift
from ...queries import locked
from ...rules import BookingItem, may_become, may_move, meant
from ...services import book, set_status
from ..errors import day_too_far, nothing_booked
from ..queries import bookings_of, member_ids, open_file, timeline_of
from ..rules import MOST_MINUTES, Party, Together
from .queries import check_parties, group_offer_at, misfits, nearest_shifts, refusal_of_group


def book_together(
    *,
    group_id: int,
    wanted: Together,
    starts_at: datetime,
    trial: bool = False,
    note: str = "",
    actor: User | None,
    now: datetime,
) -> list[Appointment]:
    """Book several of a group in its file, all or none: as a time was offered, or from a moment on.

    Services that have their people and times are taken at their word; else everybody is fitted in from the moment on.
    Raises NotFound, Invalid, DomainError `group_over`, and `slot_taken` with the nearest times at which all can.
    """
    open_file(group_id, wanted.branch_id)
    check_parties(wanted, member_ids(group_id))
    parties = wanted.parties if _is_laid(wanted) else _fitted(wanted, meant(starts_at), now)
    _queue(parties, starts_at, wanted.branch_id)
    booked = []
    for party in parties:
        found = book(
            branch_id=wanted.branch_id,
            customer_id=party.customer_id,
            starts_at=party.items[0].starts_at or starts_at,
            items=party.items,
            note=note,
            actor=actor,
            now=now,
        )
        visit = locked(found.id)
        visit.group_id, visit.trial = group_id, trial
        booked.append(visit)
    db.session.flush()
    return booked


def move_group(
    *, branch_id: int, group_id: int, minutes: int, actor: User | None, now: datetime
) -> Sequence[Appointment]:
    """Move all bookings of the great day by so many minutes, all or none; a trial stays where it is.

    Raises NotFound, Invalid `shift_invalid`, DomainError `group_over`, `group_unbooked`, and `slot_taken` that says
    whom it doesn't fit and the nearest times.
    """
    found = open_file(group_id, branch_id)
    if not 0 < abs(minutes) <= MOST_MINUTES:
        raise day_too_far()
    later = timedelta(minutes=minutes)
    standing = [one for one in bookings_of(group_id) if not one.trial and may_move(one.status)]
    if not standing:
        raise nothing_booked()
    _check_room(branch_id, standing, later, now)
    begins = standing[0].starts_at
    found.day += local_date(begins + later) - local_date(begins)
    return shift(appointment_ids=[one.id for one in standing], later=later, actor=actor, now=now)


def cancel_group(*, branch_id: int, group_id: int, actor: User | None, now: datetime) -> GroupVisit:
    """Close a file as called off, with every booking of it that is not over; the ladder decides on deposits.

    Raises NotFound, DomainError `group_over`.
    """
    found = open_file(group_id, branch_id)
    standing = [one for one in bookings_of(group_id) if one.status != S.DONE and may_become(one.status, S.CANCELLED)]
    for customer_id in sorted({one.customer_id for one in standing}):
        lock_customer(customer_id)
    queue_for([as_booked(item) for one in standing for item in one.items])
    for one in sorted(standing, key=lambda one: (one.customer_id, one.id)):
        set_status(appointment_id=one.id, status=S.CANCELLED.value, actor=actor, now=now)
    found.state = GroupState.CANCELLED.value
    db.session.flush()
    return found


def _is_laid(wanted: Together) -> bool:
    return all(item.staff_id is not None and item.starts_at is not None for item in wanted.items)


def _fitted(wanted: Together, starts_at: datetime, now: datetime) -> list[Party]:
    """The same with the people and times that were found. Raises SlotTaken."""
    offer = group_offer_at(wanted, starts_at, now)
    if offer is None:
        raise refusal_of_group(wanted, starts_at, now)
    return [
        Party(customer, tuple(BookingItem(one.service_id, one.staff_id, one.starts_at) for one in laid))
        for customer, laid in offer.parties
    ]


def _queue(parties: Sequence[Party], starts_at: datetime, branch_id: int) -> None:
    """Wait for all people and rooms in one order, before any of them is taken."""
    items = [item for party in parties for item in party.items]
    made = made_of({item.service_id for item in items}, branch_id)
    queue_for(
        [
            Laid(
                item.service_id,
                item.staff_id or 0,
                made[item.service_id].resources,
                starts_at,
                Shape(made[item.service_id].phases),
            )
            for item in items
        ]
    )


def _check_room(branch_id: int, standing: Sequence[Appointment], later: timedelta, now: datetime) -> None:
    """Refuse with the names of those whom the new time doesn't fit, and the nearest at which all fit."""
    entries = timeline_of(standing)
    laid = [as_booked(entry.item) for entry in entries]
    asked = Asked(branch_id, (), own_items=tuple(entry.item.id for entry in entries))
    amiss: list[Laid] = misfits(asked, laid, later, now)
    if not amiss:
        return
    whom = "، ".join(
        _("%(service)s %(customer)s با %(staff)s", service=one.service, customer=one.customer, staff=one.staff)
        for one, then in zip(entries, laid, strict=True)
        if then in amiss
    )
    near = nearest_shifts(asked, laid, later, now)
    raise taken(_("جا نمی‌شود: %(whom)s", whom=whom), list(map(format_time, near)), near)
