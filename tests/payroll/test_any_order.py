"""Whatever the order of sales, returns, corrections, advances, approvals and payments: statements add up to accounts."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.invoices.returns.services import correct_sale
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.payroll.models import PayPayment, PayStatement
from salon.payroll.queries import last_statement, statements_of, sums_of
from salon.payroll.statements.queries import frozen, live, next_days
from salon.staff.models import PayKind
from tests.factories import SmallSalon

from .conftest import ABAN, Adjust, Advance, Approve, Back, Pay, PayOut, Scheme, Sell, fill, verify

KEYS = count(1)
PIECE = st.sampled_from([None, 1])
AMOUNTS = st.one_of(st.integers(1, 900_000), st.sampled_from([1, 7, 49_999]))


class Staff(RuleBasedStateMachine):
    """Sara works, takes money and is paid; refusals are answers too."""

    salon: SmallSalon
    opened: datetime
    does: dict[str, Callable[..., Any]]

    def __init__(self) -> None:
        super().__init__()
        last = last_statement(self.salon.sara)
        # One salon for all runs, whose days go on.
        self.now = self.opened + (timedelta(days=(last.ends_before - ABAN).days) if last else timedelta())
        self.sold: list[int] = []
        self.paid: list[int] = []
        self.frozen: dict[int, tuple[int, int]] = {}

    def act(self, name: str, *args: object, **more: object) -> Any:
        """What came of it; None when the salon refused."""
        with suppress(DomainError):
            return self.does[name](*args, at=self.now, **more)
        db.session.rollback()
        return None

    @rule(price=AMOUNTS)
    def sell(self, price: int) -> None:
        """Two pieces, paid at once."""
        sold = self.act("sell", price, quantity=2)
        self.act("pay", sold, 2 * price, key=f"sale-{next(KEYS)}")
        self.sold.append(sold)

    @rule(which=st.integers(0, 50), pieces=PIECE)
    def bring_back(self, which: int, pieces: int | None) -> None:
        """A piece, or all that is left."""
        if self.sold:
            self.act("back", self.sold[which % len(self.sold)], pieces, key=f"back-{next(KEYS)}")

    @rule(which=st.integers(0, 50))
    def correct(self, which: int) -> None:
        """Taken back whole and written anew."""
        if self.sold:
            sold = self.sold[which % len(self.sold)]
            with suppress(DomainError), transaction():
                correct_sale(
                    branch_id=self.salon.branch_id,
                    invoice_id=sold,
                    reason="اشتباه",
                    key=f"correct-{next(KEYS)}",
                    actor_id=self.salon.desk_id,
                    now=self.now,
                )

    @rule(amount=AMOUNTS)
    def advance(self, amount: int) -> None:
        """Money in her hand."""
        self.act("advance", amount)

    @rule(kind=st.sampled_from(["bonus", "fine"]), amount=AMOUNTS)
    def adjust(self, kind: str, amount: int) -> None:
        """For a reason."""
        self.act("adjust", kind, amount)

    @rule()
    def approve(self) -> None:
        """What is to be approved next."""
        approved = self.act("approve", *next_days(self.salon.sara, local_date(self.now)))
        if isinstance(approved, PayStatement):
            self.frozen[approved.id] = (approved.total, len(frozen(approved).items))

    @rule(part=st.integers(1, 3))
    def pay_out(self, part: int) -> None:
        """What is due, or a part of it."""
        paid = self.act("pay_out", sums_of(self.salon.sara).due // part)
        if paid is not None:
            self.paid.append(paid.id)

    @rule(which=st.integers(0, 50))
    def take_back(self, which: int) -> None:
        """One of the payments."""
        if self.paid:
            self.act("take_back", self.paid[which % len(self.paid)], key=f"back-{next(KEYS)}")

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        """Days pass."""
        self.now += timedelta(days=days)

    @invariant()
    def adds_up(self) -> None:
        """Statements, their payments and what none holds are her account; what was approved stays."""
        db.session.rollback()
        sara = self.salon.sara
        owed = -balance(AccountKind.STAFF_PAYABLE, sara)
        statements = [frozen(one) for one in reversed(statements_of(sara))]
        new = sum(one.total - one.opening - one.paid for one in statements)
        assert new == sums_of(sara).due
        assert new + sums_of(sara).waiting == owed
        assert sum(sum(item.amount for item in one.items) for one in statements) == new + sum(
            one.paid for one in statements
        )
        first = statements[-1].ends_before if statements else date(2026, 1, 1)
        open_ = live(sara, first, date(2040, 1, 1))
        assert open_.total - sum(part.amount for part in open_.parts) == owed
        for one in statements:
            assert one.total == one.opening + sum(item.amount for item in one.items)
            assert sum(line.share for line in one.lines) == one.sum_of("share")  # type: ignore[arg-type]  # by its value
            if one.number in self.frozen:
                assert self.frozen[one.number] == (one.total, len(one.items))


def test_statements_and_what_none_holds_add_up_to_the_account(
    app: Flask,
    salon: SmallSalon,
    till: int,
    now: datetime,
    scheme: Scheme,
    sell: Sell,
    pay: Pay,
    back: Back,
    advance: Advance,
    adjust: Adjust,
    approve: Approve,
    pay_out: PayOut,
    take_back: Callable[..., PayPayment],
) -> None:
    scheme(0, kind=PayKind.STEPS, steps={0: 3_333, 1_000_000: 4_567}, discount_bp=5_000)
    scheme(0, kind=PayKind.SALARY, amount=1_000_001, starts_on=ABAN)
    scheme(0, kind=PayKind.RENT, amount=777_777, starts_on=ABAN + timedelta(days=40))
    fill(salon, till, now, 10**12)
    Staff.salon, Staff.opened = salon, now
    Staff.does = {
        "sell": sell,
        "pay": pay,
        "back": back,
        "advance": advance,
        "adjust": adjust,
        "approve": approve,
        "pay_out": pay_out,
        "take_back": take_back,
    }
    run_state_machine_as_test(
        Staff,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert verify() == []
    done = {table: db.session.scalar(select(func.count()).select_from(table)) for table in (PayStatement, PayPayment)}
    assert min(number or 0 for number in done.values()) > 5, done  # else too much was refused to prove anything
