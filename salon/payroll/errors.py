"""Refusals about statements of pay, what is added to them, and their payment."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound
from ..core.jalali import format_date
from ..core.keys import KEY_REUSED

STATEMENT_APPROVED = DomainError(
    "statement_approved", lazy_gettext("کارکرد این روزها پیش‌تر تأیید شده است و دیگر تغییر نمی‌کند."), "from"
)
REFUSALS = {
    "uq_pay_statement_staff_id_starts_on": STATEMENT_APPROVED,
    "uq_pay_statement_item_posting_id": STATEMENT_APPROVED,
    "uq_pay_statement_idempotency_key": KEY_REUSED,
    "uq_pay_adjustment_idempotency_key": KEY_REUSED,
}


def days_closed(until: date) -> DomainError:
    """Days of a statement that was approved. `until`: the first day after it."""
    sentence = _("کارکرد تا پیش از %(day)s تأیید شده است؛ از همان روز آغاز کنید.", day=format_date(until, "numeric"))
    return DomainError("period_closed", sentence, "from")


def days_ahead() -> Invalid:
    """Days that are still to come."""
    return Invalid("day_ahead", _("کارکرد روزهایی که نیامده‌اند تأیید نمی‌شود."), "to")


def statement_gap(first: date) -> Invalid:
    """Something of earlier days that no statement holds."""
    sentence = _(
        "از %(day)s کارکردی هست که در هیچ صورتی نیامده؛ دوره را از همان روز آغاز کنید.",
        day=format_date(first, "numeric"),
    )
    return Invalid("statement_gap", sentence, "from")


def statement_changed() -> DomainError:
    """Something was sold, returned or paid meanwhile."""
    return DomainError("statement_changed", _("در این میان چیزی به این کارکرد افزوده شد؛ دوباره ببینید و تأیید کنید."))


def statement_unknown() -> NotFound:
    """There is no such statement."""
    return NotFound("statement_unknown", _("این صورت کارکرد پیدا نشد."))


def overpaid(due: str) -> Invalid:
    """More than is due by what was approved. `due`: with its unit."""
    sentence = _("از کارکرد تأییدشده فقط %(due)s پرداختنی است؛ برای بیشتر از آن مساعده بنویسید.", due=due)
    return Invalid("overpaid", sentence, "amount")


def payment_unknown() -> NotFound:
    """There is no such payment of pay."""
    return NotFound("payment_unknown", _("این پرداخت پیدا نشد."))


def adjustment_kind_unknown() -> Invalid:
    """Neither bonus nor fine."""
    return Invalid("kind_unknown", _("پاداش یا جریمه را انتخاب کنید."), "kind")


def amount_invalid() -> Invalid:
    """Nothing, less than nothing, or beyond all measure."""
    return Invalid("amount_invalid", _("مبلغ باید بیشتر از صفر باشد و بیش از اندازه بزرگ نمی‌شود."), "amount")


def reason_missing() -> Invalid:
    """A bonus or a fine, and nobody says why."""
    return Invalid("reason_missing", _("دلیل را بنویسید؛ در صورت کارکرد او می‌آید."), "reason")
