"""Writing down which services somebody wants."""

from collections.abc import Sequence

from ...core.db import db
from ..rules import BookingItem
from .models import WantedItem
from .rules import Owner


def write_wanted(owner: Owner, owner_id: int, items: Sequence[BookingItem]) -> None:
    """Write what one wants, in order."""
    db.session.add_all(
        WantedItem(**{owner: owner_id}, position=place, service_id=item.service_id, staff_id=item.staff_id)
        for place, item in enumerate(items, start=1)
    )
    db.session.flush()
