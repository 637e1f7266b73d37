"""Why a booked service can't be longer, and where it could be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _

from ...core.errors import DomainError
from ...core.jalali import day_range, format_time, local_date
from ...staff.queries import staff_member
from ..availability.queries import fits
from ..availability.rules import Asked, Laid, starts_of
from ..calendar.queries import WINDOW, Calendar, calendar
from ..errors import SlotTaken
from ..minutes.rules import minutes_between, on_grid
from ..refusals.queries import NEAREST, why_not
from .rules import with_length

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def refusal_of_stretch(asked: Asked, laid: Laid, now: datetime) -> DomainError:
    """What is in the way of a service that is to be so long, until when there is room, and when it fits that day."""
    day = local_date(laid.starts_at)
    known = calendar(asked, day, day + _DAY, now)
    near = sorted(_starts(known, laid, now), key=lambda start: abs(start - laid.starts_at))[:NEAREST]
    told = [why_not(asked, laid, staff_member(laid.staff_id).name, now)]
    room = _room(known, laid)
    if room is not None:
        told.append(_("تا %(time)s جا دارد", time=format_time(room)))
    if near:
        told.append(_("با این طول، نزدیک‌ترین: %(time)s", time=format_time(near[0])))
    return SlotTaken("؛ ".join(told), sorted(near))


def _starts(known: Calendar, laid: Laid, now: datetime) -> Iterator[datetime]:
    """The moments of that day, from now on, at which it fits as long as it is."""
    midnight, after = day_range(local_date(laid.starts_at))
    rooms = [known.rooms(resource, midnight)[0] for resource in laid.resource_ids]
    starts = starts_of(laid.shape, known.free(laid.staff_id, midnight), WINDOW, rooms)
    first = max(minutes_between(midnight, now, up=True), 0)
    for minute in on_grid(starts, known.grid, first, minutes_between(midnight, after)):
        yield midnight.astimezone(UTC) + minute * _MINUTE


def _room(known: Calendar, laid: Laid) -> datetime | None:
    """The latest end on the grid at which it fits from where it begins, if there is any."""
    for minutes in range(laid.shape.length - known.grid, 0, -known.grid):
        try:
            shorter = with_length(laid, minutes)
        except DomainError:
            return None
        if fits(known, shorter):
            return shorter.ends_at
    return None
