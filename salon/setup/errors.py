"""Refusals about the salon's profile and its branches."""

from flask_babel import gettext as _

from ..core.errors import DomainError, Invalid, NotFound


def salon_missing() -> NotFound:
    """Nobody has set this salon up yet."""
    return NotFound("salon_missing", _("این سالن هنوز راه‌اندازی نشده است."))


def salon_exists() -> DomainError:
    """A salon is set up once."""
    return DomainError("salon_exists", _("این سالن پیش‌تر راه‌اندازی شده است."))


def name_missing(field: str) -> Invalid:
    """A salon or a branch without a name."""
    return Invalid("name_missing", _("نام را بنویسید."), field)


def currency_unknown() -> Invalid:
    """People see and type rial or toman."""
    return Invalid("currency_unknown", _("واحد پول ریال است یا تومان."), "currency")


def hours_invalid() -> Invalid:
    """A day that ends before it begins."""
    return Invalid("hours_invalid", _("ساعت بستن باید پس از ساعت باز شدن باشد."), "closes_at")


def percent_invalid(field: str) -> Invalid:
    """A share outside nought to one hundred percent."""
    return Invalid("percent_invalid", _("درصد عددی از صفر تا صد است."), field)


def amount_negative(field: str) -> Invalid:
    """An amount or a span below nought."""
    return Invalid("amount_negative", _("این عدد نمی‌تواند منفی باشد."), field)


def reminder_late() -> Invalid:
    """A reminder that would come when she is already there."""
    return Invalid("reminder_late", _("یادآوری باید پیش از نوبت فرستاده شود."), "reminder_minutes")
