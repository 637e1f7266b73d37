"""Calls about deposits."""

import uuid
from typing import Any

from flask_login import current_user

from ...appointments.deposits.services import take_deposit
from ...cashbox.deposits.queries import deposits_of
from ...cashbox.deposits.services import return_deposit
from ...cashbox.models import Deposit, PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ..calls import Calls
from ..invoices.schemas import IdempotencyHeaderSchema
from . import schemas as s

calls = Calls("deposits", __name__, "Deposits for bookings, and on-account money.")


@calls.get("/deposits")
@calls.takes(s.WhoseSchema, "query")
@calls.answers(200, s.DepositsSchema, customer_unknown=404, invalid=422)
@requires(Permission.DEPOSITS_WRITE)
def list_deposits(asked: dict[str, Any]) -> dict[str, Any]:
    """Deposits and on-account money of a customer of which something is left."""
    return {"items": deposits_of(customer(asked["customer_id"]).id)}


@calls.post("/deposits")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewDepositSchema, example=s.NEW_DEPOSIT)
@calls.answers(
    201,
    s.DepositSchema,
    customer_unknown=404,
    appointment_unknown=404,
    appointment_over=409,
    period_closed=409,
    invalid=422,
    appointment_mismatch=422,
    customer_nameless=422,
    cashbox_unknown=422,
    key_reused=422,
)
@requires(Permission.DEPOSITS_WRITE)
def new_deposit(headers: dict[str, Any], asked: dict[str, Any]) -> Deposit:
    """Take a deposit; the same Idempotency-Key gives the same answer and moves nothing twice."""
    with transaction():
        return take_deposit(
            branch_id=current_user.branch_id,
            customer_id=asked["customer_id"],
            appointment_id=asked["appointment_id"],
            payment=_payment(asked),
            key=_key(headers),
            actor=current_user,
            now=present(),
        )


@calls.post("/deposits/<key:deposit_id>/returns")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewDepositReturnSchema, example=s.NEW_DEPOSIT_RETURN)
@calls.answers(
    201,
    s.DepositSchema,
    not_found=404,
    deposit_unknown=404,
    deposit_spent=409,
    till_short=409,
    period_closed=409,
    invalid=422,
    deposit_exceeds_balance=422,
    cashbox_unknown=422,
    key_reused=422,
)
@requires(Permission.DEPOSITS_WRITE)
def give_back_deposit(headers: dict[str, Any], asked: dict[str, Any], deposit_id: int) -> Deposit:
    """Give money of a deposit back; the same Idempotency-Key moves nothing twice."""
    with transaction():
        return return_deposit(
            branch_id=current_user.branch_id,
            deposit_id=deposit_id,
            payment=_payment(asked),
            key=_key(headers),
            actor=current_user,
            now=present(),
        )


def _payment(asked: dict[str, Any]) -> PaymentSpec:
    details = {"cashbox_id": asked["cashbox_id"], "reference": asked["reference"]}
    return PaymentSpec(PaymentMethod(asked["method"]), asked["amount"], **details)


def _key(headers: dict[str, Any]) -> str:
    return f"api:{headers['key'] or uuid.uuid4().hex}"
