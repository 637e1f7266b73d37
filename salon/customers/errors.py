"""Refusals about customers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound
from ..core.text import persian_digits
from .models import Customer

CODE_TAKEN = DomainError("code_taken", lazy_gettext("این کد اشتراک را مشتری دیگری دارد."), "code")
# Two desks that add the same mobile at once: only then is the name of the other customer not known.
MOBILE_TAKEN = DomainError(
    "customer_exists",
    lazy_gettext("این موبایل همین حالا برای مشتری دیگری ثبت شد؛ او را با موبایلش پیدا کنید."),
    "mobile",
)
GROUP_EXISTS = DomainError("group_exists", lazy_gettext("گروه دیگری همین نام را دارد."), "name")
REFUSALS = {
    "uq_customer_code": CODE_TAKEN,
    "uq_customer_mobile": MOBILE_TAKEN,
    "uq_customer_group_name": GROUP_EXISTS,
}


def customer_exists(owner: Customer) -> DomainError:
    """The mobile is known already, and not said to be shared."""
    sentence = _(
        "این موبایل برای %(name)s (کد %(code)s) ثبت شده است. اگر هر دو با آن تماس می‌گیرند، «موبایل مشترک» را بزنید.",
        name=owner.full_name,
        code=persian_digits(owner.code),
    )
    return DomainError("customer_exists", sentence, "mobile")


def customer_unknown() -> NotFound:
    """Nobody has this number or code."""
    return NotFound("customer_unknown", _("چنین مشتری‌ای نیست."), "customer_id")


def customer_missing() -> Invalid:
    """What is done for a customer needs one."""
    return Invalid("customer_missing", _("مشتری را پیدا کنید یا تازه بنویسید."), "customer_id")


def mobile_missing() -> Invalid:
    """Only a walk-in is let in without a mobile."""
    return Invalid("mobile_missing", _("موبایل را بنویسید، یا «مشتری گذری» را بزنید."), "mobile")


def first_name_missing() -> Invalid:
    """Somebody whom nobody could call."""
    return Invalid("first_name_missing", _("نام مشتری را بنویسید."), "first_name")


def day_ahead(field: str) -> Invalid:
    """A birthday or wedding that has not come yet."""
    return Invalid("day_ahead", _("این روز هنوز نیامده است."), field)


def debt_limit_invalid() -> Invalid:
    """A limit below nought."""
    return Invalid("debt_limit_invalid", _("سقف بدهی نمی‌تواند منفی باشد."), "debt_limit")


def group_unknown() -> NotFound:
    """The salon has no such group of customers."""
    return NotFound("group_unknown", _("چنین گروهی نیست."), "group_id")
