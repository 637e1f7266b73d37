"""Card-to-card money and cheques: seen in the account, or her debt again; each once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from salon.cashbox.deposits.queries import verify_deposits
from salon.cashbox.models import BoxKind, PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.services import open_main_box
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.models import Payment, PaymentOutcome
from salon.invoices.outcomes.queries import awaited, awaited_count
from salon.invoices.outcomes.services import record_absence, record_arrival
from salon.invoices.queries import has_earned, invoice, preview
from salon.ledger.models import AccountKind
from salon.ledger.queries import receivable_of, total, verify_journal
from tests.conftest import Together
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell

CARD_TO_CARD = PaymentSpec(PaymentMethod.CARD_TO_CARD, 400_000, reference="۱۲۳۴۵۶")
CHEQUE = PaymentSpec(PaymentMethod.CHEQUE, 600_000, reference="۷۷۱", due_on=date(2026, 12, 21))


@pytest.fixture(autouse=True)
def _books_stay_balanced(salon: SmallSalon) -> Iterator[None]:
    """After every test of this file the audit finds nothing."""
    yield
    db.session.rollback()
    assert verify_journal() + verify_lots() + verify_invoices() + verify_deposits() == []


@pytest.fixture
def settled(salon: SmallSalon, now: datetime, sell: Sell) -> int:
    """An invoice of 1,000,000 rials, settled by card to card and a cheque."""
    written = sell(1_000_000)
    with transaction():
        settle(
            branch_id=salon.branch_id,
            invoice_id=written,
            payments=[CARD_TO_CARD, CHEQUE],
            key="settled",
            actor_id=None,
            now=now,
        )
    return written


def payment(method: PaymentMethod) -> int:
    found = db.session.scalars(select(Payment.id).where(Payment.method == method.value, Payment.amount > 0)).one()
    return found


def test_what_is_awaited_is_listed_by_its_day(salon: SmallSalon, settled: int) -> None:
    found = awaited(salon.branch_id, 10)
    assert [(row.payment.method, row.customer.id, row.due_on) for row in found] == [
        ("card_to_card", salon.zahra, None),
        ("cheque", salon.zahra, date(2026, 12, 21)),
    ]
    assert awaited_count(salon.branch_id) == 2


def test_money_that_was_seen_lies_in_the_bank(salon: SmallSalon, now: datetime, settled: int) -> None:
    with transaction():
        record_arrival(payment_id=payment(PaymentMethod.CARD_TO_CARD), actor_id=None, now=now)
    assert (total(AccountKind.UNCONFIRMED), total(AccountKind.BANK)) == (0, 400_000)
    assert awaited_count(salon.branch_id) == 1


def test_a_cheque_is_cashed_at_a_bank_account_that_is_named(salon: SmallSalon, now: datetime, settled: int) -> None:
    cheque = payment(PaymentMethod.CHEQUE)
    with transaction():
        bank, till = (open_main_box(branch_id=salon.branch_id, kind=kind) for kind in (BoxKind.BANK, BoxKind.CASH))
    for box in (None, till, 999):
        with pytest.raises(DomainError) as refused, transaction():
            record_arrival(payment_id=cheque, cashbox_id=box, actor_id=None, now=now)
        assert (refused.value.code, refused.value.field) == ("cashbox_unknown", "cashbox_id")
    with transaction():
        record_arrival(payment_id=cheque, cashbox_id=bank, actor_id=None, now=now)
    assert (total(AccountKind.CHEQUES), total(AccountKind.BANK)) == (0, 600_000)


def test_a_cheque_that_bounced_is_her_debt_again(salon: SmallSalon, now: datetime, settled: int, pay: Pay) -> None:
    with transaction():
        record_absence(payment_id=payment(PaymentMethod.CHEQUE), note="برگشت خورد", actor_id=None, now=now)
    found = invoice(settled)
    assert (found.status, found.due, receivable_of(salon.zahra)) == ("open", 600_000, 600_000)
    assert db.session.scalars(select(PaymentOutcome)).one().note == "برگشت خورد"
    assert (has_earned(found), preview(found, credit=0, now=now).awards) == (True, ())
    outcome = pay(settled, 600_000)
    assert (outcome.status, outcome.earned_points, outcome.earned_credit) == ("settled", 0, 0)
    assert receivable_of(salon.zahra) == 0


def test_both_answers_are_asked_before_they_are_kept(log_in: Callable[[str], FlaskClient], settled: int) -> None:
    shown = log_in("desk").get("/invoices/awaited").text
    assert shown.count("از زهرا کریمی به حساب نشسته است؟") == shown.count("دوباره بدهی زهرا کریمی شود؟") == 2


def test_what_became_of_a_payment_is_said_once(now: datetime, settled: int) -> None:
    asked = payment(PaymentMethod.CARD_TO_CARD)
    with transaction():
        record_arrival(payment_id=asked, actor_id=None, now=now)
    for record in (record_arrival, record_absence):
        with pytest.raises(DomainError) as refused, transaction():
            record(payment_id=asked, actor_id=None, now=now)
        assert refused.value.code == "outcome_known"


def test_two_who_say_it_at_once_say_it_once(now: datetime, settled: int, together: Together) -> None:
    asked = payment(PaymentMethod.CARD_TO_CARD)
    db.session.rollback()

    def say(record: object) -> None:
        with transaction():
            record(payment_id=asked, actor_id=None, now=now)  # type: ignore[operator]  # one of two verbs

    answers = together(lambda: say(record_arrival), lambda: say(record_absence))
    assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["outcome_known"]


def test_money_that_nobody_waits_for_has_no_outcome(now: datetime, sell: Sell, pay: Pay) -> None:
    pay(sell(), 1_000_000)
    with pytest.raises(DomainError) as refused, transaction():
        record_arrival(payment_id=payment(PaymentMethod.CASH), actor_id=None, now=now)
    assert refused.value.code == "payment_unknown"


def test_the_audit_names_an_outcome_without_its_money(now: datetime, settled: int) -> None:
    asked = payment(PaymentMethod.CARD_TO_CARD)
    box = db.session.get_one(Payment, asked).cashbox_id
    row = f"({asked}, true, '', '2026-11-21', 1)"
    with pytest.raises(ZeroDivisionError), transaction():
        columns = "payment_id, came, note, recorded_at, entry_id"
        db.session.execute(text(f"INSERT INTO payment_outcome ({columns}) VALUES {row}"))
        assert [finding.partition(":")[0] for finding in verify_invoices()] == [f"unconfirmed of box {box}"]
        raise ZeroDivisionError
