"""Everybody's statement in a row: what she was owed before, what came and went, what is left; it is her account."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask.testing import FlaskClient

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.db import transaction
from salon.invoices.checkout.services import settle
from salon.invoices.rules import LineSpec
from salon.invoices.terms.rules import Terms
from salon.ledger.models import AccountKind
from salon.reports.books.queries import accounts
from salon.reports.documents.queries import Asked, movements
from salon.reports.queries import REPORTS
from salon.staff.models import PayKind
from tests.factories import SmallSalon
from tests.payroll.conftest import (
    ABAN,
    AZAR,
    DEY,
    IN_AZAR,
    MEHR,
    Adjust,
    Advance,
    Approve,
    Back,
    Pay,
    PayOut,
    Scheme,
    Sell,
    Write,
    adjust,
    advance,
    approve,
    back,
    fill,
    look,
    pay,
    pay_out,
    scheme,
    sell,
    till,
    write,
)

__all__ = ["adjust", "advance", "approve", "back", "look", "pay", "pay_out", "scheme", "sell", "till", "write"]

LogIn = Callable[[str], FlaskClient]
NAME = "staff-statements"


def rows(first: date, before: date) -> list[tuple[object, ...]]:
    """The rows of the report."""
    return [row.cells for row in REPORTS[NAME].read(first, before).rows]


def told(first: date, before: date) -> dict[str, object]:
    """What is not nothing in Sara's row."""
    (row,) = REPORTS[NAME].read(first, before).as_rows()
    return {name: cell for name, cell in row.items() if cell and name != "staff"}


def test_each_movement_stands_in_its_column_and_the_rest_is_her_account(
    salon: SmallSalon,
    till: int,
    scheme: Scheme,
    sell: Sell,
    write: Write,
    pay: Pay,
    back: Back,
    advance: Advance,
    adjust: Adjust,
    approve: Approve,
    pay_out: PayOut,
    now: datetime,
) -> None:
    fill(salon, till, now, 10_000_000)
    scheme(4_000)
    scheme(0, kind=PayKind.SALARY, amount=3_000_000, starts_on=ABAN)
    scheme(0, kind=PayKind.RENT, amount=1_000_000, starts_on=ABAN)
    sold = sell(1_000_000)
    pay(sold, 1_000_000)
    cut = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=500_000)
    tipped = write(cut, terms=Terms(tips=((salon.sara, 70_000),)))
    hers = [PaymentSpec(PaymentMethod.STAFF_CARD, 570_000, staff_id=salon.sara)]
    with transaction():
        settle(branch_id=salon.branch_id, invoice_id=tipped, payments=hers, key="card", actor_id=None, now=now)
    advance(100_000)
    adjust("bonus", 50_000)
    adjust("fine", 20_000)
    approve(at=now)
    pay_out(1_500_000)
    back(sold, at=now + IN_AZAR)
    assert told(ABAN, AZAR) == {
        "shares": 600_000,
        "tips": 70_000,
        "salary": 3_000_000,
        "bonuses": 50_000,
        "fines": 20_000,
        "rent": 1_000_000,
        "own_card": 570_000,
        "advances": 100_000,
        "paid": 1_500_000,
        "due": 530_000,
    }
    # In Azar the first cut came back; the tip and the money on her own card stay where they are.
    assert told(AZAR, DEY) == {"opening": 530_000, "shares": -400_000, "due": 130_000}
    assert rows(MEHR, ABAN) == []
    # What she cost the salon of it, and what she pays for her chair beside the 10,000,000 that were laid into the till.
    (month,) = REPORTS["profit-and-loss"].read(ABAN, AZAR).as_rows()
    assert (month["staff"], month["other_income"]) == (-3_630_000, 11_000_000)
    due = -sum(row["balance"] for row in accounts(AccountKind.STAFF_PAYABLE))
    assert REPORTS[NAME].read(AZAR, DEY).total == due == 130_000


def test_a_row_leads_to_the_movements_of_her_account(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, adjust: Adjust, log_in: LogIn
) -> None:
    scheme(4_000)
    scheme(5_000, staff_id=salon.negar)
    pay(sell(1_000_000), 1_000_000)
    adjust("bonus", 50_000)
    (row,) = REPORTS[NAME].read(ABAN, AZAR).rows
    assert (row.leads_to, row.by) == ("movements", {"kind": "staff_payable", "owner": salon.sara})
    asked = Asked(ABAN, AZAR, kind="staff_payable", owner=salon.sara)
    assert -sum(amount for amount, *_rest in movements(asked, 10, 0)) == row.cells[-1] == 450_000
    owner = log_in("owner")
    days = f"starts_on={ABAN}&ends_on={AZAR - timedelta(days=1)}"
    shown = owner.get(f"/reports/{NAME}?{days}").text
    assert all(said in shown for said in ("صورت کارکرد پرسنل", "سارا احمدی", "۴۰٬۰۰۰", "۴۵٬۰۰۰"))
    assert "نگار رضایی" not in shown, "whose account never moved has no row"
    assert owner.get(f"/reports/{NAME}.pdf?{days}").data.startswith(b"%PDF")
    sheet = list(csv.reader(io.StringIO(owner.get(f"/reports/{NAME}.csv?{days}").data.decode("utf-8-sig"))))
    assert sheet[1] == ["سارا احمدی", "0", "40000", "0", "0", "5000", "0", "0", "0", "0", "0", "45000"]
