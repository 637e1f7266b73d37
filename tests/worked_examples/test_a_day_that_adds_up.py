"""Two days with deposits, a tip, rounding and a debt: what money was taken for comes to what it came by."""

from datetime import date, datetime, timedelta

from salon.cashbox.deposits.services import return_deposit, take_deposit
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.services import open_balance
from salon.core.db import transaction
from salon.core.jalali import local_date
from salon.invoices.checkout.services import settle
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.terms.rules import Terms
from salon.ledger.models import Unit
from salon.reports.books.queries import OF_DAYS, daily_close
from salon.setup.queries import profile
from tests.factories import SmallSalon

CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD
DAY = timedelta(days=1)
FIRST_MEANS = [column.name for column in OF_DAYS].index("cash")


def closed(day: date) -> dict[str, object]:
    """What is not nothing in the row of a day, whose two sides must be the same."""
    (row,) = daily_close(day, day + DAY).rows
    taken_for, came_by = row.cells[1:FIRST_MEANS], row.cells[FIRST_MEANS:]
    assert sum(map(int, map(str, taken_for))) == sum(map(int, map(str, came_by)))
    return {c.name: cell for c, cell in zip(OF_DAYS, row.cells, strict=True) if cell and c.name != "day"}


def test_deposits_tips_and_rounding_are_told_beside_the_sales(salon: SmallSalon, now: datetime) -> None:
    today = local_date(now)
    with transaction():
        profile().round_to = 10_000
        open_balance(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            unit=Unit.RIAL,
            amount=50_000,
            valid_from=now,
            expires_at=None,
            business_date=today,
            key="credit of old",
            actor_id=None,
            now=now,
        )
    # Zahra leaves 200,000 in cash and 100,000 by card, and goes.
    left = [_left(salon, now, CASH, 200_000), _left(salon, now, CARD, 100_000)]
    assert closed(today) == {"deposits": 300_000, "cash": 200_000, "card_terminal": 100_000}

    # Tomorrow: a cut for 454,000 and a tip of 70,000, rounded down to 520,000. Her 300,000 but 40,000 that she takes
    # back in cash pay of it, 200,000 come in cash, and she owes 60,000.
    later = now + DAY
    with transaction():
        spec = PaymentSpec(CASH, 40_000)
        return_deposit(branch_id=salon.branch_id, deposit_id=left[0], payment=spec, key="back", actor=None, now=later)
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=454_000)
        visit = draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=[line],
            terms=Terms(tips=((salon.sara, 70_000),)),
            actor_id=salon.desk_id,
            now=later,
        )
        settle(
            branch_id=salon.branch_id,
            invoice_id=visit,
            payments=[PaymentSpec(CASH, 200_000)],
            deposit=260_000,
            key="visit",
            actor_id=salon.desk_id,
            now=later,
        )
    assert closed(today + DAY) == {
        "sales": 454_000,
        "tips": 70_000,
        "deposits": -300_000,
        "rest": -4_000,  # rounded away
        "cash": 160_000,
        "debt": 60_000,
    }


def _left(salon: SmallSalon, now: datetime, method: PaymentMethod, amount: int) -> int:
    with transaction():
        return take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            payment=PaymentSpec(method, amount),
            key=method.value,
            actor=None,
            now=now,
        ).id
