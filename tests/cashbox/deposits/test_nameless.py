"""Who gives no name leaves no money behind: the next one without a name could spend it."""

from datetime import datetime

import pytest

from salon.appointments.deposits.services import take_deposit
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.till.services import walk_in
from salon.ledger.models import AccountKind
from salon.ledger.queries import total
from tests.factories import SmallSalon


def test_somebody_without_a_name_leaves_nothing_behind(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        nobody = walk_in(branch_id=salon.branch_id, actor=None, now=now)
    left = {"branch_id": salon.branch_id, "customer_id": nobody, "appointment_id": None, "actor": None, "now": now}
    with pytest.raises(DomainError) as refused, transaction():
        take_deposit(payment=PaymentSpec(PaymentMethod.CASH, 200_000), key="left", **left)
    assert (refused.value.code, refused.value.field) == ("customer_nameless", "customer_id")
    db.session.rollback()
    assert total(AccountKind.CASH) == 0
