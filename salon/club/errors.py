"""Refusals about offers, member cards and sessions."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound
from ..core.money import group
from ..core.text import persian_digits

CARD_TAKEN = DomainError("card_taken", lazy_gettext("این کارت پیش‌تر برای کسی صادر شده است؛ کارت دیگری بکشید."), "raw")
REFUSALS = {"uq_member_card_number_hash": CARD_TAKEN}


def offer_unknown() -> NotFound:
    """The club has no such offer."""
    return NotFound("offer_unknown", _("این آفر پیدا نشد."))


def name_missing() -> Invalid:
    """An offer that nobody could speak of."""
    return Invalid("name_missing", _("نام آفر را بنویسید."), "name")


def step_missing() -> Invalid:
    """An offer of points that gives none."""
    return Invalid("step_missing", _("بنویسید هر چند ریال چند امتیاز دارد."), "step_amount")


def points_invalid(most: int) -> Invalid:
    """More points for a step than anybody can mean."""
    sentence = _("امتیاز هر گام حداکثر %(most)s است.", most=group(most))
    return Invalid("points_invalid", sentence, "points_per_step")


def percent_invalid() -> Invalid:
    """An offer of credit that gives none, or more than was paid."""
    return Invalid("percent_invalid", _("درصد اعتبار باید بیشتر از صفر و حداکثر ۱۰۰ باشد."), "percent_bp")


def days_invalid(field: str, most: int) -> Invalid:
    """Days before now, or farther away than anybody can mean."""
    sentence = _("تعداد روز عددی از صفر تا %(most)s است.", most=persian_digits(str(most)))
    return Invalid("days_invalid", sentence, field)


def priority_invalid(last: int) -> Invalid:
    """A place in the order of offers that is none."""
    sentence = _("نوبت بررسی عددی از صفر تا %(last)s است.", last=persian_digits(str(last)))
    return Invalid("priority_invalid", sentence, "priority")


def expires_before_usable() -> Invalid:
    """Value that ends before it can be used."""
    sentence = _("روز پایان اعتبار باید پس از روز قابل استفاده شدن آن باشد.")
    return Invalid("expires_before_usable", sentence, "expires_after_days")


def dates_reversed() -> Invalid:
    """An offer that ends before it begins."""
    return Invalid("dates_reversed", _("تاریخ پایان آفر پیش از آغاز آن است."), "ends_on")


def card_unknown() -> NotFound:
    """A card that was given to nobody."""
    return NotFound("card_unknown", _("این کارت به نام کسی نیست؛ مشتری را پیدا کنید و «صدور کارت» را بزنید."), "raw")


def card_unreadable() -> Invalid:
    """A swipe that lost some of its letters."""
    sentence = _("کارت خوانده نشد؛ آن را یکنواخت و با نوار مغناطیسی رو به دستگاه دوباره بکشید.")
    return Invalid("card_unreadable", sentence, "raw")


def bank_card() -> Invalid:
    """A card that pays; its number is nobody's business here."""
    return Invalid("bank_card", _("این کارت بانکی است؛ کارت عضویت باشگاه را بکشید."), "raw")


def sessions_invalid() -> Invalid:
    """No sessions, or more than anybody can mean."""
    return Invalid("sessions_invalid", _("تعداد جلسه باید بین ۱ و ۱۰٬۰۰۰ باشد."), "sessions")


def sessions_known() -> DomainError:
    """Other sessions stand for this customer and service already."""
    return DomainError("sessions_known", _("برای این مشتری و خدمت پیش‌تر ماندهٔ جلسه ثبت شده است."), "sessions")
