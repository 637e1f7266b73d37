"""Club value whose days are over is written off."""

from datetime import datetime

from ...core.db import transaction
from .queries import expired_lots
from .services import write_off

EXPIRY = "expire_lots"


def expire_lots(now: datetime) -> int:
    """Write off every expired lot, each in its own transaction; safe to run twice. Gives how many."""
    written_off = 0
    for lot_id in expired_lots(now):
        with transaction():
            written_off += write_off(lot_id=lot_id, now=now)
    return written_off
