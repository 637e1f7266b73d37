"""Paying what was approved, in one or more parts, and taking a payment back."""

from dataclasses import dataclass
from datetime import datetime

from ...access.rules import Actor
from ...cashbox.models import Voucher, VoucherKind
from ...cashbox.vouchers.queries import written_by
from ...cashbox.vouchers.rules import VoucherSpec
from ...cashbox.vouchers.services import record_voucher, reverse_pay
from ...core.db import db
from ...core.money import Currency, with_unit
from ...setup.queries import profile
from ..errors import overpaid
from ..models import PayPayment
from ..queries import last_statement, person, sums_of
from .queries import payment_of, payment_of_voucher


@dataclass(frozen=True)
class Payment:
    """What was paid, of which statement, and what is left of it. Rials."""

    id: int
    statement_id: int
    staff_id: int
    cashbox_id: int
    amount: int
    due: int


def pay_statement(
    *,
    branch_id: int,
    staff_id: int,
    amount: int,
    cashbox_id: int,
    note: str = "",
    key: str,
    actor: Actor | None,
    now: datetime,
) -> Payment:
    """Pay what was approved last, or a part of it, out of a box; the same key again gives the same payment.

    Raises NotFound `staff_unknown`; Invalid `overpaid`, `amount_invalid`, `cashbox_unknown`, `key_reused`; Forbidden;
    DomainError `till_short`, `period_closed`.
    """
    person(branch_id, staff_id, locked=True)
    spec = VoucherSpec(VoucherKind.PAY, cashbox_id, amount, staff_id=staff_id, note=note)
    approved = last_statement(staff_id)
    due = sums_of(staff_id).due
    if written_by(key) is None and amount > max(due, 0):
        raise overpaid(with_unit(max(due, 0), Currency(profile().currency)))
    voucher = record_voucher(branch_id=branch_id, spec=spec, key=key, actor=actor, now=now)
    paid = payment_of_voucher(voucher.id)
    if paid is None:
        assert approved is not None, "something is due only by an approved statement"
        paid = _keep(approved.id, voucher)
    return Payment(paid.id, paid.statement_id, staff_id, cashbox_id, amount, sums_of(staff_id).due)


def take_payment_back(
    *, branch_id: int, staff_id: int, payment_id: int, key: str, actor: Actor | None, now: datetime
) -> PayPayment:
    """Take a payment back into its box; it is due again by the statement that was approved last.

    Raises NotFound `staff_unknown`, `payment_unknown`; Forbidden; DomainError `voucher_reversed`, `period_closed`.
    """
    person(branch_id, staff_id, locked=True)
    wrong = payment_of(staff_id, payment_id)
    approved = last_statement(staff_id)
    voucher = reverse_pay(branch_id=branch_id, voucher_id=wrong.voucher_id, key=key, actor=actor, now=now)
    known = payment_of_voucher(voucher.id)
    return known or _keep(approved.id if approved else wrong.statement_id, voucher)


def _keep(statement_id: int, voucher: Voucher) -> PayPayment:
    kept = PayPayment(statement_id=statement_id, voucher_id=voucher.id)
    db.session.add(kept)
    db.session.flush()
    return kept
