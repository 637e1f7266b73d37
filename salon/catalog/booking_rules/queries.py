"""Reads about what services ask of their bookings."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from ...core.db import db
from ...setup.queries import profile
from ..models import BookingRule, FollowUp
from .rules import Rules, TouchUp

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_RULES = select(
    BookingRule.service_id,
    BookingRule.least_notice,
    BookingRule.furthest_days,
    BookingRule.patch_hours,
    BookingRule.patch_months,
).where(BookingRule.service_id.in_(_IDS))
_TOUCH_UPS = (
    select(FollowUp.service_id, FollowUp.of_service_id, FollowUp.within_days, FollowUp.price)
    .where(FollowUp.service_id.in_(_IDS))
    .order_by(FollowUp.price, FollowUp.id)
)


def said_of(service_ids: Collection[int]) -> dict[int, Rules]:
    """What each of these services says itself."""
    rows = db.session.connection().execute(_RULES, {"ids": sorted(set(service_ids))})
    found = {row.service_id: Rules(*row[1:]) for row in rows}
    return {service_id: found.get(service_id, Rules()) for service_id in service_ids}


def rules_of(service_ids: Collection[int]) -> dict[int, Rules]:
    """What each of these services asks: itself, or by the salon's settings."""
    salon = profile()
    said = said_of(service_ids)
    return {of: rules.or_salon(salon.least_notice, salon.furthest_days) for of, rules in said.items()}


def touch_ups(service_ids: Collection[int]) -> list[TouchUp]:
    """For which of these services there is another price after another service; the cheapest first."""
    rows = db.session.connection().execute(_TOUCH_UPS, {"ids": sorted(set(service_ids))})
    return [TouchUp(*row) for row in rows]
