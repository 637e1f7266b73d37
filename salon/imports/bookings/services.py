"""Bookings with their times: what was booked and what is to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...appointments.history.services import FREEING, PastBooking, PastItem, past_booking_id, record_past_booking
from ...appointments.models import Appointment, AppointmentStatus
from ...core.errors import DomainError
from ...core.hours import MINUTES_OF_DAY
from ...core.jalali import moment_of
from ...core.lengths import longest
from ..errors import number_invalid, row_repeated, slot_lost, status_differs, status_unknown, value_missing
from ..rows.rules import Field, Row
from ..rules import Books, Bundle, Did, Kind, Plan, Stored, refusal_at, without_repeats
from .rules import Fitted, Wish, fit

STATUS_WORDS = {
    "رزرو": AppointmentStatus.BOOKED,
    "تأیید شده": AppointmentStatus.CONFIRMED,
    "انجام شد": AppointmentStatus.DONE,
    "نیامد": AppointmentStatus.NO_SHOW,
    "لغو": AppointmentStatus.CANCELLED,
}


@dataclass(frozen=True)
class BookingLine:
    """A row of a booking list, with whom and what it names already known."""

    line: int
    customer_code: str
    customer_id: int
    staff_id: int
    service_id: int
    starts_at: datetime
    minutes: int
    status: AppointmentStatus
    note: str

    @property
    def holds(self) -> bool:
        """Whether it holds the person."""
        return self.status not in FREEING

    @property
    def said(self) -> tuple[object, ...]:
        """What makes two rows the same."""
        return self.customer_id, self.staff_id, self.service_id, self.starts_at, self.status


@dataclass(frozen=True)
class BookingFact:
    """A booking and the lines of its items."""

    past: PastBooking
    lines: tuple[int, ...]


def minutes_of(row: Row, otherwise: int) -> int:
    """The duration of a row in minutes. Raises Invalid `number_invalid`."""
    minutes = row.whole("duration")
    if minutes is None:
        return otherwise
    if not 0 < minutes < MINUTES_OF_DAY:
        raise number_invalid(row.labels["duration"], row.text("duration"))
    return minutes


def _line(row: Row, books: Books) -> BookingLine:
    code = row.needed_code("customer")
    at = row.time("time")
    if at is None:
        raise value_missing(row.labels["time"])
    starts_at = moment_of(row.needed_day("date"), at)
    service = books.service(row.text("service"))
    return BookingLine(
        line=row.line,
        customer_code=code,
        customer_id=books.customer(code),
        staff_id=books.staff_member(row.needed_code("staff")),
        service_id=service.id,
        starts_at=starts_at,
        minutes=minutes_of(row, service.minutes),
        status=_status(row.text("status"), starts_at, books.now),
        note=row.text("note", longest(Appointment.note)),
    )


def _status(typed: str, starts_at: datetime, now: datetime) -> AppointmentStatus:
    """The status by its own name or by the words of the desk; a list without one tells what was kept."""
    if not typed:
        return AppointmentStatus.DONE if starts_at < now else AppointmentStatus.BOOKED
    if typed in STATUS_WORDS:
        return STATUS_WORDS[typed]
    if typed in set(AppointmentStatus):
        return AppointmentStatus(typed)
    raise status_unknown(typed)


def _plan(rows: Sequence[Row], books: Books) -> Plan[BookingFact]:
    plan: Plan[BookingFact] = Plan()
    lines: dict[tuple[object, ...], BookingLine] = {}
    for row in rows:
        try:
            line = _line(row, books)
        except DomainError as error:
            plan.refused.append(refusal_at(row.line, error))
            continue
        if lines.setdefault(line.said, line) is not line:
            plan.warnings.append(refusal_at(row.line, row_repeated()))
    slots = fit([_wish(line) for line in lines.values()])
    plan.warnings += [refusal_at(line.line, slot_lost()) for line in lines.values() if _lost(line, slots)]
    plan.bundles = [_bundle(together, slots, books) for together in _visits(lines.values())]
    return without_repeats(plan, lambda fact: fact.past.key, lambda _: status_differs())


def _wish(line: BookingLine) -> Wish:
    return Wish(line.line, line.customer_id, line.staff_id, line.starts_at, line.minutes, line.holds)


def _lost(line: BookingLine, slots: dict[int, Fitted]) -> bool:
    return line.holds and not slots[line.line].active


def _visits(lines: Iterable[BookingLine]) -> list[list[BookingLine]]:
    """Lines of one customer that begin together, in the order of time."""
    visits: dict[tuple[datetime, int, str], list[BookingLine]] = {}
    for line in sorted(lines, key=lambda line: (line.starts_at, line.line)):
        visits.setdefault((line.starts_at, line.customer_id, line.status), []).append(line)
    return list(visits.values())


def _bundle(together: Sequence[BookingLine], slots: dict[int, Fitted], books: Books) -> Bundle[BookingFact]:
    first = together[0]
    key = f"appointment:{first.customer_code}:{first.starts_at:%Y-%m-%dT%H:%M}"
    past = PastBooking(
        key=key if first.holds else f"{key}:{first.status}",
        customer_id=first.customer_id,
        starts_at=first.starts_at,
        status=first.status,
        status_at=min(first.starts_at, books.now),
        items=tuple(_item(line, slots[line.line]) for line in together),
        note=" ".join(dict.fromkeys(line.note for line in together if line.note)),
    )
    lines = tuple(line.line for line in together)
    return Bundle(lines, BookingFact(past, lines))


def _item(line: BookingLine, slot: Fitted) -> PastItem:
    return PastItem(line.service_id, line.staff_id, slot.starts_at, slot.ends_at, slot.active)


def _store(fact: BookingFact, books: Books) -> Stored:
    if past_booking_id(fact.past.key) is not None:
        return Stored(Did.UNCHANGED)
    lost = record_past_booking(past=fact.past, branch_id=books.branch_id, actor_id=books.actor_id, now=books.now)
    warned = [line for line, item in zip(fact.lines, fact.past.items, strict=True) if item in lost]
    return Stored(Did.ADDED, tuple(refusal_at(line, slot_lost()) for line in warned))


CUSTOMER = Field("customer", ("کد اشتراک", "کد مشتری", "مشتری"), required=True)
STAFF = Field("staff", ("کد پرسنل", "پرسنل", "آرایشگر"), required=True)
SERVICE = Field("service", ("کد خدمت", "خدمت"), required=True)
DATE = Field("date", ("تاریخ", "روز"), required=True)
NOTE = Field("note", ("یادداشت", "توضیحات"))

APPOINTMENTS = Kind(
    "appointments",
    (
        CUSTOMER,
        STAFF,
        SERVICE,
        DATE,
        Field("time", ("ساعت", "زمان"), required=True),
        Field("duration", ("مدت", "مدت (دقیقه)")),
        Field("status", ("وضعیت",)),
        NOTE,
    ),
    _plan,
    _store,
)
