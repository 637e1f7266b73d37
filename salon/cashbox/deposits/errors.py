"""Refusals about deposits."""

from flask_babel import gettext as _

from ...core.errors import DomainError, Invalid, NotFound


def deposit_unknown() -> NotFound:
    """There is no such deposit."""
    return NotFound("deposit_unknown", _("این بیعانه پیدا نشد."))


def deposit_amount_invalid(field: str = "amount") -> Invalid:
    """Nothing, less than nothing, or beyond all measure."""
    return Invalid("amount_invalid", _("مبلغ باید بیشتر از صفر باشد."), field)


def deposit_negative() -> Invalid:
    """Less than nothing is taken from what she left."""
    return Invalid("amount_invalid", _("بیعانه نمی‌تواند منفی باشد."), "deposit")


def deposit_exceeds_balance(field: str = "deposit") -> Invalid:
    """More than she has there."""
    return Invalid("deposit_exceeds_balance", _("بیعانه و علی‌الحساب او به این اندازه نیست؛ مبلغ را کم کنید."), field)


def method_invalid() -> Invalid:
    """A deposit is real money that lies in a box of the salon."""
    return Invalid("method_invalid", _("بیعانه را نقد، با پوز یا با حواله بگیرید."), "method")


def deposit_nameless() -> Invalid:
    """Money of somebody whom nobody will know again: the next one without a name could spend it."""
    sentence = _("مشتری بی‌نام بیعانه و علی‌الحساب ندارد؛ نخست برایش پرونده بسازید.")
    return Invalid("customer_nameless", sentence, "customer_id")


def deposit_spent() -> DomainError:
    """Nothing is left of it."""
    return DomainError("deposit_spent", _("از این بیعانه چیزی نمانده است."))
