"""Reports as facts: rows and their sums. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from ..core.jalali import month_range, week_range, year_range

_DAY = timedelta(days=1)
Period = tuple[date, date]  # first and last day


@dataclass(frozen=True)
class StaffRow:
    """What one person did and sold: pieces, and rials before tax. `staff` is empty for lines that name nobody."""

    staff: str
    quantity: int
    amount: int


@dataclass(frozen=True)
class StaffReport:
    """Services and products by the person who did or sold them."""

    rows: Sequence[StaffRow]

    @property
    def quantity(self) -> int:
        """All pieces."""
        return sum(row.quantity for row in self.rows)

    @property
    def amount(self) -> int:
        """All rials before tax."""
        return sum(row.amount for row in self.rows)


def usual_periods(day: date) -> list[tuple[LazyString, Period]]:
    """What owners mostly ask for, first and last day."""
    month, before = month_range(day), month_range(month_range(day)[0] - _DAY)
    return [
        (_l("امروز"), (day, day)),
        (_l("این هفته"), _inclusive(week_range(day))),
        (_l("این ماه"), _inclusive(month)),
        (_l("ماه پیش"), _inclusive(before)),
        (_l("امسال"), _inclusive(year_range(day))),
    ]


def _inclusive(period: Period) -> Period:
    return period[0], period[1] - _DAY
