"""Who owes, how old it is, what was promised, and who is reminded of it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from salon.access.models import User
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid
from salon.core.jalali import local_date
from salon.core.money import Currency
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.debts.queries import Debts, contacts_with, debtors, debts, movements_of
from salon.invoices.debts.rules import first_days, reminder_text, running
from salon.invoices.debts.services import record_contact, remind_of_debt, remind_of_debts
from salon.invoices.models import Invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell, Together


@pytest.fixture
def mina(salon: SmallSalon, pay: Pay, now: datetime) -> int:
    """Mina, without a mobile, who owes 450,000 rials since today."""
    with transaction():
        hers = add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=now).id
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara)
        sold = draft(branch_id=salon.branch_id, customer_id=hers, lines=[line], actor_id=None, now=now)
    pay(sold)
    return hers


def test_all_debts_are_summed_though_one_page_shows_some(
    salon: SmallSalon, mina: int, now: datetime, sell: Sell, pay: Pay
) -> None:
    for price in (300_000, 500_000):
        pay(sell(price))
    today = local_date(now)
    assert debts(today) == Debts(people=2, due=1_250_000, ages=(1_250_000, 0, 0, 0))
    assert {debtor.customer.id for debtor in [*debtors(today, 1), *debtors(today, 1, 1)]} == {salon.zahra, mina}


def test_debtors_are_named_with_what_they_owe_since_when_the_oldest_first(
    salon: SmallSalon, mina: int, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(800_000), 100_000)
    pay(sell(500_000), at=now - timedelta(days=3))
    pay(sell(500_000), 500_000)
    first, second = debtors(local_date(now), 10)
    assert (first.customer.id, first.invoices, first.due) == (salon.zahra, 2, 1_200_000)
    assert first.since == local_date(now) - timedelta(days=3)
    assert (second.customer.id, second.due) == (mina, 450_000)


def test_a_debt_grows_old_on_the_day_after_30_60_and_90_days(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    for days, price in ((0, 1), (30, 10), (31, 100), (60, 1_000), (61, 10_000), (90, 100_000), (91, 1_000_000)):
        at = now - timedelta(days=days)
        pay(sell(price, at=at), at=at)
    today = local_date(now)
    [debtor] = debtors(today, 10)
    assert debtor.ages == (11, 1_100, 110_000, 1_000_000)
    assert sum(debtor.ages) == debtor.due == debts(today).due
    assert first_days(today) == tuple(today - timedelta(days=days) for days in (30, 60, 90))


def test_only_those_who_owe_as_much_are_shown_and_summed(
    salon: SmallSalon, mina: int, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(300_000))
    pay(sell(200_000))
    today = local_date(now)
    assert [debtor.customer.id for debtor in debtors(today, 10, least=450_001)] == [salon.zahra]
    assert debts(today, least=450_001) == Debts(1, 500_000, (500_000, 0, 0, 0))
    assert debts(today, least=500_001) == Debts(0, 0, (0, 0, 0, 0))
    assert debts(today, least=450_000).people == 2


def note(salon: SmallSalon, now: datetime, said: str, days: int | None, whose: int = 0) -> None:
    """What Zahra said of her debt, and in how many days she will pay."""
    promised = None if days is None else local_date(now) + timedelta(days=days)
    with transaction():
        desk = db.session.get_one(User, salon.desk_id)
        record_contact(customer_id=whose or salon.zahra, note=said, promised_on=promised, actor=desk, now=now)


def test_what_she_said_and_promised_stands_with_her_debt(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(300_000))
    note(salon, now, "گفت آخر ماه", 9)
    note(salon, now, "دوباره زنگ زدم", None)
    [debtor] = debtors(local_date(now), 10)
    assert (debtor.promised_on, debtor.contacted_at) == (local_date(now) + timedelta(days=9), now)
    assert [spoken.note for spoken in contacts_with(salon.zahra)] == ["دوباره زنگ زدم", "گفت آخر ماه"]
    assert db.session.scalars(select(Invoice.promised_on)).all() == [local_date(now) + timedelta(days=9)]


def test_a_talk_without_words_a_promise_gone_by_and_a_debt_that_is_none_are_refused(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    with pytest.raises(DomainError) as none:
        note(salon, now, "چیزی", None)
    assert none.value.code == "nothing_owed"
    pay(sell(300_000))
    for said, days, code in ((" ", None, "contact_empty"), ("دیروز", -1, "promise_past"), ("x" * 301, 1, "text_long")):
        with pytest.raises(Invalid) as refused:
            note(salon, now, said, days)
        assert refused.value.code == code
    note(salon, now, "", 0)


def reminded(salon: SmallSalon, now: datetime, least: int = 0) -> int:
    """How many were reminded of their debts."""
    with transaction():
        return remind_of_debts(branch_id=salon.branch_id, least=least, actor=None, now=now)


def test_everybody_over_an_amount_is_reminded_once_a_day(
    salon: SmallSalon, mina: int, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(300_000))
    assert reminded(salon, now, least=300_001) == 0  # Mina owes more, and has no mobile
    assert [reminded(salon, now), reminded(salon, now)] == [1, 0]
    assert reminded(salon, now + timedelta(days=1)) == 1
    told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "debt")).all()
    assert [message.receiver for message in told] == ["09123456789"] * 2
    assert told[0].text == reminder_text("زهرا", 300_000, "سالن گل‌نرگس", Currency.TOMAN)
    assert "۳۰٬۰۰۰ تومان" in told[0].text


def test_one_is_reminded_of_all_that_she_owes_and_nobody_of_nothing(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    def remind() -> int:
        with transaction():
            return remind_of_debt(branch_id=salon.branch_id, customer_id=salon.zahra, actor=None, now=now)

    with pytest.raises(DomainError) as refused:
        remind()
    assert refused.value.code == "nothing_owed"
    pay(sell(300_000))
    pay(sell(200_000), 50_000)
    assert [remind(), remind()] == [1, 0]
    text = db.session.scalars(select(OutboxMessage.text).where(OutboxMessage.kind == "debt")).one()
    assert "۴۵٬۰۰۰ تومان" in text


def test_two_desks_remind_at_once_and_she_is_told_once(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, together: Together
) -> None:
    pay(sell(300_000))
    together(*[lambda: reminded(salon, now)] * 3)
    db.session.rollback()
    assert len(db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == "debt")).all()) == 1


def test_a_statement_tells_each_invoice_and_payment_and_what_was_owed_after_it(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    first = sell(300_000, at=now - timedelta(days=2))
    pay(first, 100_000, at=now - timedelta(days=2))
    second = sell(500_000)
    pay(second)
    pay(first, 200_000)
    lines = running(movements_of(salon.zahra))
    assert [(line.movement.what, line.movement.number, line.movement.amount, line.owed) for line in lines] == [
        ("sale", 1, 300_000, 300_000),
        ("payment", 1, -100_000, 200_000),
        ("sale", 2, 500_000, 700_000),
        ("payment", 1, -200_000, 500_000),
    ]
    assert running([]) == []
