"""Refusals about the salon's profile and its branches."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound

BRANCH_EXISTS = DomainError("branch_exists", lazy_gettext("شعبهٔ دیگری همین نام را دارد."), "name")
SALE_KIND_EXISTS = DomainError("sale_kind_exists", lazy_gettext("نوع فروش دیگری همین نام را دارد."), "name")
CLOSED_DAY_EXISTS = DomainError("closed_day_exists", lazy_gettext("سالن این روز پیش‌تر تعطیل شده است."), "day")
REFUSALS = {
    "uq_branch_name": BRANCH_EXISTS,
    "uq_sale_kind_name": SALE_KIND_EXISTS,
    "uq_closed_day_branch_id_day": CLOSED_DAY_EXISTS,
}


def salon_missing() -> NotFound:
    """Nobody has set this salon up yet."""
    return NotFound("salon_missing", _("این سالن هنوز راه‌اندازی نشده است."))


def salon_exists() -> DomainError:
    """A salon is set up once."""
    return DomainError("salon_exists", _("این سالن پیش‌تر راه‌اندازی شده است."))


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


def grid_invalid() -> Invalid:
    """Times so far apart that they don't fall on whole hours, or that no clock shows."""
    return Invalid("grid_invalid", _("فاصلهٔ زمان‌ها ۵، ۱۰، ۱۵، ۲۰ یا ۳۰ دقیقه است."), "grid_minutes")


def hold_invalid() -> Invalid:
    """A time kept for nobody, or for so long that it is lost to others."""
    return Invalid("hold_invalid", _("یک زمان از ۱ تا ۶۰ دقیقه نگه داشته می‌شود."), "hold_minutes")


def branch_unknown() -> NotFound:
    """The salon has no such branch."""
    return NotFound("branch_unknown", _("چنین شعبه‌ای نیست."), "branch_id")


def branch_last() -> DomainError:
    """A salon works somewhere."""
    return DomainError("branch_last", _("تنها شعبهٔ باز سالن است؛ نخست شعبهٔ دیگری باز کنید."), "active")


def branch_in_use() -> DomainError:
    """Somebody still works in the branch."""
    sentence = _("هنوز کاربرانی در این شعبه کار می‌کنند؛ نخست آن‌ها را به شعبهٔ دیگری ببرید.")
    return DomainError("branch_in_use", sentence, "active")


def sale_kind_unknown() -> NotFound:
    """The salon has no such kind of sale."""
    return NotFound("sale_kind_unknown", _("چنین نوع فروشی نیست."), "sale_kind_id")


def ladder_invalid() -> Invalid:
    """Half of a deposit would go back sooner than all of it."""
    sentence = _("ساعت برگشت نیمی از بیعانه بیشتر از ساعت برگشت همهٔ آن نمی‌شود.")
    return Invalid("ladder_invalid", sentence, "deposit_half_hours")


def offer_minutes_invalid() -> Invalid:
    """A time that is kept too short for anybody to answer, or longer than a day."""
    return Invalid("offer_minutes_invalid", _("از ۵ دقیقه تا یک شبانه‌روز."), "offer_minutes")


def web_address_invalid() -> Invalid:
    """Nothing that a link could begin with."""
    return Invalid("web_address_invalid", _("نشانی را مانند https://salon.example بنویسید."), "web_address")


def closed_day_unknown() -> NotFound:
    """The branch named no such day."""
    return NotFound("closed_day_unknown", _("چنین روز تعطیلی نیست."), "closed_day_id")


def holiday_unknown() -> NotFound:
    """No official day off, or none that the moon decides on."""
    return NotFound("holiday_unknown", _("چنین تعطیل رسمی‌ای نیست."), "code")


def holiday_shift_invalid() -> Invalid:
    """Further from the reckoned day than the moon ever is."""
    return Invalid("holiday_shift_invalid", _("روز قمری بیش از دو روز جابه‌جا نمی‌شود."), "days")
