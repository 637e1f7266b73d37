"""The board in the browser: bookings are dragged, and a taken time sends them back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from salon.appointments.deposits.services import take_deposit
from salon.appointments.models import Appointment
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, add_customer
from tests.factories import SmallSalon

from .conftest import Screen
from .looks import DESKTOP, PHONE
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Booked = Callable[..., int]


@pytest.fixture
def booked(salon: SmallSalon, now: datetime) -> Booked:
    """Book a cut of 45 minutes, so many minutes from now (11:20)."""

    def write(customer_id: int, staff_id: int, minutes: int) -> int:
        with transaction():
            item = BookingItem(salon.cut, staff_id)
            starts_at = now + timedelta(minutes=minutes)
            return book(
                branch_id=salon.branch_id,
                customer_id=customer_id,
                starts_at=starts_at,
                items=[item],
                actor=None,
                now=now,
            ).id

    return write


@pytest.fixture
def mina(salon: SmallSalon, now: datetime) -> int:
    """Another customer."""
    with transaction():
        return add_customer(
            branch_id=salon.branch_id, spec=CustomerSpec("مینا", "شریفی", "09121112233"), actor=None, now=now
        ).id


def shown(desk: Receptionist, booking: int) -> dict[str, float]:
    """Where a booking is on the board."""
    box = desk.at(f"#board [data-appointment='{booking}']").bounding_box()
    assert box
    return dict(box)


def drag(desk: Receptionist, booking: int, *, staff: str, hours: float) -> None:
    """Take a booking at its upper edge and let it go under a person, so many hours later."""
    box = shown(desk, booking)
    column = desk.at("#board .person").filter(has_text=staff).bounding_box()
    assert column
    x, y, hour = box["x"] + box["width"] / 2, box["y"] + 6, box["height"] / 45 * 60
    mouse = desk.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y + 15, steps=3)
    mouse.move(column["x"] + column["width"] / 2, y + hours * hour, steps=8)
    mouse.up()


def items_of(booking: int) -> list[tuple[int, datetime]]:
    """Person and beginning of the services of a booking."""
    db.session.rollback()
    return [(item.staff_id, item.starts_at) for item in db.session.get_one(Appointment, booking).items]


def test_a_booking_is_dragged_to_another_time_and_person(
    screen: Screen, salon: SmallSalon, now: datetime, booked: Booked
) -> None:
    hers = booked(salon.zahra, salon.sara, 25)
    desk = screen()
    with desk.page.expect_response("**/move"):
        drag(desk, hers, staff="نگار", hours=2)
    desk.page.reload()
    desk.sees("#board", "زهرا کریمی")
    desk.picture("board-moved")
    assert items_of(hers) == [(salon.negar, now + timedelta(minutes=145))]


def test_a_booking_dropped_onto_a_taken_time_goes_back_and_the_next_free_times_are_named(
    screen: Screen, salon: SmallSalon, booked: Booked, mina: int
) -> None:
    hers, other = booked(salon.zahra, salon.sara, 25), booked(mina, salon.negar, 145)
    before = items_of(hers)
    desk = screen()
    at_first = shown(desk, hers)
    drag(desk, hers, staff="نگار", hours=2)
    desk.is_told("پر است؛ نزدیک‌ترین:")
    desk.picture("board-taken")
    expect(desk.at("#board [data-appointment]")).to_have_count(2)
    assert shown(desk, hers) == at_first
    assert items_of(hers) == before
    assert shown(desk, other)["x"] < at_first["x"]  # the second person stands to the left of the first


def test_arrows_walk_the_board_and_enter_opens_a_booking(
    screen: Screen, salon: SmallSalon, booked: Booked, mina: int
) -> None:
    hers, other = booked(salon.zahra, salon.sara, 25), booked(mina, salon.negar, 25)
    desk = screen()
    expect(desk.at("#board [data-appointment]")).to_have_count(2)
    desk.press("ArrowDown")
    expect(desk.at(f"#board [data-appointment='{hers}']")).to_be_focused()
    desk.press("ArrowLeft")
    expect(desk.at(f"#board [data-appointment='{other}']")).to_be_focused()
    desk.press("Enter")
    desk.sees("#visit", "مینا شریفی", "رزرو شده", "نگار رضایی")
    desk.sees("#panel", "مینا شریفی")
    desk.picture("desk-visit")
    desk.press("Escape")
    expect(desk.at("#visit")).to_be_hidden()
    expect(desk.at(f"#board [data-appointment='{other}']")).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_booking_is_moved_without_dragging(
    screen: Screen, salon: SmallSalon, now: datetime, booked: Booked, size: dict[str, int]
) -> None:
    hers = booked(salon.zahra, salon.sara, 25)
    desk = screen(at="")
    desk.page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
    desk.page.goto("/desk")
    desk.tab_to(desk.at(f"[data-appointment='{hers}']:visible"))
    desk.press("Enter")
    expect(desk.at("#visit")).to_be_visible()
    if size == PHONE:
        desk.tab_to(desk.at("[data-move-opens]"))
        desk.press("Enter")
    else:
        desk.press("Shift+F2")
    expect(desk.at("#move-time")).to_be_focused()
    desk.at("#move-time").press("Control+a")
    desk.type("2230")
    desk.sees("#visit [data-hours-warning]", "بسته است")
    desk.at("#move-time").press("Control+a")
    desk.type("1345")
    expect(desk.at("#visit [data-hours-warning]")).to_be_hidden()
    desk.press("Tab")
    desk.type("نگار")
    desk.press("F10")
    desk.is_told("نوبت به ۱۳:۴۵ رفت.")
    expect(desk.at(f"button[data-appointment='{hers}']:visible")).to_be_focused()
    assert items_of(hers) == [(salon.negar, now + timedelta(minutes=145))]


def test_a_move_onto_a_taken_time_is_refused_in_the_dialog_and_keeps_what_was_typed(
    screen: Screen, salon: SmallSalon, booked: Booked, mina: int
) -> None:
    hers, _other = booked(salon.zahra, salon.sara, 25), booked(mina, salon.sara, 145)
    before = items_of(hers)
    desk = screen()
    desk.tab_to(desk.at(f"[data-appointment='{hers}']:visible"))
    desk.press("Enter")
    expect(desk.at("#visit")).to_be_visible()
    desk.press("Shift+F2")
    expect(desk.at("#move-time")).to_be_focused()
    desk.at("#move-time").press("Control+a")
    desk.type("1345")
    desk.press("F10")
    desk.sees("#visit .form-error", "پر است؛ نزدیک‌ترین:")
    expect(desk.at("#move-time")).to_have_value("۱۳۴۵")
    assert items_of(hers) == before


def test_a_booking_with_a_deposit_is_called_off_only_after_a_yes(
    screen: Screen, salon: SmallSalon, now: datetime, booked: Booked
) -> None:
    booking = booked(salon.zahra, salon.sara, 90)
    with transaction():
        take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            appointment_id=booking,
            payment=PaymentSpec(PaymentMethod.CASH, 200_000),
            key="deposit-1",
            actor=None,
            now=now,
        )
    desk, asked = screen(at=f"/desk?customer={salon.zahra}"), []
    desk.at(f"[data-visit-open='{booking}']").click()
    for answer in (False, True):
        desk.page.once(
            "dialog", lambda one, yes=answer: (asked.append(one.message), one.accept() if yes else one.dismiss())
        )
        desk.at("[data-visit-step=cancelled]").click()
        if not answer:
            db.session.rollback()
            assert db.session.get_one(Appointment, booking).status == "booked"
    desk.is_told("۲۰٬۰۰۰ بیعانه برای سالن ماند")
    assert len(asked) == 2 and "۲۰٬۰۰۰ آن برای سالن می‌ماند" in asked[0]
