"""What the dialog of a booking sends, read into values. Raises Invalid for what cannot be so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ...appointments.availability.rules import Asked, Laid, Order
from ...appointments.errors import items_missing, starts_at_invalid
from ...appointments.rules import BookingItem
from ...core.pages import row_key
from ...core.text import latin_digits, normalise
from ...customers.errors import customer_missing
from ..forms import Typed, day_of, time_of
from ..rules import of_wall_clock
from .rules import LONGEST_WAIT, Reach


@dataclass(frozen=True)
class TypedVisit:
    """A visit as it stands in the dialog: its services have times of their own when an offered time was taken."""

    asked: Asked
    starts_at: datetime
    note: str
    hold_id: int | None
    overbook: bool
    without_patch_test: bool

    @property
    def is_laid_out(self) -> bool:
        """Whether each service has its person and its time already."""
        return all(item.staff_id is not None and item.starts_at is not None for item in self.asked.items)

    def items_as(self, laid: Sequence[Laid] | None) -> Sequence[BookingItem]:
        """Its services with the people and times of a visit that is laid out; without one, as they are."""
        if laid is None:
            return self.asked.items
        return [BookingItem(one.service_id, one.staff_id, one.starts_at) for one in laid]


@dataclass(frozen=True)
class TimesWanted:
    """Which times are asked for: `near` is what stands in the field of the time, if it can be read."""

    asked: Asked
    reach: Reach
    day: date
    near: datetime | None


@dataclass(frozen=True)
class SeriesWanted:
    """A visit that repeats every so many weeks: so many times, or until a day."""

    visit: TypedVisit
    every_weeks: int
    times: int | None
    until: date | None


def series_of(typed: Typed, visit: TypedVisit) -> SeriesWanted:
    """How a visit repeats. Raises Invalid `series_invalid`."""
    times, until = _count(typed.get("times", "")), typed.get("until", "").strip()
    return SeriesWanted(visit, _count(typed.get("every_weeks", "")) or 0, times, day_of(until) if until else None)


def chosen_of(typed: Typed) -> list[datetime]:
    """Which bookings of a series are wanted, each at its own time. Raises Invalid `starts_at_invalid`."""
    return [moment for sent in typed.getlist("chosen") if (moment := _moment(sent)) is not None]


def visit_of(typed: Typed, branch_id: int, own_items: tuple[int, ...] = ()) -> TypedVisit:
    """The visit that the dialog wants to keep a time for or to book."""
    asked = asked_of(typed, branch_id, own_items)
    return TypedVisit(
        asked,
        of_wall_clock(day_of(typed.get("day", "")), time_of(typed.get("time", ""))),
        normalise(typed.get("note", "")),
        asked.own_hold or None,
        typed.get("overbook") == "1",
        typed.get("without_patch_test") == "1",
    )


def times_of(typed: Typed, branch_id: int, own_items: tuple[int, ...] = ()) -> TimesWanted:
    """The times that the dialog asks for; services that have times of their own are asked for anew."""
    asked = asked_of(typed, branch_id, own_items)
    reach, day = typed.get("reach", ""), day_of(typed.get("day", ""))
    return TimesWanted(
        replace(asked, items=[replace(item, starts_at=None) for item in asked.items]),
        Reach(reach) if reach in set(Reach) else Reach.DAY,
        day,
        of_wall_clock(day, time_of(typed["time"])) if typed.get("time") else None,
    )


def asked_of(typed: Typed, branch_id: int, own_items: tuple[int, ...] = ()) -> Asked:
    """The services of the dialog: parallel lists of services, people («» is anybody) and times as they were offered.

    Raises Invalid `items_missing` where there are none, or lists that don't belong together.
    """
    services = typed.getlist("service_id")
    people, begins = (typed.getlist(name) or [""] * len(services) for name in ("staff_id", "begins"))
    if not len(services) == len(people) == len(begins):
        raise items_missing()
    items = [
        BookingItem(service_id, row_key(staff), _moment(begin))
        for service, staff, begin in zip(services, people, begins, strict=True)
        if (service_id := row_key(service)) is not None
    ]
    if not items:
        raise items_missing()
    order = typed.get("order", "")
    return Asked(
        branch_id,
        items,
        row_key(typed.get("customer_id", "")),
        Order(order) if order in set(Order) else Order.SEQUENCE,
        _wait(typed.get("longest_wait", "")),
        row_key(typed.get("hold_id", "")) or 0,
        own_items,
    )


def customer_of(typed: Typed) -> int:
    """Whom the visit is for. Raises Invalid `customer_missing`."""
    customer_id = row_key(typed.get("customer_id", ""))
    if customer_id is None:
        raise customer_missing()
    return customer_id


def _wait(typed: str) -> int:
    """Minutes between two services; none where nothing that can be read stands."""
    return min(_count(typed) or 0, LONGEST_WAIT)


def _count(typed: str) -> int | None:
    """A whole number in digits of any script; None for anything else."""
    digits = latin_digits(normalise(typed))
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else None


def _moment(sent: str) -> datetime | None:
    """A moment as it was offered, in UTC."""
    if not sent:
        return None
    try:
        moment = datetime.fromisoformat(sent)
    except ValueError:
        raise starts_at_invalid() from None
    if moment.tzinfo is None:
        raise starts_at_invalid()
    return moment
