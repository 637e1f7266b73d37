"""A mobile number that somebody typed: the one rule, and the one sentence, for every place that takes one."""

from flask_babel import gettext as _

from .errors import Invalid
from .text import normalise_mobile


def mobile_of(typed: str | None) -> str | None:
    """The mobile as `09xxxxxxxxx`, None when nothing was typed. Raises Invalid mobile_invalid."""
    if not typed or not typed.strip():
        return None
    mobile = normalise_mobile(typed)
    if mobile is None:
        raise Invalid("mobile_invalid", _("شمارهٔ موبایل درست نیست؛ مانند ۰۹۱۲۱۲۳۴۵۶۷ بنویسید."), "mobile")
    return mobile
