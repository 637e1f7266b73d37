"""Refusals about services and products."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound

SERVICE_EXISTS = DomainError("service_exists", lazy_gettext("این کد را خدمت دیگری دارد."), "code")
PRODUCT_EXISTS = DomainError("product_exists", lazy_gettext("این کد را کالای دیگری دارد."), "code")
PRICE_LIST_EXISTS = DomainError("price_list_exists", lazy_gettext("لیست قیمت دیگری همین نام را دارد."), "name")
RESOURCE_EXISTS = DomainError("resource_exists", lazy_gettext("اتاق، صندلی یا دستگاه دیگری همین نام را دارد."), "name")
REFUSALS = {
    "uq_resource_branch_id_name": RESOURCE_EXISTS,
    "uq_service_code": SERVICE_EXISTS,
    "uq_product_code": PRODUCT_EXISTS,
    "uq_price_list_name": PRICE_LIST_EXISTS,
}


def service_unknown() -> NotFound:
    """The salon has no such service."""
    return NotFound("service_unknown", _("چنین خدمتی نیست."), "service_id")


def service_inactive() -> Invalid:
    """The salon sells this service no more."""
    return Invalid("service_inactive", _("این خدمت دیگر ارائه نمی‌شود؛ خدمت دیگری انتخاب کنید."), "service_id")


def product_unknown() -> NotFound:
    """The salon has no such product."""
    return NotFound("product_unknown", _("چنین کالایی نیست."), "product_id")


def price_invalid() -> Invalid:
    """A price below nought, or beyond all measure: the till would not sell at it."""
    return Invalid("price_invalid", _("قیمت نمی‌تواند منفی یا بیش از ۱۰۰ میلیارد تومان باشد."), "price")


def materials_invalid() -> Invalid:
    """Materials that cost less than nothing."""
    return Invalid("materials_invalid", _("هزینهٔ مواد نمی‌تواند منفی باشد."), "materials")


def price_range_invalid() -> Invalid:
    """A range of prices that ends below its beginning."""
    return Invalid("price_range_invalid", _("سقف قیمت از خود قیمت کمتر است."), "price_to")


def duration_invalid() -> Invalid:
    """A service that takes no time, or a whole day."""
    return Invalid("duration_invalid", _("مدت، از یک دقیقه تا کمتر از یک شبانه‌روز است."), "duration")


def price_list_unknown() -> NotFound:
    """The salon has no such price list."""
    return NotFound("price_list_unknown", _("چنین لیست قیمتی نیست."), "list_id")


def things_unknown() -> Invalid:
    """A list that names what the salon doesn't sell."""
    return Invalid("things_unknown", _("این خدمت یا کالا در سالن نیست."), "prices")


def days_invalid() -> Invalid:
    """Days that end before they begin."""
    return Invalid("days_invalid", _("روز پایان پیش از روز آغاز است."), "ends_on")


def low_stock_invalid() -> Invalid:
    """A warning below nought pieces."""
    return Invalid("low_stock_invalid", _("تعداد هشدار نمی‌تواند منفی باشد."), "low_stock")


def phases_invalid() -> Invalid:
    """Phases in which nobody works, or that take no time or a whole day."""
    sentence = _("مرحله‌ها دست‌کم یک مرحلهٔ کار می‌خواهند، هر یک از یک دقیقه به بالا و روی هم کمتر از یک شبانه‌روز.")
    return Invalid("phases_invalid", sentence, "phases")


def resource_unknown() -> Invalid:
    """The salon has no such room, chair or device."""
    return Invalid("resource_unknown", _("چنین اتاق، صندلی یا دستگاهی نیست."), "resources")


def resource_not_found() -> NotFound:
    """The branch has no such room, chair or device."""
    return NotFound("resource_unknown", _("چنین اتاق، صندلی یا دستگاهی نیست."), "resource_id")


def extra_invalid(field: str = "minutes") -> Invalid:
    """More minutes more, or fewer, than a working day has."""
    return Invalid("extra_invalid", _("دقیقه‌ها از ۷۲۰ بیشتر نمی‌شود."), field)


def extra_of_nobody() -> Invalid:
    """Nobody has this mobile number."""
    return Invalid("customer_unknown", _("مشتری‌ای با این موبایل نیست."), "mobile")


def capacity_invalid() -> Invalid:
    """Room for nobody, or for more than a salon holds."""
    return Invalid("capacity_invalid", _("گنجایش از ۱ تا ۱۰۰ نفر است."), "capacity")


def rule_invalid(field: str) -> Invalid:
    """A notice, a furthest day or a patch test that no salon could mean."""
    return Invalid("rule_invalid", _("این عدد برای قواعد نوبت درست نیست."), field)


def touch_up_invalid() -> Invalid:
    """A touch-up of itself, of one service twice, or within no days."""
    sentence = _("ترمیمِ چه خدمتی، تا چند روز (۱ تا ۷۳۰) و به چه قیمتی را درست بنویسید؛ هر خدمت یک بار.")
    return Invalid("touch_up_invalid", sentence, "touch_ups")
