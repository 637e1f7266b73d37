"""Refusals about money that is awaited."""

from flask_babel import gettext as _

from ...core.errors import Invalid, NotFound


def payment_unknown() -> NotFound:
    """There is no such payment, or nobody waits for it."""
    return NotFound("payment_unknown", _("چنین پرداختی در انتظار نیست."))


def account_missing() -> Invalid:
    """A cheque comes to a bank account."""
    return Invalid("cashbox_unknown", _("حساب بانکی‌ای را که چک به آن وصول شد انتخاب کنید."), "cashbox_id")
