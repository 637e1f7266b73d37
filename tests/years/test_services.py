"""Years are opened, closed and reopened; what is left over is carried forward, and a trace tells who did it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from salon.cashbox.models import BoxKind, PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.invoices.checkout.services import settle
from salon.invoices.outcomes.services import record_arrival
from salon.invoices.rules import LineSpec
from salon.invoices.services import discard_draft, draft
from salon.ledger.models import Account, AccountKind, Entry, Posting
from salon.ledger.queries import balance
from salon.payroll.statements.services import approve_statement
from salon.staff.models import PayKind, PayScheme
from salon.years.audit.queries import verify_years
from salon.years.checks.queries import pending_in
from salon.years.checks.rules import Matter
from salon.years.models import FiscalYearAct
from salon.years.queries import acts_of, fiscal_years
from salon.years.services import open_year
from tests.factories import SmallSalon, open_second_branch
from tests.years.conftest import LAST_DAY, Act, Boxes, Close, Open, Pay, Sell, Write, YearOf

pytestmark = pytest.mark.usefixtures("in_order")


def refusal(act: Act, *given: object, **more: object) -> str:
    """The code by which an act is refused."""
    with pytest.raises(DomainError) as refused:
        act(*given, **more)
    db.session.rollback()
    return refused.value.code


def test_a_year_is_opened_before_it_comes_and_once(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        opened = open_year(year=1407, actor=None, now=now)
    assert (opened.starts_on, opened.ends_before, opened.closed) == (date(2028, 3, 20), date(2029, 3, 20), False)
    with pytest.raises(DomainError) as refused, transaction():
        open_year(year=1407, actor=None, now=now)
    assert (refused.value.code, refused.value.field) == ("year_exists", "year")


@pytest.mark.parametrize("year", [99999, 0, -1, 1299, 1500, 2026, 10**30])
def test_a_year_that_nobody_keeps_books_of_is_refused(salon: SmallSalon, now: datetime, year: int) -> None:
    with pytest.raises(DomainError) as refused, transaction():
        open_year(year=year, actor=None, now=now)
    assert (refused.value.code, refused.value.field) == ("year_invalid", "year")


def test_what_a_year_earned_and_cost_is_retained_and_the_next_begins_with_nothing(
    sell: Sell, pay: Pay, write: Write, close: Act, spring: datetime
) -> None:
    pay(sell(), 1_000_000)
    write(300_000, "expense")
    held = balance(AccountKind.CASH, 1)
    year = close()
    assert (year.closed, year.closed_at) == (True, spring)
    assert [balance(kind) for kind in (AccountKind.REVENUE, AccountKind.CLUB_COST)] == [0, 0]
    assert balance(AccountKind.RETAINED) == -650_000, "of 1,000,000: 300,000 of costs, 50,000 of credit"
    assert balance(AccountKind.CASH, 1) == held
    carried = db.session.scalars(select(Entry).where(Entry.kind == "closing")).one()
    assert carried.business_date == LAST_DAY
    pay(sell(at=spring), 1_000_000, at=spring)
    assert balance(AccountKind.REVENUE) == -1_000_000


def test_each_branch_keeps_its_own_result_in_the_same_entry(
    salon: SmallSalon, sell: Sell, pay: Pay, close: Act, now: datetime
) -> None:
    east = open_second_branch(now)
    pay(sell(), 1_000_000)
    with transaction():
        line = LineSpec(service_id=salon.cut, staff_id=east.mina, unit_price=500_000)
        hers = {"branch_id": east.branch_id, "actor_id": None, "now": now}
        elsewhere = draft(customer_id=salon.zahra, lines=[line], **hers)
        settle(invoice_id=elsewhere, payments=[PaymentSpec(PaymentMethod.CASH, 500_000)], key="east", **hers)
    close()
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.kind == "closing")) == 1
    kept = db.session.execute(
        select(Account.branch_id, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == Account.id)
        .where(Account.kind == "retained")
        .group_by(Account.branch_id)
    )
    assert {branch: int(amount) for branch, amount in kept} == {salon.branch_id: -950_000, east.branch_id: -475_000}


def test_a_year_of_nothing_is_closed_without_an_entry(close: Act, reopen: Act, year_of: YearOf) -> None:
    close()
    assert [row.act.entry_id for row in acts_of(year_of().id)] == [None]
    reopen()
    assert not year_of().closed


def test_closing_twice_is_refused_and_a_key_sent_again_gives_the_same_answer(
    sell: Sell, pay: Pay, close: Act, year_of: YearOf
) -> None:
    pay(sell(), 1_000_000)
    close(key="once")
    assert close(key="once").closed
    assert refusal(close, key="twice") == "period_closed"
    assert refusal(close, 1406, key="once") == "key_reused"
    assert len(acts_of(year_of().id)) == 1


def test_an_open_year_is_not_reopened_and_nothing_is_reopened_without_a_reason(close: Act, reopen: Act) -> None:
    assert refusal(reopen) == "year_open"
    close()
    assert refusal(reopen, reason="  ") == "reason_missing"
    assert refusal(reopen, reason="x" * 301) == "text_long"


def test_a_reopened_year_is_as_it_was_takes_postings_and_is_closed_again_with_them(
    sell: Sell, pay: Pay, close: Act, reopen: Act, year_of: YearOf, now: datetime
) -> None:
    pay(sell(), 1_000_000)
    close()
    reopen(reason=" فاکتور   جامانده ", key="back")
    assert reopen(reason="فاکتور جامانده", key="back").closed is False
    assert (balance(AccountKind.REVENUE), balance(AccountKind.RETAINED)) == (-1_000_000, 0)
    assert verify_years() == []
    pay(sell(), 1_000_000)
    close()
    assert (balance(AccountKind.REVENUE), balance(AccountKind.RETAINED)) == (0, -1_900_000)
    told = [(row.act.kind, row.by, row.act.reason, row.result) for row in acts_of(year_of().id)]
    assert told == [
        ("closed", "خانم گلی", "", 1_900_000),
        ("reopened", "خانم گلی", "فاکتور جامانده", -950_000),
        ("closed", "خانم گلی", "", 950_000),
    ]
    assert [(row.year.jalali_year, row.closed_by, row.result) for row in fiscal_years()] == [
        (1406, "", None),
        (1405, "خانم گلی", 1_900_000),
    ]


def test_years_are_closed_from_the_oldest_on_and_reopened_from_the_latest_back(
    sell: Sell, pay: Pay, close: Act, reopen: Act, spring: datetime
) -> None:
    pay(sell(), 1_000_000)
    pay(sell(at=spring), 1_000_000, at=spring)
    next_spring = spring + timedelta(days=366)
    assert refusal(close, 1406, at=next_spring) == "year_order"
    close()
    close(1406, at=next_spring)
    assert refusal(reopen, 1405) == "year_order"
    reopen(1406)
    reopen(1405)


def test_a_year_that_runs_is_closed_only_by_whoever_says_that_she_knows(close: Act, now: datetime) -> None:
    assert refusal(close, at=now) == "year_running"
    assert close(at=now, confirmed=True).closed


def test_a_year_that_has_not_begun_is_not_closed(close: Act, now: datetime) -> None:
    assert refusal(close, 1406, at=now, confirmed=True) == "year_ahead"


def test_an_open_shift_keeps_its_year_open(
    opened: Open, closed: Close, close: Act, year_of: YearOf, spring: datetime
) -> None:
    shift = opened(0)
    assert refusal(close) == "year_unready"
    [found] = pending_in(year_of(), spring.date())
    assert (found.matter, found.key, found.name) == ("shift", shift.id, "صندوق")
    closed(shift.id, 0)
    assert close().closed


def test_a_draft_keeps_its_year_open_and_one_of_the_next_year_does_not(
    sell: Sell, close: Act, year_of: YearOf, spring: datetime
) -> None:
    written, _later = sell(), sell(at=spring)
    [found] = pending_in(year_of(), spring.date())
    assert (found.matter, found.key, found.amount) == ("draft", written, 1_000_000)
    assert refusal(close) == "year_unready"
    with transaction():
        discard_draft(invoice_id=written)
    assert close().closed


def test_money_that_nobody_has_seen_keeps_its_year_open(
    salon: SmallSalon, boxes: Boxes, sell: Sell, close: Act, year_of: YearOf, now: datetime, spring: datetime
) -> None:
    day = local_date(now)
    later = day + timedelta(days=365)
    for key, payment in {
        "sent": PaymentSpec(PaymentMethod.CARD_TO_CARD, 1_000_000, reference="۱۲۳"),
        "due": PaymentSpec(PaymentMethod.CHEQUE, 1_000_000, reference="۴۵۶", due_on=day),
        "not due": PaymentSpec(PaymentMethod.CHEQUE, 1_000_000, reference="۷۸۹", due_on=later),
    }.items():
        written = sell()
        with transaction():
            settle(branch_id=salon.branch_id, invoice_id=written, payments=[payment], key=key, actor_id=None, now=now)
    assert [found.matter for found in pending_in(year_of(), spring.date())] == ["card_to_card", "cheque"]
    with pytest.raises(DomainError) as refused:
        close()
    assert "۱ کارت به کارت تأییدنشده، ۱ چک وصول‌نشده" in refused.value.message
    with transaction():
        for payment_id in (1, 2):
            record_arrival(payment_id=payment_id, cashbox_id=boxes[BoxKind.BANK], actor_id=None, now=spring)
    assert close().closed
    assert balance(AccountKind.CHEQUES) == 1_000_000, "a cheque of next year runs on"


def test_the_trace_stays(close: Act, reopen: Act) -> None:
    close()
    for statement in ("UPDATE fiscal_year_act SET reason = 'x'", "DELETE FROM fiscal_year_act"):
        with pytest.raises(DBAPIError, match="append_only"), transaction():
            db.session.execute(text(statement))
    assert db.session.scalar(select(func.count()).select_from(FiscalYearAct)) == 1


def test_a_year_is_neither_moved_nor_dropped(close: Act) -> None:
    close()
    for statement in ("UPDATE fiscal_year SET ends_before = '2020-01-01'", "DELETE FROM fiscal_year"):
        with pytest.raises(DBAPIError, match="append_only"), transaction():
            db.session.execute(text(statement))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["fiscal_year", "fiscal_year_act"])
def test_neither_years_nor_their_trace_are_emptied(close: Act, table: str) -> None:
    close()
    with pytest.raises(DBAPIError, match="append_only"), transaction():
        db.session.execute(text(f"TRUNCATE {table} CASCADE"))


def test_pay_that_no_statement_holds_is_approved_first(
    salon: SmallSalon, sell: Sell, pay: Pay, close: Act, year_of: YearOf, spring: datetime
) -> None:
    terms = {"kind": PayKind.PERCENT, "percent_bp": 4_000, "starts_on": date(2026, 3, 21), "created_at": spring}
    with transaction() as session:
        session.add(PayScheme(name="سهم", staff_id=salon.sara, **terms))
    pay(sell(), 1_000_000)
    year = year_of()
    (found,) = pending_in(year, spring.date())
    assert (found.matter, found.key, found.name, found.amount) == (Matter.PAY, salon.sara, "سارا احمدی", 400_000)
    assert refusal(close) == "year_unready"
    days = {"starts_on": year.starts_on, "ends_before": year.ends_before}
    with transaction():
        approve_statement(branch_id=salon.branch_id, staff_id=salon.sara, **days, key="sara", actor=None, now=spring)
    close()
    assert year_of().closed


def test_salary_of_the_last_months_is_approved_first(
    salon: SmallSalon, sell: Sell, pay: Pay, close: Act, year_of: YearOf, spring: datetime
) -> None:
    pay(sell(), 1_000_000)
    first = date(2027, 2, 20)  # 1 Esfand
    terms = {"kind": PayKind.SALARY, "amount": 90_000_000, "starts_on": first, "created_at": spring}
    with transaction() as session:
        session.add(PayScheme(name="حقوق", staff_id=salon.negar, **terms))
    (found,) = pending_in(year_of(), spring.date())
    assert (found.matter, found.key, found.day, found.amount) == (Matter.PAY, salon.negar, first, 90_000_000)
    assert refusal(close) == "year_unready"


def test_salary_and_what_moved_her_account_are_one_sum(
    salon: SmallSalon, sell: Sell, pay: Pay, year_of: YearOf, spring: datetime
) -> None:
    first = date(2026, 3, 21)  # the year's
    terms = {"staff_id": salon.sara, "starts_on": first, "created_at": spring}
    with transaction() as session:
        session.add(PayScheme(name="سهم", kind=PayKind.PERCENT, percent_bp=4_000, **terms))
        session.add(PayScheme(name="حقوق", kind=PayKind.SALARY, amount=1_000_000, **terms))
    pay(sell(), 1_000_000)
    (found,) = pending_in(year_of(), spring.date())
    assert (found.day, found.amount) == (first, 12 * 1_000_000 + 400_000)
