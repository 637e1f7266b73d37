"""Refusals about packages."""

from flask_babel import gettext as _

from ...core.errors import Invalid, NotFound


def package_unknown() -> NotFound:
    """There is no such package."""
    return NotFound("package_unknown", _("این بسته پیدا نشد."))


def package_empty() -> Invalid:
    """A package that holds nothing."""
    return Invalid("package_empty", _("دست‌کم یک خدمت با شمار جلسه‌هایش بنویسید."), "items")


def sessions_invalid(at: str = "items") -> Invalid:
    """Not a number of sessions, or a service twice."""
    return Invalid("sessions_invalid", _("شمار جلسه‌ها را با رقم بنویسید، از ۱ تا ۱٬۰۰۰؛ هر خدمت یک بار."), at)


def days_invalid() -> Invalid:
    """Not a number of days."""
    return Invalid("days_invalid", _("روزهای اعتبار را از ۱ تا ۳٬۶۵۰ بنویسید؛ خالی یعنی بی‌پایان."), "valid_days")


def package_name_taken() -> Invalid:
    """Another package is called so."""
    return Invalid("name_taken", _("بستهٔ دیگری به همین نام هست."), "name")
