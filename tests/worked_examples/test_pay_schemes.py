"""Pay of staff to the last rial, through the forms and the API, as a salon would do it; the audit has the last word."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from click.testing import CliRunner
from flask.testing import FlaskClient

from salon.cli import ledger
from salon.core.db import db, transaction
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.staff.lines.services import add_line
from tests.factories import SmallSalon

Login = Callable[[str], FlaskClient]
SCHEMES = "/settings/pay-schemes/new"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    """The day of the tests."""
    with time_machine.travel(now, tick=False):
        yield


def scheme(owner: FlaskClient, staff_id: int, **said: str) -> None:
    """The owner types a scheme."""
    typed = {
        "name": "الگو",
        "kind": "percent",
        "staff_id": str(staff_id),
        "target": "services",
        "starts_on": "۱۴۰۵/۰۱/۰۱",
        "discount": "after",
        "credit": "0",
        "steps_over": "part",
    }
    answer = owner.post(SCHEMES, data=typed | said)
    assert answer.status_code == 303, answer.text


def sold(client: FlaskClient, bearer: dict[str, str], customer_id: int, **line: int) -> int:
    """One line is sold by the API and paid in cash; gives the id of the line."""
    body = {"customer_id": customer_id, "lines": [line]}
    drafted = client.post("/api/v1/invoices", json=body, headers=bearer)
    assert drafted.status_code == 201, drafted.text
    found = drafted.json
    payment = {"payments": [{"method": "cash", "amount": found["total"]}] if found["total"] else []}
    key = {"Idempotency-Key": f"sale-{found['id']}"}
    paid = client.post(f"/api/v1/invoices/{found['id']}/settlement", json=payment, headers=bearer | key)
    assert paid.status_code == 200, paid.text
    return int(found["lines"][0]["id"])


def owed(staff_id: int) -> int:
    """What the salon owes her."""
    db.session.rollback()
    return -balance(AccountKind.STAFF_PAYABLE, staff_id)


def audited() -> bool:
    """Whether `salon ledger verify` finds nothing."""
    result = CliRunner().invoke(ledger, ["verify"])
    return result.exit_code == 0


def test_forty_percent_after_materials_with_a_discount_shared_half_and_half(
    salon: SmallSalon, log_in: Login, client: FlaskClient, bearer: dict[str, str]
) -> None:
    owner = log_in("owner")
    color = {
        "name": "رنگ کامل",
        "category": "",
        "price": "۲۸۰٬۰۰۰",
        "duration": "۱۲۰",
        "materials": "۶۰٬۰۰۰",
        "active": "y",
    }
    assert owner.post(f"/services/{salon.color}/edit", data=color).status_code == 303
    scheme(owner, salon.sara, percent_bp="۴۰", after_materials="y", discount="5000")
    sold(client, bearer, salon.zahra, service_id=salon.color, staff_id=salon.sara, discount=300_001)
    # 40% of 2,800,000 − 600,000 is 880,000; of the discount of 300,001 she bears 150,000 and the salon 150,001
    assert owed(salon.sara) == 730_000
    assert audited()


def test_progressive_thirty_thirty_five_forty_percent_crossing_a_step_in_the_middle_of_a_day(
    salon: SmallSalon, log_in: Login, client: FlaskClient, bearer: dict[str, str]
) -> None:
    steps = (("۰", "۳۰"), ("۵۰۰٬۰۰۰", "۳۵"), ("۱٬۰۰۰٬۰۰۰", "۴۰"))
    rows = {
        f"steps-{place}-{name}": value
        for place, step in enumerate(steps)
        for name, value in zip(("above", "percent_bp"), step, strict=True)
    }
    scheme(log_in("owner"), salon.sara, kind="steps", **rows)
    earned = []
    for _visit in range(4):
        sold(client, bearer, salon.zahra, service_id=salon.color, staff_id=salon.sara)
        earned.append(owed(salon.sara))
    # of 2,800,000 each: all at 30%; 2,200,000 at 30% and 600,000 at 35%; all at 35%; 1,600,000 at 35%, 1,200,000 at 40%
    assert earned == [840_000, 1_710_000, 2_690_000, 3_730_000]
    assert audited()


def test_a_head_has_fifty_percent_of_which_her_assistant_gets_twenty(
    salon: SmallSalon, log_in: Login, client: FlaskClient, bearer: dict[str, str], now: datetime
) -> None:
    with transaction():
        people = {salon.negar: 2_000}
        add_line(branch_id=salon.branch_id, name="مو", head_id=salon.sara, members=people, actor=None, now=now)
    scheme(log_in("owner"), salon.sara, percent_bp="۵۰")
    sold(client, bearer, salon.zahra, service_id=salon.color, staff_id=salon.sara, discount=3)
    # 50% of 2,799,997 is 1,399,998; of that the assistant has 20%, 279,999
    assert (owed(salon.sara), owed(salon.negar)) == (1_119_999, 279_999)
    assert audited()


def test_a_redo_is_free_for_the_customer_and_borne_in_part_by_who_did_it_first(
    salon: SmallSalon, log_in: Login, client: FlaskClient, bearer: dict[str, str]
) -> None:
    owner = log_in("owner")
    scheme(owner, salon.sara, percent_bp="۴۰", redo_bp="۵۰")
    scheme(owner, salon.negar, percent_bp="۴۰")
    first = sold(client, bearer, salon.zahra, service_id=salon.color, staff_id=salon.sara)
    line = {"service_id": salon.color, "staff_id": salon.negar, "redo_line_id": first}
    sold(client, bearer, salon.zahra, **line)
    assert (owed(salon.sara), owed(salon.negar)) == (560_000, 1_120_000)
    assert audited()


def test_her_own_client_pays_her_more(
    salon: SmallSalon, log_in: Login, client: FlaskClient, bearer: dict[str, str]
) -> None:
    owner = log_in("owner")
    scheme(owner, salon.sara, percent_bp="۴۰", own_bp="۷۰")
    hers = {"first_name": "زهرا", "last_name": "کریمی", "mobile": "09123456789", "own_staff_id": str(salon.sara)}
    assert owner.post(f"/customers/{salon.zahra}/edit", data=hers | {"is_member": "y"}).status_code == 303
    sold(client, bearer, salon.zahra, service_id=salon.color, staff_id=salon.sara)
    assert owed(salon.sara) == 1_960_000
    assert audited()
