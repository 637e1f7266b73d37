"""Refusals about boxes, shifts, vouchers and deposits."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound

PERIOD_CLOSED = DomainError(
    "period_closed", lazy_gettext("این شیفت صندوق بسته شده است و در آن چیزی تغییر نمی‌کند."), "business_date"
)
REFUSALS = {"period_closed": PERIOD_CLOSED}


def cashbox_unknown(field: str = "cashbox_id") -> Invalid:
    """There is no such box here, or it takes no such money."""
    return Invalid("cashbox_unknown", _("این صندوق یا حساب در این شعبه نیست یا این پول را نمی‌گیرد."), field)


def cashbox_missing() -> NotFound:
    """There is no such box."""
    return NotFound("cashbox_unknown", _("این صندوق پیدا نشد."))
