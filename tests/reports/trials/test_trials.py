"""A dry run: what a scheme would have paid for the work of some days, by the rules of settling."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from salon.catalog.models import Service
from salon.core.db import db, transaction
from salon.invoices.models import PayShare, PayTally, PayTerms
from salon.invoices.rules import LineSpec
from salon.reports.trials.queries import try_scheme
from salon.staff.models import Line, LineMember, PayKind, PayScheme, StepsOver
from salon.staff.schemes.queries import pay_scheme
from salon.staff.schemes.terms.queries import trial_of
from salon.staff.schemes.terms.rules import SchemeSpec
from tests.factories import SmallSalon, give_credit
from tests.invoices.pay.conftest import (
    Back,
    Pay,
    Scheme,
    Sell,
    Write,
    back,
    balances,
    counted,
    lines_of,
    owed,
    pay,
    scheme,
    sell,
    today,
    write,
)

__all__ = ["back", "pay", "scheme", "sell", "write"]

STEPS = {0: 3_000, 1_000_000: 3_500, 2_000_000: 4_000}
MONTH = date(2026, 10, 23), date(2026, 11, 22)  # Aban 1405


def tried(scheme_id: int, days: tuple[date, date] = MONTH) -> dict[int, tuple[int, int]]:
    """What each got and would get."""
    db.session.rollback()
    found = try_scheme(pay_scheme(scheme_id), *days)
    return {person.staff_id: (person.got, person.would) for person in found.people}


def typed(salon: SmallSalon, **said: object) -> dict[int, tuple[int, int]]:
    """Likewise of a scheme that was just typed."""
    spec = SchemeSpec("تازه", PayKind.PERCENT.value, date(2027, 1, 1), staff_id=salon.sara)
    found = try_scheme(trial_of(SchemeSpec(**vars(spec) | said)), *MONTH)  # type: ignore[arg-type]  # as a test says it
    return {person.staff_id: (person.got, person.would) for person in found.people}


def test_a_higher_percentage_shows_the_difference_and_writes_nothing(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    before = balances()
    assert typed(salon, percent_bp=5_000) == {salon.sara: (400_000, 500_000)}
    assert (balances(), db.session.query(PayTerms).count()) == (before, 1)


def test_work_that_nobody_was_paid_for_got_nothing(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    pay(sell(1_000_000, discount=100_000), 900_000)
    assert typed(salon, percent_bp=5_000, discount_bp=5_000) == {salon.sara: (0, 450_000)}


def test_what_a_clearer_scheme_pays_for_is_left_to_it(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    scheme(4_000, service_id=salon.cut)
    pay(sell(1_000_000), 1_000_000)
    assert typed(salon, percent_bp=5_000) == {}
    assert typed(salon, percent_bp=5_000, service_id=salon.cut) == {salon.sara: (400_000, 500_000)}


def test_work_of_other_days_is_left_out(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    made = scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    assert tried(made, (date(2026, 9, 23), date(2026, 10, 23))) == {}
    assert tried(made, (date(2026, 11, 21), date(2026, 11, 22))) == {salon.sara: (400_000, 400_000)}


def test_steps_count_the_earlier_days_of_their_month(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, now: datetime
) -> None:
    for day, price in ((now - timedelta(days=3), 900_000), (now, 600_000)):
        sold = sell(price, at=day)
        pay(sold, price, at=day)
    spec = SchemeSpec("پله", "steps", date(2027, 1, 1), staff_id=salon.sara, steps=tuple(STEPS.items()))
    found = try_scheme(trial_of(spec), today(now), today(now) + timedelta(days=1))
    # 100,000 at 30% up to the first million, 500,000 at 35% above it
    assert [(line.base, line.would) for line in found.lines] == [(600_000, 205_000)]


@pytest.mark.parametrize(
    "said",
    [
        {"percent_bp": 3_333, "discount_bp": 3_333},
        {"percent_bp": 4_000, "after_materials": True, "discount_bp": 5_000, "credit_bp": 2_500},
        {"percent_bp": 4_000, "credit_bp": None},
        {"percent_bp": 0, "kind": PayKind.FIXED, "amount": 70_001},
        {"percent_bp": 0, "kind": PayKind.STEPS, "steps": STEPS},
        {"percent_bp": 0, "kind": PayKind.STEPS, "steps": STEPS, "steps_over": StepsOver.WHOLE, "own_bp": 6_000},
    ],
)
def test_the_scheme_that_was_in_force_gives_exactly_what_was_counted(
    salon: SmallSalon,
    scheme: Scheme,
    sell: Sell,
    write: Write,
    pay: Pay,
    back: Back,
    now: datetime,
    said: dict[str, object],
) -> None:
    with transaction() as session:
        hair = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        session.add(hair)
        session.flush()
        session.add(LineMember(line_id=hair.id, staff_id=salon.negar, share_bp=2_000))
        session.execute(update(Service).where(Service.id == salon.cut).values(materials=50_001))
    made = scheme(redo_bp=5_000, **said)
    give_credit(salon, now, 200_000, "gift")
    first, second = sell(777_777, quantity=3, discount=100_001), sell(500_001)
    pay(first, 2_133_330, credit=100_000)
    pay(second, 500_001)
    both = ((salon.sara, 3_333), (salon.negar, 6_667))
    pay(write(LineSpec(service_id=salon.cut, unit_price=1_000_001, staff_id=salon.sara, shares=both)), 1_000_001)
    again = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=400_000, redo_line_id=lines_of(second)[0])
    pay(write(again))
    back(first, 1)
    found = tried(made)
    assert {staff_id: sums[0] for staff_id, sums in found.items()} == {
        salon.sara: owed(salon.sara),
        salon.negar: owed(salon.negar),
    }
    assert all(got == would for got, would in found.values())
    assert counted(salon.sara)[1] == owed(salon.sara)


def test_an_assistant_would_have_her_part_of_the_higher_share(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    with transaction() as session:
        hair = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        session.add(hair)
        session.flush()
        session.add(LineMember(line_id=hair.id, staff_id=salon.negar, share_bp=2_000))
    scheme(5_000)
    pay(sell(1_000_000), 1_000_000)
    assert typed(salon, percent_bp=6_000) == {salon.sara: (400_000, 480_000), salon.negar: (100_000, 120_000)}
    assert db.session.scalars(select(PayShare.share)).all() == [500_000, 100_000, -100_000]
    assert db.session.query(PayTally).count() == 0
    assert db.session.query(PayScheme).count() == 1
