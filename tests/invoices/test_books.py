"""Whatever is drafted, settled, retried, spent and written off, in whatever order: the books stay in order."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import func, select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.models import LotSpend
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, Settlement
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, discard_draft, draft
from salon.ledger.queries import receivable_of, verify_journal
from tests.factories import SmallSalon

RIALS = st.one_of(st.integers(0, 3_000_000), st.sampled_from([1, 49_999, 50_000, 450_000, 60_000_000]))
PAYMENTS = st.lists(st.tuples(st.sampled_from(["cash", "card", "transfer"]), RIALS), max_size=3)
PARTS = st.lists(st.tuples(st.sampled_from(["cash", "card", "transfer"]), st.sampled_from([10, 50, 100])), max_size=2)
PRICE = RIALS.map(lambda price: price or 1)  # what is given away has a price and a discount
LINE = st.tuples(st.integers(1, 3), PRICE, st.integers(0, 100), st.sampled_from([0, 900, 1000]))
LINES = st.lists(LINE, max_size=3)
KEYS = count(1)


class Till(RuleBasedStateMachine):
    """A customer's invoices at the till; refusals are answers too."""

    salon: SmallSalon
    opened: datetime
    drafts = Bundle("drafts")
    asked = Bundle("asked")

    def __init__(self) -> None:
        super().__init__()
        self.now = self.opened
        with transaction():
            customer = add_customer(branch_id=self.salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=self.now)
            self.customer = customer.id

    @rule(target=drafts, lines=LINES)
    def write(self, lines: list[tuple[int, int, int, int]]) -> int:
        """A draft of any lines, or of none."""
        with transaction():
            return draft(
                branch_id=self.salon.branch_id,
                customer_id=self.customer,
                lines=self._lines(lines),
                actor_id=None,
                now=self.now,
            )

    @rule(invoice=drafts, lines=LINES)
    def rewrite(self, invoice: int, lines: list[tuple[int, int, int, int]]) -> None:
        """Other lines, if it is a draft still."""
        self._or_refused(lambda: change_draft(invoice_id=invoice, lines=self._lines(lines)))

    @rule(invoice=drafts)
    def discard(self, invoice: int) -> None:
        """Thrown away, if it is a draft still."""
        self._or_refused(lambda: discard_draft(invoice_id=invoice))

    @rule(target=asked, invoice=drafts, payments=PAYMENTS, credit=st.one_of(st.just(0), RIALS))
    def pay(self, invoice: int, payments: list[tuple[str, int]], credit: int) -> object:
        """Any money and any credit."""
        request = (invoice, tuple(payments), credit, f"till-{next(KEYS)}")
        outcome = self._settle(*request)
        return multiple() if outcome is None else (request, outcome)

    @rule(target=asked, invoice=drafts, parts=PARTS, percent=st.sampled_from([0, 0, 50, 100]))
    def pay_in_parts(self, invoice: int, parts: list[tuple[str, int]], percent: int) -> object:
        """A part of the credit that she can use, and parts of what is due then."""
        db.session.rollback()
        found = db.session.get(Invoice, invoice, populate_existing=True)
        if found is None:
            return multiple()
        credit = min(found.due, wallet_of(self.customer, self.now).credit.balance * percent // 100)
        left, payments = found.due - credit, []
        for method, part in parts:
            payments.append((method, left * part // 100))
            left -= left * part // 100
        return self.pay(invoice, [payment for payment in payments if payment[1]], credit)

    @rule(target=asked, lines=st.lists(LINE, min_size=1, max_size=2), parts=PARTS, days=st.integers(0, 40))
    def serve(self, lines: list[tuple[int, int, int, int]], parts: list[tuple[str, int]], days: int) -> object:
        """A whole visit, and some days until the next."""
        asked = self.pay_in_parts(self.write(lines), [*parts, ("cash", 100)], 50)
        self.let_days_pass(days)
        return asked

    @rule(known=asked)
    def ask_again(self, known: tuple[tuple[int, tuple[tuple[str, int], ...], int, str], Outcome]) -> None:
        """A retry gives the same answer and moves nothing."""
        request, outcome = known
        db.session.rollback()
        before = receivable_of(self.customer), wallet_of(self.customer, self.now)
        again = self._settle(*request)
        assert again is not None
        assert (again.invoice_id, again.earned_points) == (outcome.invoice_id, outcome.earned_points)
        db.session.rollback()
        assert (receivable_of(self.customer), wallet_of(self.customer, self.now)) == before

    @rule(days=st.integers(1, 90))
    def let_days_pass(self, days: int) -> None:
        """Credit becomes usable, and expires."""
        self.now += timedelta(days=days)
        db.session.rollback()
        expire_lots(self.now)

    @invariant()
    def books_are_in_order(self) -> None:
        """Journal, lots and invoices agree, and nobody has less than nothing."""
        db.session.rollback()
        assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
        assert receivable_of(self.customer) >= 0
        assert all(lot.remaining > 0 for lot in wallet_of(self.customer, self.now).lots)

    def _settle(self, invoice: int, payments: tuple[tuple[str, int], ...], credit: int, key: str) -> Outcome | None:
        specs = [PaymentSpec(PaymentMethod(method), amount) for method, amount in payments]
        found: list[Outcome] = []
        self._or_refused(
            lambda: found.append(
                settle(
                    branch_id=self.salon.branch_id,
                    invoice_id=invoice,
                    payments=specs,
                    credit=credit,
                    key=key,
                    actor_id=None,
                    now=self.now,
                )
            )
        )
        return found[0] if found else None

    def _lines(self, lines: list[tuple[int, int, int, int]]) -> list[LineSpec]:
        return [
            LineSpec(
                service_id=self.salon.cut,
                staff_id=self.salon.sara,
                quantity=quantity,
                unit_price=price,
                discount=quantity * price * percent // 100,
                tax_bp=tax_bp,
            )
            for quantity, price, percent, tax_bp in lines
        ]

    @staticmethod
    def _or_refused(work: Callable[[], None]) -> None:
        with suppress(DomainError), transaction():
            work()


def test_no_order_of_events_brings_the_books_out_of_order(app: Flask, salon: SmallSalon, now: datetime) -> None:
    class TillOfSalon(Till):
        opened = now

    TillOfSalon.salon = salon
    run_state_machine_as_test(
        TillOfSalon,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    moved = {table: db.session.scalar(select(func.count()).select_from(table)) for table in (Settlement, LotSpend)}
    assert min(moved.values()) > 10, moved  # else too much was refused to prove anything
