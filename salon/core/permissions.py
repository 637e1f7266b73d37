"""Permissions, and how a route declares the one it needs."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """What a user may be allowed to do."""

    DESK_VIEW = "desk.view"
    APPOINTMENTS_WRITE = "appointments.write"
    APPOINTMENTS_OVERBOOK = "appointments.overbook"
    APPOINTMENTS_REOPEN = "appointments.reopen"
    PATCH_TEST_PASS = "appointments.pass_patch_test"
    CUSTOMERS_VIEW = "customers.view"
    CUSTOMERS_WRITE = "customers.write"
    CATALOG_VIEW = "catalog.view"
    CATALOG_WRITE = "catalog.write"
    STAFF_VIEW = "staff.view"
    STAFF_WRITE = "staff.write"
    ATTENDANCE_WRITE = "attendance.write"
    INVOICES_VIEW = "invoices.view"
    INVOICES_WRITE = "invoices.write"
    INVOICES_SETTLE = "invoices.settle"
    CASHBOX_VIEW = "cashbox.view"
    CASHBOX_WRITE = "cashbox.write"
    SHIFTS_WRITE = "shifts.write"
    OWNER_WITHDRAWALS = "cashbox.withdraw"
    DEBT_LIMIT_PASS = "debts.pass_limit"
    DEPOSITS_WRITE = "deposits.write"
    INVOICES_RETURN = "invoices.return"
    INVOICES_CORRECT = "invoices.correct"
    INVOICES_CANCEL = "invoices.cancel"
    CLUB_VIEW = "club.view"
    CLUB_WRITE = "club.write"
    CARDS_ISSUE = "cards.issue"
    MESSAGES_VIEW = "messages.view"
    STOCK_WRITE = "stock.write"
    PAY_VIEW = "pay.view"
    PAY_WRITE = "pay.write"
    PAY_OWN = "pay.own"
    REPORTS_VIEW = "reports.view"
    LEDGER_VIEW = "ledger.view"
    YEARS_CLOSE = "years.close"
    YEARS_REOPEN = "years.reopen"
    SETUP_WRITE = "setup.write"


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare the permission of a route; `access.views` enforces it before the view runs."""

    def declare(view: View) -> View:
        view.salon_permission = permission  # type: ignore[attr-defined]  # read by access.rules
        return view

    return declare


def public(view: View) -> View:
    """Declare a route open to everybody."""
    view.salon_public = True  # type: ignore[attr-defined]  # read by access.rules
    return view
