"""The report of booked times, by a small example that was worked out by hand; each figure is what it is made of."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from salon.appointments.models import Appointment
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import reschedule
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.catalog.models import PhaseKind, Resource, ServicePhase, ServiceResource
from salon.core.db import db, transaction
from salon.core.jalali import wall_clock
from salon.customers.services import CustomerSpec, add_customer
from salon.reports.bookings.lists.queries import Wanted, wanted_bookings
from salon.reports.queries import REPORTS
from salon.setup.days.queries import days_off
from salon.setup.days.services import keep_holidays
from salon.setup.models import ClosedDay
from salon.staff.hours.services import set_hours
from salon.staff.models import Absence, StaffDay
from tests.desk.test_statements import counted
from tests.factories import SmallSalon

Login = Callable[[str], FlaskClient]
DAY = timedelta(days=1)
SUNDAY, MONDAY, TUESDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)
NOON = wall_clock(SUNDAY, 12 * 60)
WEEK = (SUNDAY, SUNDAY + 7 * DAY)
Example = dict[str, Appointment]


@pytest.fixture
def week(salon: SmallSalon, now: datetime) -> Example:
    """Two days of bookings.

    Sunday: Zahra has a colour of 120 minutes (60 busy, 45 processing, 15 busy) with Sara at 10 in the only colour room
    and a cut of 45 with Negar after it, both done; Mina's cut with Negar at 9 is a no-show. Monday: Mina's cut with
    Sara at 10 is called off on Sunday (23 hours before: late by the settings), Zahra's brushing of 30 with Sara at 9 is to come, her
    cut with Negar at 11 was called off three days before it, in time.
    Sara works from 9 to 17 on Sundays and Mondays, Negar from 9 to 13.
    """
    with transaction() as session:
        for staff_id, ends in ((salon.sara, 17 * 60), (salon.negar, 13 * 60)):
            worked = {1: [(540, ends)], 2: [(540, ends)]}
            set_hours(staff_id=staff_id, week=dict.fromkeys(range(7), ()) | worked)
        phases = (PhaseKind.BUSY, 60), (PhaseKind.PROCESSING, 45), (PhaseKind.BUSY, 15)
        session.add_all(
            ServicePhase(service_id=salon.color, position=place, kind=kind, minutes=minutes)
            for place, (kind, minutes) in enumerate(phases)
        )
        room = Resource(branch_id=salon.branch_id, name="اتاق رنگ", kind="room", capacity=2)
        session.add(room)
        session.flush()
        session.add(ServiceResource(service_id=salon.color, resource_id=room.id))
        session.flush()
        mina = add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا", "شریفی"), actor=None, now=now).id
        zahra, sara, negar = salon.zahra, salon.sara, salon.negar
        return {
            "colour": _book(salon, now, zahra, SUNDAY, 10, [(salon.color, sara), (salon.cut, negar)], S.DONE, NOON),
            "missed": _book(salon, now, mina, SUNDAY, 9, [(salon.cut, negar)], S.NO_SHOW, NOON),
            "late": _book(salon, now, mina, MONDAY, 10, [(salon.cut, sara)], S.CANCELLED, wall_clock(SUNDAY, 660)),
            "to come": _book(salon, now, zahra, MONDAY, 9, [(salon.brushing, sara)], S.CONFIRMED),
            "in time": _book(
                salon,
                now,
                zahra,
                TUESDAY - DAY,
                11,
                [(salon.cut, negar)],
                S.CANCELLED,
                wall_clock(MONDAY - 3 * DAY, 660),
            ),
        }


def _book(
    salon: SmallSalon,
    now: datetime,
    customer_id: int,
    day: date,
    hour: int,
    items: list[tuple[int, int]],
    status: S,
    at: datetime | None = None,
) -> Appointment:
    found = book(
        branch_id=salon.branch_id,
        customer_id=customer_id,
        starts_at=wall_clock(day, hour * 60),
        items=[BookingItem(*item) for item in items],
        actor=None,
        now=now,
    )
    return set_status(appointment_id=found.id, status=status, actor=None, now=at or now)


def cells(name: str, first: date = SUNDAY, before: date = SUNDAY + 7 * DAY) -> list[tuple[Any, ...]]:
    """The rows of a report of the week, as people see them."""
    return [row.cells for row in REPORTS[name].read(first, before).for_people().rows]


@pytest.mark.usefixtures("week")
def test_each_table_says_what_was_worked_out_by_hand(salon: SmallSalon) -> None:
    # bookings, services, minutes; to come, came, no-show, called off, late; no-shows of 2, late ones of all
    assert cells("bookings-by-day") == [
        (SUNDAY, 2, 3, 210, 0, 1, 1, 0, 0, 5_000, 0),
        (MONDAY, 3, 3, 120, 1, 0, 0, 2, 1, 0, 3_333),
    ]
    assert cells("bookings-by-staff") == [
        ("سارا احمدی", 3, 195, 1, 1, 0, 1, 1, 0, 3_333),
        ("نگار رضایی", 3, 135, 0, 1, 1, 1, 0, 5_000, 0),
    ]
    assert cells("bookings-by-service") == [
        ("براشینگ", 1, 30, 1, 0, 0, 0, 0, 0, 0),
        ("رنگ کامل", 1, 120, 0, 1, 0, 0, 0, 0, 0),
        ("کوتاهی", 4, 180, 0, 1, 1, 2, 1, 5_000, 2_500),
    ]
    assert cells("bookings-by-status") == [
        ("تأیید شده", 1, 1, 30),
        ("پایان یافته", 1, 2, 165),
        ("نیامده", 1, 1, 45),
        ("لغو شده", 2, 2, 90),
    ]
    # Sara: 75 of the colour and 30 of the brushing, of twice 480; Negar: the cut, of twice 240
    assert cells("staff-utilisation") == [
        ("سارا احمدی", 105, 960, 1_094),
        ("نگار رضایی", 45, 480, 938),
    ]
    # the room for 120 minutes, processing too, of seven days of 9 to 21 for two
    assert cells("resource-utilisation") == [("اتاق رنگ", 2, 120, 7 * 720 * 2, 119)]


def test_absences_other_hours_and_closed_days_are_not_worked(salon: SmallSalon, week: Example, now: datetime) -> None:
    with transaction() as session:
        away = {"staff_id": salon.sara, "created_at": now}
        session.add_all(
            [
                StaffDay(staff_id=salon.negar, day=SUNDAY, starts_at=540, ends_at=600),
                Absence(starts_at=wall_clock(SUNDAY, 16 * 60), ends_at=wall_clock(SUNDAY, 18 * 60), **away),
                Absence(starts_at=wall_clock(SUNDAY, 990), ends_at=wall_clock(SUNDAY, 17 * 60), **away),
                ClosedDay(branch_id=salon.branch_id, day=MONDAY, name="سوگواری"),
            ]
        )
    assert [row[:3] for row in cells("staff-utilisation")] == [("سارا احمدی", 105, 420), ("نگار رضایی", 45, 60)]
    assert cells("resource-utilisation")[0][3] == 6 * 720 * 2


def test_official_days_off_count_as_closed_where_the_salon_keeps_them(salon: SmallSalon, week: Example) -> None:
    first_of_year = date(2027, 3, 21)  # a Sunday
    there = (first_of_year, first_of_year + DAY)
    code = days_off(salon.branch_id, *there)[0].holiday.code
    assert [row[2] for row in cells("staff-utilisation", *there)] == [480, 240]
    assert cells("resource-utilisation", *there)[0][3] == 720 * 2
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes={code}, actor=None, now=NOON)
    assert [row[2] for row in cells("staff-utilisation", *there)] == [0, 0]
    assert cells("resource-utilisation", *there)[0][3] == 0


def test_hours_of_before_the_first_booking_stood_not_empty(week: Example) -> None:
    assert cells("staff-utilisation", date(1920, 1, 1), SUNDAY + DAY) == [
        ("سارا احمدی", 75, 480, 1_562),
        ("نگار رضایی", 45, 240, 1_875),
    ]
    assert sum(row[2] for row in cells("staff-utilisation", SUNDAY, date(2199, 1, 1))) < 2 * 480 * 2 * 54


@pytest.mark.parametrize("name", [name for name, kind in REPORTS.items() if "book" in name or "utilisation" in name])
def test_each_figure_is_the_bookings_that_it_leads_to(week: Example, name: str) -> None:
    report = REPORTS[name].read(*WEEK)
    names = [column.name for column in report.columns]
    assert report.rows
    for row in report.rows:
        told = dict(zip(names, row.cells, strict=True))
        by: dict[str, Any] = {**row.by}
        first, last = (
            date.fromisoformat(by.pop(key, str(day)))
            for key, day in (("starts_on", WEEK[0]), ("ends_on", WEEK[1] - DAY))
        )
        found = wanted_bookings(Wanted(first, last + DAY, **by))
        made = {
            "bookings": found.bookings,
            "services": len(found.rows),
            "minutes": found.minutes,
            "booked": found.minutes,
        }
        made |= {"visits": found.bookings, "rebooked": found.rebooked}
        assert {key: told[key] for key in made.keys() & told.keys()} == {
            key: made[key] for key in made.keys() & told.keys()
        }
    assert report.total == report.sum_of(report.main)


def test_what_was_rebooked_by_the_end_of_a_day_stays_so(salon: SmallSalon, week: Example, now: datetime) -> None:
    # Zahra came on Sunday and had Monday's brushing by then; what was called off by then doesn't count
    assert cells("rebooking") == [(SUNDAY, 1, 1, 10_000)]
    evening = wall_clock(SUNDAY, 20 * 60)
    to_come, later = week["to come"], wall_clock(TUESDAY, 9 * 60)
    with transaction():
        set_status(appointment_id=to_come.id, status=S.CANCELLED, actor=None, now=evening)
    assert cells("rebooking") == [(SUNDAY, 1, 0, 0)]
    with transaction():
        set_status(appointment_id=to_come.id, status=S.BOOKED, actor=None, now=evening)
        set_status(appointment_id=to_come.id, status=S.CANCELLED, actor=None, now=later)
        _book(salon, later, salon.zahra, MONDAY + 7 * DAY, 9, [(salon.cut, salon.sara)], S.BOOKED)
    assert cells("rebooking") == [(SUNDAY, 1, 1, 10_000)]


def test_a_booking_that_is_opened_again_later_makes_no_visit_of_before_rebooked(week: Example) -> None:
    for status, at in ((S.CANCELLED, wall_clock(SUNDAY, 20 * 60)), (S.BOOKED, wall_clock(TUESDAY, 9 * 60))):
        with transaction():
            set_status(appointment_id=week["to come"].id, status=status, actor=None, now=at)
        assert cells("rebooking") == [(SUNDAY, 1, 0, 0)]


def test_a_booking_moved_to_a_later_day_afterwards_makes_no_visit_rebooked(
    salon: SmallSalon, week: Example, now: datetime
) -> None:
    with transaction():
        set_status(appointment_id=week["to come"].id, status=S.CANCELLED, actor=None, now=now)
        same_day = _book(salon, now, salon.zahra, SUNDAY, 15, [(salon.cut, salon.sara)], S.BOOKED)
    with transaction():
        reschedule(
            appointment_id=same_day.id, starts_at=wall_clock(MONDAY, 900), actor=None, now=wall_clock(MONDAY, 540)
        )
    assert cells("rebooking") == [(SUNDAY, 1, 0, 0)]


def test_a_visit_written_down_afterwards_tells_nothing_of_rebooking(salon: SmallSalon, now: datetime) -> None:
    past = {
        "branch_id": salon.branch_id,
        "customer_id": salon.zahra,
        "status": S.DONE.value,
        "note": "",
        "trial": False,
    }
    past |= {"status_at": now, "created_at": now}
    with transaction() as session:
        session.execute(insert(Appointment).values(starts_at=now - 3 * DAY, **past))
    assert cells("rebooking", date(2026, 11, 1)) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["bookings-by-day", "staff-utilisation", "resource-utilisation", "rebooking"])
def test_more_bookings_cost_no_more_statements(salon: SmallSalon, week: Example, now: datetime, name: str) -> None:
    def asked() -> int:
        db.session.remove()
        with counted() as sent:
            REPORTS[name].read(*WEEK)
            wanted_bookings(Wanted(*WEEK, done=True)).page(50, 0)
        return len(sent)

    before = asked()
    with transaction():
        for hour in (13, 14, 15):
            _book(salon, now, salon.zahra, SUNDAY, hour, [(salon.cut, salon.sara)], S.DONE, NOON)
            _book(salon, now, salon.zahra, MONDAY, hour, [(salon.cut, salon.sara)], S.BOOKED)
    assert asked() == before


@pytest.mark.usefixtures("week")
def test_it_has_a_page_with_its_definition_files_and_the_bookings_behind_it(salon: SmallSalon, log_in: Login) -> None:
    owner, days = log_in("owner"), "starts_on=1405/09/01&ends_on=1405/09/07"
    shown = owner.get(f"/reports/bookings-by-day?{days}").text
    assert "نیامدن: از نوبت‌هایی که آمدند یا باید می‌آمدند" in shown
    assert "/reports/documents/bookings?starts_on=2026-11-22" in shown.replace("&amp;", "&")
    foot = shown.partition("<tfoot>")[2]
    assert "۵۰٪" in foot and "۲۰٪" in foot  # one of two did not come; one of five was called off late
    assert "تا پایان همان روز" in owner.get(f"/reports/rebooking?{days}").text
    book_ = openpyxl.load_workbook(io.BytesIO(owner.get(f"/reports/bookings-by-day.xlsx?{days}").data))
    assert [cell.value for cell in list(book_.active.rows)[-1]][1:4] == [5, 6, 330]
    assert owner.get(f"/reports/staff-utilisation.pdf?{days}").data.startswith(b"%PDF")
    listed = owner.get(f"/reports/documents/bookings?{days}&staff={salon.negar}&status=no_show").text
    assert "۱ نوبت، ۱ خدمت" in listed and "مینا شریفی" in listed and "زهرا" not in listed
    assert "نوبت بعدی داشت" in owner.get(f"/reports/documents/bookings?{days}&done=1").text
    assert owner.get("/reports/documents/bookings?starts_on=nonsense&ends_on=1405/09/07").status_code == 422


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_only_who_sees_reports_sees_the_bookings_behind_them(log_in: Login) -> None:
    assert log_in("desk").get("/reports/documents/bookings").status_code == 403
