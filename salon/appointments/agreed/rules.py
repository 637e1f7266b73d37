"""What a touch-up was agreed to cost. No database; prices in rials."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ...catalog.booking_rules.rules import TouchUp
from ...core.jalali import local_date


class Agreed(NamedTuple):
    """The price of a touch-up, and the last day on which it counts."""

    price: int
    until: date


def agreed_price(
    rules: Sequence[TouchUp], service_id: int, done_at: Mapping[int, datetime], starts_at: datetime
) -> Agreed | None:
    """The least price of a service as a touch-up; `done_at`: when she last had which service before."""
    offered = [
        Agreed(rule.price, local_date(done_at[rule.of_service_id]) + timedelta(days=rule.within_days))
        for rule in rules
        if rule.service_id == service_id and rule.of_service_id in done_at
    ]
    in_time = [agreed for agreed in offered if local_date(starts_at) <= agreed.until]
    return min(in_time, default=None)
