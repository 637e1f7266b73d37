"""What becomes of a booking's deposits when it is called off. No database; amounts in rials."""

from datetime import datetime

from ...cashbox.deposits.rules import kept_of
from ..models import AppointmentStatus as S


def kept_if(status: str, remaining: int, *, starts_at: datetime, now: datetime, full: int, half: int) -> int:
    """What the salon keeps when the booking goes to a status now: by the ladder (hours); all when she never came."""
    if status == S.NO_SHOW:
        return remaining
    return kept_of(remaining, starts_at=starts_at, now=now, full_hours=full, half_hours=half)
