"""What the staff are paid, from the till to the audit, to the last rial."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from salon.access.models import Role, User
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.cli import salon as command
from salon.core import clock
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.invoices.checkout.services import settle
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.staff.models import PayKind, PayScheme
from tests.factories import SmallSalon

MEHR, ABAN, AZAR, DEY = date(2026, 9, 23), date(2026, 10, 23), date(2026, 11, 22), date(2026, 12, 22)
Owner = Callable[..., Any]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch, now: datetime) -> dict[str, datetime]:
    """The salon's clock, which the example moves."""
    moved = {"now": now}
    monkeypatch.setattr(clock, "now", lambda: moved["now"])
    return moved


@pytest.fixture
def owner(client: FlaskClient, salon: SmallSalon, days: dict[str, datetime]) -> Owner:
    """The owner at the API."""
    with transaction():
        db.session.execute(update(User).where(User.id == salon.desk_id).values(role=Role.OWNER.value))

    def ask(method: str, path: str, status: int = 200, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {salon.token}"}
        sent = {"json": body} if method == "POST" else {}
        answer = client.open(f"/api/v1{path}", method=method, headers=headers, **sent)
        assert answer.status_code == status, answer.text
        return answer.json

    return ask


def scheme(salon: SmallSalon, kind: str = PayKind.PERCENT, **said: Any) -> None:
    """Sara's terms, from 1 Farvardin on unless said otherwise."""
    terms = {"staff_id": salon.sara, "starts_on": date(2026, 3, 21)} | said
    with transaction():
        db.session.add(PayScheme(name="قرار سارا", kind=kind, created_at=clock.now(), **terms))


def sell(salon: SmallSalon, price: int, *payments: PaymentSpec) -> tuple[int, int]:
    """Sara works for Zahra, who pays at once; the invoice and its line."""
    line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=price)
    with transaction():
        sold = draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=[line],
            actor_id=salon.desk_id,
            now=clock.now(),
        )
    with transaction():
        settle(
            branch_id=salon.branch_id,
            invoice_id=sold,
            payments=payments or [PaymentSpec(PaymentMethod.CASH, price)],
            key=f"sale-{sold}",
            actor_id=salon.desk_id,
            now=clock.now(),
        )
    return sold, sold


def till(owner: Owner, kind: str = "cash") -> int:
    """The number of the till."""
    return int(next(box["id"] for box in owner("GET", "/cashboxes")["items"] if box["kind"] == kind))


def of(owner: Owner, salon: SmallSalon, first: date, before: date) -> Any:
    """Sara's statement of some days."""
    return owner("GET", f"/staff/{salon.sara}/statement?from={first}&to={before}")


def approve(owner: Owner, salon: SmallSalon, first: date, before: date, status: int = 201) -> Any:
    """Approve it."""
    return owner("POST", f"/staff/{salon.sara}/statements", status, **{"from": str(first), "to": str(before)})


def pay(owner: Owner, salon: SmallSalon, amount: int, status: int = 201) -> Any:
    """Pay it out of the till."""
    return owner("POST", f"/staff/{salon.sara}/payments", status, amount=amount, cashbox_id=till(owner))


def audit(app: Flask) -> None:
    """The books are in order, as the command says."""
    db.session.rollback()
    said = app.test_cli_runner().invoke(command, ["ledger", "verify"])
    assert said.exit_code == 0, said.output


def test_a_return_in_the_month_after_approval(
    app: Flask, salon: SmallSalon, owner: Owner, days: dict[str, datetime]
) -> None:
    # 30 Aban. Two haircuts at 40 percent; the month is approved in the evening and paid in two parts.
    scheme(salon, percent_bp=4_000)
    first, _line = sell(salon, 1_000_001)
    sell(salon, 2_000_000)
    seen = of(owner, salon, ABAN, AZAR)
    assert (seen["due"], seen["approved"], [line["share"] for line in seen["lines"]]) == (
        1_200_000,
        False,
        [400_000, 800_000],
    )
    assert approve(owner, salon, ABAN, AZAR)["due"] == 1_200_000
    assert pay(owner, salon, 700_000)["due"] == 500_000
    assert pay(owner, salon, 500_000)["due"] == 0
    assert pay(owner, salon, 1, 422)["code"] == "overpaid"
    assert approve(owner, salon, ABAN, AZAR, 409)["code"] == "statement_approved"

    # 9 Azar. The first haircut is taken back: Aban stays as it was approved, Azar bears it.
    days["now"] += timedelta(days=9)
    back = owner("POST", f"/invoices/{first}/returns", 201, refund="original")
    frozen = of(owner, salon, ABAN, AZAR)
    assert (frozen["approved"], frozen["paid"], frozen["due"]) == (True, 1_200_000, 0)
    assert [line["share"] for line in frozen["lines"]] == [400_000, 800_000]
    azar = of(owner, salon, AZAR, AZAR + timedelta(days=9))
    assert azar["due"] == -400_000
    (line,) = azar["lines"]
    assert (line["invoice_id"], line["base"], line["share"]) == (back["id"], -1_000_001, -400_000)
    assert line["line_id"] == frozen["lines"][0]["line_id"]

    # She owes; what she earns by the end of Azar pays it.
    sell(salon, 3_000_000)
    days["now"] += timedelta(days=25)
    approved = approve(owner, salon, AZAR, DEY)
    assert (approved["opening"], approved["due"]) == (0, 800_000)
    assert pay(owner, salon, 800_000)["due"] == 0
    assert balance(AccountKind.STAFF_PAYABLE, salon.sara) == 0
    audit(app)


def test_money_to_her_own_card_above_her_share(
    app: Flask, salon: SmallSalon, owner: Owner, days: dict[str, datetime]
) -> None:
    # She earns 400,000 and the customer has sent 900,000 to her own card: she owes the salon 500,000.
    scheme(salon, percent_bp=4_000)
    hers = PaymentSpec(PaymentMethod.STAFF_CARD, 900_000, staff_id=salon.sara)
    sell(salon, 1_000_000, hers, PaymentSpec(PaymentMethod.CASH, 100_000))
    assert approve(owner, salon, ABAN, AZAR)["due"] == -500_000
    frozen = of(owner, salon, ABAN, AZAR)
    assert (frozen["own_card"], frozen["due"], frozen["approved"]) == (900_000, -500_000, True)
    assert pay(owner, salon, 1, 422)["code"] == "overpaid"

    # It is carried into Azar, in which she earns 700,000 more.
    days["now"] += timedelta(days=5)
    sell(salon, 1_750_000)
    days["now"] += timedelta(days=30)
    approved = approve(owner, salon, AZAR, DEY)
    assert (approved["opening"], approved["due"]) == (-500_000, 200_000)
    assert pay(owner, salon, 200_000)["due"] == 0
    assert balance(AccountKind.STAFF_PAYABLE, salon.sara) == 0
    audit(app)


def test_chair_rental_with_own_clients(app: Flask, salon: SmallSalon, owner: Owner, days: dict[str, datetime]) -> None:
    # She rents her chair for 30,000,001 a month; of her own clients all is hers, of the salon's 30 percent.
    scheme(salon, PayKind.RENT, amount=30_000_001, starts_on=ABAN)
    scheme(salon, percent_bp=3_000, own_bp=10_000)
    sell(salon, 10_000_000)
    with transaction():
        db.session.execute(update(Customer).where(Customer.id == salon.zahra).values(own_staff_id=salon.sara))
    sell(salon, 40_000_000)
    seen = of(owner, salon, ABAN, AZAR)
    assert (seen["rent"], [line["share"] for line in seen["lines"]]) == (30_000_001, [3_000_000, 40_000_000])
    assert approve(owner, salon, ABAN, AZAR)["due"] == 12_999_999
    assert pay(owner, salon, 12_999_999)["due"] == 0
    assert balance(AccountKind.CHAIR_RENT, salon.sara) == -30_000_001
    assert balance(AccountKind.STAFF_COST, salon.sara) == 43_000_000
    audit(app)


def test_salary_of_a_part_of_a_month(app: Flask, salon: SmallSalon, owner: Owner, days: dict[str, datetime]) -> None:
    # 100,000,000 a month of 30 days, from 11 Aban on: 20 days. Approved in two parts, 11 to 17 and 18 to 30.
    scheme(salon, PayKind.SALARY, amount=100_000_000, starts_on=ABAN + timedelta(days=10))
    cut = ABAN + timedelta(days=17)
    assert of(owner, salon, ABAN, AZAR)["salary"] == 66_666_667
    assert approve(owner, salon, ABAN, cut)["due"] == 23_333_333
    second = approve(owner, salon, cut, AZAR)
    assert (second["opening"], second["due"]) == (23_333_333, 66_666_667)
    assert of(owner, salon, cut, AZAR)["salary"] == 43_333_334
    assert balance(AccountKind.STAFF_COST, salon.sara) == 66_666_667

    # The next month she leaves after its 9th day; so much of it is hers.
    with transaction():
        db.session.execute(update(PayScheme).values(ends_on=AZAR + timedelta(days=8)))
    days["now"] += timedelta(days=31)
    assert approve(owner, salon, AZAR, DEY)["due"] == 66_666_667 + 30_000_000
    audit(app)
