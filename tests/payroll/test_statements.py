"""A statement holds all that moved somebody's account, and is frozen when it is approved."""

from datetime import date, datetime, time, timedelta

import pytest

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import moment_of
from salon.invoices.checkout.services import settle
from salon.invoices.rules import LineSpec
from salon.invoices.terms.rules import Terms
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.staff.models import Attendance, PayKind
from tests.factories import SmallSalon

from .conftest import (
    ABAN,
    AZAR,
    DEY,
    IN_AZAR,
    IN_DEY,
    MEHR,
    Adjust,
    Advance,
    Approve,
    Back,
    Look,
    Pay,
    PayOut,
    Scheme,
    Sell,
    Write,
    kept,
    lines_of,
    lines_shown,
    owed,
    verify,
)


def test_a_live_statement_shows_every_line_and_movement(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, advance: Advance, adjust: Adjust, look: Look
) -> None:
    scheme(4_000)
    sold = sell(1_000_000)
    pay(sold, 1_000_000)
    advance(100_000)
    adjust("bonus", 50_000, "ساعت اضافه")
    adjust("fine", 20_000, "تأخیر")
    found = look()
    assert lines_shown(found) == [(sold, lines_of(sold)[0], 1_000_000, 400_000)]
    sums = {what: found.sum_of(what) for what in ("share", "advance", "bonus", "fine")}
    assert sums == {"share": 400_000, "advance": -100_000, "bonus": 50_000, "fine": -20_000}
    assert (found.opening, found.total, found.due, found.number) == (0, 330_000, 330_000, None)
    assert owed(salon.sara) == 330_000


def test_an_approved_statement_stays_as_it_was_and_a_correction_goes_to_the_next(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back, approve: Approve, look: Look, now: datetime
) -> None:
    scheme(4_000)
    first, second = sell(1_000_000), sell(500_000)
    pay(first, 1_000_000)
    approved = approve()
    pay(second, 500_000)  # of a day of the statement, yet after it was approved
    back(first, at=now + IN_AZAR)
    assert (look().total, look().number, len(look().lines)) == (400_000, approved.id, 1)
    after = look(AZAR, DEY)
    assert (after.opening, after.total) == (400_000, 200_000)
    assert [line.is_return for line in after.lines] == [False, True]
    assert verify() == []


def test_tips_and_money_to_her_own_card_are_told_apart(
    salon: SmallSalon, scheme: Scheme, write: Write, look: Look, now: datetime
) -> None:
    scheme(4_000)
    line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000_000)
    sold = write(line, terms=Terms(tips=((salon.sara, 70_000),)))
    paid = [
        PaymentSpec(PaymentMethod.STAFF_CARD, 300_000, staff_id=salon.sara),
        PaymentSpec(PaymentMethod.CASH, 770_000),
    ]
    with transaction():
        settle(branch_id=salon.branch_id, invoice_id=sold, payments=paid, key="card", actor_id=salon.desk_id, now=now)
    found = look()
    assert (found.sum_of("share"), found.sum_of("tip"), found.taken("own_card")) == (400_000, 70_000, 300_000)
    assert found.total == owed(salon.sara) == 170_000


def test_salary_and_rent_are_of_the_days_of_the_statement(
    salon: SmallSalon, scheme: Scheme, approve: Approve, look: Look
) -> None:
    scheme(0, kind=PayKind.SALARY, amount=100_000_001, starts_on=ABAN)
    scheme(0, kind=PayKind.RENT, amount=30_000_000, starts_on=ABAN + timedelta(days=15))
    assert (look().sum_of("salary"), look().taken("rent"), look().total) == (100_000_001, 15_000_000, 85_000_001)
    approved = kept(approve())
    assert (approved.sum_of("salary"), approved.taken("rent"), approved.total) == (100_000_001, 15_000_000, 85_000_001)
    assert balance(AccountKind.STAFF_COST, salon.sara) == 100_000_001
    assert balance(AccountKind.CHAIR_RENT, salon.sara) == -15_000_000
    assert verify() == []


def test_salary_of_two_parts_of_a_month_adds_up_to_the_month(
    salon: SmallSalon, scheme: Scheme, approve: Approve, now: datetime
) -> None:
    scheme(0, kind=PayKind.SALARY, amount=100_000_001, starts_on=ABAN)
    cut = ABAN + timedelta(days=11)
    first, second = approve(ABAN, cut), approve(cut, AZAR)
    assert [first.total, second.total - second.opening] == [36_666_667, 63_333_334]
    assert owed(salon.sara) == 100_000_001


def test_a_salary_that_changes_in_the_middle_of_a_month_is_paid_day_by_day(
    salon: SmallSalon, scheme: Scheme, look: Look
) -> None:
    scheme(0, kind=PayKind.SALARY, amount=30_000_000, starts_on=ABAN, ends_on=ABAN + timedelta(days=9))
    scheme(0, kind=PayKind.SALARY, amount=60_000_000, starts_on=ABAN + timedelta(days=10))
    assert [part.amount for part in look().parts] == [10_000_000, 40_000_000]


def test_hours_present_are_summed_within_the_days(salon: SmallSalon, look: Look) -> None:
    def stay(day: date, hour: int, until: int | None) -> Attendance:
        here = moment_of(day, time(hour))
        left = None if until is None else here + timedelta(hours=until - hour)
        return Attendance(staff_id=salon.sara, came_at=here, left_at=left)

    with transaction():
        db.session.add_all([stay(ABAN, 9, 17), stay(ABAN, 18, 26), stay(AZAR - timedelta(days=1), 22, 26)])
        db.session.add(stay(AZAR, 9, None))
    assert look().minutes == (8 + 8 + 2) * 60
    assert look(AZAR, DEY).minutes == 2 * 60


@pytest.mark.parametrize(
    ("days", "code", "field"),
    [
        ((ABAN, AZAR), "statement_approved", "from"),
        ((ABAN + timedelta(days=1), AZAR), "period_closed", "from"),
        ((MEHR, AZAR + timedelta(days=1)), "period_closed", "from"),
        ((AZAR, AZAR), "dates_reversed", "to"),
        ((AZAR, AZAR + timedelta(days=10)), "day_ahead", "to"),
    ],
)
def test_days_that_cannot_be_approved_are_refused(
    salon: SmallSalon, approve: Approve, now: datetime, days: tuple[date, date], code: str, field: str
) -> None:
    approve()
    with pytest.raises(DomainError) as refused:
        approve(*days, at=now + IN_AZAR)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert approve(AZAR, AZAR + timedelta(days=9), at=now + IN_AZAR).total == 0


def test_earlier_work_that_no_statement_holds_is_named(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, approve: Approve, now: datetime
) -> None:
    scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    with pytest.raises(DomainError) as refused:
        approve(AZAR, AZAR + timedelta(days=5), at=now + IN_AZAR)
    assert refused.value.code == "statement_gap"
    assert "۱۴۰۵/۰۸/۳۰" in refused.value.message


def test_salary_between_two_statements_is_not_lost(
    salon: SmallSalon, scheme: Scheme, approve: Approve, now: datetime
) -> None:
    approve()
    scheme(0, kind=PayKind.SALARY, amount=30_000_000, starts_on=AZAR)
    with pytest.raises(DomainError) as refused:
        approve(AZAR + timedelta(days=1), AZAR + timedelta(days=2), at=now + IN_AZAR)
    assert (refused.value.code, "۱۴۰۵/۰۹/۰۱" in refused.value.message) == ("statement_gap", True)


def test_the_same_key_approves_once(salon: SmallSalon, approve: Approve) -> None:
    assert approve(key="aban").id == approve(key="aban").id
    with pytest.raises(DomainError) as refused:
        approve(AZAR, AZAR + timedelta(days=1), key="aban")
    assert refused.value.code == "key_reused"


def test_what_was_not_seen_is_not_approved(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, approve: Approve, look: Look
) -> None:
    scheme(4_000)
    seen = look().total
    pay(sell(1_000_000), 1_000_000)
    with pytest.raises(DomainError) as refused:
        approve(seen_total=seen)
    assert refused.value.code == "statement_changed"
    assert approve(seen_total=look().total).total == 400_000


def test_nobody_approves_for_another_branch(salon: SmallSalon, approve: Approve) -> None:
    with pytest.raises(DomainError) as refused:
        approve(branch_id=salon.branch_id + 1)
    assert refused.value.code == "staff_unknown"


def test_a_year_of_months_holds_everything_once(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, approve: Approve, pay_out: PayOut, now: datetime
) -> None:
    scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    first = approve()
    pay_out(150_000)
    pay(sell(2_000_000, at=now + IN_AZAR), 2_000_000, at=now + IN_AZAR)
    second = approve(AZAR, DEY, at=now + IN_DEY)
    assert (first.total, second.opening, second.total) == (400_000, 250_000, 1_050_000)
    assert kept(first).paid == 150_000
    assert verify() == []
