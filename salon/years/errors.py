"""Refusals about fiscal years."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound
from ..core.keys import KEY_REUSED

YEAR_EXISTS = DomainError("year_exists", lazy_gettext("این سال مالی پیش‌تر باز شده است."), "year")
ALREADY_CLOSED = DomainError("period_closed", lazy_gettext("این سال مالی پیش‌تر بسته شده است."))
YEAR_OPEN = DomainError("year_open", lazy_gettext("این سال مالی باز است؛ چیزی برای بازگشایی نیست."))
REFUSALS = {"uq_fiscal_year_jalali_year": YEAR_EXISTS, "uq_fiscal_year_act_idempotency_key": KEY_REUSED}


def year_unknown() -> NotFound:
    """There is no such year."""
    return NotFound("year_unknown", _("این سال مالی پیدا نشد."))


def year_invalid(first: str, last: str) -> Invalid:
    """No year of our calendar, or one that nobody keeps books of. `first`, `last`: the bounds in Persian digits."""
    return Invalid("year_invalid", _("سال را از %(first)s تا %(last)s بنویسید.", first=first, last=last), "year")


def year_unready(what: str) -> DomainError:
    """Something of the year is still pending. `what`: how much of what."""
    return DomainError("year_unready", _("این سال هنوز بسته نمی‌شود: %(what)s.", what=what))


def year_order(year: str) -> DomainError:
    """Years are closed from the oldest on, and reopened from the latest back. `year`: the one that comes first."""
    return DomainError("year_order", _("نوبت سال %(year)s پیش از این سال است.", year=year))


def year_ahead() -> DomainError:
    """A year that has not begun."""
    return DomainError("year_ahead", _("این سال هنوز آغاز نشده است."))


def year_running() -> DomainError:
    """A year that is not over, and nobody said that she knows."""
    return DomainError(
        "year_running",
        _("این سال هنوز تمام نشده است؛ با بستن آن فروش امروز متوقف می‌شود. اگر می‌خواهید، تأیید کنید."),
        "confirmed",
    )


def reason_missing() -> Invalid:
    """A year that is reopened, and nobody says why."""
    return Invalid("reason_missing", _("بنویسید چرا این سال باز می‌شود."), "reason")
