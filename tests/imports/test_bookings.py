"""Bookings, cancellations and no-shows of the past, and what is still to come."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from salon.appointments.models import Appointment, AppointmentItem
from salon.catalog.models import Service
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.messaging.models import OutboxMessage
from tests.imports.conftest import counts, refusals, warnings

BOOKINGS = """Code,Staff,Service,Date,Time
1001,sara,CUT,03/15/2018,10:00:00 AM
C2,sara,CUT,03/15/2018,10:30:00 AM
1001,negar,COLOR,03/15/2018,10:00:00 AM
C2,sara,CUT,03/15/2018,10:30:00 AM
C2,sara,COLOR,12/05/2026,3:50:00 PM
1001,sara,CUT,12/05/2026,4:20:00 PM
X9,sara,CUT,03/16/2018,10:00:00 AM
1001,nobody,CUT,03/16/2018,10:00:00 AM
1001,sara,WAX,03/16/2018,10:00:00 AM
1001,sara,CUT,16/03/2018,10:00:00 AM
1001,sara,CUT,03/16/2018,
"""
BOOKED = """
[columns]
customer = "Code"
staff = "Staff"
service = "Service"
date = "Date"
time = "Time"
[format]
date = "%m/%d/%Y"
time = "%I:%M:%S %p"
"""
MISSED = BOOKED.replace('time = "Time"\n[format]', "[format]")


@pytest.fixture(autouse=True)
def codes(salon, bring_in):
    """Codes as the other program had them."""
    with transaction() as session:
        session.get(Service, salon.cut).code = "CUT"
        session.get(Service, salon.color).code = "COLOR"
        session.get(Customer, salon.zahra).code = "1001"
    bring_in("customers", "code,first_name,mobile\nC2,مینا,09121112233\n")


def items() -> list[tuple[str, str, str, bool]]:
    """Status, begin and end in UTC, and whether it holds, of everything booked."""
    rows = db.session.execute(
        select(Appointment.status, AppointmentItem.starts_at, AppointmentItem.ends_at, AppointmentItem.active)
        .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
        .order_by(AppointmentItem.starts_at, AppointmentItem.staff_id)
    )
    return [(status, f"{starts:%m-%d %H:%M}", f"{ends:%H:%M}", active) for status, starts, ends, active in rows]


def test_bookings_take_their_services_time_cut_at_the_next(bring_in):
    report = bring_in("appointments", BOOKINGS, BOOKED)
    assert items() == [
        ("done", "03-15 06:30", "07:00", True),  # Sara's cut of 45 minutes, the next comes after 30
        ("done", "03-15 06:30", "08:30", True),  # Negar's color
        ("done", "03-15 07:00", "07:45", True),
        ("booked", "12-05 12:20", "12:50", True),  # winter time; cut at the booking of 16:20
        ("booked", "12-05 12:50", "13:35", True),
    ]
    assert warnings(report) == [(5, "row_repeated")]
    assert refusals(report) == [
        (8, "customer_unknown"),
        (9, "staff_unknown"),
        (10, "service_unknown"),
        (11, "day_invalid"),
        (12, "value_missing"),
    ]


def test_services_that_begin_together_are_one_visit(bring_in, salon):
    bring_in("appointments", BOOKINGS, BOOKED)
    (visit,) = db.session.scalars(
        select(Appointment).where(
            Appointment.customer_id == salon.zahra, Appointment.starts_at < datetime(2020, 1, 1, tzinfo=UTC)
        )
    )
    assert {item.staff_id for item in visit.items} == {salon.sara, salon.negar}


def test_bookings_come_once(bring_in):
    first = bring_in("appointments", BOOKINGS, BOOKED)
    before = items()
    again = bring_in("appointments", BOOKINGS, BOOKED)
    assert counts(first) == (5, 0, 0)
    assert counts(again) == (0, 0, 5)
    assert items() == before


def test_only_visits_to_come_are_reminded_of(bring_in):
    bring_in("appointments", BOOKINGS, BOOKED)
    assert db.session.scalars(select(OutboxMessage.kind)).all() == ["reminder", "reminder"]


def test_two_customers_at_one_time_are_both_kept_and_told(bring_in):
    report = bring_in(
        "appointments",
        "Code,Staff,Service,Date,Time\n1001,sara,CUT,03/15/2018,9:00:00 AM\nC2,sara,CUT,03/15/2018,9:00:00 AM\n",
        BOOKED,
    )
    assert warnings(report) == [(3, "slot_taken")]
    assert [item[3] for item in items()] == [True, False]


def test_a_time_that_somebody_has_already_is_kept_without_holding_it(bring_in):
    bring_in("appointments", "Code,Staff,Service,Date,Time\n1001,sara,COLOR,03/15/2018,9:00:00 AM\n", BOOKED)
    report = bring_in("appointments", "Code,Staff,Service,Date,Time\nC2,sara,CUT,03/15/2018,10:00:00 AM\n", BOOKED)
    assert counts(report) == (1, 0, 0)
    assert warnings(report) == [(2, "slot_taken")]
    assert [item[3] for item in items()] == [True, False]


def test_a_status_in_the_words_of_the_desk(bring_in):
    text = "کد اشتراک,پرسنل,خدمت,تاریخ,ساعت,وضعیت,مدت\n"
    for at, word in (("9:00", "لغو"), ("9:10", "نیامد"), ("9:30", "شاید")):
        text += f"1001,sara,CUT,1397/01/15,{at},{word},20\n"
    report = bring_in("appointments", text)
    assert [(status, active) for status, _, _, active in items()] == [("cancelled", False), ("no_show", False)]
    assert refusals(report) == [(4, "status_unknown")]


def test_a_no_show_marks_its_booking_and_frees_the_time(bring_in):
    bring_in("appointments", BOOKINGS, BOOKED)
    no_shows = "Date,Code,Service,Staff\n03/15/2018,1001,CUT,sara\n03/20/2018,C2,CUT,negar\n"
    report = bring_in("no-shows", no_shows, MISSED)
    assert counts(report) == (1, 1, 0)
    assert ("no_show", "03-15 06:30", "07:00", False) in items()
    assert ("done", "03-15 06:30", "08:30", True) in items()  # the color of the same visit took place
    assert ("no_show", "03-20 05:30", "06:15", False) in items()  # no hour was noted: the salon opens at nine
    assert counts(bring_in("no-shows", no_shows, MISSED)) == (0, 0, 2)
    assert counts(bring_in("appointments", BOOKINGS, BOOKED)) == (0, 0, 5)


def test_a_cancellation_stands_beside_the_booking_made_anew(bring_in):
    bring_in("appointments", BOOKINGS, BOOKED)
    text = "Cancel Date,Code,Service,Staff,Date,By\n" + "03/14/2018,1001,CUT,sara,03/15/2018,KELLY\n" * 2
    mapping = MISSED.replace("[columns]", '[columns]\ncancelled_on = "Cancel Date"\ncancelled_by = "By"')
    assert counts(bring_in("cancellations", text, mapping)) == (2, 0, 0)
    cancelled = [item for item in items() if item[0] == "cancelled"]
    assert [item[3] for item in cancelled] == [False, False]
    assert ("done", "03-15 06:30", "07:00", True) in items()
    assert counts(bring_in("cancellations", text, mapping)) == (0, 0, 2)
    notes = set(db.session.scalars(select(Appointment.note).where(Appointment.status == "cancelled")))
    assert notes == {"لغو: ۱۳۹۶/۱۲/۲۳، KELLY"}


def test_a_note_too_long_for_the_board_is_refused_and_not_cut(bring_in):
    text = f"کد اشتراک,پرسنل,خدمت,تاریخ,ساعت,یادداشت\n1001,sara,CUT,1397/01/15,9:00,{'ب' * 501}\n"
    assert refusals(bring_in("appointments", text)) == [(2, "text_long")]
    both = f"کد اشتراک,پرسنل,خدمت,تاریخ,لغوکننده,یادداشت\n1001,sara,CUT,1397/01/15,مینا,{'ب' * 499}\n"
    assert refusals(bring_in("cancellations", both)) == [(2, "text_long")]  # with who cancelled it
    assert items() == []


def test_one_hour_of_a_customer_with_two_states_is_refused_and_not_dropped(bring_in):
    text = "کد اشتراک,پرسنل,خدمت,تاریخ,ساعت,وضعیت\n1001,sara,CUT,1397/01/15,9:00,انجام شد\n"
    text += "1001,negar,COLOR,1397/01/15,9:00,رزرو\n"
    report = bring_in("appointments", text)
    assert (counts(report), refusals(report)) == ((1, 0, 0), [(3, "status_differs")])
