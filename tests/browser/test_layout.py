"""Every screen at every size, light and dark: right to left, nothing cut, Persian digits, read by all, the focus seen."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page

from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.cashbox.boxes.queries import categories
from salon.cashbox.boxes.services import BoxSpec, add_box
from salon.cashbox.deposits.services import take_deposit
from salon.cashbox.models import BoxKind, Direction, PaymentMethod, VoucherKind
from salon.cashbox.queries import main_box
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.shifts.services import close_shift, open_shift
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.catalog.prices.rules import SERVICE, Price, Thing
from salon.catalog.prices.services import ListSpec, add_price_list, set_prices
from salon.catalog.services import add_product
from salon.core.db import transaction
from salon.customers.services import CustomerSpec, change_customer
from salon.inventory.services import receive
from salon.invoices.checkout.services import settle
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.years.services import close_year, open_year
from tests.factories import SmallSalon

from .conftest import Screen
from .looks import DESKTOP, PHONE, look_at
from .receptionist import Receptionist
from .rooms import ROOMS

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

# Where a cursor waits when a screen opens.
FOCUSED = """() => {
  const field = document.activeElement;
  if (!field || field === document.body) return "nothing has the focus";
  const style = getComputedStyle(field);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return ring ? "" : `the focus is not seen on ${field.outerHTML.slice(0, 80)}`;
}"""

# Whether what a toast covers can be pressed all the same.
COVERED = """(selector) => {
  const {left, right, top, bottom} = document.getElementById("toasts").getBoundingClientRect();
  return [...document.querySelectorAll(selector)].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width && box.left < right && box.right > left && box.top < bottom && box.bottom > top;
  }).map((part) => part.outerHTML.slice(0, 80));
}"""
TELL = """document.dispatchEvent(new CustomEvent("toast", {detail: {
  text: "سارا ۱۰:۳۰ تا ۱۱:۱۵ پر است؛ نزدیک‌ترین: ۱۱:۱۵ سارا، ۱۰:۳۰ نگار", tone: "bad"}}))"""


def cashbox_with_shifts(salon: SmallSalon, now: datetime) -> dict[str, int]:
    """A till that was counted once and is open again, an expense out of it, and a petty cash; their ids."""
    till = main_box(salon.branch_id, BoxKind.CASH)
    begun = {"branch_id": salon.branch_id, "cashbox_id": till, "actor": None, "now": now}
    closed = open_shift(counted=5_000_000, key="first", **begun)
    expense = VoucherSpec(
        VoucherKind.EXPENSE, till, 300_000, category_id=categories(Direction.OUT)[0].id, party="سوپرمارکت سرو"
    )
    record_voucher(branch_id=salon.branch_id, spec=expense, key="tea", actor=None, now=now)
    close_shift(
        branch_id=salon.branch_id,
        shift_id=closed.id,
        counted=4_650_000,
        pieces={2_000_000: 2, 500_000: 1, 50_000: 3},
        explanation="باقی پول اشتباه پس داده شد",
        key="last",
        actor=None,
        now=now,
    )
    shift = open_shift(counted=4_650_000, key="second", **begun)
    petty = add_box(branch_id=salon.branch_id, spec=BoxSpec("تنخواه", BoxKind.CASH), actor=None, now=now)
    return {"till": till, "closed_shift": closed.id, "shift": shift.id, "petty": petty.id}


@pytest.fixture
def places(salon: SmallSalon, now: datetime, written: Callable[..., int]) -> dict[str, int]:
    """A day with bookings, a draft, an open and a settled invoice, and a customer with much to say of her; their ids."""
    settled, owed, open_draft, returned = written(), written(), written(), written()
    with transaction():
        cashbox = cashbox_with_shifts(salon, now)
        change_customer(
            customer_id=salon.zahra,
            spec=CustomerSpec(
                "زهرا",
                "کریمی",
                "09123456789",
                birthday=date(1990, 11, 23),
                note="چای بدون قند؛ صندلی کنار پنجره.",
                allergies="آمونیاک و رنگ‌های دائمی",
            ),
            is_member=True,
            debt_limit=None,
            actor=None,
            now=now,
        )
        serum = add_product(name="سرم مو ۱۰۰ میل", price=6_200_000, low_stock=3, actor=None, now=now)
        receive(branch_id=salon.branch_id, pieces={serum.id: 2}, key="box", actor=None, now=now)
        last_year = open_year(year=1404, actor=None, now=now)
        close_year(year_id=last_year.id, key="closed", actor=None, now=now)
        add_price_list(spec=ListSpec("نوروز", branch_id=salon.branch_id), actor=None, now=now)
        set_prices(list_id=1, prices={Thing(SERVICE, salon.color): Price(2_500_000)}, actor=None, now=now)
        awaited = PaymentSpec(PaymentMethod.CARD_TO_CARD, 20_000, reference="752280392112")
        cheque = PaymentSpec(PaymentMethod.CHEQUE, 10_000, reference="547507", due_on=date(2026, 12, 21))
        for invoice_id, paid, more in (
            (settled, 450_000, []),
            (owed, 30_000, [awaited, cheque]),
            (returned, 450_000, []),
        ):
            payments = [PaymentSpec(PaymentMethod.CASH, paid), *more]
            settle(
                branch_id=salon.branch_id,
                invoice_id=invoice_id,
                payments=payments,
                key=str(invoice_id),
                actor_id=salon.desk_id,
                now=now,
                credit=0,
            )
        back = return_sale(
            branch_id=salon.branch_id,
            invoice_id=returned,
            lines=None,
            refund=Refund.CASH,
            reason="از کار راضی نبود",
            key="back",
            actor_id=salon.desk_id,
            now=now,
        )
        left = take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            payment=PaymentSpec(PaymentMethod.TRANSFER, 400_000, reference="570280952265"),
            key="deposit",
            actor=None,
            now=now,
        )
        for service, staff, minutes in (
            (salon.cut, salon.sara, 25),
            (salon.color, salon.negar, 40),
            (salon.brushing, salon.sara, 100),
        ):
            item = BookingItem(service, staff)
            starts_at = now + timedelta(minutes=minutes)
            book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=starts_at,
                items=[item],
                actor=None,
                now=now,
            )
    invoices = {"settled": settled, "open": owed, "draft": open_draft, "returned": back.id}
    return {**invoices, **cashbox, "deposit": left.id, **vars(salon)}


@pytest.mark.parametrize("room", ROOMS)
def test_every_screen_is_whole_persian_and_read_by_all(screen: Screen, places: dict[str, int], room: str) -> None:
    desk = screen("owner", at="")
    faults = []
    for name, path in ROOMS[room].items():
        answer = desk.page.goto(path.format(**places))
        assert answer
        assert answer.status == (404 if name == "missing" else 200), path
        faults += look_at(desk, name, fits=name.startswith("desk"))
    assert not faults, "\n".join(faults)


def open_booking(desk: Receptionist) -> None:
    """The dialog of a new booking, with its free times and the fields of a new customer."""
    desk.page.locator("[data-act=booking]").first.click()
    for _ in range(2):
        desk.page.locator("#booking-service").press("ArrowDown")
        desk.page.locator("#booking-service").press("Enter")
    desk.page.locator("#booking [data-booking-new]").click()
    desk.page.locator("#booking-time").fill("7")
    desk.sees("[data-hours-warning]", "گذشته")


def open_visit(desk: Receptionist) -> None:
    """The dialog of a booking, about to be moved."""
    desk.page.locator("[data-appointment]:visible").first.click()
    desk.page.locator("[data-move-opens]").click()


def open_keys(desk: Receptionist) -> None:
    """All keys."""
    desk.page.locator("[data-opens=keys-help]").click()


def open_card(desk: Receptionist) -> None:
    """A card is issued."""
    desk.page.locator("[data-card-issue]").click()


def pick_day(desk: Receptionist) -> None:
    """The month from which a day is chosen."""
    desk.page.locator("[data-board-day]").click()


def leave_debt(desk: Receptionist) -> None:
    """What is left shall be owed."""
    desk.page.locator("[data-amount=cash]").fill("100")
    desk.page.locator("[data-owe]").click()


def overpay(desk: Receptionist) -> None:
    """More is drawn from a card than is owed, and refused: only cash gives change."""
    desk.page.locator("[data-amount=card]").fill("9999999")
    desk.page.locator("[data-go]").click()
    desk.sees("[data-form-error]", "بیشتر")


def add_line(desk: Receptionist) -> None:
    """A service is looked for."""
    desk.page.locator(".adder input").fill("ب")
    desk.sees("#adder-hits li", "براش")


STATES = {
    "booking": ("/desk?customer=", open_booking),
    "visit": ("/desk?customer=", open_visit),
    "keys": ("/desk?customer=", open_keys),
    "card": ("/desk?customer={zahra}", open_card),
    "day": ("/desk?customer=", pick_day),
    "checkout-debt": ("/invoices/{draft}", leave_debt),
    "checkout-overpaid": ("/invoices/{draft}", overpay),
    "checkout-adding": ("/invoices/{draft}", add_line),
}


def test_every_dialog_and_state_is_whole_persian_and_read_by_all(screen: Screen, places: dict[str, int]) -> None:
    desk = screen("desk", at="")
    faults = []
    for name, (path, reach) in STATES.items():
        desk.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # width and height
        desk.page.goto(path.format(**places))
        reach(desk)
        faults += look_at(desk, name)
    assert not faults, "\n".join(faults)


def covered(page: Page, selector: str) -> list[str]:
    """What stands under a refusal that is told now."""
    page.evaluate(TELL)
    found: list[str] = page.evaluate(COVERED, selector)
    return found


def test_toasts_never_cover_the_till_nor_the_buttons_of_a_dialog(screen: Screen, places: dict[str, int]) -> None:
    desk = screen(at="")
    for size in (DESKTOP, PHONE):
        desk.page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        desk.page.goto(f"/invoices/{places['draft']}")
        desk.page.locator("[data-amount=cash]").focus()
        assert covered(desk.page, ".till-pay button, .till-pay input") == []
        desk.page.goto("/desk")
        desk.page.locator("[data-act=booking]").first.click()
        assert covered(desk.page, "#booking .actions button, #booking input, #booking select") == []


def test_the_login_is_whole_and_its_first_field_waits(screen: Screen) -> None:
    desk = screen(user="")
    desk.page.goto("/login")
    assert desk.page.evaluate(FOCUSED) == ""
    assert look_at(desk, "login") == []


def test_the_first_field_of_every_form_waits_for_what_is_typed(screen: Screen) -> None:
    desk = screen("owner", at="")
    for path in (
        "/invoices/new",
        *(f"/{room}/new" for room in ("customers", "services", "products", "staff", "offers")),
    ):
        desk.page.goto(path)
        assert desk.page.evaluate(FOCUSED) == "", path
