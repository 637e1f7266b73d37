"""Refusals about invoices that more than one room of theirs has."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.db import refuse_as
from ..core.errors import DomainError, Invalid, NotFound

KEY_REUSED = Invalid(
    "key_reused", lazy_gettext("این کلید پیش‌تر برای درخواست دیگری به کار رفته است."), "idempotency_key"
)
refuse_as("uq_settlement_idempotency_key", KEY_REUSED)
INVOICE_ISSUED = DomainError("invoice_issued", lazy_gettext("این فاکتور صادر شده است و دیگر تغییر نمی‌کند."))
refuse_as("invoice_issued", INVOICE_ISSUED)


def invoice_unknown() -> NotFound:
    """There is no such invoice."""
    return NotFound("invoice_unknown", _("این فاکتور پیدا نشد."))


def staff_missing(position: int) -> Invalid:
    """A service that nobody did."""
    return Invalid("staff_missing", _("بنویسید این خدمت را چه کسی انجام داده است."), f"lines.{position}.staff_id")


def payment_missing() -> Invalid:
    """Nothing was given to be received."""
    return Invalid("payment_missing", _("مبلغی برای دریافت وارد نشده است."), "payments")


def amount_invalid() -> Invalid:
    """A payment of nothing, of less, or beyond all measure."""
    return Invalid("amount_invalid", _("مبلغ پرداخت باید بیشتر از صفر باشد."), "payments")
