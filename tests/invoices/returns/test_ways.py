"""Tips, rounding, deposits, goods, cheques and card to card: each goes back its own way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from salon.cashbox.deposits.queries import deposits_of, verify_deposits
from salon.cashbox.deposits.services import take_deposit
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.services import add_product
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.inventory.models import StockMovement
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, InvoiceLine, Payment, Settlement
from salon.invoices.outcomes.queries import awaited_count
from salon.invoices.outcomes.services import record_absence, record_arrival
from salon.invoices.returns.rules import Refund
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.stock.queries import verify_stock
from salon.invoices.terms.rules import Terms
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, receivable_of
from salon.setup.queries import profile
from tests.factories import SmallSalon, fill_till, revenue

from .conftest import Back, balances, lines_of, verify

CASH, TRANSFER, DEPOSIT = PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.DEPOSIT
DUE = date(2026, 12, 21)


@pytest.fixture(autouse=True)
def audited(salon: SmallSalon) -> Iterator[None]:
    """Whatever happened, the books explain it."""
    yield
    assert [*verify(), *verify_deposits(), *verify_stock()] == []


def sold(
    salon: SmallSalon, now: datetime, *lines: LineSpec, payments: list[PaymentSpec], deposit: int = 0, **terms: object
) -> int:
    """A settled sale to Zahra."""
    with transaction():
        sale = draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=lines,
            terms=Terms(**terms),
            actor_id=salon.desk_id,
            now=now,
        )
        settle(
            branch_id=salon.branch_id,
            invoice_id=sale,
            payments=payments,
            deposit=deposit,
            key=f"sold-{sale}",
            actor_id=salon.desk_id,
            now=now,
        )
    return sale


def cut(salon: SmallSalon, price: int = 500_000, quantity: int = 1) -> LineSpec:
    return LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=price, quantity=quantity)


def test_tips_and_rounding_go_back_with_the_last_piece(salon: SmallSalon, now: datetime, back: Back) -> None:
    with transaction():
        profile().round_to = 10_000
    before = balances()
    line = cut(salon, 504_999, quantity=2)
    sale = sold(salon, now, line, payments=[PaymentSpec(CASH, 1_050_000)], tips=((salon.sara, 49_000),))
    assert balance(AccountKind.STAFF_PAYABLE, salon.sara) == -49_000
    first = back(sale, 1)
    assert (first.amount, balance(AccountKind.STAFF_PAYABLE, salon.sara)) == (504_999, -49_000)
    last = back(sale)
    assert last.amount == 1_050_000 - 504_999
    assert db.session.get_one(Invoice, last.id).tips == -49_000
    assert balances() == before


def test_no_more_goes_back_than_the_rounded_amount(salon: SmallSalon, now: datetime, back: Back) -> None:
    with transaction():
        profile().round_to = 100_000
    sale = sold(salon, now, cut(salon, 190_000), cut(salon, 5_000), payments=[PaymentSpec(CASH, 100_000)])
    assert back(sale, 1).amount == 100_000
    assert back(sale).amount == 0
    assert balances() == {}


def test_nothing_is_asked_for_what_was_given_away_with_a_tip(salon: SmallSalon, now: datetime, back: Back) -> None:
    with transaction():
        profile().round_to = 10_000
    gift = LineSpec(service_id=salon.cut, staff_id=salon.sara, quantity=2, discount_bp=10_000)
    sale = sold(salon, now, gift, payments=[PaymentSpec(CASH, 50_000)], tips=((salon.sara, 55_000),))
    first = back(sale, 1)
    assert (first.amount, first.debt, first.refunded) == (0, 0, ())
    assert back(sale).amount == 50_000
    assert balances() == {}


def test_what_rounding_brought_to_nothing_is_booked_and_goes_back(salon: SmallSalon, now: datetime, back: Back) -> None:
    with transaction():
        profile().round_to = 10_000
    sale = sold(salon, now, cut(salon, 9_000), payments=[])
    assert (revenue(), balance(AccountKind.ROUNDING)) == (-9_000, 9_000)
    assert verify() == []
    assert back(sale).amount == 0
    assert balances() == {}


def test_two_discounts_on_a_line_of_several_pieces_are_rounded_together(
    salon: SmallSalon, now: datetime, back: Back
) -> None:
    line = replace(cut(salon, 3, quantity=2), discount=5)
    sale = sold(salon, now, line, cut(salon, 1), payments=[PaymentSpec(CASH, 1)], discount=1)
    lost = db.session.get_one(InvoiceLine, lines_of(sale)[0])
    assert (lost.discount, lost.shared_discount, lost.net) == (5, 1, 0)
    assert [back(sale, 1).amount, back(sale, 1).amount] == [0, 0]
    assert verify() == []
    assert back(sale).amount == 1


def test_what_was_seen_goes_back_and_a_cheque_that_bounces_is_owed(
    salon: SmallSalon, now: datetime, back: Back
) -> None:
    paid = [PaymentSpec(CASH, 600_000), replace(WAITING[1], amount=400_000)]
    sale = sold(salon, now, cut(salon, quantity=2), payments=paid)
    assert back(sale, 1).refunded == ((CASH, 500_000),)
    with transaction():
        bounced = db.session.scalars(select(Payment.id).where(Payment.method == "cheque")).one()
        record_absence(payment_id=bounced, actor_id=None, now=now + timedelta(days=30))
    assert receivable_of(salon.zahra) == 400_000
    assert verify() == []
    done = back(sale)
    assert (done.debt, done.refunded) == (400_000, ((CASH, 100_000),))
    assert receivable_of(salon.zahra) == 0


def test_a_discount_on_the_whole_goes_back_in_parts(salon: SmallSalon, now: datetime, back: Back) -> None:
    lines = cut(salon, 100_001, quantity=3), cut(salon, 50_000)
    sale = sold(salon, now, *lines, payments=[PaymentSpec(CASH, 333_333)], discount=16_670, discount_reason="عروس")
    assert [back(sale, 1).amount for _piece in range(3)] == [95_238, 95_238, 95_238]
    assert back(sale).amount == 333_333 - 3 * 95_238
    assert balances() == {}


def test_a_deposit_goes_back_to_itself_whatever_was_asked(salon: SmallSalon, now: datetime, back: Back) -> None:
    with transaction():
        take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            payment=PaymentSpec(CASH, 200_000),
            key="deposit",
            actor=None,
            now=now,
        )
    before = balances()
    sale = sold(salon, now, cut(salon, quantity=2), payments=[PaymentSpec(CASH, 800_000)], deposit=200_000)
    assert back(sale, 1, refund=Refund.CASH).refunded == ((CASH, 400_000), (DEPOSIT, 100_000))
    assert [deposit.remaining for deposit in deposits_of(salon.zahra)] == [100_000]
    assert back(sale).refunded == ((CASH, 400_000), (DEPOSIT, 100_000))
    assert balances() == before


def test_goods_come_back_to_the_shelf(salon: SmallSalon, now: datetime, back: Back) -> None:
    with transaction():
        shampoo = add_product(name="شامپو", price=300_000, actor=None, now=now).id
    line = LineSpec(product_id=shampoo, quantity=3)
    sale = sold(salon, now, line, payments=[PaymentSpec(CASH, 900_000)])
    done = back(sale, 2)
    moved = select(StockMovement.kind, StockMovement.quantity).where(StockMovement.line_id == lines_of(done.id)[0])
    assert [tuple(row) for row in db.session.execute(moved)] == [("returned", 2)]
    assert db.session.scalar(select(func.sum(StockMovement.quantity))) == -1


WAITING = [
    PaymentSpec(PaymentMethod.CARD_TO_CARD, 1_000_000, reference="۷۷۱"),
    PaymentSpec(PaymentMethod.CHEQUE, 1_000_000, reference="۱۲۳", due_on=DUE),
]


@pytest.mark.parametrize("payment", WAITING, ids=lambda payment: payment.method.value)
def test_money_that_nobody_saw_is_waited_for_no_more(
    salon: SmallSalon, now: datetime, back: Back, payment: PaymentSpec
) -> None:
    before = balances()
    sale = sold(salon, now, cut(salon, quantity=2), payments=[payment])
    assert awaited_count(salon.branch_id) == 1
    done = back(sale)
    assert (done.amount, done.debt, done.refunded) == (1_000_000, 1_000_000, ())
    assert awaited_count(salon.branch_id) == 0
    assert balances() == before
    acts = select(Settlement.status, Settlement.due).where(Settlement.invoice_id == sale).order_by(Settlement.id)
    last = db.session.execute(acts).all()[-1]
    assert tuple(last) == ("settled", 0)


@pytest.mark.parametrize("refund", [Refund.ORIGINAL, Refund.CASH, Refund.CREDIT])
@pytest.mark.parametrize("payment", WAITING, ids=lambda payment: payment.method.value)
def test_no_part_of_what_nobody_saw_is_paid_back_by_any_way(
    salon: SmallSalon, now: datetime, back: Back, payment: PaymentSpec, refund: Refund
) -> None:
    fill_till(salon.branch_id, now, 1_000_000)
    sale = sold(salon, now, cut(salon, quantity=2), payments=[payment])
    before = balances()
    with pytest.raises(DomainError) as refused:
        back(sale, 1, refund=refund)
    assert refused.value.code == "payment_awaited"
    assert balances() == before


def test_a_part_of_what_came_after_all_is_paid_out_of_the_bank(salon: SmallSalon, now: datetime, back: Back) -> None:
    before = balances()
    sale = sold(salon, now, cut(salon, quantity=2), payments=[WAITING[0]])
    with transaction():
        waiting = db.session.scalars(select(Payment.id).where(Payment.method == "card_to_card")).one()
        record_arrival(payment_id=waiting, actor_id=None, now=now + timedelta(days=1))
    assert [back(sale, 1).refunded for _piece in range(2)] == [((TRANSFER, 500_000),)] * 2
    assert balances() == before


def test_a_part_of_what_is_owed_goes_back_though_the_rest_is_awaited(
    salon: SmallSalon, now: datetime, back: Back
) -> None:
    sale = sold(salon, now, cut(salon, quantity=2), payments=[replace(WAITING[0], amount=400_000)])
    done = back(sale, 1)
    assert (done.debt, done.refunded, receivable_of(salon.zahra)) == (500_000, (), 100_000)


def test_money_on_a_stylists_card_counts_for_her_pay_no_more(salon: SmallSalon, now: datetime, back: Back) -> None:
    paid = PaymentSpec(PaymentMethod.STAFF_CARD, 500_000, staff_id=salon.negar)
    sale = sold(salon, now, cut(salon), payments=[paid])
    assert balance(AccountKind.STAFF_PAYABLE, salon.negar) == 500_000
    assert back(sale).refunded == ((PaymentMethod.STAFF_CARD, 500_000),)
    assert balances() == {}
    assert receivable_of(salon.zahra) == 0
