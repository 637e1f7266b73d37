"""Every code by which a room refuses is promised by a call, or known to be met elsewhere only."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .call import ALWAYS
from .table import CALLS

SALON = Path(__file__).resolve().parents[3] / "salon"
ROOMS = (
    "access",
    "appointments",
    "cashbox",
    "catalog",
    "club",
    "customers",
    "inventory",
    "invoices",
    "ledger",
    "messaging",
    "payroll",
    "setup",
    "staff",
    "years",
)
REFUSALS = {"DomainError", "Invalid", "NotFound", "Forbidden", "Unauthenticated", "Expired"}

# A new code stands in the table, with the request that meets it, or here.
ELSEWHERE = {
    # no call of the API changes or sells these; screens and commands do
    *("code_taken", "debt_limit_invalid", "mobile_missing", "color_invalid", "staff_exists"),
    *("duration_invalid", "service_exists", "materials_invalid"),
    *("expires_before_usable", "offer_unknown", "percent_invalid", "step_missing"),
    *("sessions_invalid", "sessions_known", "amount_negative", "currency_unknown", "salon_exists", "salon_missing"),
    *("full_name_missing", "last_owner", "password_short", "role_unknown", "user_exists", "user_name_invalid"),
    *("user_unknown", "paper_unknown", "unpaid"),
    "method_invalid",
    *("reminder_late", "points_invalid", "priority_invalid", "status_unknown"),
    *("customer_missing", "invoice_changed", "invoice_issued", "lines_invalid"),
    # boxes and categories have screens
    *("cashbox_exists", "cashbox_not_empty", "category_exists", "explanation_missing"),
    *("kind_unknown", "main_box_needed", "contact_empty"),
    # what became of a payment is told on screens; so is the ladder of deposits
    *("outcome_known", "payment_unknown", "ladder_invalid"),
    # packages are offered on their screen
    *("name_taken", "package_empty"),
    # screens alone cancel, correct, and say what they saw
    *("cancel_late", "opening_kept", "nothing_chosen"),
    # pay is adjusted, looked at and taken back on screens; so is who of the staff a user is
    *("statement_changed", "statement_unknown", "staff_has_user"),
    # sessions have forms, tokens have none
    "form_expired",
    # the shape of a body refuses them before: no items, a quantity or an amount out of bounds, a tax
    *("items_missing", "quantity_invalid", "amount_invalid", "counted_invalid", "tax_invalid"),
    # a year that nobody keeps books of has no such shape; a running year is asked about on the screen alone
    *("year_invalid", "year_running"),
    # a share, pieces to warn of, or nothing that came
    *("share_invalid", "low_stock_invalid", "pieces_missing"),
    # an invoice is issued once, and so moves its goods once
    "stock_moved",
    # the shape of a body refuses other kinds and parts above the whole; calls only rename and end what paid somebody
    *("scheme_kind_invalid", "scheme_target_invalid", "scheme_percent_invalid", "scheme_in_use"),
    # who came and went is told on screens
    *("attendance_unknown", "already_here", "not_here", "moment_ahead", "left_before_came", "stay_overlaps"),
    "note_missing",
    # an absence ends on a screen; the shape of a body refuses a room for nobody
    *("absence_unknown", "capacity_invalid"),
    # links, the queue and what is chosen from a list have screens; so have the settings of the waitlist
    *("slot_offer_unknown", "offer_closed", "offer_expired", "time_gone", "walk_in_unknown", "queue_empty"),
    *("offer_minutes_invalid", "web_address_invalid"),
    # the desk's board stretches, gives staff the address of a calendar, and keeps times that lapse
    *("booking_too_short", "feed_unknown", "hold_lapsed", "hold_invalid", "grid_invalid"),
    # whom a file has booked is taken off it on its screen
    "member_booked",
    # only the database could, as who is offered a time is locked
    "offer_open",
    # what repeats is booked on the screen
    "series_invalid",
    # the shape of a body refuses other results and minutes
    *("result_unknown", "extra_invalid"),
    # closed days are opened again, official ones kept and shifted on screens
    *("closed_day_unknown", "holiday_unknown", "holiday_shift_invalid"),
    # the desk's board stretches, gives staff the address of a calendar, and keeps times that lapse
    *("booking_too_short", "feed_unknown", "hold_lapsed", "hold_invalid", "grid_invalid"),
    # only the database could, as a service is shorter than a day
    "booking_too_long",
}


def codes_of(path: Path) -> Iterator[str]:
    """The codes of the refusals that a module makes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_every_code_of_a_room_is_in_the_table_or_met_elsewhere() -> None:
    made = {code for room in ROOMS for path in (SALON / room).rglob("*.py") for code in codes_of(path)}
    promised = {code for call in CALLS for code in call.refuses} | ALWAYS.keys()
    assert made - promised == ELSEWHERE
