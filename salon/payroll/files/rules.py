"""The rows of a statement's sheet. No database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ...core.jalali import format_date
from ...core.money import Currency
from ..statements.rules import DAY, LABELS, Note, Statement, What


@dataclass(frozen=True)
class SheetRow:
    """A row: when, what, by which document, and how much (rials, positive is hers)."""

    day: date | None
    what: Any
    number: int | None
    text: str
    base: int | None
    amount: int


def sheet_heads(currency: Currency) -> list[str]:
    """The titles of the columns."""
    unit = currency.label
    return [_("روز"), _("چه"), _("سند"), _("شرح"), f"{_('مبنا')} ({unit})", f"{_('مبلغ')} ({unit})"]


def sheet_rows(shown: Statement, notes: Mapping[int, Note]) -> Iterator[SheetRow]:
    """What was left of before, every line and movement, what it comes to, the payments, what is due."""
    yield SheetRow(shown.starts_on, _("مانده از پیش"), None, "", None, shown.opening)
    for line in shown.lines:
        what = _("مرجوعی") if line.is_return else LABELS[What.SHARE]
        yield SheetRow(line.day, what, line.number, f"{line.title}، {line.customer}", line.base, line.share)
    for part in shown.parts:
        days = f"{part.name}، {format_date(part.starts_on)} – {format_date(part.ends_before - DAY)}"
        yield SheetRow(part.ends_before - DAY, LABELS[What(part.kind)], None, days, None, part.amount)
    for item in shown.others:
        note = notes.get(item.entry_id, Note(""))
        yield SheetRow(item.day, LABELS[item.what], None, note.text, None, item.amount)
    yield SheetRow(shown.ends_on, _("قابل پرداخت"), shown.number, "", None, shown.total)
    for payment in shown.payments:
        yield SheetRow(payment.day, _("پرداخت"), payment.voucher_id, payment.box, None, -payment.amount)
    yield SheetRow(None, _("مانده"), None, "", None, shown.due)
