"""Calls about reports and balances."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, request

from ...core.errors import dates_reversed
from ...core.jalali import month_range
from ...core.pages import today
from ...core.permissions import Permission, requires
from ...reports.books.queries import accounts
from ...reports.files.services import as_csv
from ...reports.queries import REPORTS, Kind
from ..calls import Calls
from ..schemas import PeriodSchema
from . import schemas as s

calls = Calls("reports", __name__, "Reports and balances.")

NAMES = (
    "cash-balance",
    "debtors",
    "services-by-customer",
    "services-by-staff",
    "services-by-line",
    "staff-statements",
    "productivity",
    "discounts",
    "discount-costs",
    "profit-and-loss",
    "year-trial-balance",
    "bookings-by-day",
    "bookings-by-staff",
    "bookings-by-service",
    "bookings-by-status",
    "staff-utilisation",
    "resource-utilisation",
    "rebooking",
)


def _serve(name: str, kind: Kind) -> None:
    """Give a report its address."""

    @requires(Permission.REPORTS_VIEW)
    def read(asked: dict[str, Any]) -> Any:
        """A report over days; this Jalali month so far unless they are asked for. Accept: text/csv gives CSV."""
        first, before = (
            asked["starts_on"] or month_range(today())[0],
            asked["ends_before"] or today() + timedelta(days=1),
        )
        if first > before:
            raise dates_reversed()
        found = kind.read(first, before)
        if request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv":
            return Response(as_csv(found), mimetype="text/csv")
        return {"rows": found.as_rows(), "total": found.total}

    read.__name__ = name.replace("-", "_")
    declared: Callable[..., Any] = calls.answers(
        200, s.report_schema(name, kind.columns), invalid=422, dates_reversed=422
    )(read)
    calls.get(f"/reports/{name}")(calls.takes(PeriodSchema, "query")(declared))


for _name in NAMES:
    _serve(_name, REPORTS[_name])


@calls.get("/accounts")
@calls.takes(s.AskedAccountsSchema, "query")
@calls.answers(200, s.AccountsSchema, invalid=422)
@requires(Permission.LEDGER_VIEW)
def list_accounts(asked: dict[str, Any]) -> dict[str, Any]:
    """The trial balance: every account with its balance; without a kind each unit sums to zero."""
    return {"items": accounts(asked["kind"])}
