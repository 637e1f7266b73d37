"""Verbs about the queue: come, be called, go."""

from collections.abc import Sequence
from datetime import datetime

from ...access.rules import Actor
from ...cashbox.deposits.queries import lock_customer
from ...core.db import db
from ...core.lengths import line_of
from ...customers.queries import customer
from ..availability.rules import Asked
from ..errors import queue_empty
from ..models import Appointment
from ..models import AppointmentStatus as S
from ..rules import BookingItem, to_the_minute
from ..services import book, set_status
from ..wanted.queries import check_wanted, wanted_by
from ..wanted.services import write_wanted
from .models import WalkIn, WalkInState
from .queries import next_in, walk_in_locked


def come(
    *,
    branch_id: int,
    customer_id: int,
    items: Sequence[BookingItem],
    note: str = "",
    actor: Actor | None,
    now: datetime,
) -> WalkIn:
    """Let somebody wait who came without a booking. Raises NotFound and Invalid for who or what is unknown."""
    customer(customer_id)
    check_wanted(Asked(branch_id, items, customer_id), now)
    added = WalkIn(
        branch_id=branch_id,
        customer_id=customer_id,
        state=WalkInState.WAITING.value,
        note=line_of(note, WalkIn.note),
        came_at=now,
        created_by=actor.id if actor else None,
        state_at=now,
    )
    db.session.add(added)
    db.session.flush()
    write_wanted("walk_in_id", added.id, items)
    return added


def call(*, branch_id: int, walk_in_id: int, overbook: bool = False, actor: Actor | None, now: datetime) -> Appointment:
    """Call somebody: she has a booking of now, and is here.

    `overbook`: also where somebody is taken; the caller may do so. Raises NotFound `walk_in_unknown`, DomainError
    `wrong_status`, and `slot_taken` with the nearest free times.
    """
    walk_in = walk_in_locked(branch_id, walk_in_id)
    lock_customer(walk_in.customer_id)  # before the people, as every step of a visit does
    booked = book(
        branch_id=branch_id,
        customer_id=walk_in.customer_id,
        starts_at=to_the_minute(now),
        items=wanted_by("walk_in_id", walk_in.id),
        note=walk_in.note,
        overbook=overbook,
        actor=actor,
        now=now,
    )
    here = set_status(appointment_id=booked.id, status=S.ARRIVED.value, actor=actor, now=now)
    walk_in.state, walk_in.state_at, walk_in.appointment_id = WalkInState.CALLED.value, now, booked.id
    db.session.flush()
    return here


def call_next(*, branch_id: int, actor: Actor | None, now: datetime) -> Appointment:
    """Call the first who can begin now. Raises DomainError `queue_empty`, and what `call` raises."""
    walk_in_id = next_in(branch_id, now)
    if walk_in_id is None:
        raise queue_empty()
    return call(branch_id=branch_id, walk_in_id=walk_in_id, actor=actor, now=now)


def go(*, branch_id: int, walk_in_id: int, actor: Actor | None, now: datetime) -> WalkIn:
    """She waits no more. Raises NotFound `walk_in_unknown`, DomainError `wrong_status`."""
    walk_in = walk_in_locked(branch_id, walk_in_id)
    walk_in.state, walk_in.state_at = WalkInState.LEFT.value, now
    db.session.flush()
    return walk_in
