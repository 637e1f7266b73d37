"""Club value whose days are over is written off."""

from datetime import datetime

from sqlalchemy import select

from ...core.db import db, transaction
from ...customers.models import Customer
from ..models import Lot
from .services import write_off

EXPIRY = "expire_lots"


def expire_lots(now: datetime) -> int:
    """Write off every expired lot, each in its own transaction; safe to run twice. Gives how many."""
    due = db.session.execute(
        select(Lot.id, Customer.branch_id)
        .join(Customer, Customer.id == Lot.customer_id)
        .where(Lot.remaining > 0, Lot.expires_at <= now)
        .order_by(Lot.id)
    ).all()
    written_off = 0
    for lot_id, branch_id in due:
        with transaction():
            written_off += write_off(lot_id=lot_id, branch_id=branch_id, now=now)
    return written_off
