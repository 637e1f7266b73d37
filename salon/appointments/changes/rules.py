"""What happens to bookings, and how it is told. No database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import gettext as _

from ...core.jalali import format_date, format_time, local_date
from ..availability.rules import Laid
from ..models import AppointmentItem
from ..rules import status_label


class What(StrEnum):
    """What happened to a booking."""

    BOOKED = "booked"
    MOVED = "moved"
    STRETCHED = "stretched"
    SERVICES = "services"  # it got others
    STATUS = "status"
    REOPENED = "reopened"  # it was over


Facts = dict[str, Any]


def facts_of(items: Sequence[AppointmentItem | Laid]) -> Facts:
    """The services of a booking with their people and times, as they are kept in its history."""
    told = [
        {
            "service_id": item.service_id,
            "staff_id": item.staff_id,
            "starts_at": item.starts_at.isoformat(),
            "ends_at": item.ends_at.isoformat(),
        }
        for item in sorted(items, key=lambda item: (item.starts_at, item.service_id))
    ]
    return {"items": told}


class Names(NamedTuple):
    """How services and people are called."""

    services: Mapping[int, str]
    people: Mapping[int, str]


def told(what: str, before: Facts, after: Facts, names: Names) -> str:
    """A change in one line of Persian."""
    if what in {What.STATUS, What.REOPENED}:
        return _status_told(what, before, after)
    now_is = _items_told(after, names)
    if what == What.BOOKED:
        said = str(_("رزرو شد: %(visit)s", visit=now_is))
    else:
        was = _items_told(before, names)
        said = str(_first_word(what)) + str(_(" از %(was)s به %(now_is)s", was=was, now_is=now_is))
    return f"{said} ({_('بی تست حساسیت')})" if after.get("without_patch_test") else said


def _first_word(what: str) -> str:
    words = {
        What.MOVED: _("جابه‌جا شد:"),
        What.STRETCHED: _("مدتش عوض شد:"),
        What.SERVICES: _("خدماتش عوض شد:"),
    }
    return str(words.get(What(what), _("عوض شد:")) if what in set(What) else _("عوض شد:"))


def _status_told(what: str, before: Facts, after: Facts) -> str:
    label = status_label(after.get("status", ""))
    if what == What.REOPENED:
        return str(_("«%(was)s» باز شد: %(label)s", was=status_label(before.get("status", "")), label=label))
    if after.get("by_invoice"):
        return str(_("%(label)s، با فاکتور", label=label))
    return str(_("%(label)s، لغو دیر", label=label)) if after.get("late") else label


def _items_told(facts: Facts, names: Names) -> str:
    """The day, from when to when, then each service with its person."""
    items = facts.get("items") or []
    if not items:
        return "—"
    begins = min(datetime.fromisoformat(item["starts_at"]) for item in items)
    ends = max(datetime.fromisoformat(item["ends_at"]) for item in items)
    services = "، ".join(
        f"{names.services.get(item['service_id'], '—')} · {names.people.get(item['staff_id'], '—')}" for item in items
    )
    return f"{format_date(local_date(begins), 'short')} {format_time(begins)}–{format_time(ends)} {services}"
