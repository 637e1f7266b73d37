"""Taking deposits for bookings, and what becomes of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from ...access.models import User
from ...access.rules import Actor
from ...cashbox.deposits.queries import deposit_under, lock_customer, spent_on
from ...cashbox.deposits.services import give_back_kept, keep_deposits
from ...cashbox.deposits.services import take_deposit as take
from ...cashbox.models import Deposit
from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...customers.models import Customer
from ..errors import appointment_unknown, deposit_mismatch, deposit_over
from ..models import Appointment
from ..rules import takes_place
from .queries import kept_of, kept_of_each


def take_deposit(
    *,
    branch_id: int,
    customer_id: int,
    appointment_id: int | None,
    payment: PaymentSpec,
    key: str,
    actor: Actor | None,
    now: datetime,
) -> Deposit:
    """Take a deposit for a booking of hers, or on-account money without one.

    Raises NotFound `appointment_unknown`, Invalid `appointment_mismatch`, DomainError `appointment_over`, and what
    `cashbox.deposits.services.take_deposit` raises.
    """
    lock_customer(customer_id)
    if appointment_id is not None and deposit_under(key) is None:
        _check_booking(appointment_id, customer_id, branch_id)
    return take(
        branch_id=branch_id,
        customer_id=customer_id,
        appointment_id=appointment_id,
        payment=payment,
        key=key,
        actor=actor,
        now=now,
    )


def lock_owner(appointment_id: int) -> None:
    """Lock the customer of a booking before the booking, as a till does: neither waits for the other crosswise."""
    hers = select(Appointment.customer_id).where(Appointment.id == appointment_id).scalar_subquery()
    db.session.execute(select(Customer.id).where(Customer.id == hers).with_for_update(key_share=True))


def keep_or_give_back(booking: Appointment, *, unserved: bool, actor: Actor | None, now: datetime) -> None:
    """Keep deposits by the ladder when a booking was called off just now; undo it when it takes place after all.

    `unserved`: the salon couldn't serve her then, and keeps nothing.
    """
    if takes_place(booking.status):
        give_back_kept(appointment_id=booking.id, actor=actor, now=now)
        return
    parts = kept_of_each(booking, booking.status, now, unserved=unserved)
    keep_deposits(parts=parts, appointment_id=booking.id, actor=actor, now=now)


def _check_booking(appointment_id: int, customer_id: int, branch_id: int) -> None:
    booking = db.session.execute(
        select(Appointment.customer_id, Appointment.status).where(
            Appointment.id == appointment_id, Appointment.branch_id == branch_id
        )
    ).one_or_none()
    if booking is None:
        raise appointment_unknown()
    if booking.customer_id != customer_id:
        raise deposit_mismatch()
    if not takes_place(booking.status):
        raise deposit_over()


def keep_what_came_back(
    *, invoice_id: int, parts: Sequence[tuple[int, int]], actor_id: int | None, now: datetime
) -> None:
    """Keep of (deposit id, rials) that a return of this sale gave back what the ladder would have kept.

    She spent them before their booking was called off, so nothing of them was there to be kept then.
    """
    actor = db.session.get(User, actor_id) if actor_id is not None else None
    for deposit_id, amount in parts:
        found = db.session.get_one(Deposit, deposit_id, populate_existing=True)
        booking = db.session.get(Appointment, found.appointment_id) if found.appointment_id is not None else None
        spent_at = spent_on(deposit_id, invoice_id)
        if booking is None or takes_place(booking.status) or spent_at is None or booking.status_at is None:
            continue
        if spent_at < booking.status_at:
            kept = kept_of(booking, booking.status, amount, booking.status_at)
            keep_deposits(parts=[(found, kept)], appointment_id=booking.id, actor=actor, now=now)
