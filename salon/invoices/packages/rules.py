"""The arithmetic of sessions sold ahead. Rials."""

from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from ...core.jalali import format_date
from ...core.money import group


@dataclass(frozen=True)
class Series:
    """Sessions of one service that a customer bought at once, and what became of them."""

    line_id: int
    customer_id: int
    service_id: int
    description: str
    usable_until: date | None  # inclusive
    quantity: int
    unit_price: int
    net: int
    used: int  # sessions, without those that were given back
    returned: int  # sessions
    taken: int  # of the net, by those that were used or returned

    @property
    def left(self) -> int:
        """Sessions that may still be used or returned."""
        return self.quantity - self.used - self.returned

    @property
    def rest(self) -> int:
        """What the sessions that are left were paid with."""
        return self.net - self.taken

    def worth(self, sessions: int) -> int:
        """What the next so many of the sessions left take of the net; all that are left take all of its rest.

        Sums by the whole series, so no rial is lost to rounding, whichever sessions were given back meanwhile.
        """
        gone = self.used + self.returned + sessions
        wanted = self.net * gone // self.quantity - self.taken
        least = max(0, self.rest - (self.left - sessions) * self.unit_price)
        return min(max(wanted, least), sessions * self.unit_price, self.rest)

    def after_one(self) -> "Series":
        """The series when one more session was used."""
        return replace(self, used=self.used + 1, taken=self.taken + self.worth(1))

    def is_over(self, day: date) -> bool:
        """Whether its last day was before this one."""
        return self.usable_until is not None and day > self.usable_until


def left_sentence(series: Series) -> str:
    """How many sessions are left, and until when."""
    left = group(series.left)
    if series.usable_until is None:
        return str(_("%(left)s جلسه مانده", left=left))
    return str(_("%(left)s جلسه مانده، تا %(day)s", left=left, day=format_date(series.usable_until, "numeric")))


def named_sentence(series: Series) -> str:
    """The same with the service, as slips and messages say it."""
    return f"{series.description}: {left_sentence(series)}"
