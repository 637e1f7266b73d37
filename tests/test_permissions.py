"""What each route asks for, written down a second time: whoever lacks just that is refused, whoever has just that is not."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.access import rules
from salon.access.models import Role
from salon.core.permissions import Permission
from tests.test_routes import guarded_routes, path_of

NEEDS: dict[str, set[str]] = {
    "appointments.write": {
        "DELETE /api/v1/requests/<key:request_id>",
        "DELETE /api/v1/waitlist/<key:entry_id>",
        "GET /queue/new",
        "GET /requests/<key:request_id>/propose",
        "GET /requests/<key:request_id>/refuse",
        "GET /waitlist/<key:entry_id>/edit",
        "GET /waitlist/<key:entry_id>/times",
        "GET /waitlist/new",
        "PATCH /api/v1/waitlist/<key:entry_id>",
        "POST /api/v1/requests",
        "POST /api/v1/requests/<key:request_id>/approve",
        "POST /api/v1/requests/<key:request_id>/propose",
        "POST /api/v1/requests/<key:request_id>/refuse",
        "POST /api/v1/waitlist",
        "POST /api/v1/waitlist/<key:entry_id>/offer",
        "POST /queue/<key:walk_in_id>/call",
        "POST /queue/<key:walk_in_id>/go",
        "POST /queue/new",
        "POST /queue/next",
        "POST /requests/<key:request_id>/approve",
        "POST /requests/<key:request_id>/propose",
        "POST /requests/<key:request_id>/refuse",
        "POST /waitlist/<key:entry_id>/decline",
        "POST /waitlist/<key:entry_id>/edit",
        "POST /waitlist/<key:entry_id>/offer",
        "POST /waitlist/<key:entry_id>/remove",
        "POST /waitlist/<key:entry_id>/take",
        "POST /waitlist/<key:entry_id>/times",
        "POST /waitlist/new",
        "POST /waitlist/wish",
        "PATCH /api/v1/appointments/<key:appointment_id>",
        "POST /api/v1/appointments",
        "POST /api/v1/customers/<key:customer_id>/patch-tests",
        "POST /api/v1/holds",
        "POST /customers/<key:customer_id>/own-terms",
        "POST /customers/<key:customer_id>/patch-tests",
        "POST /desk/appointments",
        "POST /desk/appointments/<key:appointment_id>/line",
        "POST /desk/appointments/<key:appointment_id>/move",
        "POST /desk/appointments/<key:appointment_id>/stretch",
        "POST /desk/appointments/<key:appointment_id>/status",
        "POST /desk/to-move/<key:item_id>/keep",
        "POST /desk/to-move/<key:item_id>/move",
    },
    "attendance.write": {
        "GET /attendance",
        "GET /attendance/<key:staff_id>",
        "GET /attendance/stays/<key:attendance_id>",
        "POST /attendance/<key:staff_id>/come",
        "POST /attendance/<key:staff_id>/go",
        "POST /attendance/stays/<key:attendance_id>",
    },
    "cards.issue": {
        "POST /api/v1/customers/<key:customer_id>/cards",
        "POST /desk/customers/<key:customer_id>/cards",
    },
    "cashbox.view": {
        "GET /api/v1/cash-categories",
        "GET /api/v1/cashboxes",
        "GET /cashbox",
        "GET /cashbox/shifts",
        "GET /cashbox/shifts/<key:shift_id>",
        "GET /cashbox/shifts/<key:shift_id>/report.pdf",
    },
    "cashbox.write": {
        "GET /cashbox/vouchers/new/<kind>",
        "POST /api/v1/transfers",
        "POST /api/v1/vouchers",
        "POST /api/v1/vouchers/<key:voucher_id>/reversals",
        "POST /cashbox/vouchers/<key:voucher_id>/reverse",
        "POST /cashbox/vouchers/new/<kind>",
    },
    "catalog.view": {
        "GET /api/v1/resources",
        "GET /api/v1/price-lists",
        "GET /api/v1/price-lists/<key:list_id>/prices",
        "GET /api/v1/products",
        "GET /api/v1/products/<key:product_id>/movements",
        "GET /api/v1/products/<key:product_id>/prices",
        "GET /api/v1/services",
        "GET /api/v1/services/<key:service_id>/prices",
        "GET /api/v1/stock",
        "GET /products",
        "GET /products/<key:product_id>/stock",
        "GET /products/stock",
        "GET /services",
    },
    "catalog.write": {
        "GET /services/<key:service_id>/self-booking",
        "POST /services/<key:service_id>/self-booking",
        "PATCH /api/v1/resources/<key:resource_id>",
        "POST /api/v1/resources",
        "PUT /api/v1/services/<key:service_id>",
        "GET /products/<key:product_id>/edit",
        "GET /products/new",
        "GET /services/<key:service_id>/booking",
        "GET /services/<key:service_id>/edit",
        "GET /services/<key:service_id>/phases",
        "GET /settings/resources",
        "GET /settings/resources/<key:resource_id>",
        "GET /settings/resources/new",
        "POST /services/<key:service_id>/phases",
        "POST /services/<key:service_id>/phases/customers",
        "POST /services/<key:service_id>/phases/customers/<key:customer_id>/drop",
        "POST /settings/resources/<key:resource_id>",
        "POST /settings/resources/new",
        "GET /services/new",
        "GET /settings/packages",
        "GET /settings/packages/<key:package_id>/edit",
        "GET /settings/packages/new",
        "GET /settings/price-lists",
        "GET /settings/price-lists/<key:list_id>",
        "GET /settings/price-lists/<key:list_id>/edit",
        "GET /settings/price-lists/new",
        "PATCH /api/v1/price-lists/<key:list_id>",
        "PATCH /api/v1/price-lists/<key:list_id>/prices",
        "PATCH /api/v1/products/<key:product_id>",
        "POST /api/v1/price-lists",
        "POST /api/v1/products",
        "POST /products/<key:product_id>/edit",
        "POST /products/new",
        "POST /services/<key:service_id>/booking",
        "POST /services/<key:service_id>/edit",
        "POST /services/new",
        "POST /settings/packages/<key:package_id>/edit",
        "POST /settings/packages/new",
        "POST /settings/price-lists/<key:list_id>",
        "POST /settings/price-lists/<key:list_id>/edit",
        "POST /settings/price-lists/new",
    },
    "club.view": {
        "GET /api/v1/customers/<key:customer_id>/wallet",
        "GET /offers",
    },
    "club.write": {
        "GET /offers/<key:offer_id>",
        "GET /offers/new",
        "POST /offers/<key:offer_id>",
        "POST /offers/new",
    },
    "customers.view": {
        "GET /api/v1/customer-groups",
        "GET /api/v1/customers",
        "GET /api/v1/customers/<key:customer_id>/patch-tests",
        "GET /customers",
        "GET /customers/<key:customer_id>",
        "GET /customers/<key:customer_id>/booking",
        "GET /desk/customers/<key:customer_id>",
        "GET /desk/find",
        "GET /desk/panel/<key:customer_id>",
    },
    "customers.write": {
        "GET /customers/<key:customer_id>/edit",
        "GET /customers/new",
        "PATCH /api/v1/customers/<key:customer_id>",
        "POST /api/v1/customers",
        "POST /customers/<key:customer_id>/edit",
        "POST /customers/new",
        "POST /desk/customers",
    },
    "deposits.write": {
        "GET /deposits",
        "GET /deposits/<key:deposit_id>/return",
        "GET /api/v1/deposits",
        "POST /api/v1/deposits",
        "POST /api/v1/deposits/<key:deposit_id>/returns",
        "POST /deposits",
        "POST /deposits/<key:deposit_id>/return",
    },
    "desk.view": {
        "GET /api/v1/requests",
        "GET /api/v1/waitlist",
        "GET /queue",
        "GET /requests",
        "GET /waitlist",
        "GET /",
        "GET /api/v1/appointments/<key:appointment_id>/history",
        "GET /api/v1/availability",
        "GET /api/v1/closed-days",
        "POST /api/v1/availability",
        "GET /api/v1/branches",
        "GET /desk",
        "GET /desk/appointments/<key:appointment_id>",
        "GET /desk/events",
        "GET /desk/to-move",
        "GET /desk/foot",
        "GET /desk/free",
        "GET /desk/print",
        "POST /api/v1/swipes",
        "POST /desk/swipe",
    },
    "invoices.settle": {
        "GET /invoices/awaited",
        "GET /invoices/receive",
        "POST /api/v1/invoices/<key:invoice_id>/settlement",
        "POST /invoices/<key:invoice_id>/settle",
        "POST /invoices/awaited/<key:payment_id>",
        "GET /invoices/debtors/<key:customer_id>/contact",
        "POST /invoices/debtors/<key:customer_id>/contact",
        "POST /invoices/debtors/<key:customer_id>/remind",
        "POST /invoices/debtors/remind",
        "POST /api/v1/receipts",
        "POST /invoices/receive",
    },
    "invoices.view": {
        "GET /api/v1/sale-kinds",
        "GET /invoices",
        "GET /invoices/<key:invoice_id>",
        "GET /invoices/lines/<key:line_id>",
        "GET /invoices/<key:invoice_id>/preview",
        "GET /invoices/<key:invoice_id>/slip",
        "GET /invoices/<key:invoice_id>/slip.pdf",
        "GET /invoices/debtors/<key:customer_id>/statement",
        "GET /invoices/debtors/<key:customer_id>/statement.pdf",
    },
    "invoices.write": {
        "GET /invoices/new",
        "POST /api/v1/invoices",
        "POST /invoices/<key:invoice_id>/discard",
        "POST /invoices/new",
        "PUT /invoices/<key:invoice_id>/lines",
    },
    "invoices.return": {
        "GET /invoices/<key:invoice_id>/return",
        "GET /invoices/<key:invoice_id>/return/plan",
        "POST /api/v1/invoices/<key:invoice_id>/returns",
        "POST /invoices/<key:invoice_id>/return",
    },
    "invoices.correct": {
        "GET /invoices/<key:invoice_id>/correct",
        "POST /invoices/<key:invoice_id>/correct",
    },
    "invoices.cancel": {
        "GET /invoices/<key:invoice_id>/cancel",
        "POST /invoices/<key:invoice_id>/cancel",
    },
    "ledger.view": {
        "GET /api/v1/accounts",
        "GET /api/v1/fiscal-years",
        "GET /settings/years",
        "GET /settings/years/<key:year_id>",
    },
    "messages.view": {
        "GET /api/v1/messages",
        "GET /messages",
    },
    "pay.own": {"GET /pay", "GET /pay/statement.<any(pdf, xlsx):form>"},
    "pay.view": {
        "GET /api/v1/staff/<key:staff_id>/statement",
        "GET /staff/<key:staff_id>/statement",
        "GET /staff/<key:staff_id>/statement.<any(pdf, xlsx):form>",
        "GET /staff/pay",
    },
    "pay.write": {
        "GET /staff/<key:staff_id>/<any(bonus, fine):kind>",
        "GET /staff/<key:staff_id>/payment",
        "POST /api/v1/staff/<key:staff_id>/payments",
        "POST /api/v1/staff/<key:staff_id>/statements",
        "POST /staff/<key:staff_id>/<any(bonus, fine):kind>",
        "POST /staff/<key:staff_id>/payment",
        "POST /staff/<key:staff_id>/payments/<key:payment_id>/take-back",
        "POST /staff/<key:staff_id>/statement",
    },
    "reports.view": {
        "GET /api/v1/reports/cash-balance",
        "GET /api/v1/reports/profit-and-loss",
        "GET /api/v1/reports/year-trial-balance",
        "GET /api/v1/reports/debtors",
        "GET /api/v1/reports/discounts",
        "GET /api/v1/reports/services-by-customer",
        "GET /api/v1/reports/services-by-staff",
        "GET /api/v1/reports/services-by-line",
        "GET /api/v1/reports/staff-statements",
        "GET /api/v1/reports/productivity",
        "GET /api/v1/reports/discount-costs",
        "GET /reports",
        "GET /reports/<name>",
        "GET /reports/<name>.<any(csv, xlsx, pdf):form>",
        "GET /reports/documents/<any(lines, movements):what>",
    },
    "setup.write": {
        "POST /api/v1/closed-days",
        "GET /cashbox/boxes",
        "GET /cashbox/boxes/<key:cashbox_id>/edit",
        "GET /settings",
        "GET /settings/tax",
        "GET /settings/branches",
        "GET /settings/holidays",
        "POST /settings/holidays",
        "POST /settings/holidays/own",
        "POST /settings/holidays/own/<key:closed_day_id>/open",
        "GET /settings/branches/<key:branch_id>",
        "GET /settings/branches/new",
        "GET /settings/customer-groups",
        "GET /settings/customer-groups/<key:group_id>",
        "GET /settings/customer-groups/new",
        "GET /settings/lines",
        "GET /settings/lines/<key:line_id>",
        "GET /settings/lines/new",
        "GET /settings/sale-kinds",
        "GET /settings/sale-kinds/<key:kind_id>",
        "GET /settings/sale-kinds/new",
        "GET /settings/staff-levels",
        "GET /settings/staff-levels/<key:level_id>",
        "GET /settings/staff-levels/new",
        "GET /settings/users",
        "GET /settings/users/<key:user_id>/edit",
        "GET /settings/users/<key:user_id>/password",
        "GET /settings/users/new",
        "GET /settings/waitlist",
        "PATCH /api/v1/branches/<key:branch_id>",
        "PATCH /api/v1/customer-groups/<key:group_id>",
        "PATCH /api/v1/lines/<key:line_id>",
        "PATCH /api/v1/sale-kinds/<key:kind_id>",
        "PATCH /api/v1/staff-levels/<key:level_id>",
        "POST /api/v1/branches",
        "POST /api/v1/customer-groups",
        "POST /api/v1/lines",
        "POST /api/v1/sale-kinds",
        "POST /api/v1/staff-levels",
        "POST /cashbox/boxes",
        "POST /cashbox/boxes/<key:cashbox_id>/edit",
        "POST /cashbox/categories",
        "POST /cashbox/categories/<key:category_id>/switch",
        "POST /settings",
        "POST /settings/tax",
        "POST /settings/tax/drop",
        "POST /settings/branches/<key:branch_id>",
        "POST /settings/branches/new",
        "POST /settings/customer-groups/<key:group_id>",
        "POST /settings/customer-groups/new",
        "POST /settings/lines/<key:line_id>",
        "POST /settings/lines/new",
        "POST /settings/sale-kinds/<key:kind_id>",
        "POST /settings/sale-kinds/new",
        "POST /settings/staff-levels/<key:level_id>",
        "POST /settings/staff-levels/new",
        "POST /settings/users/<key:user_id>/edit",
        "POST /settings/users/<key:user_id>/password",
        "POST /settings/users/new",
        "POST /settings/waitlist",
    },
    "shifts.write": {
        "GET /cashbox/<key:cashbox_id>/open",
        "GET /cashbox/shifts/<key:shift_id>/close",
        "POST /api/v1/shifts",
        "POST /api/v1/shifts/<key:shift_id>/close",
        "POST /cashbox/<key:cashbox_id>/open",
        "POST /cashbox/shifts/<key:shift_id>/close",
    },
    "staff.view": {
        "GET /api/v1/lines",
        "GET /api/v1/staff",
        "GET /api/v1/staff-levels",
        "GET /staff",
    },
    "staff.write": {
        "POST /api/v1/staff/<key:staff_id>/absences",
        "PUT /api/v1/staff/<key:staff_id>/hours",
        "GET /api/v1/pay-schemes",
        "GET /settings/pay-schemes",
        "GET /settings/pay-schemes/<key:scheme_id>",
        "GET /settings/pay-schemes/<key:scheme_id>/try",
        "GET /settings/pay-schemes/new",
        "PATCH /api/v1/pay-schemes/<key:scheme_id>",
        "POST /api/v1/pay-schemes",
        "POST /settings/pay-schemes/<key:scheme_id>",
        "POST /settings/pay-schemes/<key:scheme_id>/end",
        "POST /settings/pay-schemes/new",
        "POST /settings/pay-schemes/try",
        "POST /settings/pay-schemes/words",
        "GET /staff/<key:staff_id>/edit",
        "GET /staff/<key:staff_id>/hours",
        "GET /staff/new",
        "POST /staff/<key:staff_id>/edit",
        "POST /staff/<key:staff_id>/absences",
        "POST /staff/<key:staff_id>/absences/<key:absence_id>/end",
        "POST /staff/<key:staff_id>/feed",
        "POST /staff/<key:staff_id>/feed/end",
        "POST /staff/<key:staff_id>/hours",
        "POST /staff/<key:staff_id>/hours/dates",
        "POST /staff/<key:staff_id>/hours/dates/drop",
        "POST /staff/new",
    },
    "stock.write": {
        "GET /products/stock/move",
        "POST /api/v1/stock",
        "POST /products/stock/move",
    },
    "years.close": {
        "POST /api/v1/fiscal-years",
        "POST /api/v1/fiscal-years/<key:year_id>/close",
        "POST /settings/years",
        "POST /settings/years/<key:year_id>/close",
    },
    "years.reopen": {
        "POST /api/v1/fiscal-years/<key:year_id>/reopen",
        "POST /settings/years/<key:year_id>/reopen",
    },
}


def asks(route: str) -> Permission:
    """What a route asks for, as written above."""
    return next(Permission(permission) for permission, routes in NEEDS.items() if route in routes)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[frozenset[Permission]], None]:
    """Let the receptionist do these things, and nothing else."""

    def give(permissions: frozenset[Permission]) -> None:
        monkeypatch.setitem(rules._OF_ROLE, Role.RECEPTIONIST, permissions)

    return give


def test_each_route_stands_under_what_it_asks_for(app: Flask) -> None:
    found = {f"{method} {rule.rule}" for rule, method in guarded_routes(app)}
    assert sorted(route for routes in NEEDS.values() for route in routes) == sorted(found)


AT_THE_DOOR = "GET /"  # where she is led to a room of hers instead


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_lacks_only_what_a_route_asks_for_is_refused(
    app: Flask, log_in: Callable[[str], FlaskClient], given: Callable[[frozenset[Permission]], None]
) -> None:
    desk = log_in("desk")
    for rule, method in guarded_routes(app):
        given(frozenset(Permission) - {asks(f"{method} {rule.rule}")})
        answer = desk.open(path_of(app, rule), method=method)
        refused = 302 if f"{method} {rule.rule}" == AT_THE_DOOR else 403
        assert answer.status_code == refused, f"{method} {rule.rule}"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_has_only_what_a_route_asks_for_is_let_in(
    app: Flask, log_in: Callable[[str], FlaskClient], given: Callable[[frozenset[Permission]], None]
) -> None:
    desk = log_in("desk")
    for rule, method in guarded_routes(app):
        given(frozenset({asks(f"{method} {rule.rule}")}))
        answer = desk.open(path_of(app, rule), method=method)
        assert answer.status_code not in {401, 403, 500}, f"{method} {rule.rule} {answer.status_code}"
