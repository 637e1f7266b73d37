"""One good request for each call; what it needs is done before."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from salon.appointments.models import Appointment
from salon.cashbox.boxes.services import BoxSpec, add_box
from salon.cashbox.models import BoxKind
from salon.catalog.models import Resource
from salon.core import clock
from salon.core.db import transaction

from .bookings_table import BOOKING_ROWS
from .calendar_good import CALENDAR_GOOD
from .groups_good import GROUPS_GOOD
from .pay_good import PAY_GOOD, earned
from .rules_asked import RULES_GOOD
from .setup_good import SETUP_GOOD, fresh, made
from .staff_good import STAFF_GOOD
from .till import CARD, Asked, Till
from .waiting_good import WAITING_GOOD
from .years_asked import YEARS_GOOD


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


def _bookings(till: Till, name: str) -> Asked:
    """Zahra has a haircut tomorrow, and came already today; there is a chair."""
    now, free = clock.now(), till.got(till.availability())["slots"][0]["starts_at"]
    till.got(till.booking(starts_at=free))
    with transaction() as session:
        came = {"status": "done", "status_at": now, "created_at": now}
        visit = Appointment(branch_id=till.salon.branch_id, customer_id=till.salon.zahra, starts_at=now, **came)
        session.add(visit)
        session.add(Resource(branch_id=till.salon.branch_id, name=fresh("صندلی"), kind="chair"))
    return Asked("GET", f"/reports/{name}?from={till.tomorrow() - timedelta(1)}&to={till.tomorrow() + timedelta(1)}")


def _statements(till: Till) -> Asked:
    """Negar has a share of what she did."""
    earned(till)
    return _report(till, "staff-statements")


def _closing(till: Till) -> Asked:
    """A second till, so that the first may be opened meanwhile."""
    with transaction():
        spec = BoxSpec("صندوق دوم", BoxKind.CASH.value)
        second = add_box(branch_id=till.salon.branch_id, spec=spec, actor=None, now=clock.now()).id
    shift = till.got(till.shift(2_000_000, "opening", cashbox_id=second))["id"]
    return till.closing(shift, 1_950_000, explanation="پول خرد به پیک")


def _deposit(till: Till) -> Asked:
    """For a booking at the first free time."""
    free = till.got(till.availability())["slots"][0]["starts_at"]
    booked = till.got(till.booking(starts_at=free))["id"]
    return till.deposit(appointment_id=booked, method="transfer", reference="۷۷۱", cashbox_id=None)


def _held(till: Till) -> Asked:
    till.got(till.deposit())
    return Asked("GET", f"/deposits?customer_id={till.salon.zahra}")


def _return(till: Till) -> Asked:
    """One of two haircuts goes back."""
    drafted = till.got(till.draft(till.line(quantity=2)))
    till.got(till.settlement(drafted["id"], 900_000))
    return till.back(drafted["id"], key="till-2", lines=[{"line_id": drafted["lines"][0]["id"], "quantity": 1}])


def _chosen(till: Till) -> Asked:
    """Of two debts the younger is paid."""
    till.got(till.settlement(till.drafted()))
    younger = till.drafted()
    till.got(till.settlement(younger))
    return till.receipt(100_000, "receipt-1", invoices=[younger])


def _shared(till: Till) -> Asked:
    """Two do it, one gets a tip; discounts on the line and on the whole."""
    kind = till.got(Asked("GET", "/sale-kinds"))["items"][0]["id"]
    shares = [{"staff_id": till.salon.negar, "share_bp": 7_000}, {"staff_id": till.salon.sara, "share_bp": 3_000}]
    line = till.line(
        quantity=2, unit_price=400_000, discount=50_000, discount_bp=None, discount_reason="دوست", shares=shares
    )
    more = {"sale_kind_id": kind, "discount": 0, "discount_bp": 1_000, "discount_reason": "عید"}
    tips = [{"staff_id": till.salon.sara, "amount": 20_000}]
    return till.draft(line | {"product_id": None}, appointment_id=None, tips=tips, **more)


def _placed(till: Till) -> Asked:
    """Negar heads a line, Sara belongs to none."""
    made(till, "lines", head_id=till.salon.negar)
    return Asked("GET", "/staff")


def _expense(till: Till) -> Asked:
    till.got(till.voucher())
    bill = {"kind": "expense", "category_id": till.category("out"), "party": "ادارهٔ برق", "note": "قبض"}
    return till.voucher(100_000, "bill-1", **bill, staff_id=None, business_date=None)


def _transfer(till: Till) -> Asked:
    till.got(till.voucher())
    return till.transfer(key="bank-1", note="پایان روز", business_date=None)


GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /health": lambda till: Asked("GET", "/health"),
    "POST /customers": lambda till: till.customer(
        mobile="09121112233",
        shared_mobile=False,
        birthday="1945-05-01",
        wedding_day="1970-03-21",
        note="آرام",
        allergies="حنا",
        group_id=made(till, "customer-groups"),
    ),
    "PATCH /customers/{customer_id}": lambda till: till.changed(
        mobile="09123456789", wedding_day="1970-03-21", group_id=made(till, "customer-groups"), is_member=True
    ),
    "GET /customers": lambda till: Asked("GET", "/customers?search=کریمی&limit=5&cursor=0"),
    "GET /services": lambda till: Asked("GET", "/services"),
    "GET /staff": _placed,
    "GET /availability": lambda till: till.availability(),
    "POST /invoices": _shared,
    "POST /invoices/{invoice_id}/settlement": lambda till: till.settlement(till.drafted(), 100_000, "till-1", credit=0),
    "POST /invoices/{invoice_id}/returns": _return,
    "GET /customers/{customer_id}/wallet": _wallet,
    "POST /swipes": _swipe,
    "POST /customers/{customer_id}/cards": lambda till: till.issue(till.salon.zahra),
    "GET /messages": _messages,
    "GET /deposits": _held,
    "POST /deposits": _deposit,
    "POST /deposits/{deposit_id}/returns": lambda till: till.given_back(
        till.got(till.deposit())["id"], 150_000, "back-1", cashbox_id=till.box(), reference=""
    ),
    "GET /cashboxes": lambda till: Asked("GET", "/cashboxes"),
    "POST /shifts": lambda till: till.shift(2_000_000, "morning"),
    "POST /shifts/{shift_id}/close": _closing,
    "POST /receipts": _chosen,
    "GET /cash-categories": lambda till: Asked("GET", "/cash-categories"),
    "POST /vouchers": _expense,
    "POST /transfers": _transfer,
    "POST /vouchers/{voucher_id}/reversals": lambda till: till.reversal(
        till.got(till.voucher())["id"], "back-1", note="دو بار"
    ),
    "GET /reports/cash-balance": lambda till: _report(till, "cash-balance"),
    "GET /reports/debtors": lambda till: _report(till, "debtors"),
    "GET /reports/services-by-customer": lambda till: _report(till, "services-by-customer"),
    "GET /reports/services-by-staff": lambda till: _report(till, "services-by-staff"),
    "GET /reports/services-by-line": lambda till: _report(till, "services-by-line"),
    "GET /reports/staff-statements": _statements,
    "GET /reports/productivity": lambda till: _report(till, "productivity"),
    "GET /reports/discount-costs": lambda till: _report(till, "discount-costs"),
    "GET /reports/discounts": lambda till: _report(till, "discounts"),
    "GET /reports/profit-and-loss": lambda till: _report(till, "profit-and-loss"),
    "GET /reports/year-trial-balance": lambda till: _report(till, "year-trial-balance"),
    **{f"GET /reports/{name}": partial(_bookings, name=name) for name in BOOKING_ROWS},
    "GET /accounts": lambda till: Asked("GET", "/accounts?kind=club_credit"),
    **SETUP_GOOD,
    **STAFF_GOOD,
    **CALENDAR_GOOD,
    **WAITING_GOOD,
    **RULES_GOOD,
    **YEARS_GOOD,
    **PAY_GOOD,
    **GROUPS_GOOD,
}
