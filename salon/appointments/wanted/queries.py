"""Reads about wanted services."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from ...catalog.models import Service
from ...core.db import db
from ...core.jalali import local_date
from ...staff.models import StaffMember
from ..availability.rules import Asked
from ..calendar.queries import calendar
from ..errors import items_missing
from ..rules import BookingItem
from .models import WantedItem
from .rules import Owner, WantedService

_LISTED = (
    select(WantedItem.service_id, Service.name, WantedItem.staff_id, StaffMember.name)
    .join(Service, Service.id == WantedItem.service_id)
    .outerjoin(StaffMember, StaffMember.id == WantedItem.staff_id)
    .order_by(WantedItem.position, WantedItem.id)
)


def wanted_by(owner: Owner, owner_id: int) -> list[BookingItem]:
    """What one wants, in order."""
    return [BookingItem(row.service_id, row.staff_id) for row in wanted_by_each(owner, [owner_id])[owner_id]]


def wanted_by_each(owner: Owner, owner_ids: Collection[int]) -> defaultdict[int, list[WantedService]]:
    """What each of these wants, with its names."""
    column = getattr(WantedItem, owner)
    found: defaultdict[int, list[WantedService]] = defaultdict(list)
    for *told, owner_id in db.session.execute(_LISTED.add_columns(column).where(column.in_(owner_ids))):
        found[owner_id].append(WantedService(*told))
    return found


def check_wanted(asked: Asked, now: datetime) -> None:
    """Raise what stands against wanting this: NotFound for who or what is unknown, Invalid for what is no more."""
    if not asked.items:
        raise items_missing()
    today = local_date(now)
    calendar(asked, today, today + timedelta(days=1), now)
