"""Receiving old debts: one sum over several open invoices, kept as a receipt (دریافت از بدهکار)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...core.keys import KEY_REUSED
from ...customers.queries import customer
from ..checkout.rules import Outcome
from ..errors import overpaid
from ..models import Receipt
from ..queries import open_invoices_of
from ..till.services import lock_debts_of, receive_debt
from .rules import fingerprint, settlement_key


def receive(
    *,
    branch_id: int,
    customer_id: int,
    payments: Sequence[PaymentSpec],
    invoice_ids: Collection[int] | None = None,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> Receipt:
    """Lay money over a customer's open invoices, the oldest first, or over those that were chosen.

    The same key again gives the same receipt and moves nothing. Raises NotFound `customer_unknown`; Invalid `overpaid`
    (also when she owes nothing), `payment_missing`, `amount_invalid`, `key_reused`; what `settle` raises.
    """
    owner = customer(customer_id)
    lock_debts_of(owner.id)
    asked = fingerprint(owner.id, payments, invoice_ids)
    known = db.session.scalar(select(Receipt).where(Receipt.idempotency_key == key))
    if known is not None:
        if known.fingerprint != asked:
            raise KEY_REUSED.again()
        return known
    if not open_invoices_of(owner.id):
        raise overpaid()
    outcomes = receive_debt(
        branch_id=branch_id,
        customer_id=owner.id,
        payments=payments,
        invoice_ids=invoice_ids,
        key=settlement_key(key),
        actor_id=actor_id,
        now=now,
    )
    written = Receipt(
        branch_id=branch_id,
        customer_id=owner.id,
        amount=sum(payment.amount for payment in payments),
        received_at=now,
        actor_id=actor_id,
        idempotency_key=key,
        fingerprint=asked,
        allocated=[_part(outcome) for outcome in outcomes],
    )
    db.session.add(written)
    db.session.flush()
    return written


def _part(outcome: Outcome) -> dict[str, int]:
    return {"invoice_id": outcome.invoice_id, "amount": outcome.paid}
