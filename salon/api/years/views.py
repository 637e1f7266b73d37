"""Calls about fiscal years."""

import uuid
from typing import Any

from flask_login import current_user

from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...setup.models import FiscalYear
from ...years.queries import fiscal_years
from ...years.services import close_year, open_year, reopen_year
from ..calls import Calls
from ..invoices.schemas import IdempotencyHeaderSchema
from . import schemas as s

calls = Calls("years", __name__, "Fiscal years.")


@calls.get("/fiscal-years")
@calls.answers(200, s.FiscalYearsSchema)
@requires(Permission.LEDGER_VIEW)
def list_years() -> dict[str, Any]:
    """All years, the latest first."""
    return {"items": [row.year for row in fiscal_years()]}


@calls.post("/fiscal-years")
@calls.takes(s.NewFiscalYearSchema, example=s.YEAR)
@calls.answers(201, s.FiscalYearSchema, year_exists=409, invalid=422)
@requires(Permission.YEARS_CLOSE)
def create_year(asked: dict[str, Any]) -> FiscalYear:
    """Open the books of a year before something is posted into it, which opens it, too."""
    with transaction():
        return open_year(year=asked["year"], actor=current_user, now=present())


@calls.post("/fiscal-years/<key:year_id>/close")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.answers(
    200,
    s.FiscalYearSchema,
    not_found=404,
    year_unknown=404,
    period_closed=409,
    year_ahead=409,
    year_order=409,
    year_unready=409,
    invalid=422,
    key_reused=422,
)
@requires(Permission.YEARS_CLOSE)
def end_year(headers: dict[str, Any], year_id: int) -> FiscalYear:
    """Close a year, a running one, too; the same Idempotency-Key carries nothing forward twice."""
    with transaction():
        return close_year(year_id=year_id, confirmed=True, key=_key(headers), actor=current_user, now=present())


@calls.post("/fiscal-years/<key:year_id>/reopen")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.ReopeningSchema, example=s.REASON)
@calls.answers(
    200,
    s.FiscalYearSchema,
    not_found=404,
    year_unknown=404,
    year_open=409,
    year_order=409,
    invalid=422,
    reason_missing=422,
    key_reused=422,
)
@requires(Permission.YEARS_REOPEN)
def open_again(headers: dict[str, Any], asked: dict[str, Any], year_id: int) -> FiscalYear:
    """Open a closed year again and take back what it carried forward."""
    with transaction():
        return reopen_year(year_id=year_id, **asked, key=_key(headers), actor=current_user, now=present())


def _key(headers: dict[str, Any]) -> str:
    return f"api:{headers['key'] or uuid.uuid4().hex}"
