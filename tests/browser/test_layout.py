"""Every screen, at the desk and on a phone: right to left, nothing cut, nothing sideways, Persian digits, the focus seen."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.catalog.services import add_product
from salon.core.db import transaction
from salon.customers.services import CustomerSpec, change_customer
from salon.invoices.checkout.services import settle
from salon.invoices.models import PaymentMethod
from salon.invoices.rules import PaymentSpec
from tests.factories import SmallSalon

from .conftest import DESKTOP, PHONE, Screen
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
SIZES = {"desk": DESKTOP, "phone": PHONE}

# Where a cursor waits when a screen opens.
FOCUSED = """() => {
  const field = document.activeElement;
  if (!field || field === document.body) return "nothing has the focus";
  const style = getComputedStyle(field);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return ring ? "" : `the focus is not seen on ${field.outerHTML.slice(0, 80)}`;
}"""


@pytest.fixture
def busy_day(salon: SmallSalon, now: datetime, written: Callable[..., int]) -> dict[str, int]:
    """A day with bookings, a draft, an open and a settled invoice, and a customer with much to say of her."""
    settled, owed, open_draft = written(), written(), written()
    with transaction():
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
        add_product(name="سرم مو ۱۰۰ میل", price=6_200_000, actor=None, now=now)
        for invoice_id, paid in ((settled, 450_000), (owed, 30_000)):
            payments = [PaymentSpec(PaymentMethod.CASH, paid)]
            settle(
                branch_id=salon.branch_id,
                invoice_id=invoice_id,
                payments=payments,
                key=str(invoice_id),
                actor_id=salon.desk_id,
                now=now,
                credit=0,
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
    return {"settled": settled, "open": owed, "draft": open_draft}


def screens(salon: SmallSalon, invoices: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Every screen by name and path."""
    yield "desk", "/desk"
    yield "desk-customer", f"/desk?customer={salon.zahra}"
    yield "checkout", f"/invoices/{invoices['draft']}"
    yield "checkout-open", f"/invoices/{invoices['open']}"
    yield "slip", f"/invoices/{invoices['settled']}/slip"
    yield "slip-open", f"/invoices/{invoices['open']}/slip"
    yield "receive", f"/invoices/receive?customer_id={salon.zahra}"
    yield "debtors", "/invoices/receive"
    yield "invoices", "/invoices"
    yield "invoice-new", "/invoices/new"
    yield "customers", "/customers"
    yield "customer-new", "/customers/new"
    yield "customer", f"/customers/{salon.zahra}"
    yield "customer-edit", f"/customers/{salon.zahra}/edit"
    yield "services", "/services"
    yield "service-new", "/services/new"
    yield "service", f"/services/{salon.cut}/edit"
    yield "products", "/products"
    yield "product-new", "/products/new"
    yield "staff", "/staff"
    yield "staff-new", "/staff/new"
    yield "staff-member", f"/staff/{salon.sara}/edit"
    yield "offers", "/offers"
    yield "offer-new", "/offers/new"
    yield "messages", "/messages"
    yield "report", "/reports/services-by-staff"
    yield "settings", "/settings"
    yield "users", "/settings/users"
    yield "user-new", "/settings/users/new"
    yield "password", f"/settings/users/{salon.desk_id}/password"


def faults_of(desk: Receptionist, name: str, *, may_scroll: bool = True) -> list[str]:
    """What is wrong with the layout of what is shown; its picture is kept."""
    desk.page.evaluate("() => document.fonts.ready")
    desk.picture(name)
    return [f"{name}: {fault}" for fault in desk.page.evaluate(LAYOUT, may_scroll)]


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_is_whole_and_persian(
    screen: Screen, salon: SmallSalon, busy_day: dict[str, int], size: str
) -> None:
    desk = screen("owner", SIZES[size])
    faults = []
    for name, path in screens(salon, busy_day):
        answer = desk.page.goto(path)
        assert answer.status == 200, path
        whole = size == "desk" and name.startswith("desk")
        faults += faults_of(desk, f"{size}-{name}", may_scroll=not whole)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("size", SIZES)
def test_every_dialog_is_whole_and_persian(
    screen: Screen, salon: SmallSalon, busy_day: dict[str, int], size: str
) -> None:
    desk = screen("desk", SIZES[size])
    faults = []
    for name, opener in (("booking", "[data-act=booking]"), ("keys", "[data-opens=keys-help]")):
        desk.page.goto("/desk")
        desk.page.locator(opener).first.evaluate("button => button.click()")
        desk.page.locator("dialog[open]").wait_for()
        faults += faults_of(desk, f"{size}-{name}")
    desk.page.goto("/desk")
    desk.page.locator("[data-appointment]:visible").first.click()
    desk.page.locator("#visit[open]").wait_for()
    faults += faults_of(desk, f"{size}-visit")
    assert not faults, "\n".join(faults)


def test_the_login_is_whole_and_its_first_field_waits(screen: Screen) -> None:
    desk = screen(user="")
    desk.page.goto("/login")
    assert faults_of(desk, "desk-login") == []
    assert desk.page.evaluate(FOCUSED) == ""
    desk.page.set_viewport_size(PHONE)
    assert faults_of(desk, "phone-login") == []


def test_the_first_field_of_every_form_waits_for_what_is_typed(screen: Screen) -> None:
    desk = screen("owner")
    for path in (
        "/invoices/new",
        *(f"/{room}/new" for room in ("customers", "services", "products", "staff", "offers")),
    ):
        desk.page.goto(path)
        assert desk.page.evaluate(FOCUSED) == "", path
