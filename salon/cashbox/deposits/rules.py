"""What is taken from which deposit, and what the salon keeps of one. No database; amounts in rials."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ...core.keys import fingerprint_of
from ..models import PaymentMethod
from ..rules import PaymentSpec

MONEY = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER)  # ways in which a deposit is taken or returned
SETTLED, RETURNED, KEPT = "settled", "returned", "kept"  # purposes of what is taken from a deposit


class Held(NamedTuple):
    """What is left of a deposit."""

    id: int
    remaining: int


def taken_from(held: Sequence[Held], amount: int) -> list[tuple[int, int]]:
    """Take an amount from deposits in their order, as (deposit id, part); less when they do not hold it."""
    parts = []
    for deposit in held:
        part = min(deposit.remaining, amount)
        if part:
            parts.append((deposit.id, part))
            amount -= part
    return parts


def kept_of(remaining: int, *, starts_at: datetime, now: datetime, full_hours: int, half_hours: int) -> int:
    """What the salon keeps of a deposit when the visit is called off now.

    Nothing until `full_hours` before, half until `half_hours` before (an odd rial is hers), all of it afterwards.
    """
    ahead = starts_at - now
    if ahead >= timedelta(hours=full_hours):
        return 0
    return remaining // 2 if ahead >= timedelta(hours=half_hours) else remaining


def fingerprint(customer_id: int, appointment_id: int | None, payment: PaymentSpec) -> str:
    """SHA-256 of what a deposit asks, in hex: the same key with another body is refused."""
    asked = [customer_id, appointment_id, payment.method.value, payment.amount, payment.cashbox_id, payment.reference]
    return fingerprint_of(asked)


def return_key(deposit_id: int, key: str) -> str:
    """The key of the entry of a return, which is of one length however long that of the request is."""
    return f"deposit:{deposit_id}:return:{hashlib.sha256(key.encode()).hexdigest()[:40]}"
