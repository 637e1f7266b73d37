"""The clock is set while the salon is open, forward or back: no money is lost or doubled, every message goes out once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from salon import worker
from salon.appointments.moves.services import move
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.clock import Watch
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, Settlement
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import total, verify_journal
from salon.messaging.models import OutboxMessage
from salon.setup.models import FiscalYear
from tests.factories import SmallSalon

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
JUMPS = [-400 * DAY, -DAY, -HOUR, HOUR, DAY, 400 * DAY]
LogIn = Callable[[str], FlaskClient]


def sell(salon: SmallSalon, at: datetime) -> int:
    """A draft of 1,000,000 rials for Zahra, written at a moment."""
    with transaction():
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000_000)
        return draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=[line], actor_id=salon.desk_id, now=at)


def pay(invoice_id: int, key: str, at: datetime, cash: int = 1_000_000) -> object:
    """Settle at a moment."""
    payments = [PaymentSpec(PaymentMethod.CASH, cash)]
    with transaction():
        return settle(branch_id=1, invoice_id=invoice_id, payments=payments, key=key, actor_id=None, now=at)


def check_books() -> None:
    """The audit is clean."""
    db.session.rollback()
    db.session.expire_all()
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_what_is_sent_again_after_the_clock_was_set_counts_once(
    salon: SmallSalon, now: datetime, jump: timedelta
) -> None:
    written = sell(salon, now)
    first = pay(written, "one-press", now)
    assert pay(written, "one-press", now + jump) == first
    with pytest.raises(DomainError, match="تسویه"):
        pay(written, "another", now + jump)
    assert total(AccountKind.CASH) == 1_000_000
    assert db.session.scalar(select(func.count()).select_from(Settlement)) == 1
    check_books()


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_what_is_sold_before_and_after_the_clock_was_set_is_all_in_the_books(
    salon: SmallSalon, now: datetime, jump: timedelta
) -> None:
    moments = [now, now + jump, now + jump + HOUR, now + 2 * HOUR]
    for turn, moment in enumerate(moments):
        pay(sell(salon, moment), f"act-{turn}", moment)
    halfway = sell(salon, now + jump)
    pay(halfway, "half", now + jump, cash=400_000)
    pay(halfway, "rest", now, cash=600_000)
    assert total(AccountKind.CASH) == 5_000_000
    numbers = db.session.execute(select(Invoice.jalali_year, Invoice.number)).all()
    assert len(set(numbers)) == 5
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 6
    check_books()


def test_in_a_year_that_is_closed_a_clock_set_back_sells_nothing_and_says_so(salon: SmallSalon, now: datetime) -> None:
    written = sell(salon, now - 400 * DAY)
    pay(written, "first", now - 400 * DAY, cash=400_000)
    with transaction() as session:
        session.execute(update(FiscalYear).where(FiscalYear.ends_before < local_date(now)).values(closed=True))
    with pytest.raises(DomainError) as refused:
        pay(written, "rest", now - 400 * DAY, cash=600_000)
    assert refused.value.code == "period_closed"
    pay(written, "rest", now, cash=600_000)
    check_books()


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_time_that_is_taken_stays_taken_and_its_reminder_is_one(
    salon: SmallSalon, now: datetime, jump: timedelta
) -> None:
    def begin(at: datetime) -> int:
        with transaction():
            items = [BookingItem(salon.cut, salon.sara)]
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=now + 3 * DAY,
                items=items,
                actor=None,
                now=at,
            ).id

    booking = begin(now)
    with pytest.raises(DomainError) as refused:
        begin(now + jump)
    assert refused.value.code == "slot_taken"
    with transaction():
        set_status(appointment_id=booking, status="cancelled", actor=None, now=now + jump)
    begin(now + jump)
    states = db.session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)).all()
    assert dict(states)["cancelled"] == 1  # type: ignore[call-overload]
    assert dict(states).get("queued", 0) <= 1  # type: ignore[call-overload]


def test_credit_is_not_lost_to_a_clock_that_was_set_wrong_for_a_while(
    salon: SmallSalon, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = [0.0, 0.0]  # the clock, and the machine's own count of seconds
    monkeypatch.setattr(worker, "_watch", Watch(lambda: count[0], lambda: count[1]))

    def work(moment: datetime) -> int:
        """The worker looks each minute of half an hour."""
        for _minute in range(30):
            count[0], count[1] = moment.timestamp(), count[1] + 60
            worker.BY_THEMSELVES["expire_lots"](moment)
            moment += timedelta(minutes=1)
        return wallet_of(salon.zahra, now + 2 * DAY).credit.balance

    pay(sell(salon, now), "first", now)
    assert work(now) == work(now + timedelta(minutes=30)) == 50_000
    assert work(now + 400 * DAY) == 50_000  # whoever set it wrong is about to see it
    assert work(now + HOUR) == work(now + 2 * HOUR) == 50_000
    expired = now + 62 * DAY
    assert [work(expired + turn * HOUR / 2) for turn in range(3)] == [50_000, 50_000, 0]
    check_books()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_is_logged_in_stays_so_when_the_clock_is_set_back(salon: SmallSalon, log_in: LogIn) -> None:
    present = datetime.now(UTC)
    desk = log_in("desk")
    written = sell(salon, present)
    g.pop("_login_user")  # else the context of this test remembers her
    with time_machine.travel(present - 30 * DAY):
        form = {"key": "one-press", "cash": "۱۰۰٬۰۰۰", "seen_due": "1000000"}
        assert desk.post(f"/invoices/{written}/settle", data=form).location == f"/invoices/{written}/slip?print=1"
    g.pop("_login_user")
    with time_machine.travel(present + 40 * DAY):
        assert desk.get("/desk").location == "/login?next=/desk"
    check_books()


def test_a_booking_is_moved_after_the_clock_was_set_back(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        items = [BookingItem(salon.cut, salon.sara)]
        made = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + 3 * DAY,
            items=items,
            actor=None,
            now=now,
        )
    with transaction():
        move(
            appointment_id=made.id,
            item_id=made.items[0].id,
            starts_at=now + 4 * DAY,
            staff_id=salon.negar,
            actor=None,
            now=now - 10 * DAY,
        )
    waiting = db.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued")).one()
    assert waiting.due_at == now + 3 * DAY
