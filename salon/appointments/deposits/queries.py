"""Which deposits may be spent now, and what calling a booking off would keep of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, case, or_, select

from ...cashbox.deposits.queries import held_for
from ...cashbox.deposits.rules import Held
from ...cashbox.models import Deposit
from ...core.db import db
from ...core.jalali import day_range
from ...setup.queries import profile
from ..displaced.queries import is_displaced
from ..models import Appointment
from ..models import AppointmentStatus as S
from .rules import kept_if

# A deposit is free without a booking, or when its booking was called off and something was left to her.
_FREE = or_(Deposit.appointment_id.is_(None), Appointment.status.in_((S.CANCELLED.value, S.NO_SHOW.value)))
_OWN = Deposit.appointment_id == bindparam("appointment")
_SPENDABLE = (
    select(Deposit.id, Deposit.remaining)
    .outerjoin(Appointment, Appointment.id == Deposit.appointment_id)
    .where(
        Deposit.customer_id == bindparam("customer"),
        Deposit.remaining > 0,
        or_(_OWN, _FREE, Appointment.starts_at < bindparam("before")),
    )
    .order_by(case((_OWN, 0), (_FREE, 1), else_=2), Deposit.id)
)


@dataclass(frozen=True)
class BookingDeposit:
    """What lies for a booking, and what calling it off now would keep of it, in rials."""

    remaining: int
    kept: int


def spendable(customer_id: int, *, appointment_id: int | None, today: date) -> list[Held]:
    """Deposits that may pay an invoice today, in their order.

    Those of the invoice's own booking come first, then free ones, then those of bookings of today or before.
    """
    asked = {"customer": customer_id, "appointment": appointment_id or 0, "before": day_range(today)[1]}
    return [Held(*row) for row in db.session.connection().execute(_SPENDABLE, asked)]


def deposit_of_booking(booking: Appointment, now: datetime, status: S = S.CANCELLED) -> BookingDeposit | None:
    """What lies for a booking, if anything does, and what is kept of it when it goes to a status now."""
    parts = kept_of_each(booking, status, now)
    if not parts:
        return None
    return BookingDeposit(sum(held.remaining for held, _kept in parts), sum(kept for _held, kept in parts))


def kept_of_each(
    booking: Appointment, status: str, now: datetime, *, unserved: bool | None = None
) -> list[tuple[Deposit, int]]:
    """What lies for a booking, with what the salon keeps of each when it goes to a status now, in rials.

    `unserved`: the salon can't serve it where it lies, and keeps nothing; looked up unless it is said.
    """
    held = held_for(booking.id)
    if held and unserved is None:
        unserved = status == S.CANCELLED and is_displaced(booking, now)
    return [(found, 0 if unserved else kept_of(booking, status, found.remaining, now)) for found in held]


def kept_of(booking: Appointment, status: str, amount: int, called_off_at: datetime) -> int:
    """What the ladder keeps of an amount when a booking goes to a status at a moment, in rials."""
    salon = profile()
    full, half = salon.deposit_full_hours, salon.deposit_half_hours
    return kept_if(status, amount, starts_at=booking.starts_at, now=called_off_at, full=full, half=half)


def visits_of(held: Sequence[Deposit]) -> dict[int, datetime]:
    """When the bookings begin that these deposits were taken for, by the booking."""
    ids = {found.appointment_id for found in held if found.appointment_id is not None}
    rows = db.session.execute(select(Appointment.id, Appointment.starts_at).where(Appointment.id.in_(ids)))
    return dict(rows.all()) if ids else {}
