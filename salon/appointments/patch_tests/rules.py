"""Whether a patch test lets a service be done at a time. No database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from flask_babel import gettext as _

from ...catalog.booking_rules.rules import Rules
from ...core.jalali import add_months, local_date
from ...core.text import persian_digits
from ..models import PatchResult


class Tested(NamedTuple):
    """A patch test that is on file."""

    service_id: int
    tested_at: datetime
    result: str


class Trouble(StrEnum):
    """Why a service may not be done."""

    MISSING = "missing"
    TOO_LATE = "too_late"  # made, but not so many hours before
    TOO_OLD = "too_old"
    REACTION = "reaction"


def trouble_with(rules: Rules, tests: Sequence[Tested], starts_at: datetime) -> Trouble | None:
    """What stands against a service at a time; `tests`: hers of this service, the latest first.

    The latest test decides: after a reaction nothing goes, whether the service asks for a test or not.
    """
    if tests and tests[0].result == PatchResult.REACTION:
        return Trouble.REACTION
    if rules.patch_hours is None:
        return None
    if not tests:
        return Trouble.MISSING
    in_time = [test for test in tests if test.tested_at <= starts_at - timedelta(hours=rules.patch_hours)]
    if not in_time:
        return Trouble.TOO_LATE
    return Trouble.TOO_OLD if _is_old(in_time[0], rules, starts_at) else None


def patch_sentence(service: str, trouble: Trouble, hours: int | None) -> str:
    """What stands against a service, as the desk says it."""
    if trouble == Trouble.REACTION:
        return str(_("در تست حساسیت «%(service)s» واکنش داشته است؛ این خدمت برایش انجام نمی‌شود.", service=service))
    if trouble == Trouble.TOO_OLD:
        return str(_("تست حساسیت «%(service)s» قدیمی است؛ دوباره تست بگیرید.", service=service))
    if trouble == Trouble.TOO_LATE:
        told = _(
            "تست حساسیت «%(service)s» باید دست‌کم %(hours)s ساعت پیش از نوبت باشد.", service=service, hours=_fa(hours)
        )
        return str(told)
    if not hours:
        return str(_("«%(service)s» تست حساسیت می‌خواهد و ثبت نشده است.", service=service))
    told = _(
        "«%(service)s» تست حساسیت می‌خواهد (دست‌کم %(hours)s ساعت پیش از نوبت) و ثبت نشده است.",
        service=service,
        hours=_fa(hours),
    )
    return str(told)


def _is_old(test: Tested, rules: Rules, starts_at: datetime) -> bool:
    if rules.patch_months is None:
        return False
    return local_date(test.tested_at) < add_months(local_date(starts_at), -rules.patch_months)


def _fa(number: int | None) -> str:
    return persian_digits(str(number))
