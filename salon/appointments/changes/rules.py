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
    NOTE = "note"
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
        | ({"price": item.price} if isinstance(item, AppointmentItem) and item.price is not None else {})
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
    if what == What.NOTE:
        was, now_is = before.get("note") or "—", after.get("note") or "—"
        return str(_("یادداشتش عوض شد: از «%(was)s» به «%(now_is)s»", was=was, now_is=now_is))
    if what == What.BOOKED:
        said = str(_("رزرو شد: %(visit)s", visit=_visit_told(after, names)))
    else:
        said = _changed_told(what, before, after, names)
    more = [_("بی تست حساسیت")] if after.get("without_patch_test") else []
    if _touch_ups(before) != _touch_ups(after):
        more.append(_("به قیمت ترمیم") if _touch_ups(after) else _("دیگر نه به قیمت ترمیم"))
    return f"{said} ({'، '.join(more)})" if more else said


def _touch_ups(facts: Facts) -> list[tuple[int, int]]:
    """The services with an agreed price, in rials."""
    return sorted((item["service_id"], item["price"]) for item in facts.get("items") or () if "price" in item)


def _changed_told(what: str, before: Facts, after: Facts, names: Names) -> str:
    """What it was and what it became; of the same services by the same people only the times."""
    if _of_what(before) == _of_what(after):
        was, now_is = _times_told(before), _times_told(after)
    else:
        was, now_is = _visit_told(before, names), _visit_told(after, names)
    return _first_word(what) + " " + str(_("از %(was)s به %(now_is)s", was=was, now_is=now_is))


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


def _visit_told(facts: Facts, names: Names) -> str:
    """The times, then each service with its person."""
    services = "، ".join(
        f"{names.services.get(service_id, '—')} · {names.people.get(staff_id, '—')}"
        for service_id, staff_id in _of_what(facts)
    )
    return f"{_times_told(facts)} {services}".strip()


def _times_told(facts: Facts) -> str:
    """The day, from when to when."""
    items = facts.get("items") or []
    if not items:
        return "—"
    begins = min(datetime.fromisoformat(item["starts_at"]) for item in items)
    ends = max(datetime.fromisoformat(item["ends_at"]) for item in items)
    day = format_date(local_date(begins), "short")
    return str(_("%(day)s %(first)s تا %(last)s", day=day, first=format_time(begins), last=format_time(ends)))


def _of_what(facts: Facts) -> list[tuple[int, int]]:
    return [(item["service_id"], item["staff_id"]) for item in facts.get("items") or ()]
