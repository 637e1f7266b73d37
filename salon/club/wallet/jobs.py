"""Club value whose days are over is written off."""

from datetime import datetime

import structlog

from ...core.db import transaction
from ...core.troubles import trouble_of
from .queries import expired_lots
from .services import write_off

EXPIRY = "expire_lots"

log = structlog.get_logger(__name__)


def expire_lots(now: datetime) -> int:
    """Write off every expired lot, each in its own transaction; safe to run twice. Gives how many.

    One that cannot be written off is logged and tried again at the next run; it does not hold up those behind it.
    Raises Unavailable or OutOfSpace for a trouble of the database, which would meet those behind it, too.
    """
    return sum(_written_off(lot_id, now) for lot_id in expired_lots(now))


def _written_off(lot_id: int, now: datetime) -> bool:
    try:
        with transaction():
            return write_off(lot_id=lot_id, now=now)
    except Exception as error:
        trouble = trouble_of(error)
        if trouble is not None:
            raise trouble from error
        log.exception("lot_not_written_off", lot_id=lot_id)
        return False
