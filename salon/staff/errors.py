"""Refusals about the people who serve."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound

CODE_TAKEN = DomainError("staff_exists", lazy_gettext("این کد را یکی دیگر از پرسنل دارد."), "code")
LEVEL_EXISTS = DomainError("level_exists", lazy_gettext("سطح دیگری همین نام را دارد."), "name")
LINE_EXISTS = DomainError("line_exists", lazy_gettext("لاین دیگری همین نام را دارد."), "name")
REFUSALS = {
    "uq_staff_member_branch_id_code": CODE_TAKEN,
    "uq_staff_level_name": LEVEL_EXISTS,
    "uq_line_branch_id_name": LINE_EXISTS,
}


def staff_unknown() -> NotFound:
    """Nobody serves here under this number."""
    return NotFound("staff_unknown", _("چنین کسی در پرسنل نیست."), "staff_id")


def staff_inactive() -> Invalid:
    """She serves here no more."""
    return Invalid("staff_inactive", _("این همکار دیگر نوبت نمی‌گیرد؛ کس دیگری را انتخاب کنید."), "staff_id")


def color_invalid() -> Invalid:
    """Not a colour."""
    return Invalid("color_invalid", _("رنگ را برگزینید."), "color")


def hours_invalid(field: str = "ends_at") -> Invalid:
    """A day's work that ends before it begins."""
    return Invalid("hours_invalid", _("پایان کار باید پس از آغاز آن باشد."), field)


def level_unknown() -> NotFound:
    """The salon has no such level."""
    return NotFound("level_unknown", _("چنین سطحی نیست."), "level_id")


def line_unknown() -> NotFound:
    """The salon has no such line."""
    return NotFound("line_unknown", _("چنین لاینی نیست."), "line_id")


def share_invalid() -> Invalid:
    """An assistant's share outside nought to one hundred percent."""
    return Invalid("share_invalid", _("سهم، درصدی از صفر تا صد است."), "share_bp")


def scheme_unknown() -> NotFound:
    """The salon has no such scheme of pay."""
    return NotFound("scheme_unknown", _("چنین الگوی پرداختی نیست."), "scheme_id")
