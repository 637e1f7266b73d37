"""Sessions left of a service, brought in from older software."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ..errors import sessions_invalid, sessions_known
from ..models import PackageBalance
from .queries import balance_of_sessions


def open_sessions(
    *, customer_id: int, service_id: int, sessions: int, key: str, actor: Actor | None, now: datetime
) -> bool:
    """Note how many sessions a customer has left; false when it was noted so before.

    Raises Invalid `sessions_invalid`, DomainError `sessions_known` when something else was noted.
    """
    if not 0 < sessions <= 10_000:
        raise sessions_invalid()
    known = balance_of_sessions(customer_id=customer_id, service_id=service_id)
    if known is not None and known.sessions_left == sessions and known.import_key == key:
        return False
    if known is not None:
        raise sessions_known()
    db.session.add(
        PackageBalance(customer_id=customer_id, service_id=service_id, sessions_left=sessions, import_key=key)
    )
    db.session.flush()
    return True
