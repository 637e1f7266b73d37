"""Saying what customers may book themselves."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ..models import Service
from ..queries import service
from .rules import SelfBooking


def set_self_booking(*, service_id: int, way: SelfBooking, actor: Actor | None, now: datetime) -> Service:
    """Say what becomes of customers' own requests for a service. Raises NotFound `service_unknown`."""
    changed = service(service_id)
    changed.self_booking = way.value
    db.session.flush()
    return changed
