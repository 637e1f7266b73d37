"""The same returns and corrections in another order leave the same balance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salon.core.db import db, transaction
from salon.invoices.models import PayTally
from salon.invoices.returns.services import Corrected, correct_sale
from salon.invoices.rules import LineSpec
from salon.staff.models import PayKind, StepsOver
from tests.factories import SmallSalon, give_credit
from tests.invoices.pay.conftest import counted

from .conftest import Back, Pay, Scheme, Write, owed, verify

Correct = Callable[[int], Corrected]
Acts = Sequence[tuple[int, int]]  # which sale, and how many pieces of it come back; 0 is a correction of it
KEYS = count(1)
STEPS = {0: 3_333, 400_001: 4_567, 900_000: 1_111}


@dataclass(frozen=True)
class Sold:
    """A sale, and what becomes of it: pieces that come back one after the other, or a correction of all of it."""

    price: int
    quantity: int
    discount: int
    credit: int
    pieces: tuple[int, ...] = ()
    is_corrected: bool = False


@st.composite
def sales(draw: st.DrawFn) -> Sold:
    """A sale of up to four pieces, with a discount and a fifth of credit at most."""
    price, quantity = draw(st.integers(1, 400_000)), draw(st.integers(1, 4))
    discount = draw(st.integers(0, price * quantity))
    credit = draw(st.integers(0, (price * quantity - discount) // 5))
    if draw(st.booleans()):
        return Sold(price, quantity, discount, credit, is_corrected=draw(st.booleans()))
    left, pieces = quantity, []
    while left and draw(st.booleans()):
        pieces.append(draw(st.integers(1, left)))
        left -= pieces[-1]
    return Sold(price, quantity, discount, credit, tuple(pieces))


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Sold], Acts, Acts]:
    """Sales, and what becomes of them in two orders."""
    sold = draw(st.lists(sales(), min_size=2, max_size=4))
    acts = [(place, piece) for place, one in enumerate(sold) for piece in (0,) * one.is_corrected + one.pieces]
    return sold, draw(st.permutations(acts)), draw(st.permutations(acts))


@dataclass(frozen=True)
class Desk:
    """Where it is sold, taken back and corrected."""

    salon: SmallSalon
    write: Write
    pay: Pay
    back: Back
    correct: Correct

    def tell(self, sold: Sequence[Sold], acts: Acts, staff_id: int) -> None:
        """All is sold by somebody, and then comes back or is corrected in this order."""
        sales = [self._sell(one, staff_id) for one in sold]
        for place, pieces in acts:
            if pieces:
                self.back(sales[place], pieces, key=f"back-{next(KEYS)}")
            else:
                self._pay(self.correct(sales[place]).draft_id, sold[place])

    def _sell(self, one: Sold, staff_id: int) -> int:
        line = LineSpec(self.salon.cut, None, staff_id, one.quantity, one.price, one.discount)
        return self._pay(self.write(line), one)

    def _pay(self, written: int, one: Sold) -> int:
        cash = one.price * one.quantity - one.discount - one.credit
        self.pay(written, cash, credit=one.credit, key=f"sale-{next(KEYS)}")
        return written


@pytest.fixture
def desk(salon: SmallSalon, write: Write, pay: Pay, back: Back, now: datetime) -> Desk:
    """The desk, and more credit of Zahra's than she ever spends."""
    give_credit(salon, now, 10**9, "gift")

    def correct(sale: int) -> Corrected:
        said = {"branch_id": salon.branch_id, "reason": "اشتباه", "actor_id": salon.desk_id, "now": now}
        with transaction():
            return correct_sale(invoice_id=sale, key=f"correct-{next(KEYS)}", **said)  # type: ignore[arg-type]  # as said

    return Desk(salon, write, pay, back, correct)


@pytest.mark.parametrize(
    "terms",
    [
        {"percent_bp": 3_333, "discount_bp": 3_333, "credit_bp": 3_333},
        {"percent_bp": 3_333, "discount_bp": None, "credit_bp": None},
        {"percent_bp": 0, "kind": PayKind.STEPS, "steps": STEPS, "discount_bp": 5_000, "credit_bp": 5_000},
        {"percent_bp": 0, "kind": PayKind.STEPS, "steps": STEPS, "steps_over": StepsOver.WHOLE, "credit_bp": None},
    ],
    ids=["percent before costs", "percent after costs", "steps over the part", "steps over the whole"],
)
def test_any_order_of_returns_and_corrections_ends_in_the_same_balance(
    salon: SmallSalon, scheme: Scheme, desk: Desk, terms: dict[str, object]
) -> None:
    for staff_id in (salon.sara, salon.negar):
        scheme(staff_id=staff_id, **terms)
    wanted = settings(
        max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )

    @wanted
    @given(stories())
    def holds(story: tuple[list[Sold], Acts, Acts]) -> None:
        _ends_the_same(desk, *story)

    holds()
    done = dict(db.session.execute(select(PayTally.staff_id, PayTally.base)).all())
    assert done.get(salon.sara, 0) == done.get(salon.negar, 0)
    assert verify() == []


def _ends_the_same(desk: Desk, sold: Sequence[Sold], one_order: Acts, other_order: Acts) -> None:
    """What Sara and Negar sold came back in two orders, and they have the same of it."""
    sara, negar = desk.salon.sara, desk.salon.negar
    desk.tell(sold, one_order, sara)
    desk.tell(sold, other_order, negar)
    assert owed(sara) == owed(negar)
    assert counted(sara) == counted(negar)
