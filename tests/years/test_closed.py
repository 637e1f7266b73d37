"""Nothing is posted into a closed year, nor into one before it, whatever the route."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from salon.access.models import User
from salon.appointments.deposits.services import take_deposit
from salon.cashbox.deposits.services import keep_deposits, return_deposit
from salon.cashbox.models import Deposit, PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.vouchers.services import reverse_voucher
from salon.club.wallet.services import open_balance, write_off
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.checkout.services import settle
from salon.invoices.history.rules import PastInvoice, PastLine
from salon.invoices.history.services import record_opening_debt
from salon.invoices.outcomes.services import record_absence, record_arrival
from salon.invoices.receipts.services import receive
from salon.invoices.returns.services import Refund, cancel_sale, return_sale
from salon.ledger.models import AccountKind, Unit
from salon.ledger.rules import PostingSpec
from salon.ledger.services import post
from salon.payroll.adjustments.services import adjust_pay
from salon.payroll.payments.services import pay_statement, take_payment_back
from salon.payroll.statements.services import approve_statement
from salon.staff.models import PayKind, PayScheme
from tests.factories import SmallSalon, give_credit
from tests.imports.conftest import BringIn, bring_in, refusals
from tests.years.conftest import Act, Boxes, Close, Open, Pay, Sell, Write, YearOf

pytestmark = pytest.mark.usefixtures("in_order")

__all__ = ["bring_in"]
HEADS = "شماره,تاریخ,مشتری,خدمت,مبلغ\n"


@pytest.fixture
def shut(
    salon: SmallSalon,
    boxes: Boxes,
    sell: Sell,
    pay: Pay,
    write: Write,
    close: Act,
    now: datetime,
    spring: datetime,
) -> int:
    """1405 is closed: a sale was paid, one is owed, one waits for card-to-card money of spring; a deposit was left.

    Gives the first sale's id.
    """
    paid, owed, _waiting = sell(), sell(), sell(at=spring)
    pay(paid, 1_000_000)
    pay(owed, 400_000)
    write(1_000)
    give_credit(salon, now, 10_000, "gift", expires_at=now + timedelta(hours=1))
    with transaction():
        sent = [PaymentSpec(PaymentMethod.CARD_TO_CARD, 1_000_000, reference="۱۲۳")]
        settle(branch_id=salon.branch_id, invoice_id=3, payments=sent, key="sent", actor_id=None, now=spring)
        take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            appointment_id=None,
            payment=LEFT,
            key="left",
            actor=None,
            now=now,
        )
    close()
    return paid


def owner(salon: SmallSalon) -> User:
    """She who may everything."""
    return db.session.get_one(User, salon.owner_id)


def _post(day: date, key: str = "raw") -> int:
    postings = [PostingSpec(AccountKind.EXPENSE, 1), PostingSpec(AccountKind.OWNER, -1)]
    return post(
        branch_id=1,
        business_date=day,
        kind="expense",
        source_kind="test",
        source_id=1,
        idempotency_key=key,
        postings=postings,
        actor_id=None,
        now=datetime.fromisoformat("2027-03-22T08:00:00+00:00"),
    )


CASH = PaymentSpec(PaymentMethod.CASH, 1_000)
LEFT = PaymentSpec(PaymentMethod.TRANSFER, 1_000)
ROUTES: dict[str, Callable[[SmallSalon, int, datetime], object]] = {
    "a receipt of a debt": lambda salon, sale, now: receive(
        branch_id=1, customer_id=salon.zahra, payments=[CASH], key="debt", actor_id=None, now=now
    ),
    "a deposit": lambda salon, sale, now: take_deposit(
        branch_id=1,
        customer_id=salon.zahra,
        appointment_id=None,
        payment=CASH,
        key="held",
        actor=owner(salon),
        now=now,
    ),
    "a deposit that goes back": lambda salon, sale, now: return_deposit(
        branch_id=1, deposit_id=1, payment=LEFT, key="gone", actor=None, now=now
    ),
    "a deposit that is kept": lambda salon, sale, now: keep_deposits(
        parts=[(db.session.get_one(Deposit, 1), 1_000)], appointment_id=1, actor=None, now=now
    ),
    "credit of older software": lambda salon, sale, now: open_balance(
        branch_id=1,
        customer_id=salon.zahra,
        unit=Unit.RIAL,
        amount=1_000,
        valid_from=now,
        expires_at=None,
        business_date=now.date(),
        key="of old",
        actor_id=None,
        now=now,
    ),
    "a bonus": lambda salon, sale, now: adjust_pay(
        branch_id=1, staff_id=salon.sara, kind="bonus", amount=1_000, reason="عید", key="eid", actor=None, now=now
    ),
    "a return": lambda salon, sale, now: return_sale(
        branch_id=1, invoice_id=sale, lines=None, refund=Refund.CASH, key="back", actor_id=None, now=now
    ),
    "a cancelled sale": lambda salon, sale, now: cancel_sale(
        branch_id=1, invoice_id=sale, reason="اشتباه", key="never", actor_id=None, now=now
    ),
    "a voucher taken back": lambda salon, sale, now: reverse_voucher(
        branch_id=1, voucher_id=1, key="undone", actor=owner(salon), now=now
    ),
    "money that was seen": lambda salon, sale, now: record_arrival(payment_id=3, actor_id=None, now=now),
    "money that did not come": lambda salon, sale, now: record_absence(payment_id=3, actor_id=None, now=now),
    "credit written off": lambda salon, sale, now: write_off(lot_id=3, now=now + timedelta(hours=2)),
    "an opening debt": lambda salon, sale, now: record_opening_debt(
        past=PastInvoice("old", salon.zahra, now.date(), (PastLine("بدهی پیشین", 1, 1_000, 0),)),
        branch_id=1,
        actor_id=None,
        now=now,
    ),
    "an entry of whoever writes one": lambda salon, sale, now: _post(now.date()),
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_closed_year_takes_nothing(salon: SmallSalon, shut: int, now: datetime, route: str) -> None:
    with pytest.raises(DomainError) as refused, transaction():
        ROUTES[route](salon, shut, now)
    assert refused.value.code == "period_closed"


def test_a_closed_year_takes_no_settlement_and_the_next_one_does(
    sell: Sell, pay: Pay, shut: int, now: datetime, spring: datetime
) -> None:
    late = sell()
    for cash in (1_000_000, 0):
        with pytest.raises(DomainError) as refused:
            pay(late, cash)
        assert refused.value.code == "period_closed"
    assert pay(late, 1_000_000, at=spring).status == "settled"


def test_a_closed_year_takes_no_voucher(write: Write, shut: int, now: datetime, spring: datetime) -> None:
    for kind in ("receipt", "expense", "withdrawal"):
        with pytest.raises(DomainError) as refused:
            write(500, kind, at=spring, business_date=now.date())
        assert refused.value.code == "period_closed"
    assert write(500, at=spring).amount == 500


def test_a_closed_year_takes_no_counting(opened: Open, closed: Close, shut: int, spring: datetime) -> None:
    shift = opened(1_401_000, at=spring)
    with pytest.raises(DomainError) as refused:
        closed(shift.id, 0, at=spring - timedelta(days=3))
    assert refused.value.code == "period_closed"


def test_a_closed_year_takes_no_file_and_neither_does_one_before_it(
    salon: SmallSalon, bring_in: BringIn, shut: int
) -> None:
    rows = "1,1405/02/01,1001,کوتاهی,500\n2,1399/02/01,1001,کوتاهی,500\n3,1406/01/01,1001,کوتاهی,500\n"
    assert refusals(bring_in("invoices", HEADS + rows)) == [(2, "period_closed"), (3, "period_closed")]


def test_a_statement_by_hand_is_refused_by_the_database_itself(year_of: YearOf, shut: int, spring: datetime) -> None:
    columns = "branch_id, recorded_at, kind, source_kind, source_id"
    written = f"INSERT INTO entry ({columns}, business_date, idempotency_key) SELECT {columns}, :day, :key FROM entry"
    for day in (date(2027, 3, 20), date(2026, 3, 21), date(2020, 1, 1)):
        with pytest.raises(DomainError) as refused, transaction():
            db.session.execute(text(f"{written} WHERE id = 1"), {"day": day.isoformat(), "key": "by hand"})
        assert refused.value.code == "period_closed"
    with transaction():
        assert _post(date(2027, 3, 21), "first day of the next")


def test_an_issued_invoice_does_not_move_into_a_closed_year(shut: int) -> None:
    with pytest.raises((DomainError, DBAPIError)), transaction():
        db.session.execute(text("UPDATE invoice SET business_date = '2026-11-21' WHERE id = 3"))


SALARY = {"kind": PayKind.SALARY, "amount": 30_000_000, "starts_on": date(2026, 10, 23)}
DAYS = {"starts_on": date(2026, 10, 23), "ends_before": date(2026, 11, 22)}


def hired(salon: SmallSalon, now: datetime) -> None:
    """Sara has a salary from 1 Aban on."""
    with transaction() as session:
        session.add(PayScheme(name="حقوق", staff_id=salon.sara, created_at=now, **SALARY))


def test_a_closed_year_takes_no_salary_of_a_statement(salon: SmallSalon, shut: int, spring: datetime) -> None:
    hired(salon, spring)
    with pytest.raises(DomainError) as refused, transaction():
        approve_statement(branch_id=1, staff_id=salon.sara, **DAYS, key="late", actor=None, now=spring)
    assert refused.value.code == "period_closed"


def test_pay_of_a_closed_year_is_paid_and_taken_back_in_the_next(
    salon: SmallSalon, boxes: Boxes, close: Act, now: datetime, spring: datetime
) -> None:
    hired(salon, now)
    whole = {"starts_on": date(2026, 3, 21), "ends_before": date(2027, 3, 21)}
    with transaction():
        approve_statement(branch_id=1, staff_id=salon.sara, **whole, key="1405", actor=None, now=spring)
    close()
    said = {"branch_id": 1, "staff_id": salon.sara, "actor": owner(salon)}
    paid = {"amount": 1_000_000, "cashbox_id": boxes["bank"]}
    with pytest.raises(DomainError) as refused, transaction():
        pay_statement(**said, **paid, key="late", now=now)
    assert refused.value.code == "period_closed"
    with transaction():
        payment = pay_statement(**said, **paid, key="spring", now=spring)
    with pytest.raises(DomainError) as refused, transaction():
        take_payment_back(**said, payment_id=payment.id, key="late", now=now)
    assert refused.value.code == "period_closed"
