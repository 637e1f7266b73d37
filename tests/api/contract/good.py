"""One good request for each call; what it needs is done before."""

from collections.abc import Callable
from datetime import timedelta

from salon.cashbox.boxes.services import BoxSpec, add_box
from salon.cashbox.models import BoxKind
from salon.core import clock
from salon.core.db import transaction

from .setup_good import SETUP_GOOD
from .till import CARD, Asked, Till


def _swipe(till: Till) -> Asked:
    """Zahra, who has a card, points, pending credit and a booking today, swipes."""
    till.got(till.issue(till.salon.zahra))
    till.got(till.settlement(till.drafted(), 450_000))
    return till.swipe(CARD, station="پذیرش ۱")


def _messages(till: Till) -> Asked:
    till.got(till.settlement(till.drafted(), 450_000))
    return Asked("GET", f"/messages?customer_id={till.salon.zahra}")


def _wallet(till: Till) -> Asked:
    till.got(till.settlement(till.drafted(), 450_000))
    return Asked("GET", f"/customers/{till.salon.zahra}/wallet")


def _report(till: Till, name: str) -> Asked:
    """Zahra had a discount, paid a part and owes the rest."""
    till.got(till.settlement(till.got(till.draft(till.line(discount=50_000)))["id"], 300_000))
    return Asked("GET", f"/reports/{name}?from={till.tomorrow() - timedelta(1)}&to={till.tomorrow()}")


def _closing(till: Till) -> Asked:
    """A second till, so that the first may be opened meanwhile."""
    with transaction():
        spec = BoxSpec("صندوق دوم", BoxKind.CASH.value)
        second = add_box(branch_id=till.salon.branch_id, spec=spec, actor=None, now=clock.now()).id
    shift = till.got(till.shift(2_000_000, "opening", cashbox_id=second))["id"]
    return till.closing(shift, 1_950_000, explanation="پول خرد به پیک")


def _receipt(till: Till) -> Asked:
    till.got(till.settlement(till.drafted(), 50_000))
    return till.receipt(100_000, "receipt-1")


def _deposit(till: Till) -> Asked:
    """For a booking at the first free time."""
    free = till.got(till.availability())["slots"][0]["starts_at"]
    booked = till.got(till.booking(starts_at=free))["id"]
    return till.deposit(appointment_id=booked, method="transfer", reference="۷۷۱", cashbox_id=None)


def _return(till: Till) -> Asked:
    """One of two haircuts goes back."""
    drafted = till.got(till.draft(till.line(quantity=2)))
    till.got(till.settlement(drafted["id"], 900_000))
    return till.back(drafted["id"], key="till-2", lines=[{"line_id": drafted["lines"][0]["id"], "quantity": 1}])


GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /health": lambda till: Asked("GET", "/health"),
    "POST /customers": lambda till: till.customer(
        mobile="09121112233",
        shared_mobile=False,
        birthday="1945-05-01",
        wedding_day="1970-03-21",
        note="آرام",
        allergies="حنا",
    ),
    "GET /customers": lambda till: Asked("GET", "/customers?search=کریمی&limit=5&cursor=0"),
    "GET /services": lambda till: Asked("GET", "/services"),
    "GET /staff": lambda till: Asked("GET", "/staff"),
    "GET /availability": lambda till: till.availability(),
    "POST /appointments": lambda till: till.booking(note="با مادرش"),
    "POST /invoices": lambda till: till.draft(
        till.line(quantity=2, unit_price=400_000, discount=50_000, product_id=None), appointment_id=None
    ),
    "POST /invoices/{invoice_id}/settlement": lambda till: till.settlement(till.drafted(), 100_000, "till-1", credit=0),
    "POST /invoices/{invoice_id}/returns": _return,
    "GET /customers/{customer_id}/wallet": _wallet,
    "POST /swipes": _swipe,
    "POST /customers/{customer_id}/cards": lambda till: till.issue(till.salon.zahra),
    "GET /messages": _messages,
    "POST /deposits": _deposit,
    "GET /cashboxes": lambda till: Asked("GET", "/cashboxes"),
    "POST /shifts": lambda till: till.shift(2_000_000, "morning"),
    "POST /shifts/{shift_id}/close": _closing,
    "POST /receipts": _receipt,
    "GET /reports/cash-balance": lambda till: _report(till, "cash-balance"),
    "GET /reports/debtors": lambda till: _report(till, "debtors"),
    "GET /reports/services-by-customer": lambda till: _report(till, "services-by-customer"),
    "GET /reports/services-by-staff": lambda till: _report(till, "services-by-staff"),
    "GET /reports/discounts": lambda till: _report(till, "discounts"),
    "GET /accounts": lambda till: Asked("GET", "/accounts?kind=club_credit"),
    **SETUP_GOOD,
}
