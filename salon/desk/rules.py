"""What the desk shows, without a database: near occasions, the next step of a visit, times of the wall clock."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..appointments.models import AppointmentStatus as S
from ..core.jalali import SALON_ZONE, anniversary, format_date, jalali_year
from ..core.pages import money
from ..core.text import persian_digits

NEAR = 14  # days ahead in which an occasion is worth a word

# The steps in the order of a visit, as their buttons say them.
STEPS: Mapping[S, object] = {
    S.CONFIRMED: _l("تأیید"),
    S.ARRIVED: _l("آمد"),
    S.IN_SERVICE: _l("شروع کار"),
    S.DONE: _l("پایان"),
    S.NO_SHOW: _l("نیامد"),
    S.CANCELLED: _l("لغو"),
}
BACK = _l("برگشت به رزرو")

_NEXT: Mapping[str, S] = {
    S.BOOKED: S.ARRIVED,
    S.CONFIRMED: S.ARRIVED,
    S.ARRIVED: S.IN_SERVICE,
    S.IN_SERVICE: S.DONE,
}


def next_step(status: str) -> S | None:
    """The one step that a visit takes next, if any."""
    return _NEXT.get(status)


def first_step(status: str, offered: Sequence[S]) -> S | None:
    """Which of the offered steps has the focus: the next one, else the first; None where none is offered."""
    return next((step for step in (next_step(status), *offered) if step in offered), None)


def asked_of_deposit(lies: int, *, kept: int) -> str:
    """What to ask before a booking is called off for which so many rials lie, of which so many stay here."""
    if not kept:
        return str(_("بیعانهٔ این نوبت %(lies)s است و همه‌اش برای مشتری می‌ماند. نوبت برداشته شود؟", lies=money(lies)))
    asked = _(
        "بیعانهٔ این نوبت %(lies)s است و %(kept)s آن برای سالن می‌ماند. نوبت برداشته شود؟",
        lies=money(lies),
        kept=money(kept),
    )
    return str(asked)


def told_of_deposit(label: str, *, kept: int, left: int) -> str:
    """What became of a booking's deposit when it was called off; rials kept here, and left to her."""
    parts = [label]
    if kept:
        parts.append(str(_("%(amount)s بیعانه برای سالن ماند", amount=money(kept))))
    if left:
        parts.append(str(_("%(amount)s بیعانه برای مشتری ماند", amount=money(left))))
    return "؛ ".join(parts)


def days_until(born: date, today: date) -> int:
    """Days until the day comes round again in the Jalali calendar; 0 today."""
    year = jalali_year(today)
    coming = anniversary(born, year)
    if coming < today:
        coming = anniversary(born, year + 1)
    return (coming - today).days


def near_birthday(born: date | None, today: date) -> str | None:
    """What to say of a birthday that is near."""
    days = days_until(born, today) if born else None
    if days is None or days > NEAR:
        return None
    if days == 0:
        return str(_("امروز تولدش است"))
    return str(_("تولدش %(when)s است", when=_when(days, today)))


def near_wedding(wedding: date | None, today: date) -> str | None:
    """What to say of a wedding day that is near."""
    days = days_until(wedding, today) if wedding else None
    if days is None or days > NEAR:
        return None
    if days == 0:
        return str(_("امروز سالگرد ازدواجش است"))
    return str(_("سالگرد ازدواجش %(when)s است", when=_when(days, today)))


def _when(days: int, today: date) -> str:
    if days == 1:
        return str(_("فردا"))
    if days < 7:
        return format_date(today + timedelta(days=days), "long").split(" ")[0]
    return str(_("%(days)s روز دیگر", days=persian_digits(str(days))))


def wall_clock(moment: datetime) -> str:
    """A moment as the salon's wall clock has it, for the board: 2026-11-21T10:30."""
    return moment.astimezone(SALON_ZONE).strftime("%Y-%m-%dT%H:%M")


def of_wall_clock(day: date, of_day: time) -> datetime:
    """The moment in UTC of a time on the salon's wall clock."""
    return datetime.combine(day, of_day, SALON_ZONE).astimezone(UTC)
