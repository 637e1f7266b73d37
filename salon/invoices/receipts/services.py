"""Receiving old debts: one sum over several open invoices, kept as a receipt (دریافت از بدهکار)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...core.keys import KEY_REUSED
from ...customers.queries import customer
from ..checkout.rules import Outcome
from ..checkout.services import settle
from ..errors import nothing_owed, overpaid, payment_missing
from ..models import Invoice, InvoiceStatus, Receipt
from ..rules import spread
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
    (also when she owes nothing), `payment_missing`, `amount_invalid`, `key_reused`; DomainError `nothing_owed` when the
    chosen ones are not open; what `settle` raises.
    """
    owner = customer(customer_id)
    dues = _locked_debts_of(owner.id)
    asked = fingerprint(owner.id, payments, invoice_ids)
    known = db.session.scalar(select(Receipt).where(Receipt.idempotency_key == key))
    if known is not None:
        if known.fingerprint != asked:
            raise KEY_REUSED.again()
        return known
    if not dues:
        raise overpaid()
    outcomes = [
        settle(
            branch_id=branch_id,
            invoice_id=invoice_id,
            payments=parts,
            key=f"{settlement_key(key)}:{invoice_id}",
            actor_id=actor_id,
            now=now,
        )
        for invoice_id, parts in _shares(payments, dues, invoice_ids)
    ]
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


def _locked_debts_of(customer_id: int) -> list[tuple[int, int]]:
    """Her open invoices with what is due, oldest first. Locked by id: two tills never wait for each other crosswise."""
    rows = db.session.execute(
        select(Invoice.id, Invoice.total - Invoice.paid, Invoice.business_date)
        .where(Invoice.customer_id == customer_id, Invoice.status == InvoiceStatus.OPEN)
        .order_by(Invoice.id)
        .with_for_update(key_share=True)
    ).all()
    return [(row[0], int(row[1])) for row in sorted(rows, key=lambda row: (row[2], row[0]))]


def _shares(
    payments: Sequence[PaymentSpec], dues: Sequence[tuple[int, int]], invoice_ids: Collection[int] | None
) -> list[tuple[int, list[PaymentSpec]]]:
    """What each of her invoices takes, or of those that were chosen."""
    chosen = [(invoice_id, due) for invoice_id, due in dues if invoice_ids is None or invoice_id in invoice_ids]
    if not chosen:
        raise nothing_owed()
    if not payments:
        raise payment_missing()
    return spread(payments, chosen)


def _part(outcome: Outcome) -> dict[str, int]:
    return {"invoice_id": outcome.invoice_id, "amount": outcome.paid}
