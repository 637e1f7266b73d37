"""Offered times without a database: links, sentences, and which opening a time lies in."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.jalali import format_date, format_time, local_date
from ..availability.rules import Laid
from ..errors import time_gone
from ..rules import BookingItem
from .models import OfferState

STATE_LABELS = {
    OfferState.OPEN: _l("در انتظار پاسخ"),
    OfferState.TAKEN: _l("گرفت"),
    OfferState.DECLINED: _l("نپذیرفت"),
    OfferState.LAPSED: _l("پاسخ نداد"),
    OfferState.WITHDRAWN: _l("پس گرفته شد"),
}


@dataclass(frozen=True)
class Wish:
    """Whose wish an offer answers: of somebody on the waitlist, or of somebody who asked for a time."""

    branch_id: int
    customer_id: int
    entry_id: int | None = None
    request_id: int | None = None


class Opening(NamedTuple):
    """A free stretch of a person, in which a time lies."""

    staff_id: int
    opens_at: datetime
    closes_at: datetime

    def holds(self, staff_id: int, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a time of a person lies in it."""
        return staff_id == self.staff_id and self.opens_at <= starts_at and ends_at <= self.closes_at


class FreeTime(NamedTuple):
    """A free time that may be chosen: when, with whom, and as it is booked."""

    starts_at: datetime
    ends_at: datetime
    by: str
    booked: list[BookingItem]


class Told(NamedTuple):
    """What a message about an offered time says."""

    first_name: str
    salon: str
    services: str
    starts_at: datetime
    expires_at: datetime
    link: str  # empty: she is asked to call
    today: date


def fresh_token() -> str:
    """What a link ends in; nobody guesses 128 bits."""
    return secrets.token_urlsafe(16)


def hash_of(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(web_address: str, token: str) -> str:
    """The address of an offered time; empty where customers can't reach the salon's pages."""
    return f"{web_address.rstrip('/')}/o/{token}" if web_address else ""


def expiry_of(starts_at: datetime, minutes: int, now: datetime) -> datetime:
    """Until when a time is kept: so many minutes, and never beyond its begin."""
    return min(now + timedelta(minutes=minutes), starts_at)


def kept(laid: Iterable[Laid]) -> list[dict[str, Any]]:
    """A time as an offer keeps it."""
    return [
        {"service_id": one.service_id, "staff_id": one.staff_id, "starts_at": one.starts_at.isoformat()} for one in laid
    ]


def as_items(items: Sequence[dict[str, Any]]) -> list[BookingItem]:
    """The same as it is booked."""
    return [
        BookingItem(item["service_id"], item["staff_id"], datetime.fromisoformat(item["starts_at"])) for item in items
    ]


def opening_text(told: Told) -> str:
    """The SMS to somebody on the waitlist."""
    return "\n".join([_("%(name)s عزیز، وقت %(services)s %(when)s باز شد.", **_words(told)), _how(told), told.salon])


def proposal_text(told: Told) -> str:
    """The SMS to somebody who asked for a time that the salon can't give."""
    sentence = _("%(name)s عزیز، برای %(services)s %(when)s را پیشنهاد می‌کنیم.", **_words(told))
    return "\n".join([sentence, _how(told), told.salon])


def when(moment: datetime) -> str:
    """A day and a time in a sentence."""
    text: str = _("%(day)s ساعت %(time)s", day=format_date(local_date(moment), "long"), time=format_time(moment))
    return text


def until_when(moment: datetime, today: date) -> str:
    """Until when, in a sentence: its hour, and its day unless that is today."""
    if local_date(moment) == today:
        return str(_("ساعت %(time)s", time=format_time(moment)))
    return when(moment)


def _words(told: Told) -> dict[str, str]:
    return {"name": told.first_name, "services": told.services, "when": when(told.starts_at)}


def _how(told: Told) -> str:
    until = until_when(told.expires_at, told.today)
    if told.link:
        text: str = _("تا %(until)s برایتان نگه داشته‌ایم: %(link)s", until=until, link=told.link)
        return text
    return str(_("تا %(until)s برایتان نگه داشته‌ایم؛ با سالن تماس بگیرید.", until=until))


def chosen_of(times: Iterable[FreeTime], typed: str) -> FreeTime:
    """The time that was chosen of those that are free. Raises Invalid `time_gone` when it no more is."""
    for one in times:
        if one.starts_at.isoformat() == typed:
            return one
    raise time_gone()
