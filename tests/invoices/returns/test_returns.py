"""Worked examples of returns; each ends in the audit."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from salon.cashbox.audit.queries import verify_cashbox
from salon.cashbox.models import BoxKind, Cashbox, PaymentMethod
from salon.cashbox.queries import main_box
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import wallet_of
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid
from salon.core.jalali import local_date
from salon.invoices.checkout.services import settle
from salon.invoices.history.rules import PastInvoice, PastLine
from salon.invoices.history.services import record_opening_debt, record_past_invoice
from salon.invoices.models import Invoice
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.ledger.models import AccountKind, Unit
from salon.ledger.queries import balance, receivable_of
from salon.setup.queries import profile
from tests.factories import SmallSalon, fill_till, give_credit, open_second_branch

from .conftest import Back, Pay, Sell, balances, lines_of, verify

DAY = timedelta(days=1)
CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD
CREDIT = PaymentMethod.CREDIT


@pytest.fixture(autouse=True)
def audited(salon: SmallSalon) -> Iterator[None]:
    """Whatever happened, the books explain it."""
    yield
    assert verify() == []


def test_a_full_return_leaves_every_account_as_it_was(salon: SmallSalon, sell: Sell, pay: Pay, back: Back) -> None:
    pay(sell(), 1_000_000)
    before = balances()
    sale = sell(999_999, quantity=3, discount=100, tax_bp=900)
    pay(sale, 3_269_887)
    done = back(sale)
    assert (done.amount, done.debt, done.refunded) == (3_269_887, 0, ((CASH, 3_269_887),))
    assert (done.points, done.credit) == (118, 149_994)
    assert balances() == before


def test_a_return_is_an_invoice_of_its_own_in_the_same_series(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    sale = sell()
    pay(sale, 1_000_000)
    made = db.session.get_one(Invoice, back(sale, at=now + DAY).id)
    assert (made.kind, made.returns_id, made.number, made.status) == ("return", sale, 2, "settled")
    assert (made.net, made.total, made.paid, made.business_date) == (-1_000_000,) * 3 + (local_date(now + DAY),)
    line = made.lines[0]
    assert (line.quantity, line.unit_price, line.net, line.nature) == (-1, 1_000_000, -1_000_000, "return")
    assert (line.returns_line_id, line.staff_id) == (lines_of(sale)[0], salon.sara)


def test_parts_of_a_line_come_to_the_whole_of_it(sell: Sell, pay: Pay, back: Back) -> None:
    before = balances()
    sale = sell(333_333, quantity=3, discount=100, tax_bp=901)
    pay(sale, 1_089_989)
    parts = [back(sale, 1) for _piece in range(3)]
    assert [part.amount for part in parts] == [363_330, 363_330, 363_329]
    assert sum(part.points for part in parts) == 38
    assert balances() == before


def test_a_piece_that_came_to_nothing_takes_its_price_and_its_discount_back(sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell(1, quantity=2, discount=1)
    pay(sale, 1)
    assert [back(sale, 1).amount for _piece in range(2)] == [1, 0]
    assert balances() == {}


def test_what_was_given_away_goes_back_for_nothing(sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell(100, discount=100)
    pay(sale)
    assert back(sale).amount == 0
    assert balances() == {}


def test_after_credit_was_spent_its_part_goes_back_to_the_lot_and_the_rest_to_the_till(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    give_credit(salon, now, 300_000, "gift", expires_at=now + 30 * DAY)
    sale = sell(500_000, quantity=2)
    pay(sale, 700_000, credit=300_000)
    done = back(sale, 1)
    assert done.refunded == ((CASH, 350_000), (CREDIT, 150_000))
    wallet = wallet_of(salon.zahra, now)
    assert (wallet.credit.balance, wallet.lots[0].expires_at) == (150_000, now + 30 * DAY)
    assert back(sale).refunded == ((CASH, 350_000), (CREDIT, 150_000))
    assert wallet_of(salon.zahra, now).credit.current == 300_000


def test_what_is_owed_is_lessened_before_money_goes_back(salon: SmallSalon, sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell(500_000, quantity=2)
    pay(sale, 300_000)
    first = back(sale, 1)
    assert (first.amount, first.debt, first.refunded) == (500_000, 500_000, ())
    assert receivable_of(salon.zahra) == 200_000
    second = back(sale)
    assert (second.amount, second.debt, second.refunded) == (500_000, 200_000, ((CASH, 300_000),))
    assert balances() == {}


def test_an_open_sale_that_a_return_settles_earns_for_what_stays(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    sale = sell(500_000, quantity=3)
    pay(sale, 900_000)
    done = back(sale, 2)
    assert (done.debt, done.refunded, done.points) == (600_000, ((CASH, 400_000),), 0)
    assert db.session.get_one(Invoice, sale).status == "settled"
    wallet = wallet_of(salon.zahra, now)
    assert (wallet.points.balance, wallet.credit.pending) == (20, 25_000)
    assert back(sale).points == 20
    assert balances() == {}


def test_a_debt_paid_after_a_part_came_back_earns_for_what_stays(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    sale = sell(500_000, quantity=2)
    pay(sale, 100_000)
    back(sale, 1)
    assert pay(sale, 400_000).earned_points == 20
    assert back(sale).points == 20


def test_spent_points_leave_less_than_nothing_and_later_earnings_repay(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    later = now + 2 * DAY
    sale = sell()
    pay(sale, 1_000_000)  # earns 50,000 from tomorrow
    pay(sell(1_000_000), 950_000, credit=50_000, at=later)  # earns 47,500 from the day after
    assert back(sale, at=later).credit == 50_000
    wallet = wallet_of(salon.zahra, later)
    assert (wallet.credit.balance, wallet.credit.pending) == (-2_500, 0)
    assert balance(AccountKind.CLUB_CREDIT, salon.zahra) == 2_500
    outcome = pay(sell(100_000), 100_000, at=later)
    assert (outcome.earned_credit, outcome.credit_left) == (5_000, 2_500)
    wallet = wallet_of(salon.zahra, later)
    assert (wallet.credit.balance, wallet.credit.pending) == (0, 2_500)


def test_credit_that_comes_back_repays_what_is_below_nothing(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    later = now + 2 * DAY
    first = sell()
    pay(first, 1_000_000)
    second = sell(60_000, discount=10_000)
    pay(second, credit=50_000, at=later)
    back(first, at=later)
    assert wallet_of(salon.zahra, later).credit.current == -50_000
    assert back(second, at=later).refunded == ((CREDIT, 50_000),)
    assert wallet_of(salon.zahra, later).credit.current == 0
    assert balances() == {}


def test_a_lot_whose_days_are_over_is_reissued(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    give_credit(salon, now, 100_000, "gift", expires_at=now + DAY)
    sale = sell(100_000)
    pay(sale, credit=100_000)
    later = now + 3 * DAY
    assert back(sale, at=later).refunded == ((CREDIT, 100_000),)
    (lot,) = wallet_of(salon.zahra, later).lots
    assert lot.remaining == 100_000
    assert lot.expires_at is not None
    assert local_date(lot.expires_at) == local_date(later) + timedelta(days=profile().reissue_days + 1)
    assert wallet_of(salon.zahra, later + timedelta(days=profile().reissue_days)).credit.balance == 100_000


@pytest.mark.parametrize("job_ran", [True, False])
def test_what_expired_unused_is_not_taken_back_once_more(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back, job_ran: bool
) -> None:
    sale = sell()
    pay(sale, 1_000_000)
    later = now + 70 * DAY  # her credit lived for sixty
    if job_ran:
        expire_lots(later)
    done = back(sale, at=later)
    assert (done.points, done.credit) == (40, 0)
    assert wallet_of(salon.zahra, later).credit.current == 0
    assert balances() == {}


def test_money_becomes_credit_without_an_end_and_spent_credit_does_not_become_money(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    give_credit(salon, now, 300_000, "gift", expires_at=now + 30 * DAY)
    sale = sell(500_000, quantity=2)
    pay(sale, 700_000, credit=300_000)
    assert back(sale, 1, refund=Refund.CREDIT).refunded == ((CREDIT, 500_000),)
    lots = wallet_of(salon.zahra, now).lots
    assert [(lot.remaining, lot.expires_at) for lot in lots if lot.unit == Unit.RIAL and lot.valid_from <= now] == [
        (150_000, now + 30 * DAY),
        (350_000, None),
    ]
    assert back(sale, refund=Refund.CASH).refunded == ((CASH, 350_000), (CREDIT, 150_000))


def test_each_way_to_pay_gets_its_part_back_and_cash_out_of_the_till_only_when_asked(
    salon: SmallSalon, now: datetime, sell: Sell, back: Back
) -> None:
    def sold() -> int:
        sale = sell(500_000, quantity=2)
        parts = [PaymentSpec(CARD, 700_001), PaymentSpec(CASH, 299_999)]
        with transaction():
            settle(
                branch_id=salon.branch_id,
                invoice_id=sale,
                payments=parts,
                key=f"mixed-{sale}",
                actor_id=salon.desk_id,
                now=now,
            )
        return sale

    sale = sold()
    assert [back(sale, 1).refunded for _piece in range(2)] == [
        ((CARD, 350_000), (CASH, 150_000)),
        ((CARD, 350_001), (CASH, 149_999)),
    ]
    assert balances() == {}
    sale = sold()
    with pytest.raises(DomainError) as refused:  # of 500,000 rials 299,999 are there
        back(sale, 1, refund=Refund.CASH)
    assert (refused.value.code, refused.value.field) == ("till_short", "refund")
    assert "۲۹٬۹۹۹٫۹ تومان" in refused.value.message
    fill_till(salon.branch_id, now, 200_001)
    assert back(sale, 1, refund=Refund.CASH).refunded == ((CASH, 500_000),)
    assert back(sale).refunded == ((CARD, 500_000),)
    assert balances() == {
        ("card_terminal", _box(salon, CARD), salon.branch_id, "IRR"): 200_001,
        ("opening", 0, salon.branch_id, "IRR"): -200_001,
    }


def _box(salon: SmallSalon, method: PaymentMethod) -> int:
    kind = {CARD: "card_terminal", CASH: "cash"}[method]
    found = select(Cashbox.id).where(Cashbox.branch_id == salon.branch_id, Cashbox.kind == kind, Cashbox.is_main)
    return int(db.session.execute(found).scalar_one())


def test_a_sale_of_another_branch_is_paid_back_out_of_the_till_where_it_is_asked(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    sale = sell()
    pay(sale, 1_000_000)
    east = open_second_branch(now)
    fill_till(east.branch_id, now, 1_000_000)
    with transaction():
        done = return_sale(
            branch_id=east.branch_id,
            invoice_id=sale,
            lines=None,
            refund=Refund.ORIGINAL,
            key="from-the-east",
            actor_id=east.desk_id,
            now=now,
        )
    assert db.session.get_one(Invoice, done.id).branch_id == salon.branch_id
    assert balance(AccountKind.CASH, _box(salon, CASH)) == 1_000_000
    assert balance(AccountKind.CASH, main_box(east.branch_id, BoxKind.CASH)) == 0
    assert receivable_of(salon.zahra) == 0
    assert verify_cashbox() == []


def test_money_of_a_box_that_was_closed_comes_out_of_the_main_one(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, back: Back
) -> None:
    sale = sell()
    with transaction():
        drawer = Cashbox(branch_id=salon.branch_id, name="کشوی دوم", kind="cash", number="", is_main=False, active=True)
        db.session.add(drawer)
        db.session.flush()
        payments = [PaymentSpec(CASH, 1_000_000, drawer.id)]
        settle(
            branch_id=salon.branch_id,
            invoice_id=sale,
            payments=payments,
            key="drawer",
            actor_id=salon.desk_id,
            now=now,
        )
        drawer.active = False
        held_by = drawer.id
    fill_till(salon.branch_id, now, 1_000_000)
    back(sale)
    assert balance(AccountKind.CASH, held_by) == 1_000_000
    assert balance(AccountKind.CASH, main_box(salon.branch_id, BoxKind.CASH)) == 0


def test_what_was_taken_before_these_books_is_paid_out_of_the_till(
    salon: SmallSalon, now: datetime, back: Back
) -> None:
    lines = (PastLine("رنگ", 2, 200_000, 0), PastLine("برگشت", -1, -50_000, 0))
    past = PastInvoice("past-1", salon.zahra, local_date(now), lines)
    with transaction():
        sale = record_past_invoice(past=past, branch_id=salon.branch_id, actor_id=None, now=now)
    fill_till(salon.branch_id, now, 150_000)
    assert back(sale, 1).refunded == ((CASH, 100_000),)
    assert back(sale).refunded == ((CASH, 50_000),)


def test_an_old_debt_that_is_let_go_is_no_loss_of_these_books(salon: SmallSalon, now: datetime, back: Back) -> None:
    past = PastInvoice("debt-1", salon.zahra, local_date(now), (PastLine("بدهی پیشین", 1, 70_000, 0),))
    with transaction():
        sale = record_opening_debt(past=past, branch_id=salon.branch_id, actor_id=None, now=now)
    assert back(sale).debt == 70_000
    assert balances() == {}


def test_asked_twice_by_one_key_it_moves_once(sell: Sell, pay: Pay, back: Back) -> None:
    sale = sell(500_000, quantity=2)
    pay(sale, 400_000)
    first = back(sale, 1, key="once")
    before = balances()
    assert back(sale, 1, key="once") == first
    assert balances() == before
    for asked in ({"pieces": 2}, {"pieces": 1, "refund": Refund.CASH}, {}):
        with pytest.raises(Invalid, match="کلید") as refused:
            back(sale, key="once", **asked)
        assert refused.value.code == "key_reused"
    with pytest.raises(Invalid) as refused:
        back(sale, 1, key="once:debt")
    assert refused.value.code == "key_reused"
