"""Saying what became of a payment: once, with its entry."""

from datetime import datetime

from sqlalchemy import insert

from ...cashbox.models import BoxKind, PaymentMethod
from ...cashbox.queries import boxes_for
from ...cashbox.rules import ACCOUNT_OF_METHOD
from ...core.db import db
from ...core.jalali import local_date
from ...core.lengths import line_of
from ...ledger.models import AccountKind
from ...ledger.rules import PostingSpec
from ...ledger.services import post
from ...setup.services import ensure_fiscal_year
from ..models import Invoice, InvoiceStatus, Payment, PaymentOutcome, Settlement
from .errors import account_missing
from .queries import invoice_as_it_stands, locked_payment


def record_arrival(
    *, payment_id: int, cashbox_id: int | None = None, note: str = "", actor_id: int | None, now: datetime
) -> None:
    """The money was seen: it lies in the bank account that it was sent to, or where the cheque was cashed.

    Raises NotFound `payment_unknown`, DomainError `outcome_known`, Invalid `cashbox_unknown`, `text_long`.
    """
    payment, settlement = locked_payment(payment_id)
    box_id = cashbox_id or payment.cashbox_id
    if box_id is None or boxes_for(settlement.branch_id, actor_id).get(box_id) != BoxKind.BANK:
        raise account_missing()
    ensure_fiscal_year(local_date(now))
    entry_id = post(
        branch_id=settlement.branch_id,
        business_date=local_date(now),
        kind="confirmation",
        source_kind="payment",
        source_id=payment_id,
        idempotency_key=f"payment:{payment_id}:outcome",
        postings=[PostingSpec(AccountKind.BANK, payment.amount, box_id), _out_of_waiting(payment)],
        actor_id=actor_id,
        now=now,
    )
    _keep(payment, True, box_id, note, entry_id, actor_id, now)


def record_absence(*, payment_id: int, note: str = "", actor_id: int | None, now: datetime) -> None:
    """The money never came, or the cheque bounced: it is her debt again, and the invoice is open.

    What the invoice earned stays, and it earns no more. Raises NotFound `payment_unknown`, DomainError
    `outcome_known`, Invalid `text_long`.
    """
    payment, settlement = locked_payment(payment_id)
    invoice = invoice_as_it_stands(settlement.invoice_id)
    ensure_fiscal_year(local_date(now))
    key = f"payment:{payment_id}:outcome"
    entry_id = post(
        branch_id=settlement.branch_id,
        business_date=local_date(now),
        kind="payment",
        source_kind="invoice",
        source_id=invoice.id,
        idempotency_key=key,
        postings=[PostingSpec(AccountKind.RECEIVABLE, payment.amount, invoice.customer_id), _out_of_waiting(payment)],
        actor_id=actor_id,
        now=now,
    )
    _keep(payment, False, None, note, entry_id, actor_id, now)
    _reopen(invoice, payment.amount)
    _take_back(payment, settlement, invoice, key, actor_id, now)


def _out_of_waiting(payment: Payment) -> PostingSpec:
    kind = ACCOUNT_OF_METHOD[PaymentMethod(payment.method)]
    return PostingSpec(kind, -payment.amount, payment.cashbox_id or 0)


def _keep(
    payment: Payment, came: bool, cashbox_id: int | None, note: str, entry_id: int, actor_id: int | None, now: datetime
) -> None:
    row = {
        "payment_id": payment.id,
        "came": came,
        "cashbox_id": cashbox_id,
        "note": line_of(note, PaymentOutcome.note),
        "recorded_at": now,
        "actor_id": actor_id,
        "entry_id": entry_id,
    }
    db.session.connection().execute(insert(PaymentOutcome), row)


def _reopen(invoice: Invoice, amount: int) -> None:
    invoice.paid -= amount
    invoice.status = InvoiceStatus.OPEN.value
    invoice.settled_at = None
    db.session.flush()


def _take_back(
    payment: Payment, settlement: Settlement, invoice: Invoice, key: str, actor_id: int | None, now: datetime
) -> None:
    """An act of its own takes back what the payment had paid."""
    back = Settlement(
        branch_id=settlement.branch_id,
        invoice_id=invoice.id,
        idempotency_key=key,
        fingerprint=settlement.fingerprint,
        settled_at=now,
        actor_id=actor_id,
        status=invoice.status,
        paid=-payment.amount,
        due=invoice.due,
        points_left=settlement.points_left,
        credit_left=settlement.credit_left,
    )
    db.session.add(back)
    db.session.flush()
    reason = {"method": payment.method, "cashbox_id": payment.cashbox_id, "reference": payment.reference}
    db.session.add(Payment(settlement_id=back.id, amount=-payment.amount, due_on=payment.due_on, **reason))
    db.session.flush()
