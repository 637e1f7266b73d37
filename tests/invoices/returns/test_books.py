"""Whatever is sold, paid, taken back and corrected, in whatever order: the books stay in order, and nobody gains."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import func, select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.models import Lot
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import wallet_of
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, InvoiceStatus
from salon.invoices.returns.lines.rules import WantedLine
from salon.invoices.returns.queries import sold_lines
from salon.invoices.returns.rules import Refund, Returned
from salon.invoices.returns.services import cancel_sale, correct_sale, return_sale
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.terms.rules import Terms
from salon.ledger.models import Account, AccountKind, Entry, Posting
from salon.ledger.queries import receivable_of
from salon.setup.queries import profile
from tests.factories import SmallSalon

from .conftest import balances, verify

LINE = st.tuples(
    st.integers(1, 3),
    st.one_of(st.integers(1, 3_000_000), st.sampled_from([1, 7, 49_999, 450_000])),
    st.integers(0, 100),
    st.sampled_from([0, 900, 1000]),
)
LINES = st.lists(LINE, min_size=1, max_size=3)
TERMS = st.tuples(st.sampled_from([0, 0, 500, 55_000]), st.sampled_from([0, 0, 3_333, 10_000]))  # tip, off the whole
METHODS = st.sampled_from(["cash", "card", "transfer"])
KEYS = count(1)


class Desk(RuleBasedStateMachine):
    """A customer who buys and brings back; refusals are answers too."""

    salon: SmallSalon
    opened: datetime
    sales = Bundle("sales")
    done: list[Returned]

    def __init__(self) -> None:
        super().__init__()
        self.now = self.opened
        with transaction():
            customer = add_customer(branch_id=self.salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=self.now)
            self.customer = customer.id

    @rule(
        target=sales,
        lines=LINES,
        terms=TERMS,
        method=METHODS,
        percent=st.sampled_from([0, 30, 100]),
        credit=st.booleans(),
    )
    def sell(
        self, lines: list[tuple[int, int, int, int]], terms: tuple[int, int], method: str, percent: int, credit: bool
    ) -> object:
        """A sale, paid in part or whole, with what credit she has."""
        tip, off_the_whole = terms
        with transaction():
            invoice = draft(
                branch_id=self.salon.branch_id,
                customer_id=self.customer,
                lines=self._lines(lines),
                terms=Terms(discount_bp=off_the_whole, tips=((self.salon.sara, tip),) if tip else ()),
                actor_id=None,
                now=self.now,
            )
        return invoice if self._pay(invoice, method, percent, credit) else multiple()

    @rule(sale=sales, method=METHODS, percent=st.sampled_from([50, 100]))
    def pay_more(self, sale: int, method: str, percent: int) -> None:
        """A part of what is still due."""
        self._pay(sale, method, percent, False)

    @rule(sale=sales, pieces=st.integers(1, 2), refund=st.sampled_from([Refund.ORIGINAL, Refund.CASH, Refund.CREDIT]))
    def take_some_back(self, sale: int, pieces: int, refund: Refund) -> None:
        """Pieces of the first line of which something is left."""
        left = [line for line in sold_lines(sale) if line.left > 0]
        if left:
            self._back(sale, [WantedLine(left[0].id, min(pieces, left[0].left))], refund)

    @rule(sale=sales, refund=st.sampled_from([Refund.ORIGINAL, Refund.CASH, Refund.CREDIT]))
    def take_all_back(self, sale: int, refund: Refund) -> None:
        """All that is left."""
        self._back(sale, None, refund)

    @rule(
        lines=LINES,
        terms=TERMS,
        method=METHODS,
        percent=st.sampled_from([0, 30, 100]),
        credit=st.booleans(),
        bits=st.booleans(),
    )
    def buy_and_bring_back(
        self,
        lines: list[tuple[int, int, int, int]],
        terms: tuple[int, int],
        method: str,
        percent: int,
        credit: bool,
        bits: bool,
    ) -> None:
        """A sale that goes back whole, at once or in pieces, leaves every account as it was."""
        db.session.rollback()
        expire_lots(self.now)  # else what is over would be written off between
        before = balances()
        sale = self.sell(lines, terms, method, percent, credit)
        if not isinstance(sale, int):
            return
        if bits:
            self.take_some_back(sale, 1, Refund.ORIGINAL)
        self.take_all_back(sale, Refund.ORIGINAL)
        assert balances() == before

    @rule(sale=sales)
    def correct(self, sale: int) -> None:
        """The sale is drafted anew."""
        self._or_refused(lambda: correct_sale(**self._asked(sale), reason=""))

    @rule(sale=sales)
    def cancel(self, sale: int) -> None:
        """On its day only."""
        self._or_refused(lambda: cancel_sale(**self._asked(sale), reason=""))

    @rule(days=st.integers(1, 90))
    def let_days_pass(self, days: int) -> None:
        """Credit becomes usable, and expires."""
        self.now += timedelta(days=days)
        if days % 2:
            db.session.rollback()
            expire_lots(self.now)

    @invariant()
    def books_are_in_order(self) -> None:
        """All is explained, and what was paid out is no more than was paid in."""
        assert verify() == []
        assert receivable_of(self.customer) >= 0
        assert not db.session.scalar(select(func.count()).where(Invoice.kind == "return", Invoice.total > 0))
        assert min(_money_left_of_sales(self.customer), default=0) >= 0
        wallet = wallet_of(self.customer, self.now)
        for mine in (wallet.points, wallet.credit):
            assert mine.balance >= 0 or mine.pending == 0

    def _pay(self, sale: int, method: str, percent: int, credit: bool) -> bool:
        db.session.rollback()
        due = db.session.get_one(Invoice, sale, populate_existing=True).due
        spent = min(due, max(0, wallet_of(self.customer, self.now).credit.balance)) if credit else 0
        amount = (due - spent) * percent // 100
        payments = [PaymentSpec(PaymentMethod(method), amount)] if amount else []
        return self._or_refused(lambda: settle(**self._asked(sale), payments=payments, credit=spent))

    def _back(self, sale: int, lines: list[WantedLine] | None, refund: Refund) -> None:
        self._or_refused(lambda: return_sale(**self._asked(sale), lines=lines, refund=refund))

    def _asked(self, sale: int) -> dict[str, object]:
        key = f"desk-{next(KEYS)}"
        asked = {"branch_id": self.salon.branch_id, "invoice_id": sale, "key": key}
        return {**asked, "actor_id": None, "now": self.now}

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
    def _or_refused(work: Callable[[], object]) -> bool:
        with suppress(DomainError), transaction():
            work()
            return True
        return False


def _money_left_of_sales(customer: int) -> list[int]:
    """What is left of the money that each sale of hers brought, after its returns took theirs."""
    money = (AccountKind.CASH, AccountKind.CARD_TERMINAL, AccountKind.BANK, AccountKind.DEPOSIT)
    sale = func.coalesce(Invoice.returns_id, Invoice.id)
    left = (
        select(func.sum(Posting.amount))
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Invoice, Invoice.id == Entry.source_id)
        .where(Entry.source_kind == "invoice", Invoice.customer_id == customer)
        .where(Account.kind.in_([kind.value for kind in money]))
        .group_by(sale)
    )
    return [int(amount) for amount in db.session.scalars(left)]


def test_no_order_of_returns_brings_the_books_out_of_order(app: Flask, salon: SmallSalon, now: datetime) -> None:
    class DeskOfSalon(Desk):
        opened = now

    DeskOfSalon.salon = salon
    with transaction():
        profile().round_to = 1_000
    run_state_machine_as_test(
        DeskOfSalon,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = {kind: db.session.scalar(select(func.count()).where(Entry.kind == kind)) for kind in ("sale", "clawback")}
    assert min(done.values()) > 10, done  # else too much was refused to prove anything
    assert db.session.scalar(select(func.count()).where(Lot.expires_at.is_(None)))
    assert db.session.scalar(select(func.count()).where(Invoice.corrects_id.is_not(None)))
    assert db.session.scalar(select(func.count()).where(Invoice.status == InvoiceStatus.OPEN))
