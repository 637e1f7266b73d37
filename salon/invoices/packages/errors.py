"""What selling and using sessions refuses. `at`: the line, as `lines.N`."""

from flask_babel import gettext as _

from ...core.errors import Invalid


def package_missing(at: str) -> Invalid:
    """A package that is not offered."""
    return Invalid("package_unknown", _("این بسته پیدا نشد یا دیگر فروخته نمی‌شود."), f"{at}.package_id")


def series_unknown(at: str) -> Invalid:
    """Sessions that she never bought."""
    return Invalid("series_unknown", _("این مشتری چنین جلسه‌هایی نخریده است."), f"{at}.series_line_id")


def package_used_up(at: str) -> Invalid:
    """No session is left."""
    sentence = _("از این بسته جلسه‌ای نمانده است؛ ردیف را بردارید و خدمت را با قیمتش بنویسید.")
    return Invalid("package_used_up", sentence, f"{at}.series_line_id")


def package_expired(at: str) -> Invalid:
    """The last day of the sessions is over."""
    sentence = _("مهلت جلسه‌های این بسته گذشته است؛ ردیف را بردارید و خدمت را با قیمتش بنویسید.")
    return Invalid("package_expired", sentence, f"{at}.series_line_id")
