"""What tests of returns do again and again: take back, look at every account, audit."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from salon.cashbox.audit.queries import verify_cashbox
from salon.cashbox.deposits.queries import verify_deposits
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import InvoiceLine
from salon.invoices.returns.lines.rules import WantedLine
from salon.invoices.returns.rules import Refund, Returned
from salon.invoices.returns.services import return_sale
from salon.invoices.stock.queries import verify_stock
from salon.ledger.models import Account, Posting
from salon.ledger.queries import verify_journal
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell, Together, pay, sell

Back = Callable[..., Returned]
Balances = dict[tuple[str, int, int, str], int]

__all__ = ["Back", "Pay", "Sell", "Together", "pay", "sell"]


def verify() -> list[str]:
    """All that `salon ledger verify` asks."""
    db.session.rollback()
    audits = (verify_journal, verify_lots, verify_deposits, verify_invoices, verify_stock, verify_cashbox)
    return [finding for audit in audits for finding in audit()]


def balances() -> Balances:
    """Every account that is not at nothing."""
    db.session.rollback()
    amount = func.sum(Posting.amount)
    rows = db.session.execute(
        select(Account.kind, Account.owner_id, Account.branch_id, Account.unit, amount)
        .join(Posting, Posting.account_id == Account.id)
        .group_by(Account.id)
        .having(amount != 0)
    )
    return {(kind, owner, branch, unit): int(total) for kind, owner, branch, unit, total in rows}


def lines_of(invoice_id: int) -> list[int]:
    """The ids of an invoice's lines."""
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice_id).order_by(InvoiceLine.position)
    return list(db.session.scalars(lines))


@pytest.fixture
def back(salon: SmallSalon, now: datetime) -> Back:
    """Take an invoice back, or pieces of its first line, each act by a key of its own unless one is given."""
    keys = iter(range(1000))

    def take(
        invoice_id: int,
        pieces: int | None = None,
        *,
        refund: Refund = Refund.ORIGINAL,
        key: str = "",
        at: datetime = now,
        seen_total: int | None = None,
    ) -> Returned:
        lines = None if pieces is None else [WantedLine(lines_of(invoice_id)[0], pieces)]
        with transaction():
            return return_sale(
                branch_id=salon.branch_id,
                invoice_id=invoice_id,
                lines=lines,
                refund=refund,
                seen_total=seen_total,
                key=key or f"back-{next(keys)}",
                actor_id=salon.desk_id,
                now=at,
            )

    return take
