"""Deposits: taken, spent, returned, kept when a booking is called off; every rial of them is explained."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from salon.appointments.deposits.queries import deposit_of_booking
from salon.appointments.deposits.services import take_deposit
from salon.appointments.models import Appointment
from salon.appointments.moves.services import move
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.cashbox.deposits.queries import deposit, deposits_of, verify_deposits
from salon.cashbox.deposits.rules import Held, kept_of, taken_from
from salon.cashbox.deposits.services import return_deposit
from salon.cashbox.models import Deposit, PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, total, verify_journal
from salon.setup.queries import profile
from tests.conftest import Together
from tests.factories import SmallSalon, revenue

CASH, HOUR, DAY = PaymentMethod.CASH, timedelta(hours=1), timedelta(days=1)
Booked = Callable[..., Appointment]
Take = Callable[..., Deposit]


@pytest.fixture(autouse=True)
def _books_stay_balanced(salon: SmallSalon) -> Iterator[None]:
    """After every test of this file the audit finds nothing."""
    yield
    db.session.rollback()
    assert verify_journal() + verify_lots() + verify_invoices() + verify_deposits() == []


@pytest.fixture
def booked(salon: SmallSalon, now: datetime) -> Booked:
    """Book Zahra's cut with Sara so long from now."""

    def write(ahead: timedelta = 3 * DAY) -> Appointment:
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=now + ahead,
                items=[BookingItem(salon.cut, salon.sara)],
                actor=None,
                now=now,
            )

    return write


@pytest.fixture
def take(salon: SmallSalon, now: datetime) -> Take:
    """Take a deposit of Zahra in cash, each by a key of its own unless one is given."""
    keys = iter(range(100))

    def laid(
        amount: int = 200_000, booking: Appointment | None = None, *, key: str = "", method: PaymentMethod = CASH
    ) -> Deposit:
        with transaction():
            return take_deposit(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                appointment_id=booking.id if booking else None,
                payment=PaymentSpec(method, amount),
                key=key or f"deposit-{next(keys)}",
                actor=None,
                now=now,
            )

    return laid


@pytest.fixture
def pay(salon: SmallSalon, now: datetime) -> Callable[..., Outcome]:
    """Sell Zahra a cut for 450,000 rials, of a booking or not, and settle it with a deposit and cash."""
    keys = iter(range(100))

    def sold(deposit: int, cash: int = 0, booking: Appointment | None = None, at: datetime = now) -> Outcome:
        with transaction():
            invoice_id = draft(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                appointment_id=booking.id if booking else None,
                lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara)],
                actor_id=None,
                now=at,
            )
            return settle(
                branch_id=salon.branch_id,
                invoice_id=invoice_id,
                payments=[PaymentSpec(CASH, cash)] if cash else [],
                deposit=deposit,
                key=f"sold-{next(keys)}",
                actor_id=None,
                now=at,
            )

    return sold


def become(booking: Appointment, status: str, at: datetime) -> None:
    with transaction():
        set_status(appointment_id=booking.id, status=status, actor=None, now=at)


def remaining(taken: Deposit) -> int:
    db.session.rollback()
    db.session.expire_all()
    return deposit(taken.id).remaining


def test_a_deposit_lies_in_the_till_and_is_owed_to_her(salon: SmallSalon, booked: Booked, take: Take) -> None:
    taken = take(200_000, booked())
    assert (taken.amount, taken.remaining, taken.method) == (200_000, 200_000, "cash")
    assert total(AccountKind.CASH) == 200_000
    assert balance(AccountKind.DEPOSIT, salon.zahra) == -200_000
    assert revenue() == 0


def test_the_same_key_takes_one_deposit_and_another_body_is_refused(take: Take) -> None:
    assert take(key="again").id == take(key="again").id
    with pytest.raises(DomainError) as refused:
        take(100_000, key="again")
    assert refused.value.code == "key_reused"
    assert total(AccountKind.CASH) == 200_000


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1])
def test_no_deposit_is_of_nothing_or_beyond_all_measure(take: Take, amount: int) -> None:
    with pytest.raises(DomainError) as refused:
        take(amount)
    assert (refused.value.code, refused.value.field) == ("amount_invalid", "amount")


def test_a_deposit_is_real_money(take: Take) -> None:
    with pytest.raises(DomainError) as refused:
        take(method=PaymentMethod.CREDIT)
    assert (refused.value.code, refused.value.field) == ("method_invalid", "method")


def test_nobody_pays_a_deposit_for_the_booking_of_another(salon: SmallSalon, now: datetime, booked: Booked) -> None:
    booking = booked()
    with pytest.raises(DomainError) as refused, transaction():
        other = add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=now)
        take_deposit(
            branch_id=salon.branch_id,
            customer_id=other.id,
            appointment_id=booking.id,
            payment=PaymentSpec(CASH, 1),
            key="x",
            actor=None,
            now=now,
        )
    assert refused.value.code == "appointment_mismatch"


def test_no_deposit_is_taken_for_a_visit_that_was_called_off(now: datetime, booked: Booked, take: Take) -> None:
    booking = booked()
    become(booking, "cancelled", now)
    with pytest.raises(DomainError) as refused:
        take(1, booking)
    assert refused.value.code == "appointment_over"


def test_a_settlement_takes_the_deposit_of_its_own_booking_first(
    now: datetime, salon: SmallSalon, booked: Booked, take: Take, pay: Callable[..., Outcome]
) -> None:
    booking = booked(HOUR)
    free, own = take(100_000), take(200_000, booking)
    outcome = pay(250_000, 200_000, booking)
    assert (outcome.status, outcome.paid, outcome.deposit_used) == ("settled", 450_000, 250_000)
    assert (remaining(own), remaining(free)) == (0, 50_000)
    assert balance(AccountKind.DEPOSIT, salon.zahra) == -50_000


def test_a_deposit_is_no_club_value_and_earns_like_money(take: Take, pay: Callable[..., Outcome]) -> None:
    take(450_000)
    assert pay(450_000).earned_points == 18


def test_the_deposit_of_a_later_booking_is_not_spent_before_its_day(
    now: datetime, booked: Booked, take: Take, pay: Callable[..., Outcome]
) -> None:
    later = booked(3 * DAY)
    own = take(200_000, later)
    with pytest.raises(DomainError) as refused:
        pay(1, 449_999)
    assert (refused.value.code, refused.value.field) == ("deposit_exceeds_balance", "deposit")
    assert pay(200_000, 250_000, later, at=now + 3 * DAY).deposit_used == 200_000
    assert remaining(own) == 0


def test_more_than_she_left_is_refused_and_nothing_moves(take: Take, pay: Callable[..., Outcome]) -> None:
    taken = take(200_000)
    for asked in (200_001, -1):
        with pytest.raises(DomainError):
            pay(asked, 1_000)
    assert remaining(taken) == 200_000


def test_two_tills_spend_a_deposit_once(
    take: Take, pay: Callable[..., Outcome], together: Together, salon: SmallSalon
) -> None:
    take(200_000)
    answers = together(lambda: pay(200_000, 250_000), lambda: pay(200_000, 250_000))
    refused = [answer.code for answer in answers if isinstance(answer, DomainError)]
    assert refused == ["deposit_exceeds_balance"]
    assert balance(AccountKind.DEPOSIT, salon.zahra) == 0


def test_a_deposit_stays_with_its_booking_when_that_moves(
    salon: SmallSalon, now: datetime, booked: Booked, take: Take
) -> None:
    booking = booked(30 * HOUR)
    take(200_000, booking)
    with transaction():
        moved = move(
            appointment_id=booking.id,
            item_id=booking.items[0].id,
            starts_at=now + 5 * DAY,
            staff_id=salon.negar,
            actor=None,
            now=now,
        )
    found = deposit_of_booking(moved, now)
    assert found is not None
    assert (found.remaining, found.kept) == (200_000, 0)


@pytest.mark.parametrize(
    ("ahead", "kept"), [(48 * HOUR, 0), (47 * HOUR, 100_000), (24 * HOUR, 100_000), (23 * HOUR, 200_000)]
)
def test_a_booking_called_off_keeps_by_the_ladder(
    salon: SmallSalon, now: datetime, booked: Booked, take: Take, ahead: timedelta, kept: int
) -> None:
    booking = booked(ahead)
    taken = take(200_000, booking)
    become(booking, "cancelled", now)
    assert (remaining(taken), balance(AccountKind.DEPOSIT_KEPT)) == (200_000 - kept, -kept)


def test_the_salon_sets_its_own_ladder(now: datetime, booked: Booked, take: Take) -> None:
    with transaction():
        profile().deposit_full_hours, profile().deposit_half_hours = 2, 1
    booking = booked(90 * timedelta(minutes=1))
    taken = take(200_001, booking)
    become(booking, "cancelled", now)
    assert remaining(taken) == 100_001


def test_who_never_came_leaves_all_of_it_and_gets_it_back_when_she_was_there_after_all(
    now: datetime, booked: Booked, take: Take
) -> None:
    booking = booked(72 * HOUR)
    taken, then = take(200_000, booking), now + 72 * HOUR
    for _twice in range(2):
        become(booking, "no_show", then)
        assert (remaining(taken), balance(AccountKind.DEPOSIT_KEPT)) == (0, -200_000)
        become(booking, "booked", then)
        assert (remaining(taken), balance(AccountKind.DEPOSIT_KEPT)) == (200_000, 0)


@pytest.mark.parametrize(("ahead", "kept"), [(50 * HOUR, 0), (30 * HOUR, 100_000), (22 * HOUR, 200_000)])
def test_a_deposit_spent_before_a_visit_that_was_called_off_is_kept_as_if_it_had_lain_there(
    salon: SmallSalon, now: datetime, booked: Booked, take: Take, ahead: timedelta, kept: int
) -> None:
    booking = booked(ahead)
    taken = take(200_000, booking)
    sale = _paid_ahead(salon, now, booking)
    become(booking, "cancelled", now + HOUR)
    assert (remaining(taken), balance(AccountKind.DEPOSIT_KEPT)) == (0, 0)
    with transaction():
        asked = {"branch_id": salon.branch_id, "invoice_id": sale, "lines": None, "refund": Refund.ORIGINAL}
        return_sale(**asked, key="back", actor_id=None, now=now + 2 * HOUR)
    assert (remaining(taken), balance(AccountKind.DEPOSIT_KEPT)) == (200_000 - kept, -kept)


def test_what_the_ladder_left_to_her_is_not_kept_once_more(
    salon: SmallSalon, now: datetime, booked: Booked, take: Take, pay: Callable[..., Outcome]
) -> None:
    booking = booked(30 * HOUR)
    taken = take(200_000, booking)
    become(booking, "cancelled", now)
    sale = pay(100_000, 350_000).invoice_id
    with transaction():
        asked = {"branch_id": salon.branch_id, "invoice_id": sale, "lines": None, "refund": Refund.ORIGINAL}
        return_sale(**asked, key="back", actor_id=None, now=now + HOUR)
    assert (remaining(taken), balance(AccountKind.DEPOSIT_KEPT)) == (100_000, -100_000)


def _paid_ahead(salon: SmallSalon, now: datetime, booking: Appointment) -> int:
    """Her cut is paid before she comes: 200,000 by the deposit, the rest by card. Gives the invoice."""
    with transaction():
        lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara)]
        hers = {"customer_id": salon.zahra, "appointment_id": booking.id, "lines": lines}
        sale = draft(branch_id=salon.branch_id, **hers, actor_id=None, now=now)
        paid = {"payments": [PaymentSpec(PaymentMethod.CARD, 250_000)], "deposit": 200_000}
        settle(branch_id=salon.branch_id, invoice_id=sale, **paid, key="ahead", actor_id=None, now=now)
    return sale


def test_no_more_cash_is_given_back_than_the_till_holds(salon: SmallSalon, now: datetime, take: Take) -> None:
    taken = take(200_000, method=PaymentMethod.CARD)
    asked = {"branch_id": salon.branch_id, "deposit_id": taken.id, "actor": None, "now": now}
    take(199_999)
    with pytest.raises(DomainError) as refused, transaction():
        return_deposit(payment=PaymentSpec(CASH, 200_000), key="back", **asked)
    assert (refused.value.code, "۱۹٬۹۹۹٫۹ تومان" in refused.value.message) == ("till_short", True)
    take(1)
    with transaction():
        return_deposit(payment=PaymentSpec(CASH, 200_000), key="back", **asked)
    assert total(AccountKind.CASH) == 0


def test_what_was_not_kept_pays_another_visit_or_goes_back_to_her(
    salon: SmallSalon, now: datetime, booked: Booked, take: Take, pay: Callable[..., Outcome]
) -> None:
    booking = booked(30 * HOUR)
    taken = take(200_000, booking)
    become(booking, "cancelled", now)
    pay(60_000, 390_000)
    returning = {"branch_id": salon.branch_id, "deposit_id": taken.id, "actor": None, "now": now}
    with transaction():
        return_deposit(payment=PaymentSpec(CASH, 40_000), key="back", **returning)
    with transaction():
        return_deposit(payment=PaymentSpec(CASH, 40_000), key="back", **returning)
    assert (remaining(taken), total(AccountKind.CASH)) == (0, 200_000 + 390_000 - 40_000)
    assert list(deposits_of(salon.zahra)) == []


def test_no_more_is_given_back_than_is_left(salon: SmallSalon, now: datetime, take: Take) -> None:
    taken = take(100)
    returning = {"branch_id": salon.branch_id, "deposit_id": taken.id, "actor": None, "now": now}
    codes = []
    for amount in (101, 100, 1):
        with transaction():
            try:
                return_deposit(payment=PaymentSpec(CASH, amount), key=f"back-{amount}", **returning)
            except DomainError as error:
                codes.append(error.code)
    assert codes == ["deposit_exceeds_balance", "deposit_spent"]


@pytest.mark.parametrize("other", [PaymentSpec(CASH, 30_000), PaymentSpec(PaymentMethod.TRANSFER, 40_000)])
def test_a_key_that_gave_back_something_else_is_refused(
    salon: SmallSalon, now: datetime, take: Take, other: PaymentSpec
) -> None:
    taken = take(200_000)
    returning = {"branch_id": salon.branch_id, "deposit_id": taken.id, "actor": None, "now": now, "key": "back"}
    with transaction():
        return_deposit(payment=PaymentSpec(CASH, 40_000), **returning)
    with pytest.raises(DomainError) as refused, transaction():
        return_deposit(payment=other, **returning)
    assert refused.value.code == "key_reused"
    assert remaining(taken) == 160_000


def test_the_audit_names_a_deposit_that_is_off(take: Take) -> None:
    taken = take(100)
    with transaction():
        db.session.execute(text("UPDATE deposit SET remaining = 50"))
    assert len(verify_deposits()) == 2
    with transaction():
        db.session.execute(text("UPDATE deposit SET remaining = 100"))
    assert db.session.scalar(select(Deposit.id)) == taken.id


def test_parts_are_taken_in_order_as_far_as_they_reach() -> None:
    held = [Held(1, 5), Held(2, 0), Held(3, 7)]
    assert taken_from(held, 8) == [(1, 5), (3, 3)]
    assert taken_from(held, 20) == [(1, 5), (3, 7)]


def test_an_odd_rial_of_the_half_is_hers(now: datetime) -> None:
    assert kept_of(101, starts_at=now + 30 * HOUR, now=now, full_hours=48, half_hours=24) == 50
