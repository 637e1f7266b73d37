"""Who bears a discount, club credit and work done again: the salon, who did the work, or both in stated parts."""

from datetime import datetime, timedelta

import pytest

from salon.core.jalali import local_date
from salon.invoices.rules import LineSpec
from salon.reports.queries import REPORTS
from tests.factories import SmallSalon, give_credit
from tests.invoices.pay.conftest import Back, Pay, Scheme, Sell, Write, lines_of, owed, verify

WAYS = ("part_bp", "share", "hers")
# Of 100,001 that were given on work for 1,000,000 at 40%; None: the percentage is of what is left after it.
DISCOUNTS = [(None, 359_999, 40_000), (0, 400_000, 0), (5_000, 350_000, 50_000), (10_000, 299_999, 100_001)]
CREDITS = [(None, 359_999, 40_000), (0, 400_000, 0), (2_500, 375_000, 25_000), (10_000, 299_999, 100_001)]


def borne(column: str, now: datetime) -> list[int]:
    """What the salon and she bear of it, as the report tells; who bears nothing has no row."""
    day = local_date(now)
    return [int(row[column] or 0) for row in REPORTS["discount-costs"].read(day, day + timedelta(days=1)).as_rows()]  # type: ignore[arg-type]  # rials


def sold_for_less(cost: str, salon: SmallSalon, sell: Sell, pay: Pay, now: datetime) -> int:
    """An invoice of a million rials, of which a discount or club credit took 100,001; the rest was paid."""
    if cost == "discount":
        sold = sell(1_000_000, discount=100_001)
        pay(sold, 899_999)
        return sold
    give_credit(salon, now, 100_001, "gift")
    sold = sell(1_000_000)
    pay(sold, 899_999, credit=100_001)
    return sold


@pytest.mark.parametrize(
    ("cost", *WAYS), [*(("discount", *way) for way in DISCOUNTS), *(("credit", *way) for way in CREDITS)]
)
def test_a_cost_is_borne_as_her_scheme_says_and_comes_back_with_a_return(
    salon: SmallSalon,
    scheme: Scheme,
    sell: Sell,
    pay: Pay,
    back: Back,
    now: datetime,
    cost: str,
    part_bp: int | None,
    share: int,
    hers: int,
) -> None:
    scheme(4_000, **{f"{cost}_bp": part_bp})
    sold = sold_for_less(cost, salon, sell, pay, now)
    assert owed(salon.sara) == share
    assert borne(cost, now) == [100_001 - hers, *([hers] if hers else [])]
    back(sold)
    assert owed(salon.sara) == 0
    assert sum(borne(cost, now)) == 0
    assert verify() == []


@pytest.mark.parametrize(("part_bp", "hers"), [(0, 400_000), (2_500, 300_000), (10_000, 0)])
def test_work_done_again_is_borne_as_the_scheme_of_the_first_says(
    salon: SmallSalon,
    scheme: Scheme,
    sell: Sell,
    write: Write,
    pay: Pay,
    now: datetime,
    part_bp: int,
    hers: int,
) -> None:
    scheme(4_000, redo_bp=part_bp)
    scheme(4_000, staff_id=salon.negar, redo_bp=10_000)
    sold = sell(1_000_000)
    pay(sold, 1_000_000)
    first = lines_of(sold)[0]
    again = LineSpec(service_id=salon.cut, staff_id=salon.negar, unit_price=1_000_000, redo_line_id=first)
    pay(write(again, at=now + timedelta(days=3)), at=now + timedelta(days=3))
    # whoever does it again is paid as for any work; of that the first one bears her part
    assert (owed(salon.sara), owed(salon.negar)) == (hers, 400_000)
    assert verify() == []


def test_a_discount_on_the_whole_and_credit_fall_on_each_line_in_proportion(
    salon: SmallSalon, scheme: Scheme, write: Write, pay: Pay, now: datetime
) -> None:
    scheme(4_000, credit_bp=5_000)
    scheme(5_000, staff_id=salon.negar, credit_bp=None)
    give_credit(salon, now, 100_000, "gift")
    hers = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=600_000)
    other = LineSpec(service_id=salon.brushing, staff_id=salon.negar, unit_price=400_000)
    pay(write(hers, other), 900_000, credit=100_000)
    # Sara's line was paid with 60,000 of credit, of which she bears half; Negar's percentage is of what is left
    assert (owed(salon.sara), owed(salon.negar)) == (240_000 - 30_000, 180_000)
    assert verify() == []
