"""The views of the board in the browser: switched by keys, kept up to date, bookings moved and stretched by keys."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from salon.appointments.models import Appointment, AppointmentItem
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.catalog.models import PhaseKind as K
from salon.catalog.phases.rules import Phase
from salon.catalog.phases.services import set_phases, set_resources
from salon.catalog.resources.services import ResourceSpec, add_resource
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, add_customer, change_customer
from salon.staff.lines.services import add_line, join_line
from tests.factories import SmallSalon

from .conftest import Screen
from .looks import look_at
from .receptionist import Receptionist
from .test_board import drag

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Booked = Callable[..., int]


@pytest.fixture
def mina(salon: SmallSalon, now: datetime) -> int:
    """Another customer."""
    with transaction():
        spec = CustomerSpec("مینا", "شریفی", "09121112233")
        return add_customer(branch_id=salon.branch_id, spec=spec, actor=None, now=now).id


@pytest.fixture
def booked(salon: SmallSalon, now: datetime) -> Booked:
    """Book a service, so many minutes from now (11:20)."""

    def write(minutes: int, customer_id: int, staff_id: int, service_id: int = 0, **more: object) -> int:
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=customer_id,
                starts_at=now + timedelta(minutes=minutes),
                items=[BookingItem(service_id or salon.cut, staff_id)],
                actor=None,
                now=now,
                **more,  # type: ignore[arg-type]  # note, overbook
            ).id

    return write


@pytest.fixture
def full_day(salon: SmallSalon, now: datetime, booked: Booked, mina: int) -> dict[str, int]:
    """A day with all that a board can show; the bookings by name."""
    with transaction():
        phases = (
            Phase(K.BUFFER, 5),
            Phase(K.BUSY, 30),
            Phase(K.PROCESSING, 45),
            Phase(K.BUSY, 30),
            Phase(K.BUFFER, 10),
        )
        set_phases(service_id=salon.color, phases=phases)
        chair = add_resource(branch_id=salon.branch_id, spec=ResourceSpec("صندلی رنگ", "chair", capacity=2))
        add_resource(branch_id=salon.branch_id, spec=ResourceSpec("اتاق لیزر", "room"))
        set_resources(service_id=salon.color, resource_ids=[chair.id])
        line = add_line(branch_id=salon.branch_id, name="مو", actor=None, now=now)
        join_line(staff_id=salon.sara, line_id=line.id, share_bp=0, actor=None, now=now)
        change_customer(
            customer_id=salon.zahra,
            spec=CustomerSpec("زهرا", "کریمی", "09123456789", allergies="آمونیاک"),
            is_member=True,
            debt_limit=None,
            actor=None,
            now=now,
        )
    found = {
        "done": booked(-110, mina, salon.sara),
        "color": booked(25, salon.zahra, salon.sara, salon.color, note="رنگ پایه ۷"),
        "within": booked(60, mina, salon.sara, salon.brushing),
        "beside": booked(70, mina, salon.negar, overbook=True),
        "cut": booked(190, salon.zahra, salon.negar),
    }
    booked(75, salon.zahra, salon.negar, salon.brushing, overbook=True)
    with transaction():
        for status in (S.ARRIVED, S.IN_SERVICE, S.DONE):
            set_status(appointment_id=found["done"], status=status, actor=None, now=now)
        set_status(appointment_id=found["color"], status=S.ARRIVED, actor=None, now=now)
    return found


def items_of(booking: int) -> list[AppointmentItem]:
    """The services of a booking as they are kept."""
    db.session.rollback()
    return list(db.session.get_one(Appointment, booking).items)


VIEWS = ("staff", "line", "room", "week", "list")


@pytest.mark.parametrize("view", [*VIEWS, "week&of={sara}"])
def test_every_view_of_a_full_day_is_in_order_at_every_size(
    screen: Screen, salon: SmallSalon, full_day: dict[str, int], view: str
) -> None:
    desk = screen(at=f"/desk?view={view}".replace("{sara}", str(salon.sara)))
    expect(desk.at("[data-appointment]:visible").first).to_be_visible()
    assert not look_at(desk, f"board-{view.partition('{')[0].replace('&of=', '-of')}", fits=True)


def test_f6_goes_through_the_views_and_the_address_remembers_where_it_was(
    screen: Screen, salon: SmallSalon, full_day: dict[str, int]
) -> None:
    desk = screen(at=f"/desk?customer={salon.zahra}")
    for view, seen in (("line", "بدون لاین"), ("room", "اتاق لیزر"), ("week", "پنجشنبه"), ("list", "۰۹۱۲۳۴۵۶۷۸۹")):
        desk.press("F6")
        desk.sees(".board", seen)
        desk.goes_to(rf"view={view}")
    desk.goes_to(rf"customer={salon.zahra}")
    desk.press("PageDown")
    desk.sees("[data-board-title]", "۱ آذر")
    desk.page.reload()
    desk.sees("[data-board-title]", "۱ آذر")
    desk.sees("#board-sheet", "نوبتی ندارد")
    desk.press("Shift+F6")
    desk.goes_to(r"view=week")
    desk.at("[data-board-of]").select_option(str(salon.negar))
    expect(desk.at("#board [data-appointment]")).to_have_count(3)
    desk.goes_to(rf"of={salon.negar}")


def test_what_another_till_books_appears_within_two_seconds_and_leaves_the_focus_alone(
    screen: Screen, salon: SmallSalon, booked: Booked, mina: int
) -> None:
    first = booked(25, salon.zahra, salon.sara)
    desk = screen()
    desk.press("ArrowDown")
    expect(desk.at(f"#board [data-appointment='{first}']")).to_be_focused()
    told = booked(120, mina, salon.sara)
    expect(desk.at(f"#board [data-appointment='{told}']")).to_be_visible(timeout=2_000)
    expect(desk.at(f"#board [data-appointment='{first}']")).to_be_focused()


def test_an_open_dialog_is_not_disturbed_and_the_board_catches_up_when_it_is_closed(
    screen: Screen, salon: SmallSalon, booked: Booked, mina: int
) -> None:
    first = booked(25, salon.zahra, salon.sara)
    desk = screen()
    desk.press("ArrowDown", "Enter")
    expect(desk.at("#visit")).to_be_visible()
    told = booked(120, mina, salon.negar)
    desk.press("Shift+F2")
    expect(desk.at("#move-time")).to_be_focused()
    desk.page.wait_for_timeout(1_500)
    expect(desk.at("#board [data-appointment]")).to_have_count(1)
    expect(desk.at("#move-time")).to_be_focused()
    desk.press("Escape")
    expect(desk.at(f"#board [data-appointment='{told}']")).to_be_visible(timeout=2_000)
    expect(desk.at(f"#board [data-appointment='{first}']")).to_be_focused()


def test_a_cut_line_is_said_quietly_and_the_board_goes_on_by_itself(
    screen: Screen, salon: SmallSalon, booked: Booked
) -> None:
    desk = screen()
    expect(desk.at("#board .person").first).to_be_visible()
    desk.page.route("**/desk/events*", lambda route: route.fulfill(status=409, json={"detail": "x"}))
    desk.sees("[data-board-live]", "ارتباط قطع است")
    expect(desk.at(".toast-line")).to_have_count(0)
    booking = booked(25, salon.zahra, salon.sara)
    desk.page.unroute("**/desk/events*")
    expect(desk.at(f"#board [data-appointment='{booking}']")).to_be_visible()
    expect(desk.at("[data-board-live]")).to_be_hidden()


def test_a_line_stands_where_the_salon_s_clock_is(screen: Screen, salon: SmallSalon, booked: Booked) -> None:
    hers = booked(25, salon.zahra, salon.sara)
    desk = screen()
    line, block = (desk.at(place).first for place in (".ec-now-indicator", f"#board [data-appointment='{hers}']"))
    expect(line).to_be_visible()
    tops = [place.evaluate("place => place.getBoundingClientRect().top") for place in (line, block)]
    minute = desk.at("#board").evaluate(
        "board => parseFloat(getComputedStyle(board).getPropertyValue('--minute-height'))"
    )
    assert abs(tops[1] - tops[0] - 25 * minute) < 3


def test_a_booking_is_moved_and_stretched_by_keys(
    screen: Screen, salon: SmallSalon, now: datetime, booked: Booked
) -> None:
    hers = booked(25, salon.zahra, salon.sara)
    desk = screen()
    desk.press("ArrowDown", "Control+ArrowDown", "Control+ArrowDown", "Control+ArrowLeft")
    desk.sees("[data-board-nudge]", "۱۲:۱۵ تا ۱۳:۰۰")
    with desk.page.expect_response("**/move"):
        pass
    expect(desk.at(f"#board [data-appointment='{hers}']")).to_be_focused()
    desk.page.wait_for_function("() => !document.querySelector('.on-the-way')")
    desk.press("Shift+ArrowDown", "Shift+ArrowDown")
    with desk.page.expect_response("**/stretch"):
        pass
    desk.sees("[data-board-nudge]", "اکنون ۱۲:۱۵ تا ۱۳:۱۰")
    (item,) = items_of(hers)
    starts = now + timedelta(minutes=55)
    assert (item.staff_id, item.starts_at, item.ends_at) == (salon.negar, starts, starts + timedelta(minutes=55))


def test_a_stretch_onto_a_taken_time_goes_back_and_says_until_when_there_is_room(
    screen: Screen, salon: SmallSalon, booked: Booked, mina: int
) -> None:
    hers, _next = booked(25, salon.zahra, salon.sara), booked(75, mina, salon.sara)
    before = items_of(hers)[0].ends_at
    desk = screen()
    desk.press("ArrowDown")
    tall = desk.at(f"#board .ec-event:has([data-appointment='{hers}'])").bounding_box()
    desk.press("Shift+ArrowDown", "Shift+ArrowDown")
    desk.is_told("تا ۱۲:۳۵ جا دارد")
    expect(desk.at(".on-the-way")).to_have_count(0)
    assert desk.at(f"#board .ec-event:has([data-appointment='{hers}'])").bounding_box() == tall
    assert items_of(hers)[0].ends_at == before


def drag_end(desk: Receptionist, booking: int, minutes: int) -> None:
    """Take the lower edge of a booking and let it go so many minutes later."""
    box = desk.at(f"#board .ec-event:has([data-appointment='{booking}'])").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x, y + 8, steps=2)
    desk.page.mouse.move(x, y + box["height"] / 45 * minutes, steps=6)
    desk.page.mouse.up()


def test_a_booking_is_stretched_by_its_lower_edge(screen: Screen, salon: SmallSalon, booked: Booked) -> None:
    hers = booked(25, salon.zahra, salon.sara)
    desk = screen()
    expect(desk.at("#board [data-appointment]")).to_be_visible()
    with desk.page.expect_response("**/stretch"):
        drag_end(desk, hers, 30)
    (item,) = items_of(hers)
    assert item.ends_at - item.starts_at == timedelta(minutes=75)


def test_on_another_line_a_booking_goes_to_whoever_is_free_there(
    screen: Screen, salon: SmallSalon, full_day: dict[str, int]
) -> None:
    desk = screen(at="/desk?view=line")
    with desk.page.expect_response("**/line"):
        drag(desk, full_day["cut"], staff="مو", hours=1)
    (item,) = items_of(full_day["cut"])
    assert item.staff_id == salon.sara


def test_into_another_room_no_booking_is_dragged(screen: Screen, full_day: dict[str, int]) -> None:
    desk = screen(at="/desk?view=room")
    color = desk.at(f"#board .ec-event:has([data-appointment='{full_day['color']}'])")
    before = color.bounding_box()
    drag(desk, full_day["color"], staff="اتاق لیزر", hours=1)
    desk.is_told("فقط در ساعت جابه‌جا کنید")
    assert color.bounding_box() == before


def test_in_somebody_s_week_a_booking_is_dragged_to_another_day(
    screen: Screen, salon: SmallSalon, now: datetime, full_day: dict[str, int]
) -> None:
    desk = screen(at=f"/desk?view=week&of={salon.negar}")
    expect(desk.at("#board [data-appointment]")).to_have_count(3)
    with desk.page.expect_response("**/move"):
        drag(desk, full_day["cut"], staff="دوشنبه", hours=1)
    (item,) = items_of(full_day["cut"])
    assert item.starts_at == now + timedelta(days=2, minutes=250)


def test_without_rooms_the_view_says_what_to_do_first(screen: Screen, salon: SmallSalon) -> None:
    desk = screen("owner", at="/desk?view=room")
    desk.sees("#board-sheet", "هنوز اتاق", "افزودن اتاق یا دستگاه")
