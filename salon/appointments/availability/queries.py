"""Free times of a visit, and a visit laid out at a time that somebody wants."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count, takewhile

from ...core.errors import Invalid
from ...core.jalali import day_range, local_date, start_of_day
from ..calendar.queries import WINDOW, Calendar, calendar
from ..minutes.rules import grid_of, minutes_between, on_grid
from ..rules import BookingItem, Slot, to_the_minute
from .rules import Asked, Candidate, Laid, Offer, Order, Placed, Search, Shape, Wanted, starts_of, useless_gaps

QUARTER = 15
MOST_CHOICES = 5_000  # of people for services at times of their own
MOST_DAYS = 62  # that one question looks at
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def offers(asked: Asked, first: datetime, before: datetime, now: datetime) -> Iterator[Offer]:
    """The times from `first` to `before` at which the visit may begin, day by day; from now on only.

    Raises NotFound `service_unknown`, `staff_unknown`; Invalid `service_inactive`, `staff_inactive`.
    """
    first = max(first, now)
    before = min(before, first + MOST_DAYS * _DAY)
    if first >= before:
        return
    for days in _weeks(local_date(first), before):
        known = calendar(asked, days[0], days[-1] + _DAY, now, as_made=True)
        for day in days:
            yield from _offers_of(asked, known, day, first, before)


def best_offers(asked: Asked, first: datetime, before: datetime | None, limit: int, now: datetime) -> list[Offer]:
    """So many of the times at which a visit fits, in order: those that leave no useless gaps go before others.

    Without an end the days are looked through until there are enough. Raises as `offers` does.
    """
    found = list(_enough(asked, first, before, limit, now))
    chosen = sorted(found, key=lambda offer: (offer.gaps, offer.starts_at))[:limit]
    return sorted(chosen, key=lambda offer: offer.starts_at)


def _enough(asked: Asked, first: datetime, before: datetime | None, limit: int, now: datetime) -> Iterator[Offer]:
    """The offers up to the end; without one, of the days up to that which makes them enough."""
    last_day: date | None = None
    for number, offer in enumerate(offers(asked, first, before or first + MOST_DAYS * _DAY, now)):
        day = local_date(offer.starts_at)
        if before is None and number >= limit and day != last_day:
            return
        last_day = day
        yield offer


def offer_at(asked: Asked, starts_at: datetime, now: datetime) -> Offer | None:
    """The visit from exactly this minute on, whatever the grid, with the least waits and the first people who can.

    None where it doesn't fit. Raises as `offers` does.
    """
    day = local_date(starts_at)
    midnight, known = start_of_day(day), calendar(asked, day, day + _DAY, now, as_made=True)
    placed = _search(asked, known, midnight).at(minutes_between(midnight, starts_at))
    return None if placed is None else _offer(asked, placed, midnight, 0)


def free_slots(*, branch_id: int, day: date, service_id: int, staff_id: int | None = None, now: datetime) -> list[Slot]:
    """Quarters of an hour of a day, and begins of gaps, at which each person may begin a service; from now on only.

    Raises NotFound `service_unknown` or `staff_unknown`.
    """
    asked = Asked(branch_id, [BookingItem(service_id, staff_id)])
    try:
        known = calendar(asked, day, day + _DAY, now, as_made=True)
    except Invalid:  # who serves no more and what is sold no more has no times
        return []
    midnight, after = day_range(day)
    window = max(minutes_between(midnight, now, up=True), 0), minutes_between(midnight, after)
    return [
        Slot(candidate.staff_id, starts_at, starts_at + candidate.shape.length * _MINUTE)
        for candidate in _candidates(asked, known, asked.items[0], midnight)
        for starts_at in _quarters(candidate, known.free(candidate.staff_id, midnight), midnight, window)
    ]


def laid_out(asked: Asked, starts_at: datetime, now: datetime, *, overbook: bool = False) -> list[Laid] | None:
    """The visit from this moment on; services without a time of their own follow the one before without a wait.

    None where a service finds nobody who is free; `overbook`: it is laid all the same, and says so.
    Raises NotFound `service_unknown`, `staff_unknown`; Invalid `service_inactive`, `staff_inactive`.
    """
    moments = [starts_at, *(item.starts_at for item in asked.items if item.starts_at is not None)]
    days = [local_date(moment) for moment in moments]
    known = calendar(asked, min(days), max(days) + _DAY, now, as_made=True)
    if overbook:
        return _beside_others(asked, known, starts_at)
    if len(moments) == 1:
        return _in_sequence(asked, known, to_the_minute(starts_at))
    return _together(asked, known, starts_at, iter(range(MOST_CHOICES)))


def is_free(asked: Asked, laid: Laid, now: datetime) -> bool:
    """Whether a service that is laid already may be where it is laid."""
    day = local_date(laid.starts_at)
    return fits(calendar(asked, day, day + _DAY, now), laid)


def fits(known: Calendar, laid: Laid) -> bool:
    """Whether its person works then and is free, and so is what it needs."""
    midnight = start_of_day(local_date(laid.starts_at))
    rooms = [known.rooms(resource, midnight)[0] for resource in laid.resource_ids]
    starts = starts_of(laid.shape, known.free(laid.staff_id, midnight), WINDOW, rooms)
    return bool(starts >> minutes_between(midnight, laid.starts_at) & 1)


def _beside_others(asked: Asked, known: Calendar, starts_at: datetime) -> list[Laid] | None:
    """Each service by the first who is free, or else by the first of all, whoever else is there then."""
    laid: list[Laid] = []
    for item in asked.items:
        options = _options(asked, known, item, starts_at, laid)
        if not options:
            return None
        laid.append(next(_free(known, options, laid), options[0].beside_others()))
    return laid


def _free(known: Calendar, options: Iterable[Laid], before: Sequence[Laid]) -> Iterator[Laid]:
    """Those of the choices that are free, what the visit holds itself considered."""
    for one in options:
        if fits(known, one) and not any(one.collides(other) for other in before):
            yield one


def _in_sequence(asked: Asked, known: Calendar, starts_at: datetime) -> list[Laid] | None:
    """The visit from this moment on, each service as soon as she leaves the one before."""
    midnight = start_of_day(local_date(starts_at))
    placed = _search(asked, known, midnight).at(minutes_between(midnight, starts_at))
    return None if placed is None else list(_offer(asked, placed, midnight, 0).items)


def _together(
    asked: Asked, known: Calendar, starts_at: datetime, tries: Iterator[int], before: tuple[Laid, ...] = ()
) -> list[Laid] | None:
    """The first choice of people that lets every service be at its time, as far as the tries go."""
    if len(before) == len(asked.items):
        return list(before)
    for one in _free(known, _options(asked, known, asked.items[len(before)], starts_at, before), before):
        if next(tries, None) is None:
            return None
        found = _together(asked, known, starts_at, tries, (*before, one))
        if found is not None:
            return found
    return None


def _options(
    asked: Asked, known: Calendar, item: BookingItem, starts_at: datetime, before: Sequence[Laid]
) -> list[Laid]:
    """A service at its time, by each who may do it."""
    options = []
    for staff_id in _able(item, known):
        shape = _shape(asked, known, item, staff_id)
        begins = to_the_minute(item.starts_at) if item.starts_at else _after(asked, before, starts_at, shape)
        options.append(Laid(item.service_id, staff_id, known.made[item.service_id].resources, begins, shape))
    return options


def _after(asked: Asked, before: Sequence[Laid], starts_at: datetime, shape: Shape) -> datetime:
    """When a service begins that has no time of its own: she comes to it as she leaves the one before, or at once."""
    if not before:
        return to_the_minute(starts_at)
    comes_at = before[0].comes_at if asked.order == Order.PARALLEL else before[-1].leaves_at
    return comes_at - shape.comes * _MINUTE


def _weeks(first: date, before: datetime) -> Iterator[Sequence[date]]:
    """The days up to an end: the first by itself, as most look no further, then seven at a time."""
    days = list(takewhile(lambda day: start_of_day(day) < before, (first + n * _DAY for n in count())))
    yield days[:1]
    yield from (days[place : place + 7] for place in range(1, len(days), 7))


def _offers_of(asked: Asked, known: Calendar, day: date, first: datetime, before: datetime) -> Iterator[Offer]:
    midnight = start_of_day(day)
    free = {staff_id: known.free(staff_id, midnight) for staff_id in known.presence}
    search = _search(asked, known, midnight)
    last = min(before, start_of_day(day + _DAY))
    begins, ends = (minutes_between(midnight, moment, up=True) for moment in (first, last))
    for start in on_grid(search.starts, known.grid, max(begins, 0), ends):
        placed = search.at(start)
        if placed is not None:
            yield _offer(asked, placed, midnight, useless_gaps(placed, free, known.shortest))


def _search(asked: Asked, known: Calendar, midnight: datetime) -> Search:
    rooms = {resource: known.rooms(resource, midnight) for resource in known.capacities}
    return Search(wanted_of(asked, known, midnight), rooms, asked.order, asked.longest_wait)


def wanted_of(asked: Asked, known: Calendar, midnight: datetime) -> tuple[Wanted, ...]:
    """The services of a visit with who may do each of them, and when, in the window from a midnight on."""
    return tuple(
        Wanted(tuple(_candidates(asked, known, item, midnight)), known.made[item.service_id].resources)
        for item in asked.items
    )


def _candidates(asked: Asked, known: Calendar, item: BookingItem, midnight: datetime) -> Iterator[Candidate]:
    """Who may do a service, in the order of the board, and the minutes of the window at which each may begin."""
    rooms = [known.rooms(resource, midnight)[0] for resource in known.made[item.service_id].resources]
    for staff_id in _able(item, known):
        shape = _shape(asked, known, item, staff_id)
        yield Candidate(staff_id, shape, starts_of(shape, known.free(staff_id, midnight), WINDOW, rooms))


def _shape(asked: Asked, known: Calendar, item: BookingItem, staff_id: int) -> Shape:
    made = known.made[item.service_id]
    return Shape(made.phases_by(staff_id, known.levels[staff_id], asked.customer_id))


def _quarters(candidate: Candidate, free: int, midnight: datetime, window: tuple[int, int]) -> Iterator[datetime]:
    """Quarters of an hour at which somebody may begin, and the begins of her gaps."""
    quarters = grid_of(QUARTER, WINDOW // QUARTER)
    for minute in on_grid(candidate.starts & (quarters | ~(free << 1)), 1, *window):
        yield midnight + minute * _MINUTE


def _able(item: BookingItem, known: Calendar) -> Iterable[int]:
    """Who may do it, in the order of the board."""
    if item.staff_id is not None:
        return [item.staff_id]
    people = known.made[item.service_id].people
    return [staff_id for staff_id in known.levels if not people or staff_id in people]


def _offer(asked: Asked, placed: Sequence[Placed], midnight: datetime, gaps: int) -> Offer:
    midnight = midnight.astimezone(UTC)
    return Offer(
        tuple(
            Laid(item.service_id, one.staff_id, one.resources, midnight + one.starts * _MINUTE, one.shape)
            for item, one in zip(asked.items, placed, strict=True)
        ),
        gaps,
    )
