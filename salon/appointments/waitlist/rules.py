"""The waitlist without a database: who goes first, and which days and hours suit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from ...core.hours import MINUTES_OF_DAY
from ...core.jalali import SALON_ZONE, local_date, wall_clock, weekday_of
from ..rules import BookingItem

EVERY_DAY = 0b1111111
SOONEST = timedelta(minutes=30)  # nobody is offered a time to which she could not come
FIRST_HOUR, LAST_HOUR = 8, 22  # by themselves offers go out from then on, and no later


class WaitlistRule(StrEnum):
    """Who is offered an opening first."""

    FIRST_COME = "first_come"
    VALUE = "value"  # who spent more in the last twelve months


RULE_LABELS = {
    WaitlistRule.FIRST_COME: _l("هر که زودتر نامش را نوشته"),
    WaitlistRule.VALUE: _l("هر که در یک سال گذشته بیشتر خرید کرده"),
}


@dataclass(frozen=True)
class WaitSpec:
    """What somebody waits for; `ends_before` is exclusive, weekdays are counted from Saturday, minutes are local."""

    items: Sequence[BookingItem]
    starts_on: date
    ends_before: date
    weekdays: int = EVERY_DAY
    from_time: int = 0
    to_time: int = MINUTES_OF_DAY
    note: str = ""


def mask_of(weekdays: Iterable[int] | None) -> int:
    """Weekdays as bits; none named means every day."""
    mask = sum(1 << weekday for weekday in set(weekdays or ()))
    return mask or EVERY_DAY


def weekdays_of(mask: int) -> list[int]:
    """The weekdays of a mask, 0 for Saturday."""
    return [weekday for weekday in range(7) if mask >> weekday & 1]


def suits(spec: WaitSpec, comes_at: datetime, leaves_at: datetime) -> bool:
    """Whether she can come then and stay to the end."""
    day = local_date(comes_at)
    if not (spec.starts_on <= day < spec.ends_before and spec.weekdays >> weekday_of(day) & 1):
        return False
    return wall_clock(day, spec.from_time) <= comes_at and leaves_at <= wall_clock(day, spec.to_time)


def may_offer_by_itself(now: datetime) -> bool:
    """Whether somebody may be sent a message without being woken."""
    return FIRST_HOUR <= now.astimezone(SALON_ZONE).hour < LAST_HOUR
