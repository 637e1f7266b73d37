"""What a receipt asks. Money in rials. No database."""

import hashlib
from collections.abc import Collection, Sequence

from ...cashbox.rules import PaymentSpec
from ...core.keys import fingerprint_of
from ..rules import asked_of


def fingerprint(customer_id: int, payments: Sequence[PaymentSpec], invoice_ids: Collection[int] | None) -> str:
    """SHA-256 of what is asked, in hex: the same key with another body is refused."""
    chosen = None if invoice_ids is None else sorted(invoice_ids)
    asked = [customer_id, sorted(asked_of(payment) for payment in payments), chosen]
    return fingerprint_of(asked)


def settlement_key(key: str) -> str:
    """The key under which the invoices of a receipt are settled, short enough to take their numbers too."""
    return f"receipt:{hashlib.sha256(key.encode()).hexdigest()[:40]}"
