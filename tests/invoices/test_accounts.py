"""On which accounts a sale stands, and when the books take none."""

from datetime import datetime

import pytest
from sqlalchemy import update

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.services import add_product
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.setup.models import FiscalYear
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell


def test_services_goods_and_discounts_have_accounts_of_their_own(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        serum = add_product(name="سرم مو", price=300_000, actor=None, now=now).id
        lines = [
            LineSpec(service_id=salon.cut, staff_id=salon.sara, discount=50_000, tax_bp=1_000),
            LineSpec(product_id=serum, quantity=2, discount=40_000, tax_bp=0),
        ]
        written = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
        payments = [PaymentSpec(PaymentMethod.CASH, 400_000 + 560_000 + 40_000)]
        settle(branch_id=salon.branch_id, invoice_id=written, payments=payments, key="kinds", actor_id=None, now=now)
    kinds = (AccountKind.REVENUE, AccountKind.PRODUCT_REVENUE, AccountKind.DISCOUNT, AccountKind.TAX_PAYABLE)
    assert [balance(kind) for kind in kinds] == [-450_000, -600_000, 90_000, -40_000]
    assert verify_invoices() == []


def test_a_closed_year_takes_no_invoice_over_nothing_either(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    written = sell(discount=1_000_000)
    with transaction():
        db.session.execute(update(FiscalYear).values(closed=True))
    with pytest.raises(DomainError) as refused:
        pay(written)
    assert refused.value.code == "period_closed"
    assert invoice(written).number is None
