"""What a reminder says, and when it is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from ...core.jalali import format_date, format_time, local_date


@dataclass(frozen=True)
class Visit:
    """What a reminder must know of a booking; `lead` is in minutes."""

    appointment_id: int
    branch_id: int
    customer_id: int
    first_name: str
    mobile: str | None
    starts_at: datetime
    salon: str
    lead: int


def reminder_key(appointment_id: int, starts_at: datetime) -> str:
    """One reminder per booking and time."""
    return f"reminder:{appointment_id}:{starts_at:%Y-%m-%dT%H:%MZ}"


def due_at(visit: Visit, now: datetime) -> datetime:
    """So long before the visit; at once when it is nearer than that."""
    return max(now, visit.starts_at - timedelta(minutes=visit.lead))


def reminder_text(visit: Visit) -> str:
    """The SMS, in one or two parts."""
    text: str = _(
        "%(name)s عزیز، نوبت شما %(day)s ساعت %(time)s در %(salon)s است.",
        name=visit.first_name,
        day=format_date(local_date(visit.starts_at), "long"),
        time=format_time(visit.starts_at),
        salon=visit.salon,
    )
    return text
