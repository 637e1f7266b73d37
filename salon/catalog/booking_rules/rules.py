"""What a service asks of a booking, without a database: minutes, days, hours, months; prices in rials."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...core.jalali import local_date

MOST_MINUTES = 60 * 24 * 60  # of notice: two months
MOST_DAYS = 730  # ahead, and of a touch-up
MOST_HOURS = 30 * 24  # between a patch test and the visit
MOST_MONTHS = 60  # how old a patch test may be


@dataclass(frozen=True)
class Rules:
    """What a service asks. None: it goes by the salon's settings, or doesn't ask."""

    least_notice: int | None = None  # minutes
    furthest_days: int | None = None
    patch_hours: int | None = None
    patch_months: int | None = None

    def or_salon(self, least_notice: int, furthest_days: int | None) -> "Rules":
        """The same with the salon's own where the service says nothing."""
        return Rules(
            least_notice if self.least_notice is None else self.least_notice,
            furthest_days if self.furthest_days is None else self.furthest_days,
            self.patch_hours,
            self.patch_months,
        )

    def is_short(self, starts_at: datetime, now: datetime) -> bool:
        """Whether a visit that lies ahead begins sooner than asked."""
        return now <= starts_at < now + timedelta(minutes=self.least_notice or 0)

    def is_far(self, starts_at: datetime, now: datetime) -> bool:
        """Whether a visit lies beyond the last day for which is booked."""
        return self.furthest_days is not None and (local_date(starts_at) - local_date(now)).days > self.furthest_days


@dataclass(frozen=True)
class TouchUp:
    """What a service costs so many days (the last included) after another; rials."""

    service_id: int
    of_service_id: int
    within_days: int
    price: int
