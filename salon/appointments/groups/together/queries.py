"""Times at which all of a group can be served, and the shifts by which a whole group can be moved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flask_babel import gettext as _

from ....core.errors import DomainError
from ....core.jalali import day_range, format_time, local_date, start_of_day
from ...availability.queries import fits, wanted_of
from ...availability.rules import Asked, Laid, Order, Placed, Search
from ...calendar.queries import Calendar, calendar
from ...errors import items_missing, taken
from ...minutes.rules import minutes_between, on_grid
from ...rules import BookingItem, to_the_minute
from ..errors import member_unknown, parties_twice
from ..rules import GroupOffer, GroupSearch, Together

NEAREST = 5  # times that a refusal names
MOST_DAYS = 31  # that one question looks at
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def check_parties(wanted: Together, members: set[int]) -> None:
    """Raises Invalid `parties_twice`, `items_missing`, `member_unknown`."""
    customers = [party.customer_id for party in wanted.parties]
    if len(set(customers)) < len(customers):
        raise parties_twice()
    if not customers or not all(party.items for party in wanted.parties):
        raise items_missing()
    if not members.issuperset(customers):
        raise member_unknown()


def group_offers(wanted: Together, first: datetime, before: datetime, limit: int, now: datetime) -> list[GroupOffer]:
    """The first times from `first` to `before` at which everybody of a group can be served, from now on only.

    Raises NotFound `service_unknown`, `staff_unknown`; Invalid `service_inactive`, `staff_inactive`.
    """
    first = max(first, now)
    before = min(before, first + MOST_DAYS * _DAY)
    found: list[GroupOffer] = []
    day = local_date(first)
    while first < before and len(found) < limit and start_of_day(day) < before:
        for offer in _of_day(wanted, day, first, before, now):
            found.append(offer)
            if len(found) == limit:
                break
        day += _DAY
    return found


def group_offer_at(wanted: Together, starts_at: datetime, now: datetime) -> GroupOffer | None:
    """Everybody of a group served from this moment on, whatever the grid; None where somebody finds no time.

    Where somebody's place is prepared first, the others begin when she comes.
    """
    moment = to_the_minute(starts_at)
    day = local_date(moment)
    search, midnight = _search(wanted, _known(wanted, day, now), day)
    minute = minutes_between(midnight, moment)
    for start in range(minute, minute + _longest_lead(search) + 1):
        placed = search.at(start) if search.starts >> start & 1 else None
        if placed is not None and min(one.starts for one in placed) == minute:
            return _offer(wanted, placed, midnight)
    return None


def refusal_of_group(wanted: Together, starts_at: datetime, now: datetime) -> DomainError:
    """That not everybody can be served then, with the nearest times of that day at which all can."""
    near = sorted(
        (offer.starts_at for offer in group_offers(wanted, *day_range(local_date(starts_at)), 10_000, now)),
        key=lambda moment: abs(moment - starts_at),
    )
    near = sorted(near[:NEAREST])
    said = _("در ساعت %(time)s همه با هم جا نمی‌شوند", time=format_time(starts_at))
    return taken(said, list(map(format_time, near)), near)


def misfits(asked: Asked, laid: Sequence[Laid], later: timedelta, now: datetime) -> list[Laid]:
    """Which services of bookings cannot be so much later; what the bookings hold themselves is in nobody's way."""
    moved = [one.later_by(later) for one in laid]
    known = _around(asked, moved, now)
    return [one for one, then in zip(laid, moved, strict=True) if not fits(known, then)]


def nearest_shifts(asked: Asked, laid: Sequence[Laid], later: timedelta, now: datetime) -> list[datetime]:
    """The begins nearest to a refused one, on the same day, at which all of these services fit together."""
    begins = min(one.starts_at for one in laid)
    wanted = begins + later
    first, before = day_range(local_date(wanted))
    known = _around(asked, [one.later_by(later) for one in laid], now)
    found: list[datetime] = []
    for minute in sorted(
        range(0, minutes_between(first, before), known.grid), key=lambda at: abs(first + at * _MINUTE - wanted)
    ):
        moment = first + minute * _MINUTE
        if moment >= now and all(fits(known, one) for one in [one.later_by(moment - begins) for one in laid]):
            found.append(moment)
            if len(found) == NEAREST:
                break
    return sorted(found)


def _around(asked: Asked, laid: Sequence[Laid], now: datetime) -> Calendar:
    """What is known of the days of these services, and of those beside them."""
    days = [local_date(one.starts_at) for one in laid]
    items = [BookingItem(one.service_id, one.staff_id) for one in laid]
    return calendar(replace(asked, items=items), min(days) - _DAY, max(days) + 2 * _DAY, now)


def _of_day(wanted: Together, day: date, first: datetime, before: datetime, now: datetime) -> Iterator[GroupOffer]:
    known = _known(wanted, day, now)
    search, midnight = _search(wanted, known, day)
    last = min(before, start_of_day(day + _DAY))
    begins, ends = (minutes_between(midnight, moment, up=True) for moment in (first, last))
    for start in on_grid(search.starts, known.grid, max(begins, 0), ends):
        placed = search.at(start)
        if placed is not None:
            yield _offer(wanted, placed, midnight)


def _asked(wanted: Together) -> Asked:
    return Asked(wanted.branch_id, wanted.items, own_items=wanted.own_items)


def _known(wanted: Together, day: date, now: datetime) -> Calendar:
    return calendar(_asked(wanted), day, day + _DAY, now)


def _search(wanted: Together, known: Calendar, day: date) -> tuple[Search, datetime]:
    """The search of a day and its midnight: each customer's services as long as they take with her."""
    midnight = start_of_day(day)
    services = tuple(
        service
        for party in wanted.parties
        for service in wanted_of(
            replace(_asked(wanted), items=party.items, customer_id=party.customer_id), known, midnight
        )
    )
    rooms = {resource: known.rooms(resource, midnight) for resource in known.capacities}
    if wanted.order == Order.SEQUENCE:
        return Search(services, rooms), midnight
    return GroupSearch(services, rooms, begins=wanted.begins), midnight


def _longest_lead(search: Search) -> int:
    """The most minutes for which somebody's place is prepared before she comes."""
    return max((one.shape.comes for service in search.wanted for one in service.candidates), default=0)


def _offer(wanted: Together, placed: Sequence[Placed], midnight: datetime) -> GroupOffer:
    midnight = midnight.astimezone(UTC)
    laid = iter(placed)
    parties = []
    for party in wanted.parties:
        hers = [(item, next(laid)) for item in party.items]
        parties.append(
            (
                party.customer_id,
                tuple(
                    Laid(item.service_id, one.staff_id, one.resources, midnight + one.starts * _MINUTE, one.shape)
                    for item, one in hers
                ),
            )
        )
    return GroupOffer(tuple(parties))
