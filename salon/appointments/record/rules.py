"""What a customer's misses ask of her. No database; amounts in rials."""

from typing import NamedTuple

from flask_babel import gettext as _

from ...core.text import persian_digits

MONTHS = 12  # that are looked back


class Record(NamedTuple):
    """How often she did not come, and called off too late."""

    no_shows: int = 0
    late_cancels: int = 0

    @property
    def misses(self) -> int:
        """Both together."""
        return self.no_shows + self.late_cancels

    @property
    def sentence(self) -> str:
        """As the desk says it, such as «۲ نیامدن، ۱ لغو دیر در ۱۲ ماه گذشته»; empty without any."""
        counted = []
        if self.no_shows:
            counted.append(str(_("%(count)s نیامدن", count=persian_digits(str(self.no_shows)))))
        if self.late_cancels:
            counted.append(str(_("%(count)s لغو دیر", count=persian_digits(str(self.late_cancels)))))
        return str(_("%(counted)s در ۱۲ ماه گذشته", counted="، ".join(counted))) if counted else ""


def asks_deposit(record: Record, misses: int | None) -> bool:
    """Whether the salon's ladder asks a deposit of her: from so many misses on; None: never."""
    return misses is not None and record.misses >= misses


def deposit_asked(record: Record, price: int, *, misses: int | None, share_bp: int) -> int:
    """The deposit that the salon's ladder asks of her for a visit of this price; 0 where it asks none."""
    return price * share_bp // 10_000 if asks_deposit(record, misses) else 0
