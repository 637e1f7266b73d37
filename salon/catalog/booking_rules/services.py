"""Verbs about what services ask of their bookings; what is booked already stays as it was booked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ...core.money import MOST_PRICE
from ..errors import rule_invalid, service_unknown, touch_up_invalid
from ..models import BookingRule, FollowUp, Service
from ..queries import known_ids, service
from .rules import MOST_DAYS, MOST_HOURS, MOST_MINUTES, MOST_MONTHS, Rules, TouchUp

_BOUNDS = {
    "least_notice": (0, MOST_MINUTES),
    "furthest_days": (1, MOST_DAYS),
    "patch_hours": (0, MOST_HOURS),
    "patch_months": (1, MOST_MONTHS),
}


def set_rules(*, service_id: int, rules: Rules, actor: Actor | None = None, now: datetime | None = None) -> None:
    """Say what a service asks of its bookings. Raises NotFound `service_unknown`, Invalid `rule_invalid`."""
    service(service_id)
    for field, (least, most) in _BOUNDS.items():
        said = getattr(rules, field)
        if said is not None and not least <= said <= most:
            raise rule_invalid(field)
    if rules.patch_months is not None and rules.patch_hours is None:
        raise rule_invalid("patch_hours")
    db.session.execute(delete(BookingRule).where(BookingRule.service_id == service_id))
    if rules != Rules():
        db.session.add(BookingRule(service_id=service_id, **vars(rules)))
    db.session.flush()


def set_touch_ups(
    *, service_id: int, touch_ups: Sequence[TouchUp], actor: Actor | None = None, now: datetime | None = None
) -> None:
    """Say of which services this one is a touch-up, until when and at what price.

    Raises NotFound `service_unknown`, Invalid `touch_up_invalid`.
    """
    service(service_id)
    of = [rule.of_service_id for rule in touch_ups]
    if len(set(of)) < len(of) or service_id in of or not all(map(_is_sensible, touch_ups)):
        raise touch_up_invalid()
    if known_ids(Service, of) != set(of):
        raise service_unknown()
    db.session.execute(delete(FollowUp).where(FollowUp.service_id == service_id))
    db.session.add_all(FollowUp(**vars(rule) | {"service_id": service_id}) for rule in touch_ups)
    db.session.flush()


def _is_sensible(rule: TouchUp) -> bool:
    return 1 <= rule.within_days <= MOST_DAYS and 0 <= rule.price <= MOST_PRICE
