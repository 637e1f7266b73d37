"""Returns that are refused, and who takes part in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from salon.cashbox.models import PaymentMethod
from salon.club.models import Lot
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid, NotFound
from salon.customers.models import Customer
from salon.invoices.models import Invoice, InvoiceLine, LineShare
from salon.invoices.returns.lines.rules import WantedLine
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.setup.models import FiscalYear
from tests.factories import SmallSalon, give_credit

from .conftest import Back, Pay, Sell, balances, lines_of, verify

DAY = timedelta(days=1)
CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD
CREDIT = PaymentMethod.CREDIT


@pytest.fixture(autouse=True)
def audited(salon: SmallSalon) -> Iterator[None]:
    """Whatever happened, the books explain it."""
    yield
    assert verify() == []


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ([(0, 3)], "return_exceeds_sale", "lines.0.quantity"),
        ([(0, 1), (0, 2)], "return_exceeds_sale", "lines.1.quantity"),
        ([(0, 0)], "quantity_invalid", "lines.0.quantity"),
        ([(0, 1), (None, 1)], "line_unknown", "lines.1.line_id"),
    ],
)
def test_more_or_other_than_was_sold_is_refused_at_its_line(
    salon: SmallSalon,
    now: datetime,
    sell: Sell,
    pay: Pay,
    asked: list[tuple[int | None, int]],
    code: str,
    field: str,
) -> None:
    sale = sell(500_000, quantity=2)
    pay(sale, 1_000_000)
    before = balances()
    ids = lines_of(sale)
    lines = [WantedLine(999 if place is None else ids[place], pieces) for place, pieces in asked]
    with pytest.raises(Invalid) as refused, transaction():
        return_sale(
            branch_id=salon.branch_id,
            invoice_id=sale,
            lines=lines,
            refund=Refund.ORIGINAL,
            key="k",
            actor_id=None,
            now=now,
        )
    assert (refused.value.code, refused.value.field) == (code, field)
    assert balances() == before


def test_what_has_gone_back_does_not_go_back_again(sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell()
    with pytest.raises(DomainError) as refused:
        back(sale)
    assert refused.value.code == "invoice_draft"
    pay(sale, 1_000_000)
    done = back(sale)
    for again, code in ((sale, "return_exceeds_sale"), (done.id, "return_of_return")):
        with pytest.raises(DomainError) as refused:
            back(again)
        assert refused.value.code == code
    with pytest.raises(NotFound):
        back(99_999)


def test_credit_is_refused_to_somebody_without_a_name(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    with transaction() as session:
        session.execute(update(Customer).where(Customer.id == salon.zahra).values(is_walk_in=True, mobile=None))
    sale = sell()
    pay(sale, 1_000_000)
    with pytest.raises(Invalid) as refused:
        back(sale, refund=Refund.CREDIT)
    assert (refused.value.code, refused.value.field) == ("customer_nameless", "refund")
    assert back(sale, refund=Refund.CASH).amount == 1_000_000


def test_nothing_goes_back_in_a_closed_year(now: datetime, sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell()
    pay(sale, 1_000_000)
    with transaction() as session:
        session.execute(update(FiscalYear).values(closed=True))
    with pytest.raises(DomainError) as refused:
        back(sale)
    assert refused.value.code == "period_closed"


def test_another_amount_than_was_seen_is_refused(sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell(500_000, quantity=2)
    pay(sale, 1_000_000)
    with pytest.raises(DomainError) as refused:
        back(sale, seen_total=500_000)
    assert refused.value.code == "invoice_changed"
    assert back(sale, seen_total=1_000_000).amount == 1_000_000


def test_the_part_of_several_people_goes_back_with_the_line(
    salon: SmallSalon, sell: Sell, pay: Pay, back: Back
) -> None:
    sale = sell()
    with transaction() as session:
        line = session.get_one(InvoiceLine, lines_of(sale)[0])
        line.shares = [LineShare(staff_id=salon.sara, share_bp=6_000), LineShare(staff_id=salon.negar, share_bp=4_000)]
    pay(sale, 1_000_000)
    line = db.session.get_one(Invoice, back(sale).id).lines[0]
    assert [(share.staff_id, share.share_bp) for share in line.shares] == [(salon.sara, 6_000), (salon.negar, 4_000)]


def test_the_lot_it_made_is_taken_first_and_then_what_expires_first(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    later = now + 2 * DAY
    sale = sell()
    pay(sale, 1_000_000)  # 50,000 for sixty days
    give_credit(salon, now, 30_000, "long")
    give_credit(salon, now, 20_000, "short", expires_at=now + 10 * DAY)
    pay(sell(40_000), credit=40_000, at=later)  # 20,000 of the short one, 20,000 of what the sale made
    back(sale, at=later)  # 30,000 from its own lot, 20,000 from the long one
    lots = db.session.scalars(select(Lot).where(Lot.unit == "IRR").order_by(Lot.id)).all()
    assert [lot.remaining for lot in lots] == [0, 10_000, 0]
