"""Bonuses and fines as they are read."""

from sqlalchemy import select

from ...core.db import db
from ..models import PayAdjustment


def adjustment_known(key: str) -> PayAdjustment | None:
    """The bonus or fine that a request has written."""
    return db.session.scalar(select(PayAdjustment).where(PayAdjustment.idempotency_key == key))
