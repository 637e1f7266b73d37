"""What somebody does while another has not finished yet: it waits, then sees what the other one did."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from salon.access.models import Role, User
from salon.access.services import change_user
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.prices.queries import listed_prices, price_history
from salon.catalog.prices.rules import SERVICE, Price, Thing
from salon.catalog.prices.services import ListSpec, add_price_list, set_prices
from salon.catalog.services import add_product
from salon.club.wallet.queries import verify_lots
from salon.club.wallet.services import write_off
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.imports.queries import wait_for_others
from salon.inventory.queries import stock_of
from salon.inventory.services import count_stock
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.receipts.services import receive
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, draft
from salon.invoices.till.services import draft_of_visit, settle_as_seen, walk_in
from salon.ledger.models import AccountKind
from salon.ledger.queries import total, verify_journal
from salon.messaging.services import claim_due
from salon.setup.services import ensure_fiscal_year
from salon.staff.lines.services import add_line, join_line
from salon.years.audit.queries import verify_years
from salon.years.queries import fiscal_years
from salon.years.services import close_year, reopen_year
from tests.factories import SmallSalon, give_credit
from tests.postgres import libpq_address

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
SOON = 0.5  # seconds in which whoever need not wait has read what matters; SQLite does not say who waits
Act = Callable[[], object]


@dataclass
class Seen:
    """What both gave, answer or refusal, and whether the second one had to wait."""

    first: object = None
    second: object = None
    waited: bool = False

    @property
    def refusal(self) -> str:
        """The code by which the second one was refused."""
        assert isinstance(self.second, DomainError), self.second
        return self.second.code


@pytest.fixture
def meanwhile(app: Flask, database_url: str) -> Callable[[Act, Act], Seen]:
    """Do something, and before it is committed let another begin the second thing; both in transactions of their own."""

    def run(act: Act, inside: threading.Event, go_on: threading.Event) -> object:
        with app.app_context():
            try:
                with transaction():
                    answer = act()
                    inside.set()
                    assert go_on.wait(60)
                return answer
            except Exception as error:
                return error
            finally:
                inside.set()
                db.session.remove()

    def play(first: Act, second: Act) -> Seen:
        seen, written, go_on, at_once = Seen(), threading.Event(), threading.Event(), threading.Event()
        at_once.set()
        one = threading.Thread(target=lambda: vars(seen).update(first=run(first, written, go_on)))
        other = threading.Thread(target=lambda: vars(seen).update(second=run(second, threading.Event(), at_once)))
        db.session.remove()
        one.start()
        assert written.wait(60)
        other.start()
        seen.waited = waits(other, database_url)
        go_on.set()
        one.join()
        other.join()
        return seen

    return play


def waits(thread: threading.Thread, database_url: str) -> bool:
    """Whether somebody waits for another; told as soon as she does, or has finished."""
    if database_url.startswith("sqlite"):
        thread.join(SOON)
        return thread.is_alive()
    with psycopg.connect(libpq_address(make_url(database_url)), autocommit=True) as connection:
        while thread.is_alive():
            if connection.execute(WAITING).fetchone() != (0,):
                return True
            time.sleep(0.01)
    return False


Meanwhile = Callable[[Act, Act], Seen]


@pytest.fixture(autouse=True)
def _books_stay_in_order(app: Flask) -> object:
    yield
    db.session.rollback()
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []


@pytest.fixture
def written(salon: SmallSalon, now: datetime) -> int:
    """A draft of 1,000 rials for Zahra."""
    with transaction():
        return draft(
            branch_id=salon.branch_id, customer_id=salon.zahra, lines=[_line(salon, 1_000)], actor_id=None, now=now
        )


@pytest.fixture
def visit(salon: SmallSalon, now: datetime) -> int:
    """A booking of this afternoon."""
    with transaction():
        return _book(salon, now, 2)


def _line(salon: SmallSalon, price: int) -> LineSpec:
    return LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=price)


def _book(salon: SmallSalon, now: datetime, hours: int) -> int:
    items = [BookingItem(salon.cut, salon.sara)]
    begins = now + timedelta(hours=hours)
    return book(
        branch_id=salon.branch_id, customer_id=salon.zahra, starts_at=begins, items=items, actor=None, now=now
    ).id


def _pay(invoice_id: int, key: str, now: datetime, cash: int = 1_000, credit: int = 0) -> object:
    payments = [PaymentSpec(PaymentMethod.CASH, cash)] if cash else []
    return settle(branch_id=1, invoice_id=invoice_id, payments=payments, credit=credit, key=key, actor_id=None, now=now)


def test_a_second_booking_of_one_person_waits_for_the_first(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    seen = meanwhile(partial(_book, salon, now, 2), partial(_book, salon, now, 5))
    assert seen.waited
    assert isinstance(seen.second, int)


def test_a_visit_that_is_being_cancelled_does_not_begin(now: datetime, visit: int, meanwhile: Meanwhile) -> None:
    def step(status: str) -> object:
        return set_status(appointment_id=visit, status=status, actor=None, now=now)

    assert meanwhile(partial(step, "cancelled"), partial(step, "in_service")).refusal == "wrong_status"


def test_an_invoice_that_is_being_paid_is_not_paid_again(now: datetime, written: int, meanwhile: Meanwhile) -> None:
    assert (
        meanwhile(partial(_pay, written, "one", now), partial(_pay, written, "two", now)).refusal == "already_settled"
    )


def test_an_invoice_that_is_being_paid_gets_no_other_lines(
    salon: SmallSalon, now: datetime, written: int, meanwhile: Meanwhile
) -> None:
    same_sum = LineSpec(service_id=salon.brushing, staff_id=salon.negar, unit_price=1_000)
    change = partial(change_draft, invoice_id=written, lines=[same_sum])
    assert meanwhile(partial(_pay, written, "one", now), change).refusal == "invoice_issued"


def test_an_invoice_whose_lines_are_being_changed_is_not_paid_as_it_was_seen(
    salon: SmallSalon, now: datetime, written: int, meanwhile: Meanwhile
) -> None:
    change = partial(change_draft, invoice_id=written, lines=[_line(salon, 2_000)])
    pay_as_seen = partial(
        settle_as_seen,
        branch_id=salon.branch_id,
        invoice_id=written,
        payments=[PaymentSpec(PaymentMethod.CASH, 1_000)],
        credit=0,
        seen_due=1_000,
        leave_debt=False,
        key="as-seen",
        actor_id=None,
        now=now,
    )
    assert meanwhile(change, pay_as_seen).refusal == "invoice_changed"


def test_a_visit_whose_invoice_is_being_written_gets_no_second_one(
    salon: SmallSalon, now: datetime, visit: int, meanwhile: Meanwhile
) -> None:
    write = partial(
        draft,
        branch_id=salon.branch_id,
        customer_id=salon.zahra,
        appointment_id=visit,
        lines=[_line(salon, 1_000)],
        actor_id=None,
        now=now,
    )
    assert meanwhile(write, write).refusal == "appointment_invoiced"


def test_two_who_open_the_invoice_of_one_visit_come_to_the_same(
    now: datetime, visit: int, meanwhile: Meanwhile
) -> None:
    write = partial(draft_of_visit, appointment_id=visit, actor_id=None, now=now)
    seen = meanwhile(write, write)
    assert isinstance(seen.first, int)
    assert seen.first == seen.second


def test_two_owners_do_not_both_leave(salon: SmallSalon, now: datetime, meanwhile: Meanwhile) -> None:
    with transaction() as session:
        session.get_one(User, salon.desk_id).role = Role.OWNER

    def leave(user_id: int) -> object:
        leaver = db.session.get_one(User, user_id)
        return change_user(user=leaver, full_name="مینا", role="receptionist", active=True, actor=None, now=now)

    assert meanwhile(partial(leave, salon.owner_id), partial(leave, salon.desk_id)).refusal == "last_owner"


def test_two_tills_come_to_the_same_nameless_customer(salon: SmallSalon, now: datetime, meanwhile: Meanwhile) -> None:
    let_in = partial(walk_in, branch_id=salon.branch_id, actor=None, now=now)
    seen = meanwhile(let_in, let_in)
    assert isinstance(seen.first, int)
    assert seen.first == seen.second


def test_a_debt_that_is_being_received_is_not_received_again(
    salon: SmallSalon, now: datetime, written: int, meanwhile: Meanwhile
) -> None:
    with transaction():
        _pay(written, "debt", now, cash=0)

    def take(key: str) -> object:
        payments = [PaymentSpec(PaymentMethod.CASH, 1_000)]
        return receive(
            branch_id=salon.branch_id, customer_id=salon.zahra, payments=payments, key=key, actor_id=None, now=now
        )

    assert meanwhile(partial(take, "one"), partial(take, "two")).refusal == "overpaid"


def test_of_two_who_set_the_same_price_the_later_one_has_the_last_word(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    with transaction():
        list_id = add_price_list(spec=ListSpec("جشن"), actor=None, now=now).id
    cut = Thing(SERVICE, salon.cut)

    def write(price: int) -> object:
        return set_prices(list_id=list_id, prices={cut: Price(price)}, actor=None, now=now)

    seen = meanwhile(partial(write, 100), partial(write, 200))
    assert seen.second == {cut: Price(200, None, list_id)}
    assert listed_prices(list_id) == seen.second
    assert [change.before for change in price_history(cut)][:2] == [Price(100, None, list_id), None]


def test_credit_that_is_being_spent_is_not_written_off(
    salon: SmallSalon, now: datetime, written: int, meanwhile: Meanwhile
) -> None:
    midnight = now + timedelta(seconds=1)
    give_credit(salon, now, 1_000, "opening", expires_at=midnight)
    spend = partial(_pay, written, "spent", now, cash=0, credit=1_000)
    assert meanwhile(spend, partial(write_off, lot_id=1, now=midnight)).second is False


def test_a_shelf_that_is_being_counted_is_counted_after_that(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    with transaction():
        serum = add_product(name="سرم مو", price=600_000, actor=None, now=now).id
    count = partial(count_stock, branch_id=salon.branch_id, pieces={serum: 7}, actor=None, now=now)
    assert meanwhile(partial(count, key="one"), partial(count, key="two")).waited
    assert stock_of(salon.branch_id, [serum]) == {serum: 7}


def test_a_message_that_a_worker_takes_up_is_left_to_it(now: datetime, written: int, meanwhile: Meanwhile) -> None:
    with transaction():
        _pay(written, "paid", now)
    seen = meanwhile(partial(claim_due, now=now), partial(claim_due, now=now))
    assert isinstance(seen.first, list)
    assert (len(seen.first), seen.second) == (1, [])


def test_a_file_waits_for_the_one_that_is_being_brought_in(salon: SmallSalon, meanwhile: Meanwhile) -> None:
    assert meanwhile(wait_for_others, wait_for_others).waited


def _years(now: datetime) -> dict[int, int]:
    """The ids of this year and the next by their Jalali numbers."""
    with transaction():
        ensure_fiscal_year((now + timedelta(days=366)).date())
    return {row.year.jalali_year: row.year.id for row in fiscal_years()}


def test_a_sale_that_is_under_way_is_in_the_year_that_is_closed(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    this_year = _years(now)[1405]

    def sell() -> object:
        lines = [_line(salon, 1_000)]
        sold = draft(branch_id=1, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
        return _pay(sold, "sold", now)

    close = partial(close_year, year_id=this_year, key="close", actor=None, now=now + timedelta(days=366))
    seen = meanwhile(sell, close)
    assert seen.waited
    assert not isinstance(seen.second, Exception)
    assert total(AccountKind.REVENUE) == 0
    assert verify_years() == []


def test_a_sale_waits_for_the_closing_of_its_year_and_is_refused(
    now: datetime, written: int, meanwhile: Meanwhile
) -> None:
    with transaction():
        _pay(written, "debt", now, cash=0)
    close = partial(close_year, year_id=_years(now)[1405], key="close", actor=None, now=now + timedelta(days=366))
    seen = meanwhile(close, partial(_pay, written, "late", now))
    assert (seen.waited, seen.refusal) == (True, "period_closed")
    assert verify_years() == []


def test_a_year_is_not_reopened_while_the_next_one_is_being_closed(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    years, later = _years(now), now + timedelta(days=366)
    with transaction():
        close_year(year_id=years[1405], key="first", actor=None, now=later)
    close = partial(close_year, year_id=years[1406], confirmed=True, key="second", actor=None, now=later)
    reopen = partial(reopen_year, year_id=years[1405], reason="جا مانده", key="back", actor=None, now=later)
    assert meanwhile(close, reopen).refusal == "year_order"
    assert verify_years() == []


def test_two_assistants_take_no_more_than_all_of_their_head_s_part(
    salon: SmallSalon, now: datetime, meanwhile: Meanwhile
) -> None:
    with transaction():
        line = add_line(branch_id=salon.branch_id, name="مو", actor=None, now=now)
    joining = partial(join_line, line_id=line.id, share_bp=6_000, actor=None, now=now)
    seen = meanwhile(partial(joining, staff_id=salon.sara), partial(joining, staff_id=salon.negar))
    assert seen.waited
    assert seen.refusal == "shares_above_whole"
