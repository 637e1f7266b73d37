"""Cancellations and no-shows, from lists that know their day but often not their hour."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from ....appointments.history.services import (
    DayVisit,
    PastBooking,
    PastItem,
    count_no_shows,
    mark_no_show,
    past_booking_id,
    record_past_booking,
)
from ....appointments.models import AppointmentStatus
from ....core.jalali import format_date, moment_of, start_of_day
from ...rows.rules import Field, Row
from ...rules import Books, Bundle, Did, Kind, Plan, Stored, plan_rows
from ..services import CUSTOMER, DATE, NOTE, SERVICE, STAFF, minutes_of


@dataclass(frozen=True)
class MissedFact:
    """A visit that did not take place. `count`: which of several that the file tells in the same words."""

    customer_code: str
    customer_id: int
    staff_id: int
    service_id: int
    day: date
    starts_at: datetime
    minutes: int
    told_on: date | None
    note: str
    count: int = 1


def _fact(row: Row, books: Books) -> MissedFact:
    code, day = row.needed_code("customer"), row.needed_day("date")
    service = books.service(row.text("service"))
    at = row.time("time") or time(*divmod(books.opens_at, 60))
    told_on, by = row.day("cancelled_on"), row.text("cancelled_by")
    told = _("لغو: %(day)s، %(name)s", day=format_date(told_on, "numeric") if told_on else "—", name=by) if by else ""
    return MissedFact(
        customer_code=code,
        customer_id=books.customer(code),
        staff_id=books.staff_member(row.needed_code("staff")),
        service_id=service.id,
        day=day,
        starts_at=moment_of(day, at),
        minutes=minutes_of(row, service.minutes),
        told_on=told_on,
        note=" ".join(part for part in (row.text("note"), told) if part),
    )


def _plan(rows: Sequence[Row], books: Books) -> Plan[MissedFact]:
    """Each row is a visit of its own, also where two say the same: she cancelled twice."""
    plan = plan_rows(rows, lambda row: _fact(row, books))
    seen: Counter[MissedFact] = Counter()
    counted = []
    for bundle in plan.bundles:
        seen[_same(bundle.fact)] += 1
        counted.append(Bundle(bundle.lines, replace(bundle.fact, count=seen[_same(bundle.fact)])))
    plan.bundles = counted
    return plan


def _same(fact: MissedFact) -> MissedFact:
    """What makes two rows the same visit told again."""
    return replace(fact, told_on=None, note="", count=1)


def _key(fact: MissedFact, status: AppointmentStatus) -> str:
    return (
        f"{status}:{fact.customer_code}:{fact.starts_at:%Y-%m-%dT%H:%M}:{fact.service_id}:{fact.staff_id}:{fact.count}"
    )


def _store_cancellation(fact: MissedFact, books: Books) -> Stored:
    """A cancelled booking is stored beside the others: who cancels often books again on the same day."""
    return _store(fact, AppointmentStatus.CANCELLED, books)


def _store_no_show(fact: MissedFact, books: Books) -> Stored:
    """A no-show stands in the book as a booking, which is marked; where it does not, it is stored."""
    visit = DayVisit(fact.customer_id, fact.service_id, fact.staff_id, fact.day)
    if count_no_shows(visit) >= fact.count:
        return Stored(Did.UNCHANGED)
    key = _key(fact, AppointmentStatus.NO_SHOW)
    if mark_no_show(visit=visit, key=key, actor_id=books.actor_id, now=books.now):
        return Stored(Did.CHANGED)
    return _store(fact, AppointmentStatus.NO_SHOW, books)


def _store(fact: MissedFact, status: AppointmentStatus, books: Books) -> Stored:
    key = _key(fact, status)
    if past_booking_id(key) is not None:
        return Stored(Did.UNCHANGED)
    ends_at = fact.starts_at + timedelta(minutes=fact.minutes)
    past = PastBooking(
        key=key,
        customer_id=fact.customer_id,
        starts_at=fact.starts_at,
        status=status,
        status_at=start_of_day(fact.told_on or fact.day),
        items=(PastItem(fact.service_id, fact.staff_id, fact.starts_at, ends_at, False),),
        note=fact.note,
    )
    record_past_booking(past=past, branch_id=books.branch_id, actor_id=books.actor_id, now=books.now)
    return Stored(Did.ADDED)


_FIELDS = (
    CUSTOMER,
    STAFF,
    SERVICE,
    DATE,
    Field("time", ("ساعت", "زمان")),
    Field("duration", ("مدت", "مدت (دقیقه)")),
    Field("cancelled_on", ("تاریخ لغو",)),
    Field("cancelled_by", ("لغوکننده",)),
    NOTE,
)

CANCELLATIONS = Kind("cancellations", _FIELDS, _plan, _store_cancellation)
NO_SHOWS = Kind("no-shows", _FIELDS, _plan, _store_no_show)
