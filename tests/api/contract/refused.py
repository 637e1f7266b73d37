"""One request for each code by which a call refuses; what makes it be refused is done before."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from salon.access.models import Role, User
from salon.appointments.services import set_status
from salon.catalog.models import Service
from salon.club.models import Reward
from salon.club.offers.services import OfferTerms, add_offer
from salon.core import clock
from salon.core.db import db, transaction
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft
from salon.invoices.till.services import walk_in
from salon.setup.models import FiscalYear
from salon.setup.queries import profile

from .calendar_refused import CALENDAR_REFUSED
from .closed import close_year, shift_closed
from .groups_refused import GROUPS_IN_CLOSED_YEAR, GROUPS_REFUSED
from .invoices_refused import INVOICES_REFUSED
from .packages_refused import PACKAGES_REFUSED
from .pay_refused import PAY_IN_CLOSED_YEAR, PAY_REFUSED
from .reports_refused import REPORTS_REFUSED
from .rules_asked import RULES_REFUSED
from .setup_refused import SETUP_REFUSED
from .staff_refused import STAFF_REFUSED
from .till import ANOTHER_CARD, BANK_CARD, CARD, Asked, Till
from .vouchers_refused import VOUCHERS_IN_CLOSED_YEAR, VOUCHERS_REFUSED
from .waiting_refused import WAITING_REFUSED
from .years_asked import YEARS_REFUSED

NOBODY = 999_999
SETTLEMENT = "POST /invoices/{invoice_id}/settlement"
CLOSING = "POST /shifts/{shift_id}/close"
DEPOSITS = "POST /deposits"
RETURNS = "POST /invoices/{invoice_id}/returns"
PATCH = "PATCH /customers/{customer_id}"
CARDS = "POST /customers/{customer_id}/cards"


def _cancelled(till: Till) -> Asked:
    appointment = till.got(till.booking())["id"]
    with transaction():
        set_status(appointment_id=appointment, status="cancelled", actor=None, now=clock.now())
    return till.draft(appointment_id=appointment)


def _card_taken(till: Till) -> Asked:
    till.got(till.issue(till.salon.zahra))
    return till.issue(till.got(till.customer())["id"])


def _invoiced(till: Till) -> Asked:
    appointment = till.got(till.booking())["id"]
    till.got(till.draft(appointment_id=appointment))
    return till.draft(appointment_id=appointment)


def _of_another(till: Till) -> Asked:
    another = till.got(till.customer())["id"]
    return till.draft(appointment_id=till.got(till.booking(customer_id=another))["id"])


def _settled(till: Till) -> Asked:
    invoice = till.drafted()
    till.got(till.settlement(invoice, 450_000))
    return till.settlement(invoice, 450_000)


def _year_closed(till: Till) -> Asked:
    close_year()
    return till.settlement(till.drafted(), 450_000)


def _emptied(till: Till) -> Asked:
    invoice = till.drafted()
    with transaction():
        change_draft(invoice_id=invoice, lines=[])
    return till.settlement(invoice)


def _nothing_more(till: Till) -> Asked:
    invoice = till.drafted()
    till.got(till.settlement(invoice))
    return till.settlement(invoice)


def _reused(till: Till) -> Asked:
    till.got(till.settlement(till.drafted(), 450_000, "till-1"))
    return till.settlement(till.drafted(), 450_000, "till-1")


def _beyond_her_limit(till: Till) -> Asked:
    """Asked by the receptionist: the owner may let a customer pass it."""
    with transaction():
        db.session.execute(update(User).where(User.id == till.salon.desk_id).values(role=Role.RECEPTIONIST.value))
    return till.settlement(till.drafted(till.line(unit_price=50_000_001)))


def _returned(till: Till) -> Asked:
    invoice = till.sold()
    till.got(till.back(invoice))
    return till.back(invoice)


def _returned_again(till: Till) -> Asked:
    return till.back(till.got(till.back(till.sold()))["id"])


def _return_in_closed_year(till: Till) -> Asked:
    invoice = till.sold()
    with transaction():
        db.session.execute(update(FiscalYear).values(closed=True))
    return till.back(invoice)


def _till_short(till: Till) -> Asked:
    sold = till.drafted()
    till.got(till.settlement(sold, payments=[{"method": "card", "amount": 450_000}]))
    return till.back(sold, "cash")


def _awaited(till: Till) -> Asked:
    """One of two pieces goes back, of what nobody has seen in the account."""
    drafted = till.got(till.draft(till.line(quantity=2)))
    said = {"method": "card_to_card", "amount": drafted["total"], "reference": "771"}
    till.got(till.settlement(drafted["id"], payments=[said]))
    return till.back(drafted["id"], lines=[{"line_id": drafted["lines"][0]["id"], "quantity": 1}])


def _nobody(till: Till) -> int:
    """Whoever gives no name."""
    with transaction():
        return walk_in(branch_id=till.salon.branch_id, actor=None, now=clock.now())


def _nameless(till: Till) -> Asked:
    drafted = till.got(till.draft(customer_id=_nobody(till)))
    till.got(till.settlement(drafted["id"], 450_000))
    return till.back(drafted["id"], "credit")


def _return_key_reused(till: Till) -> Asked:
    till.got(till.back(till.sold(), key="till-2"))
    return till.back(till.sold(), key="till-2")


def beyond_the_ceiling(till: Till) -> Asked:
    """More credit than an invoice may take, though she has it."""
    with transaction():
        add_offer(terms=OfferTerms("کش‌بک", Reward.CREDIT, percent_bp=5_000), actor=None, now=clock.now())
        profile().redeem_ceiling_bp = 1_000
    till.got(till.settlement(till.drafted(), 450_000))
    return till.settlement(till.drafted(), credit=45_001)


def _opened(till: Till) -> Asked:
    till.got(till.shift())
    return till.shift()


def _year_closed_to_a_shift(till: Till) -> Asked:
    asked = till.shift(1_000)
    close_year()
    return asked


def _closed(till: Till) -> Asked:
    shift = till.got(till.shift())["id"]
    till.got(till.closing(shift))
    return till.closing(shift)


def _year_closed_to_a_closing(till: Till) -> Asked:
    shift = till.got(till.shift())["id"]
    close_year()
    return till.closing(shift, 1_000)


def _another_count(till: Till) -> Asked:
    shift = till.got(till.shift())["id"]
    till.got(till.closing(shift, 1_000, "evening"))
    return till.closing(shift, 2_000, "evening")


def _another_opening(till: Till) -> Asked:
    till.got(till.shift(1_000, "morning"))
    return till.shift(2_000, "morning")


def _owes(till: Till) -> None:
    till.got(till.settlement(till.drafted()))


def _year_closed_to_a_receipt(till: Till) -> Asked:
    _owes(till)
    close_year()
    return till.receipt(1_000)


def _more_than_she_owes(till: Till) -> Asked:
    _owes(till)
    return till.receipt(450_001)


def _another_receipt(till: Till) -> Asked:
    _owes(till)
    till.got(till.receipt(1_000, "receipt-1"))
    return till.receipt(2_000, "receipt-1")


def _chosen_of_nobody(till: Till) -> Asked:
    _owes(till)
    return till.receipt(1_000, invoices=[NOBODY])


def _receipt_after_the_count(till: Till) -> Asked:
    _owes(till)
    return shift_closed(till, till.receipt(1_000))


def _mobile_of_another(till: Till) -> Asked:
    till.got(till.customer(mobile="09121112233"))
    return till.changed(mobile="09121112233")


def _by_nobody(till: Till) -> Asked:
    """A line that somebody wrote at the till without saying who did it."""
    invoice = till.drafted()
    with transaction():
        change_draft(invoice_id=invoice, lines=[LineSpec(service_id=till.salon.cut)])
    return till.settlement(invoice, 450_000)


def _unpriced(till: Till) -> Asked:
    """A service with a range of prices whose own nobody asked for."""
    with transaction():
        db.session.execute(update(Service).where(Service.id == till.salon.cut).values(price_to=900_000))
    return till.settlement(till.drafted(till.line(unit_price=0)))


def _deposit_of_another(till: Till) -> Asked:
    another = till.got(till.customer())["id"]
    return till.deposit(appointment_id=till.got(till.booking(customer_id=another))["id"])


def _deposit_of_cancelled(till: Till) -> Asked:
    return till.deposit(appointment_id=_cancelled(till).body["appointment_id"])


def _deposit_in_closed_year(till: Till) -> Asked:
    _year_closed(till)
    return till.deposit()


def _deposit_again(till: Till) -> Asked:
    till.got(till.deposit(key="till-1"))
    return till.deposit(300_000, key="till-1")


# What moves value by the day of today, when its year is closed; told by the same code as a closed shift.
IN_CLOSED_YEAR: dict[str, Callable[[Till], Asked]] = {
    SETTLEMENT: _year_closed,
    RETURNS: _return_in_closed_year,
    DEPOSITS: _deposit_in_closed_year,
    "POST /receipts": _year_closed_to_a_receipt,
    "POST /shifts": _year_closed_to_a_shift,
    CLOSING: _year_closed_to_a_closing,
    **VOUCHERS_IN_CLOSED_YEAR,
    **PAY_IN_CLOSED_YEAR,
    **GROUPS_IN_CLOSED_YEAR,
}
REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    ("POST /customers", "customer_exists"): lambda till: till.customer(mobile="+98 912 345 6789"),
    ("POST /customers", "staff_unknown"): lambda till: till.customer(own_staff_id=NOBODY),
    ("POST /customers", "first_name_missing"): lambda till: till.customer(first_name=" "),
    ("POST /customers", "mobile_invalid"): lambda till: till.customer(mobile="12"),
    ("POST /customers", "day_ahead"): lambda till: till.customer(birthday=str(till.tomorrow() + timedelta(days=1))),
    ("POST /customers", "group_unknown"): lambda till: till.customer(group_id=NOBODY),
    (PATCH, "customer_unknown"): lambda till: Asked("PATCH", f"/customers/{NOBODY}", {}),
    (PATCH, "customer_exists"): _mobile_of_another,
    (PATCH, "first_name_missing"): lambda till: till.changed(first_name=" "),
    (PATCH, "mobile_invalid"): lambda till: till.changed(mobile="12"),
    (PATCH, "day_ahead"): lambda till: till.changed(wedding_day=str(till.tomorrow() + timedelta(days=1))),
    (PATCH, "group_unknown"): lambda till: till.changed(group_id=NOBODY),
    (PATCH, "staff_unknown"): lambda till: till.changed(own_staff_id=NOBODY),
    ("GET /availability", "service_unknown"): lambda till: till.availability(service_id=NOBODY),
    ("GET /availability", "staff_unknown"): lambda till: till.availability(staff_id=NOBODY),
    ("POST /invoices", "customer_unknown"): lambda till: till.draft(customer_id=NOBODY),
    ("POST /invoices", "appointment_unknown"): lambda till: till.draft(appointment_id=NOBODY),
    ("POST /invoices", "appointment_invoiced"): _invoiced,
    ("POST /invoices", "appointment_over"): _cancelled,
    ("POST /invoices", "appointment_mismatch"): _of_another,
    ("POST /invoices", "line_empty"): lambda till: till.draft({"staff_id": till.salon.negar}),
    ("POST /invoices", "service_unknown"): lambda till: till.draft(till.line(service_id=NOBODY)),
    ("POST /invoices", "product_unknown"): lambda till: till.draft({"product_id": NOBODY}),
    ("POST /invoices", "staff_unknown"): lambda till: till.draft(till.line(staff_id=NOBODY)),
    ("POST /invoices", "staff_missing"): lambda till: till.draft({"service_id": till.salon.cut}),
    ("POST /invoices", "price_invalid"): lambda till: till.draft(till.line(unit_price=10**12 + 1)),
    ("POST /invoices", "discount_invalid"): lambda till: till.draft(till.line(discount=450_001)),
    (SETTLEMENT, "invoice_unknown"): lambda till: till.settlement(NOBODY, 1),
    (SETTLEMENT, "already_settled"): _settled,
    (SETTLEMENT, "debt_limit"): _beyond_her_limit,
    (SETTLEMENT, "invoice_empty"): _emptied,
    (SETTLEMENT, "payment_missing"): _nothing_more,
    (SETTLEMENT, "overpaid"): lambda till: till.settlement(till.drafted(), 450_001),
    (SETTLEMENT, "credit_exceeds_limit"): lambda till: till.settlement(till.drafted(), credit=1),
    (SETTLEMENT, "deposit_exceeds_balance"): lambda till: till.settlement(till.drafted(), deposit=1),
    (SETTLEMENT, "price_missing"): _unpriced,
    (SETTLEMENT, "staff_missing"): _by_nobody,
    (SETTLEMENT, "staff_unknown"): lambda till: till.paid_by("staff_card", staff_id=NOBODY),
    (SETTLEMENT, "cashbox_unknown"): lambda till: till.paid_by("cash", cashbox_id=NOBODY),
    (SETTLEMENT, "reference_missing"): lambda till: till.paid_by("card_to_card"),
    (SETTLEMENT, "due_on_missing"): lambda till: till.paid_by("cheque", reference="۱۲۳"),
    (SETTLEMENT, "promise_past"): lambda till: till.settlement(till.drafted(), promised_on="2020-01-01"),
    (SETTLEMENT, "period_closed"): lambda till: shift_closed(till, till.settlement(till.drafted(), 450_000)),
    (SETTLEMENT, "key_reused"): _reused,
    ("POST /shifts", "cashbox_unknown"): lambda till: till.shift(cashbox_id=NOBODY),
    ("POST /shifts", "shift_open"): _opened,
    ("POST /shifts", "period_closed"): _year_closed_to_a_shift,
    ("POST /shifts", "not_a_till"): lambda till: till.shift(cashbox_id=till.box("bank")),
    ("POST /shifts", "key_reused"): _another_opening,
    (CLOSING, "shift_unknown"): lambda till: till.closing(NOBODY),
    (CLOSING, "period_closed"): _closed,
    (CLOSING, "key_reused"): _another_count,
    ("POST /receipts", "customer_unknown"): lambda till: till.receipt(1, customer_id=NOBODY),
    ("POST /receipts", "nothing_owed"): _chosen_of_nobody,
    ("POST /receipts", "period_closed"): _receipt_after_the_count,
    ("POST /receipts", "overpaid"): _more_than_she_owes,
    ("POST /receipts", "key_reused"): _another_receipt,
    ("GET /deposits", "customer_unknown"): lambda till: Asked("GET", f"/deposits?customer_id={NOBODY}"),
    (DEPOSITS, "customer_unknown"): lambda till: till.deposit(customer_id=NOBODY),
    (DEPOSITS, "appointment_unknown"): lambda till: till.deposit(appointment_id=NOBODY),
    (DEPOSITS, "appointment_over"): _deposit_of_cancelled,
    (DEPOSITS, "period_closed"): lambda till: shift_closed(till, till.deposit()),
    (DEPOSITS, "appointment_mismatch"): _deposit_of_another,
    (DEPOSITS, "customer_nameless"): lambda till: till.deposit(customer_id=_nobody(till)),
    (DEPOSITS, "cashbox_unknown"): lambda till: till.deposit(cashbox_id=NOBODY),
    (DEPOSITS, "key_reused"): _deposit_again,
    (RETURNS, "invoice_unknown"): lambda till: till.back(NOBODY),
    (RETURNS, "invoice_draft"): lambda till: till.back(till.drafted()),
    (RETURNS, "return_of_return"): _returned_again,
    (RETURNS, "period_closed"): lambda till: shift_closed(till, till.back(till.sold())),
    (RETURNS, "line_unknown"): lambda till: till.back(till.sold(), lines=[{"line_id": NOBODY, "quantity": 1}]),
    (RETURNS, "return_exceeds_sale"): _returned,
    (RETURNS, "till_short"): _till_short,
    (RETURNS, "payment_awaited"): _awaited,
    (RETURNS, "customer_nameless"): _nameless,
    (RETURNS, "key_reused"): _return_key_reused,
    ("GET /customers/{customer_id}/wallet", "customer_unknown"): lambda till: Asked(
        "GET", f"/customers/{NOBODY}/wallet"
    ),
    ("POST /swipes", "card_unknown"): lambda till: till.swipe(ANOTHER_CARD),
    ("POST /swipes", "card_unreadable"): lambda till: till.swipe("%E?;E?\r"),
    ("POST /swipes", "bank_card"): lambda till: till.swipe(BANK_CARD),
    (CARDS, "customer_unknown"): lambda till: till.issue(NOBODY),
    (CARDS, "card_taken"): _card_taken,
    (CARDS, "card_unreadable"): lambda till: till.issue(till.salon.zahra, CARD[:6]),
    (CARDS, "bank_card"): lambda till: till.issue(till.salon.zahra, BANK_CARD),
    **CALENDAR_REFUSED,
    **WAITING_REFUSED,
    **RULES_REFUSED,
    **INVOICES_REFUSED,
    **PACKAGES_REFUSED,
    **SETUP_REFUSED,
    **VOUCHERS_REFUSED,
    **YEARS_REFUSED,
    **PAY_REFUSED,
    **GROUPS_REFUSED,
    **REPORTS_REFUSED,
    **STAFF_REFUSED,
}
