"""What happens at the desk while an invoice is being settled, on both engines; a few rounds of each race."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select

from salon.appointments.models import Appointment, Occupancy
from salon.appointments.moves.services import move
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.rules import Outcome
from salon.invoices.history.rules import PastInvoice, PastLine
from salon.invoices.history.services import record_opening_debt
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.till.services import draft_of_visit, walk_in
from salon.ledger.queries import receivable_of, verify_journal
from tests.factories import SmallSalon, give_credit
from tests.invoices.conftest import Pay, Sell, Together

ROUNDS = range(4)


@pytest.fixture
def visit(salon: SmallSalon, now: datetime) -> Callable[[], tuple[int, int, int]]:
    """Zahra's visit of this afternoon with its draft; gives the ids of booking, item and invoice."""

    def booked() -> tuple[int, int, int]:
        with transaction() as session:
            session.execute(delete(Occupancy))
            made = book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=now + timedelta(hours=2),
                items=[BookingItem(salon.cut, salon.sara)],
                actor=None,
                now=now,
            )
            written = draft_of_visit(appointment_id=made.id, actor_id=None, now=now)
            return made.id, made.items[0].id, written

    return booked


def test_a_visit_is_moved_while_its_invoice_is_paid(
    salon: SmallSalon, now: datetime, visit: Callable[[], tuple[int, int, int]], pay: Pay, together: Together
) -> None:
    later = now + timedelta(hours=4)
    for _round in ROUNDS:
        booking, item, invoice_id = visit()

        def postpone(booking: int = booking, item: int = item) -> None:
            with transaction():
                move(appointment_id=booking, item_id=item, starts_at=later, staff_id=salon.sara, actor=None, now=now)

        answers = together(partial(pay, invoice_id, 450_000), postpone)
        assert [answer.status for answer in answers if isinstance(answer, Outcome)] == ["settled"]
        assert {answer.code for answer in answers if isinstance(answer, DomainError)} <= {"wrong_status"}
        db.session.rollback()
        assert db.session.scalar(select(Appointment.status).where(Appointment.id == booking)) == "done"


def test_old_debts_are_brought_in_while_she_pays(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, together: Together
) -> None:
    for turn in ROUNDS:

        def bring_in(turn: int = turn) -> None:
            line = PastLine("بدهی پیشین", 1, 1_000, 0)
            with transaction():
                for count in range(3):
                    past = PastInvoice(f"past-{turn}-{count}", salon.zahra, local_date(now), (line,))
                    record_opening_debt(past=past, branch_id=salon.branch_id, actor_id=None, now=now)

        answers = together(partial(pay, sell(), 1_000_000), bring_in)
        assert not [answer for answer in answers if isinstance(answer, DomainError)]
    db.session.rollback()
    assert receivable_of(salon.zahra) == 3_000 * len(ROUNDS)
    assert [*verify_invoices(), *verify_journal()] == []


def test_a_key_sent_at_once_for_two_customers_settles_one_and_says_so(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, together: Together
) -> None:
    for turn in ROUNDS:
        hers, key = sell(1_000), f"key-{turn}"
        with transaction():
            mina = add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=now).id
            minas = draft(
                branch_id=salon.branch_id,
                customer_id=mina,
                lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000)],
                actor_id=None,
                now=now,
            )
        answers = together(partial(pay, hers, 1_000, key=key), partial(pay, minas, 1_000, key=key))
        assert {answer.code for answer in answers if isinstance(answer, DomainError)} == {"key_reused"}
        assert [answer.status for answer in answers if isinstance(answer, Outcome)] == ["settled"]
    db.session.rollback()
    assert [*verify_invoices(), *verify_journal()] == []


def test_credit_is_spent_or_written_off_at_the_edge_of_its_days_and_never_both(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, together: Together
) -> None:
    midnight = now + timedelta(seconds=1)
    for turn in ROUNDS:
        give_credit(salon, now, 1_000, f"credit-{turn}", expires_at=midnight)
        night = partial(expire_lots, midnight)
        answers = together(partial(pay, sell(1_000), credit=1_000), night, night)
        spent = [answer for answer in answers if isinstance(answer, Outcome)]
        refused = [answer.code for answer in answers if isinstance(answer, DomainError)]
        written_off = sum(answer for answer in answers if isinstance(answer, int))
        assert (len(spent), refused, written_off) in [(1, [], 0), (0, ["credit_exceeds_limit"], 1)]
    db.session.rollback()
    assert wallet_of(salon.zahra, now).credit.balance == 0
    assert [*verify_lots(), *verify_invoices(), *verify_journal()] == []


def test_two_tills_let_one_nameless_customer_in(salon: SmallSalon, now: datetime, together: Together) -> None:
    def let_in() -> int:
        with transaction():
            return walk_in(branch_id=salon.branch_id, actor=None, now=now)

    assert len(set(together(let_in, let_in, let_in))) == 1
