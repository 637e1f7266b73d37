"""What a touch-up costs is agreed at booking; prices of a customer or a person go before all lists."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salon.appointments.changes.queries import changes_of
from salon.appointments.models import AppointmentItem
from salon.appointments.moves.services import replan, reschedule
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.catalog.booking_rules.rules import TouchUp
from salon.catalog.booking_rules.services import set_touch_ups
from salon.catalog.prices.rules import SERVICE, Price, Thing
from salon.catalog.prices.services import ListSpec, add_price_list, set_own_prices, set_prices
from salon.core.db import db, transaction
from salon.invoices.models import Invoice, InvoiceLine
from salon.invoices.prices.queries import till_prices
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, draft
from salon.invoices.till.services import draft_of_visit

DAY = timedelta(days=1)


@pytest.fixture
def touch_up(salon):
    """Brushing costs 200,000 rials within ten days of a cut, its last day included."""

    def say(price=200_000):
        told = TouchUp(salon.brushing, salon.cut, 10, price)
        with transaction():
            set_touch_ups(service_id=salon.brushing, touch_ups=[told])

    return say


@pytest.fixture
def brushing(salon, now):
    """Book a brushing for Zahra."""

    def booked(starts_at, staff_id=None):
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=starts_at,
                items=[BookingItem(salon.brushing, staff_id or salon.negar)],
                actor=None,
                now=now,
            )

    return booked


def agreed(booking):
    db.session.expire_all()
    rows = select(AppointmentItem.price).where(AppointmentItem.appointment_id == booking.id)
    return db.session.scalars(rows).all()


def lines_of(invoice_id):
    db.session.expire_all()
    rows = select(InvoiceLine.unit_price).where(InvoiceLine.invoice_id == invoice_id).order_by(InvoiceLine.position)
    return db.session.scalars(rows).all()


def invoiced(booking, now):
    with transaction():
        return draft_of_visit(appointment_id=booking.id, actor_id=None, now=now)


def test_a_touch_up_is_agreed_at_booking_and_stands_on_the_invoice(touch_up, book_cut, brushing, now, tomorrow_ten):
    touch_up()
    book_cut(tomorrow_ten)
    in_time, too_late = brushing(tomorrow_ten + 10 * DAY), brushing(tomorrow_ten + 11 * DAY)
    assert (agreed(in_time), agreed(too_late)) == ([200_000], [None])
    touch_up(100_000)  # what was agreed stays
    assert lines_of(invoiced(in_time, now)) == [200_000]
    assert lines_of(invoiced(too_late, now)) == [380_000]


def test_a_cut_that_was_called_off_makes_no_touch_up(touch_up, book_cut, brushing, now, tomorrow_ten):
    touch_up()
    cut = book_cut(tomorrow_ten)
    with transaction():
        set_status(appointment_id=cut.id, status="cancelled", actor=None, now=now)
    assert agreed(brushing(tomorrow_ten + DAY)) == [None]


def test_a_touch_up_goes_with_the_visit_that_made_it_one(touch_up, book_cut, brushing, now, tomorrow_ten):
    touch_up()
    cut, other = book_cut(tomorrow_ten), book_cut(tomorrow_ten + 2 * DAY)
    made_by_both, made_by_one = brushing(tomorrow_ten + 3 * DAY), brushing(tomorrow_ten + DAY)
    touch_up(100_000)

    def step(status):
        with transaction():
            set_status(appointment_id=cut.id, status=status, actor=None, now=now)
        return agreed(made_by_both) + agreed(made_by_one)

    assert step("cancelled") == [200_000, None]
    assert step("booked") == [200_000, 100_000]
    with transaction():
        set_status(appointment_id=other.id, status="cancelled", actor=None, now=now)
    assert step("cancelled") == [None, None]


def test_a_touch_up_for_nothing_may_be_kept_on_the_draft(salon, touch_up, book_cut, brushing, now, tomorrow_ten):
    touch_up(0)
    book_cut(tomorrow_ten)
    invoice_id = invoiced(brushing(tomorrow_ten + DAY), now)
    told = till_prices(db.session.get(Invoice, invoice_id)).told(SERVICE, salon.brushing, 380_000)
    assert told["price"] == 0
    with transaction():
        lines = [LineSpec(service_id=salon.brushing, staff_id=salon.negar, unit_price=0)]
        change_draft(invoice_id=invoice_id, lines=lines)
    assert lines_of(invoice_id) == [0]


def test_other_services_are_agreed_anew(salon, touch_up, book_cut, brushing, now, tomorrow_ten):
    touch_up()
    book_cut(tomorrow_ten)
    visit = brushing(tomorrow_ten + 11 * DAY)
    with transaction():
        replan(
            appointment_id=visit.id,
            starts_at=tomorrow_ten + 3 * DAY,
            items=[BookingItem(salon.brushing, salon.sara)],
            actor=None,
            now=now,
        )
    assert agreed(visit) == [200_000]


def test_her_own_price_goes_before_the_person_s_and_that_before_the_lists(salon, brushing, now, tomorrow_ten):
    def sold(staff_id):
        with transaction():
            line = LineSpec(service_id=salon.brushing, staff_id=staff_id)
            return lines_of(draft(branch_id=1, customer_id=salon.zahra, lines=[line], actor_id=None, now=now))

    thing = Thing(SERVICE, salon.brushing)
    with transaction():
        listed = add_price_list(spec=ListSpec("پاییز"), actor=None, now=now)
        set_prices(list_id=listed.id, prices={thing: Price(300_000)}, actor=None, now=now)
        set_own_prices(service_id=salon.brushing, whose="staff", prices={salon.sara: 500_000})
    assert (sold(salon.sara), sold(salon.negar)) == ([500_000], [300_000])
    with transaction():
        set_own_prices(service_id=salon.brushing, whose="customer", prices={salon.zahra: 250_000})
    assert (sold(salon.sara), sold(salon.negar)) == ([250_000], [250_000])
    assert lines_of(invoiced(brushing(tomorrow_ten), now)) == [250_000]


def test_the_till_tells_whose_price_differs(salon, now):
    with transaction():
        set_own_prices(service_id=salon.cut, whose="staff", prices={salon.sara: 600_000})
        invoice_id = draft(branch_id=1, customer_id=salon.zahra, lines=[], actor_id=None, now=now)
    told = till_prices(db.session.get(Invoice, invoice_id)).told(SERVICE, salon.cut, 450_000)
    assert told == {
        "price": 450_000,
        "price_to": None,
        "by_staff": {salon.sara: {"price": 600_000, "price_to": None}},
    }


def test_a_touch_up_that_is_moved_out_of_its_days_is_one_no_more_and_its_history_says_so(
    touch_up, book_cut, brushing, now, tomorrow_ten
):
    touch_up()
    book_cut(tomorrow_ten)
    visit = brushing(tomorrow_ten + 3 * DAY)
    for days, price in ((11, None), (10, 200_000)):
        with transaction():
            reschedule(appointment_id=visit.id, starts_at=tomorrow_ten + days * DAY, actor=None, now=now)
        assert agreed(visit) == [price]
    told = [change.sentence for change in changes_of(visit.id)]
    assert "(به قیمت ترمیم)" in told[0] and "(دیگر نه به قیمت ترمیم)" in told[1]
