"""What is worth a word before somebody is booked; each as the desk says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations
from typing import Literal

from flask_babel import gettext as _

from ...core.hours import hours_and_minutes
from ...core.jalali import format_date, format_time
from ...core.pages import money, unit
from ...core.text import persian_digits
from ..availability.rules import Laid
from ..patch_tests.rules import Trouble, patch_sentence
from ..record.rules import Record

Severity = Literal["warning", "stop"]


class Code(StrEnum):
    """What a notice is about."""

    SAME_TIME = "same_time"
    OWN_OVERLAP = "own_overlap"
    NOT_HERS = "not_hers"
    MISSED_BEFORE = "missed_before"
    DEPOSIT_ASKED = "deposit_asked"
    PATCH_TEST_MISSING = "patch_test_missing"
    PATCH_TEST_REACTION = "patch_test_reaction"
    SHORT_NOTICE = "short_notice"
    TOO_FAR = "too_far"
    TOUCH_UP = "touch_up"


@dataclass(frozen=True)
class Notice:
    """A word about a wanted booking. `warning`: it may be booked all the same; `stop`: not without more ado."""

    code: str
    sentence: str
    severity: Severity = "warning"
    service_id: int | None = None


def same_time(starts_at: datetime, service: str) -> Notice:
    """She is booked for something else then."""
    when = format_time(starts_at)
    return Notice(
        Code.SAME_TIME, _("در همین زمان نوبت دیگری دارد: %(service)s ساعت %(time)s.", service=service, time=when)
    )


def own_overlap() -> Notice:
    """One service of the visit goes on while she is to be at another."""
    return Notice(Code.OWN_OVERLAP, _("دو خدمت همین نوبت روی هم افتاده‌اند؛ مشتری هم‌زمان به هر دو نمی‌رسد."))


def not_hers(service_id: int, service: str, person: str) -> Notice:
    """Somebody is named for a service that others do."""
    told = _("«%(service)s» از خدمت‌های %(person)s نیست.", service=service, person=person)
    return Notice(Code.NOT_HERS, told, service_id=service_id)


def missed_before(record: Record) -> Notice:
    """She did not come, or called off late."""
    return Notice(Code.MISSED_BEFORE, record.sentence + ".")


def deposit_wanted(amount: int) -> Notice:
    """The salon's ladder asks a deposit of her; rials."""
    told = _("به خاطر همین، %(amount)s %(unit)s بیعانه بگیرید.", amount=money(amount), unit=unit())
    return Notice(Code.DEPOSIT_ASKED, told)


def short_notice(service_id: int, service: str, minutes: int) -> Notice:
    """It begins sooner than the service asks."""
    told = _("«%(service)s» دست‌کم %(time)s جلوتر رزرو می‌شود.", service=service, time=span_of(minutes))
    return Notice(Code.SHORT_NOTICE, told, service_id=service_id)


def too_far(service_id: int, service: str, days: int) -> Notice:
    """It lies beyond the furthest day of the service."""
    told = _("«%(service)s» تا %(days)s روز آینده رزرو می‌شود.", service=service, days=_fa(days))
    return Notice(Code.TOO_FAR, told, service_id=service_id)


def touch_up(service_id: int, service: str, price: int, until: date) -> Notice:
    """The price of a touch-up counts; rials."""
    told = _(
        "«%(service)s» تا %(day)s ترمیم است: %(price)s %(unit)s.",
        service=service,
        day=format_date(until, "short"),
        price=money(price),
        unit=unit(),
    )
    return Notice(Code.TOUCH_UP, told, service_id=service_id)


def patch_notice(service_id: int, service: str, trouble: Trouble, hours: int | None) -> Notice:
    """A patch test stands against it, or the want of one; `hours`: so long before the visit it is made."""
    code = Code.PATCH_TEST_REACTION if trouble == Trouble.REACTION else Code.PATCH_TEST_MISSING
    return Notice(code, patch_sentence(service, trouble, hours), "stop", service_id)


def overlaps_itself(laid: Sequence[Laid]) -> bool:
    """Whether she is to be at two services at a time that don't begin together, as those side by side do."""
    return any(
        one.comes_at != other.comes_at and one.comes_at < other.leaves_at and other.comes_at < one.leaves_at
        for one, other in combinations(laid, 2)
    )


def span_of(minutes: int) -> str:
    """Minutes as people say them: «۲ روز», «۳ ساعت», «۴۵ دقیقه», «۱:۳۰ ساعت»."""
    if minutes and minutes % (24 * 60) == 0:
        return str(_("%(count)s روز", count=_fa(minutes // (24 * 60))))
    if minutes >= 60:
        whole = _fa(minutes // 60) if minutes % 60 == 0 else hours_and_minutes(minutes)
        return str(_("%(count)s ساعت", count=whole))
    return str(_("%(count)s دقیقه", count=_fa(minutes)))


def _fa(number: int | None) -> str:
    return persian_digits(str(number))
