"""Calls about statements of pay and their payments."""

import uuid
from typing import Any

from flask_login import current_user

from ...core.db import transaction
from ...core.errors import dates_reversed
from ...core.pages import present, today
from ...core.permissions import Permission, requires
from ...payroll.models import PayStatement
from ...payroll.payments.services import Payment, pay_statement
from ...payroll.queries import person
from ...payroll.statements.queries import next_days, statement
from ...payroll.statements.rules import Statement, What
from ...payroll.statements.services import approve_statement
from ..calls import Calls
from ..invoices.schemas import IdempotencyHeaderSchema
from ..schemas import PeriodSchema
from . import schemas as s

calls = Calls("pay", __name__, "Statements of staff pay and their payments.")


@calls.get("/staff/<key:staff_id>/statement")
@calls.takes(PeriodSchema, "query")
@calls.answers(200, s.StatementSchema, not_found=404, staff_unknown=404, invalid=422, dates_reversed=422)
@requires(Permission.PAY_VIEW)
def read_statement(asked: dict[str, Any], staff_id: int) -> dict[str, Any]:
    """What somebody is paid for some days: frozen where they were approved, else as it stands now.

    An end that is not sent is as of what is to be approved next.
    """
    person(current_user.branch_id, staff_id)
    usual = next_days(staff_id, today())
    first, before = asked["starts_on"] or usual[0], asked["ends_before"] or usual[1]
    if first >= before:
        raise dates_reversed()
    return _told(statement(staff_id, first, before))


@calls.post("/staff/<key:staff_id>/statements")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewStatementSchema, example=s.NEW_STATEMENT)
@calls.answers(
    201,
    s.ApprovedSchema,
    not_found=404,
    staff_unknown=404,
    statement_approved=409,
    period_closed=409,
    invalid=422,
    dates_reversed=422,
    day_ahead=422,
    statement_gap=422,
    key_reused=422,
)
@requires(Permission.PAY_WRITE)
def create_statement(headers: dict[str, Any], asked: dict[str, Any], staff_id: int) -> PayStatement:
    """Approve the statement of some days, which freezes it; the same Idempotency-Key gives the same statement."""
    with transaction():
        return approve_statement(
            branch_id=current_user.branch_id,
            staff_id=staff_id,
            **asked,
            key=_key(headers),
            actor=current_user,
            now=present(),
        )


@calls.post("/staff/<key:staff_id>/payments")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewPayPaymentSchema, example=s.NEW_PAYMENT)
@calls.answers(
    201,
    s.PayPaymentSchema,
    not_found=404,
    staff_unknown=404,
    till_short=409,
    period_closed=409,
    invalid=422,
    cashbox_unknown=422,
    overpaid=422,
    key_reused=422,
)
@requires(Permission.PAY_WRITE)
def create_payment(headers: dict[str, Any], asked: dict[str, Any], staff_id: int) -> Payment:
    """Pay what was approved last, or a part of it; the same Idempotency-Key pays once."""
    with transaction():
        return pay_statement(
            branch_id=current_user.branch_id,
            staff_id=staff_id,
            **asked,
            key=_key(headers),
            actor=current_user,
            now=present(),
        )


def _told(shown: Statement) -> dict[str, Any]:
    return {
        "lines": shown.lines,
        "opening": shown.opening,
        "tips": shown.sum_of(What.TIP),
        "salary": shown.sum_of(What.SALARY),
        "bonuses": shown.sum_of(What.BONUS),
        "fines": shown.taken(What.FINE),
        "rent": shown.taken(What.RENT),
        "own_card": shown.taken(What.OWN_CARD),
        "advances": shown.taken(What.ADVANCE),
        "paid": shown.paid,
        "due": shown.due,
        "approved": shown.number is not None,
    }


def _key(headers: dict[str, Any]) -> str:
    return f"api:{headers['key'] or uuid.uuid4().hex}"
