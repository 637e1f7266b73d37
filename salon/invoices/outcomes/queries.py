"""Payments that are awaited: card to card not yet seen, cheques in hand; and their audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select

from ...cashbox.models import BoxKind, Cashbox, PaymentMethod
from ...cashbox.rules import AWAITED
from ...core.db import db
from ...customers.models import Customer
from ...ledger.models import AccountKind, Unit
from ...ledger.queries import balances_by_owner
from ..errors import OUTCOME_KNOWN
from ..models import Invoice, Payment, PaymentOutcome, Settlement
from .errors import payment_unknown

_IS_AWAITED = (Payment.method.in_([method.value for method in AWAITED]), Payment.amount > 0)


@dataclass(frozen=True)
class Awaited:
    """A payment that nobody has seen in the account yet; `amount` in rials."""

    payment: Payment
    invoice: Invoice
    customer: Customer
    settled_at: datetime

    @property
    def due_on(self) -> date | None:
        """The day of a cheque."""
        return self.payment.due_on


def awaited(branch_id: int, limit: int, offset: int = 0) -> Sequence[Awaited]:
    """What a branch waits for: cheques by their day, card to card by when it was said to be sent; the oldest first."""
    rows = db.session.execute(
        select(Payment, Invoice, Customer, Settlement.settled_at)
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .join(Invoice, Invoice.id == Settlement.invoice_id)
        .join(Customer, Customer.id == Invoice.customer_id)
        .outerjoin(PaymentOutcome, PaymentOutcome.payment_id == Payment.id)
        .where(Settlement.branch_id == branch_id, *_IS_AWAITED)
        .where(PaymentOutcome.id.is_(None))
        .order_by(func.coalesce(Payment.due_on, Invoice.business_date), Payment.id)
        .limit(limit)
        .offset(offset)
    )
    return [Awaited(*row) for row in rows]


def awaited_of(invoice_id: int) -> dict[int, int]:
    """What is awaited of an invoice, in rials by the ids of its payments."""
    rows = db.session.execute(
        select(Payment.id, Payment.amount)
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .outerjoin(PaymentOutcome, PaymentOutcome.payment_id == Payment.id)
        .where(Settlement.invoice_id == invoice_id, *_IS_AWAITED, PaymentOutcome.id.is_(None))
        .order_by(Payment.id)
    )
    return {payment: int(amount) for payment, amount in rows}


def awaited_count(branch_id: int) -> int:
    """How many payments a branch waits for."""
    waiting = (
        select(func.count(Payment.id))
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .outerjoin(PaymentOutcome, PaymentOutcome.payment_id == Payment.id)
        .where(Settlement.branch_id == branch_id, *_IS_AWAITED)
        .where(PaymentOutcome.id.is_(None))
    )
    return db.session.scalar(waiting) or 0


def locked_payment(payment_id: int) -> tuple[Payment, Settlement]:
    """An awaited payment, its invoice and customer locked as a till locks them.

    Raises NotFound `payment_unknown`, DomainError `outcome_known`.
    """
    found = db.session.execute(
        select(Payment, Settlement)
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .where(Payment.id == payment_id, *_IS_AWAITED)
    ).one_or_none()
    if found is None:
        raise payment_unknown()
    payment, settlement = found
    db.session.execute(
        select(Invoice.id, Customer.id)
        .join(Customer, Customer.id == Invoice.customer_id)
        .where(Invoice.id == settlement.invoice_id)
        .with_for_update(key_share=True)
    )
    known = select(PaymentOutcome.id).where(PaymentOutcome.payment_id == payment_id)
    if db.session.scalar(known) is not None:
        raise OUTCOME_KNOWN.again()
    return payment, settlement


def invoice_as_it_stands(invoice_id: int) -> Invoice:
    """An invoice, read afresh after it was locked."""
    return db.session.get_one(Invoice, invoice_id, populate_existing=True)


def accounts_of(branch_id: int) -> Sequence[Cashbox]:
    """The bank accounts of a branch, the main one first."""
    return db.session.scalars(
        select(Cashbox)
        .where(Cashbox.branch_id == branch_id, Cashbox.kind == BoxKind.BANK.value, Cashbox.active)
        .order_by(Cashbox.is_main.desc(), Cashbox.id)
    ).all()


def verify_awaited() -> list[str]:
    """Where money that is awaited disagrees with the ledger; empty when all is well."""
    return [
        *_against_ledger(PaymentMethod.CARD_TO_CARD, AccountKind.UNCONFIRMED),
        *_against_ledger(PaymentMethod.CHEQUE, AccountKind.CHEQUES),
    ]


def _against_ledger(method: PaymentMethod, kind: AccountKind) -> list[str]:
    """What came has left the account; what did not come was taken back by a payment of its own."""
    waiting = case((PaymentOutcome.came, 0), else_=Payment.amount)
    owner = func.coalesce(Payment.cashbox_id, 0)
    rows = db.session.execute(
        select(owner, func.sum(waiting))
        .outerjoin(PaymentOutcome, PaymentOutcome.payment_id == Payment.id)
        .where(Payment.method == method.value)
        .group_by(owner)
    )
    said = {box: int(amount) for box, amount in rows if amount}
    held = balances_by_owner(kind, Unit.RIAL)
    return [
        f"{kind.value} of box {box}: payments say {said.get(box, 0)}, the ledger {held.get(box, 0)}"
        for box in sorted(said.keys() | held.keys())
        if said.get(box, 0) != held.get(box, 0)
    ]
