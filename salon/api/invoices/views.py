"""Calls about invoices and their settlement."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_login import current_user

from ...access.rules import permissions_of
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...invoices import queries as invoices
from ...invoices.checkout.services import settle
from ...invoices.errors import staff_missing
from ...invoices.models import Invoice, InvoiceLine
from ...invoices.returns.lines.rules import WantedLine
from ...invoices.returns.rules import Refund
from ...invoices.returns.services import return_sale
from ...invoices.rules import LineSpec, Rest
from ...invoices.services import draft
from ...invoices.terms.queries import shares_of, tips_of
from ...invoices.terms.rules import Terms
from ...messaging.jobs import wake_delivery
from ..calls import Calls
from . import schemas as s

_OF_INVOICE = s.InvoiceSchema().fields.keys() - {"lines", "tips"}
_OF_LINE = s.InvoiceLineSchema().fields.keys() - {"shares"}
calls = Calls("invoices", __name__, "Invoices and their settlement.")


@calls.post("/invoices")
@calls.takes(s.NewInvoiceSchema, example=s.NEW_INVOICE)
@calls.answers(
    201,
    s.InvoiceSchema,
    customer_unknown=404,
    appointment_unknown=404,
    appointment_invoiced=409,
    appointment_over=409,
    appointment_mismatch=422,
    invalid=422,
    line_empty=422,
    service_unknown=422,
    product_unknown=422,
    staff_unknown=422,
    staff_missing=422,
    price_missing=422,
    price_invalid=422,
    discount_invalid=422,
    reason_missing=422,
    shares_invalid=422,
    tip_invalid=422,
    sale_kind_unknown=422,
    package_unknown=422,
    series_unknown=422,
    package_used_up=422,
    package_expired=422,
    redo_unknown=422,
)
@requires(Permission.INVOICES_WRITE)
def create_invoice(asked: dict[str, Any]) -> dict[str, Any]:
    """Draft an invoice, as the till does: her prices, discounts, tips, people who share a line, packages, sessions."""
    lines = [_line(line, position) for position, line in enumerate(asked.pop("lines"))]
    who = {"customer_id": asked.pop("customer_id"), "appointment_id": asked.pop("appointment_id")}
    tips = tuple((tip["staff_id"], tip["amount"]) for tip in asked.pop("tips"))
    terms = Terms(**asked, tips=tips)
    with transaction():
        invoice_id = draft(
            **who,
            branch_id=current_user.branch_id,
            lines=lines,
            terms=terms,
            actor_id=current_user.id,
            now=present(),
        )
        return _told(invoices.invoice(invoice_id), are_shared=any(line.shares for line in lines))


@calls.post("/invoices/<key:invoice_id>/settlement")
@calls.takes(s.IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewSettlementSchema, example=s.NEW_SETTLEMENT)
@calls.answers(
    200,
    s.SettlementSchema,
    not_found=404,
    invoice_unknown=404,
    already_settled=409,
    debt_limit=409,
    period_closed=409,
    invalid=422,
    invoice_empty=422,
    payment_missing=422,
    overpaid=422,
    credit_exceeds_limit=422,
    deposit_exceeds_balance=422,
    price_missing=422,
    staff_missing=422,
    package_used_up=422,
    package_expired=422,
    staff_unknown=422,
    cashbox_unknown=422,
    reference_missing=422,
    due_on_missing=422,
    promise_past=422,
    key_reused=422,
)
@requires(Permission.INVOICES_SETTLE)
def settle_invoice(headers: dict[str, Any], asked: dict[str, Any], invoice_id: int) -> dict[str, Any]:
    """Pay an invoice; the same Idempotency-Key gives the same answer and moves nothing twice."""
    payments = [PaymentSpec(**part | {"method": PaymentMethod(part["method"])}) for part in asked["payments"]]
    passes = Permission.DEBT_LIMIT_PASS in permissions_of(current_user.role)
    rest = Rest(keep=asked["keep_rest"], promised_on=asked["promised_on"], may_pass_limit=passes)
    key = f"api:{headers['key'] or uuid.uuid4().hex}"
    with transaction():
        outcome = settle(
            branch_id=current_user.branch_id,
            invoice_id=invoice_id,
            payments=payments,
            credit=asked["credit"],
            deposit=asked["deposit"],
            rest=rest,
            key=key,
            actor_id=current_user.id,
            now=present(),
        )
    wake_delivery()
    earned = {"points": outcome.earned_points, "credit": outcome.earned_credit}
    return vars(outcome) | {"paid": outcome.paid_so_far, "earned": earned}


@calls.post("/invoices/<key:invoice_id>/returns")
@calls.takes(s.IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewReturnSchema, example=s.NEW_RETURN)
@calls.answers(
    201,
    s.ReturnSchema,
    not_found=404,
    invoice_unknown=404,
    invoice_draft=409,
    return_of_return=409,
    payment_awaited=409,
    till_short=409,
    period_closed=409,
    invalid=422,
    line_unknown=422,
    return_exceeds_sale=422,
    customer_nameless=422,
    key_reused=422,
)
@requires(Permission.INVOICES_RETURN)
def return_invoice(headers: dict[str, Any], asked: dict[str, Any], invoice_id: int) -> dict[str, Any]:
    """Take lines of an invoice back, or all that is left; the same Idempotency-Key moves nothing twice."""
    lines = None if asked["lines"] is None else [WantedLine(**line) for line in asked["lines"]]
    with transaction():
        done = return_sale(
            branch_id=current_user.branch_id,
            invoice_id=invoice_id,
            lines=lines,
            refund=Refund(asked["refund"]),
            key=f"api:{headers['key'] or uuid.uuid4().hex}",
            actor_id=current_user.id,
            now=present(),
        )
    refunded = [{"method": method.value, "amount": amount} for method, amount in done.refunded]
    clawback = {"points": done.points, "credit": done.credit}
    return {"id": done.id, "amount": done.amount, "refunded": refunded, "clawback": clawback}


def _line(asked: dict[str, Any], position: int) -> LineSpec:
    """A line as it was asked for. Raises Invalid `staff_missing`: who did a service is paid for it."""
    shares = tuple((share["staff_id"], share["share_bp"]) for share in asked.pop("shares"))
    if shares and asked["staff_id"] is None:
        asked["staff_id"] = shares[0][0]
    done = asked["service_id"] is not None or asked["series_line_id"] is not None
    if done and asked["package_id"] is None and asked["staff_id"] is None:
        raise staff_missing(position)
    return LineSpec(**asked, shares=shares)


def _told(found: Invoice, *, are_shared: bool) -> dict[str, Any]:
    """A draft with its tips, and who shares its lines; what it has none of isn't asked for."""
    shares = shares_of(found.id) if are_shared else {}
    lines = [_picked(line, _OF_LINE) | {"shares": _named(shares.get(line.id, ()), "share_bp")} for line in found.lines]
    tips = tips_of(found.id) if found.tips else ()
    return _picked(found, _OF_INVOICE) | {"lines": lines, "tips": _named(tips, "amount")}


def _picked(row: Invoice | InvoiceLine, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _named(parts: Iterable[tuple[int, int]], what: str) -> list[dict[str, int]]:
    return [{"staff_id": staff_id, what: part} for staff_id, part in parts]
