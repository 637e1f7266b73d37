"""How many sessions a customer has left."""

from sqlalchemy import select

from ...core.db import db
from ..models import PackageBalance


def balance_of_sessions(*, customer_id: int, service_id: int) -> PackageBalance | None:
    """What is noted of a customer's sessions of a service."""
    hers = PackageBalance.customer_id == customer_id, PackageBalance.service_id == service_id
    return db.session.scalar(select(PackageBalance).where(*hers))
