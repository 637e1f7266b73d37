"""Calls about boxes, shifts and receipts."""

import uuid
from typing import Any

from flask_login import current_user

from ...cashbox.boxes.queries import boxes_of
from ...cashbox.models import PaymentMethod, Shift
from ...cashbox.rules import PaymentSpec
from ...cashbox.shifts.services import close_shift, open_shift
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...invoices.models import Receipt
from ...invoices.receipts.services import receive
from ...messaging.jobs import wake_delivery
from ..calls import Calls
from ..invoices.schemas import IdempotencyHeaderSchema
from . import schemas as s

calls = Calls("cashbox", __name__, "Boxes, shifts and receipts.")


@calls.get("/cashboxes")
@calls.answers(200, s.CashboxesSchema)
@requires(Permission.CASHBOX_VIEW)
def list_cashboxes() -> dict[str, Any]:
    """The boxes of the branch with what each holds."""
    return {"items": boxes_of(current_user.branch_id)}


@calls.post("/shifts")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewShiftSchema, example=s.NEW_SHIFT)
@calls.answers(
    201,
    s.ShiftSchema,
    cashbox_unknown=404,
    shift_open=409,
    period_closed=409,
    invalid=422,
    not_a_till=422,
    key_reused=422,
)
@requires(Permission.SHIFTS_WRITE)
def create_shift(headers: dict[str, Any], asked: dict[str, Any]) -> Shift:
    """Begin a shift with counted money; the same Idempotency-Key gives the same shift."""
    with transaction():
        return open_shift(
            branch_id=current_user.branch_id, **asked, key=_key(headers), actor=current_user, now=present()
        )


@calls.post("/shifts/<key:shift_id>/close")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.ClosingSchema, example=s.CLOSING)
@calls.answers(
    200,
    s.ClosedSchema,
    not_found=404,
    shift_unknown=404,
    period_closed=409,
    invalid=422,
    key_reused=422,
)
@requires(Permission.SHIFTS_WRITE)
def end_shift(headers: dict[str, Any], asked: dict[str, Any], shift_id: int) -> Shift:
    """End a shift with counted money; the difference is posted and nothing in it changes any more."""
    with transaction():
        return close_shift(
            branch_id=current_user.branch_id,
            shift_id=shift_id,
            **asked,
            key=_key(headers),
            actor=current_user,
            now=present(),
        )


@calls.post("/receipts")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewReceiptSchema, example=s.NEW_RECEIPT)
@calls.answers(
    201,
    s.ReceiptSchema,
    customer_unknown=404,
    nothing_owed=409,
    period_closed=409,
    invalid=422,
    overpaid=422,
    key_reused=422,
)
@requires(Permission.INVOICES_SETTLE)
def create_receipt(headers: dict[str, Any], asked: dict[str, Any]) -> Receipt:
    """Receive old debts, the oldest invoice first, or chosen ones; the same Idempotency-Key moves nothing twice."""
    with transaction():
        written = receive(
            branch_id=current_user.branch_id,
            customer_id=asked["customer_id"],
            payments=[PaymentSpec(PaymentMethod(asked["method"]), asked["amount"])],
            invoice_ids=asked["invoices"],
            key=_key(headers),
            actor_id=current_user.id,
            now=present(),
        )
    wake_delivery()
    return written


def _key(headers: dict[str, Any]) -> str:
    return f"api:{headers['key'] or uuid.uuid4().hex}"
