"""What can stand in the way of closing a year. No database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.text import persian_digits


class Matter(StrEnum):
    """Of what kind something pending is."""

    SHIFT = "shift"
    DRAFT = "draft"
    CARD_TO_CARD = "card_to_card"
    CHEQUE = "cheque"
    PAY = "pay"


MATTER_LABELS = {
    Matter.SHIFT: _l("شیفت باز"),
    Matter.DRAFT: _l("پیش‌نویس فاکتور"),
    Matter.CARD_TO_CARD: _l("کارت به کارت تأییدنشده"),
    Matter.CHEQUE: _l("چک وصول‌نشده"),
    Matter.PAY: _l("صورت کارکرد تأییدنشده"),
}


@dataclass(frozen=True)
class Pending:
    """Something of a year that has to be finished first: where it is, its number, whose, of which day, rials."""

    matter: Matter
    key: int  # of the shift, the invoice or the person
    branch_id: int
    branch: str
    name: str
    day: date
    amount: int | None = None


def told(found: Sequence[Pending]) -> str:
    """How much of what is pending, in a few words."""
    counts = Counter(pending.matter for pending in found)
    return _("، ").join(
        f"{persian_digits(str(counts[of]))} {label}" for of, label in MATTER_LABELS.items() if counts[of]
    )
