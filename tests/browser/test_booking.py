"""The booking dialog by keyboard: several services, a time kept meanwhile, refusals that lose nothing, what repeats."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from salon.appointments.models import Appointment, AppointmentItem, SlotHold
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, add_customer
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Taken = Callable[[datetime], None]


@pytest.fixture
def taken(salon: SmallSalon, now: datetime) -> Taken:
    """Book a cut by Sara for somebody else."""

    def write(starts_at: datetime) -> None:
        with transaction():
            mina = add_customer(
                branch_id=salon.branch_id,
                spec=CustomerSpec("مینا", "شریفی", f"0912{starts_at:%m%d%H%M}"[:11]),
                actor=None,
                now=now,
            )
            item = BookingItem(salon.cut, salon.sara)
            who = {"branch_id": salon.branch_id, "customer_id": mina.id}
            book(**who, starts_at=starts_at, items=[item], actor=None, now=now)

    return write


def for_zahra(desk: Receptionist, *services: str) -> None:
    """F2, her number, and each service by a few letters and Enter."""
    desk.press("F2")
    expect(desk.at("#booking-find")).to_be_focused()
    desk.type("6789")
    desk.sees("#booking-hits li", "زهرا کریمی")
    desk.press("Enter")
    for place, typed in enumerate(services):
        expect(desk.at("#booking-service")).to_be_focused()
        desk.type(typed)
        desk.press("Enter")
        expect(desk.at("#booking .item")).to_have_count(place + 1)


def at(desk: Receptionist, typed: str) -> None:
    """Enter goes on to the time, which is typed."""
    desk.press("Enter")
    expect(desk.at("#booking-time")).to_be_focused()
    desk.type(typed)


def is_kept(desk: Receptionist) -> None:
    """The time is kept, and she sees it."""
    expect(desk.at("[data-booking-kept]")).to_contain_text("برای شما نگه داشته است")


def holds() -> int:
    """How many times are kept."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SlotHold)) or 0


def test_a_visit_of_three_services_by_whoever_can_is_booked_without_a_mouse(
    screen: Screen, salon: SmallSalon, now: datetime
) -> None:
    desk = screen()
    for_zahra(desk, "رنگ نگار", "کوت", "براش")
    expect(desk.at("#booking .offer").first).to_contain_text("رنگ کامل با نگار رضایی")
    desk.press("ArrowUp")  # the last row; with Ctrl it goes up
    desk.press("Control+ArrowUp")
    expect(desk.at("#booking .item").nth(1)).to_contain_text("براشینگ")
    expect(desk.at("#booking .offer").first).to_contain_text(re.compile("رنگ.*براشینگ.*کوتاهی"))
    expect(desk.at("#booking .offer[aria-disabled=true]")).to_have_count(0)
    desk.press("F7")
    is_kept(desk)
    desk.picture("booking-three")
    desk.press("F10")
    desk.is_told("ثبت شد")
    db.session.rollback()
    items = db.session.scalars(select(AppointmentItem).order_by(AppointmentItem.starts_at)).all()
    assert [item.service_id for item in items] == [salon.color, salon.brushing, salon.cut]
    assert all(later.starts_at == earlier.ends_at for earlier, later in pairwise(items))
    assert holds() == 0


def test_a_chosen_time_is_kept_from_others_until_the_dialog_closes(screen: Screen, salon: SmallSalon) -> None:
    desk, other = screen(), screen("owner")
    for_zahra(desk, "کوت سارا")
    at(desk, "1500")
    is_kept(desk)
    for_zahra(other, "کوت سارا")
    at(other, "1500")
    expect(other.at("#booking .error")).to_contain_text("پر است؛ نزدیک‌ترین")
    expect(other.at("[data-booking-nearest] .offer")).to_have_count(4)
    other.picture("booking-taken")
    assert holds() == 1
    desk.press("Escape")
    expect(desk.at("#booking")).to_be_hidden()
    other.at("#booking-time").press("Control+a")
    other.type("1500")
    is_kept(other)
    expect(other.at("#booking .error")).to_have_count(0)
    other.press("F10")
    other.is_told("نوبت ۱۵:۰۰ ثبت شد")


def test_a_refusal_keeps_what_was_typed_and_one_key_takes_the_nearest_time(
    screen: Screen, salon: SmallSalon, now: datetime, taken: Taken
) -> None:
    taken(now + timedelta(minutes=100))  # 13:00 to 13:45
    desk = screen()
    for_zahra(desk, "کوت سارا")
    desk.at("#booking-note").fill("موی بلند")
    desk.at("#booking-service").focus()
    at(desk, "1300")
    desk.press("F10")
    expect(desk.at("#booking .error")).to_contain_text("سارا احمدی ۱۳:۰۰ تا ۱۳:۴۵ پر است")
    expect(desk.at("#booking-time")).to_have_value("۱۳۰۰")
    expect(desk.at("#booking-time")).to_be_focused()
    expect(desk.at("#booking-note")).to_have_value("موی بلند")
    expect(desk.at("#booking .item")).to_have_count(1)
    expect(desk.at("[data-booking-overbook]")).to_have_count(0)  # the receptionist may not
    expect(desk.at("[data-booking-nearest] .offer").nth(3)).to_contain_text("۱۳:۴۵")
    desk.press("F9")
    is_kept(desk)
    desk.press("F10")
    desk.is_told("نوبت ۱۳:۴۵ ثبت شد")
    db.session.rollback()
    assert db.session.scalars(select(Appointment.note).order_by(Appointment.id.desc())).first() == "موی بلند"


def test_a_refusal_that_comes_late_undoes_nothing_that_was_chosen_since(
    screen: Screen, salon: SmallSalon, now: datetime, taken: Taken
) -> None:
    taken(now + timedelta(minutes=100))
    desk, waiting = screen(), []
    for_zahra(desk, "کوت سارا")
    expect(desk.at("#booking .offer").nth(3)).to_contain_text("F9")
    desk.page.route("**/desk/booking/holds", lambda asked: waiting.append(asked), times=1)  # noqa: PLW0108  # a bound method is no handler
    with desk.page.expect_request("**/desk/booking/holds"):
        at(desk, "1300")
    desk.press("F9")
    waiting[0].continue_()
    is_kept(desk)
    expect(desk.at("#booking .error")).to_have_count(0)
    expect(desk.at("#booking .offer[aria-pressed=true]")).to_have_count(1)
    assert holds() == 1


def test_whoever_may_overbook_says_so_after_a_refusal(
    screen: Screen, salon: SmallSalon, now: datetime, taken: Taken
) -> None:
    taken(now + timedelta(minutes=100))
    owner = screen("owner")
    for_zahra(owner, "کوت سارا")
    expect(owner.at("[data-booking-overbook]")).to_be_hidden()
    at(owner, "1300")
    owner.press("F10")
    expect(owner.at("[data-booking-overbook]")).to_be_visible()
    with owner.page.expect_response("**/desk/appointments") as refused:
        owner.press("F10")  # once more is refused once more
    assert refused.value.status == 409
    expect(owner.at("[data-booking-overbook]")).to_be_visible()
    expect(owner.at("#booking-time")).to_be_focused()
    owner.tab_to(owner.at("[data-booking-overbook]"))
    owner.press("Enter")
    owner.is_told("نوبت ۱۳:۰۰ ثبت شد")
    db.session.rollback()
    assert sorted(db.session.scalars(select(AppointmentItem.overbooked))) == [False, True]


def test_her_other_booking_at_the_time_is_told_before_it_is_booked(
    screen: Screen, salon: SmallSalon, now: datetime
) -> None:
    with transaction():
        item = BookingItem(salon.cut, salon.negar)
        who = {"branch_id": salon.branch_id, "customer_id": salon.zahra}
        book(**who, starts_at=now + timedelta(minutes=100), items=[item], actor=None, now=now)
    desk = screen()
    for_zahra(desk, "کوت سارا")
    at(desk, "1300")
    desk.press("F10")
    desk.sees("[data-booking-notices]", "در همین زمان نوبت دیگری دارد")
    desk.press("F10")
    desk.is_told("نوبت ۱۳:۰۰ ثبت شد")


def test_what_repeats_lists_its_conflicts_first_to_be_left_out_or_moved(
    screen: Screen, salon: SmallSalon, now: datetime, taken: Taken
) -> None:
    taken(now + timedelta(minutes=100, weeks=2))
    taken(now + timedelta(minutes=100, weeks=4))
    desk = screen()
    for_zahra(desk, "کوت سارا")
    at(desk, "1300")
    is_kept(desk)
    desk.press("Shift+F2")
    expect(desk.at("#booking-every")).to_be_focused()
    desk.type("2")
    desk.press("Tab")
    desk.type("4")
    desk.press("F10")
    desk.sees("[data-booking-series]", "۴ نوبت، ۲ تا جا نمی‌شود")
    expect(desk.at("[data-booking-series] select").first).to_be_focused()
    desk.picture("booking-series")
    desk.press("ArrowDown")
    desk.press("F10")
    desk.is_told("۳ نوبت ثبت شد")
    db.session.rollback()
    hers = select(Appointment.starts_at).where(Appointment.customer_id == salon.zahra).order_by(Appointment.starts_at)
    first = now + timedelta(minutes=100)
    booked = [starts_at - first for starts_at in db.session.scalars(hers)]
    assert booked == [timedelta(), timedelta(weeks=2, minutes=-45), timedelta(weeks=6)]


def test_a_booking_gets_another_service_from_its_own_dialog(screen: Screen, salon: SmallSalon, now: datetime) -> None:
    with transaction():
        item = BookingItem(salon.cut, salon.sara)
        who = {"branch_id": salon.branch_id, "customer_id": salon.zahra}
        booked = book(**who, starts_at=now + timedelta(minutes=100), items=[item], actor=None, now=now).id
    desk = screen()
    desk.tab_to(desk.at(f"[data-appointment='{booked}']:visible"))
    desk.press("Enter")
    expect(desk.at("#visit")).to_be_visible()
    desk.press("F2")
    expect(desk.at("#booking-title")).to_have_text("تغییر نوبت")
    expect(desk.at("#booking-time")).to_have_value("۱۳:۰۰")
    expect(desk.at("#booking-service")).to_be_focused()
    desk.type("براش")
    desk.press("Enter")
    is_kept(desk)
    desk.picture("booking-changed")
    desk.press("F10")
    desk.is_told("نوبت ۱۳:۰۰ تغییر کرد")
    db.session.rollback()
    assert [item.service_id for item in db.session.scalars(select(Appointment)).one().items] == [
        salon.cut,
        salon.brushing,
    ]
