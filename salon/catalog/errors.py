"""Refusals about services and products."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound

SERVICE_EXISTS = DomainError("service_exists", lazy_gettext("این کد را خدمت دیگری دارد."), "code")
PRODUCT_EXISTS = DomainError("product_exists", lazy_gettext("این کد را کالای دیگری دارد."), "code")
REFUSALS = {"uq_service_code": SERVICE_EXISTS, "uq_product_code": PRODUCT_EXISTS}


def service_unknown() -> NotFound:
    """The salon has no such service."""
    return NotFound("service_unknown", _("چنین خدمتی نیست."), "service_id")


def service_inactive() -> Invalid:
    """The salon sells this service no more."""
    return Invalid("service_inactive", _("این خدمت دیگر ارائه نمی‌شود؛ خدمت دیگری انتخاب کنید."), "service_id")


def product_unknown() -> NotFound:
    """The salon has no such product."""
    return NotFound("product_unknown", _("چنین کالایی نیست."), "product_id")


def name_missing() -> Invalid:
    """A thing to sell without a name."""
    return Invalid("name_missing", _("نام را بنویسید."), "name")


def price_invalid() -> Invalid:
    """A price below nought."""
    return Invalid("price_invalid", _("قیمت نمی‌تواند منفی باشد."), "price")


def price_range_invalid() -> Invalid:
    """A range of prices that ends below its beginning."""
    return Invalid("price_range_invalid", _("سقف قیمت از خود قیمت کمتر است."), "price_to")


def duration_invalid() -> Invalid:
    """A service that takes no time, or a whole day."""
    return Invalid("duration_invalid", _("مدت، از یک دقیقه تا کمتر از یک شبانه‌روز است."), "duration")
