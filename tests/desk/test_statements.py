"""A page asks the database as often on a full day as on a quiet one; only the answers grow."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event

from salon.core import clock
from salon.core.db import db
from salon.core.jalali import local_date
from tests.factories import SmallSalon

PAGES = (
    "/desk",
    "/desk?customer={customer}",
    "/desk/events",
    "/desk/events?view=room",
    "/desk/events?view=week",
    "/desk/panel/{customer}",
    "/desk/appointments/{booking}",
    "/invoices/{draft}",
    "/invoices",
    "/customers",
    "/messages",
)


GROWING = (
    "appointment",
    "appointment_item",
    "occupancy",
    "invoice",
    "invoice_line",
    "settlement",
    "payment",
    "entry",
    "posting",
    "lot",
)


@contextmanager
def planned() -> Iterator[list[str]]:
    """How SQLite finds the rows of the statements that it is sent meanwhile."""
    steps: list[str] = []

    def plan(
        connection: Connection, _cursor: object, statement: str, parameters: tuple[object, ...], *_more: object
    ) -> None:
        if statement.startswith("SELECT"):
            rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            steps.extend(str(row[3]) for row in rows)

    event.listen(db.engine, "before_cursor_execute", plan)
    yield steps
    event.remove(db.engine, "before_cursor_execute", plan)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def desk(log_in: Callable[[str], FlaskClient]) -> FlaskClient:
    """The receptionist's browser."""
    return log_in("desk")


def work(desk: FlaskClient, salon: SmallSalon, headers: dict[str, str], hours: Iterable[int]) -> dict[str, int]:
    """Each hour a newcomer and Zahra book, today and in three days, and both leave owing; Zahra has a draft besides."""
    booking, lines = 0, []
    for hour in hours:
        newcomer = {"first_name": "مینا", "last_name": "نوری", "mobile": f"091200000{hour:02}"}
        other = desk.post("/desk/customers", data=newcomer).get_json()["id"]
        lines.append({"service_id": salon.brushing, "staff_id": salon.sara, "unit_price": 1_000})
        for customer_id, staff_id in ((salon.zahra, salon.sara), (other, salon.negar)):
            booking = book(desk, salon, customer_id=customer_id, staff_id=staff_id, time=f"{hour}:00")
            owed = draft(desk, headers, customer_id, lines)
            assert (
                desk.post(f"/api/v1/invoices/{owed}/settlement", json={"payments": []}, headers=headers).status_code
                == 200
            )
    return {"customer": salon.zahra, "booking": booking, "draft": draft(desk, headers, salon.zahra, lines)}


def book(desk: FlaskClient, salon: SmallSalon, **asked: object) -> int:
    """A booking of today and one in three days; gives the first."""
    kept = [
        desk.post("/desk/appointments", data={"service_id": salon.brushing, "day": str(day), **asked})
        for day in (today() + timedelta(days=days) for days in (0, 3))
    ]
    return int(kept[0].get_json()["id"])


def draft(desk: FlaskClient, headers: dict[str, str], customer_id: int, lines: list[dict[str, int]]) -> int:
    """An invoice of these lines."""
    drafted = desk.post("/api/v1/invoices", json={"customer_id": customer_id, "lines": lines}, headers=headers)
    return int(drafted.get_json()["id"])


def paid(desk: FlaskClient, salon: SmallSalon, headers: dict[str, str]) -> int:
    """An invoice of Zahra that she paid: it earned points and credit."""
    written = draft(
        desk, headers, salon.zahra, [{"service_id": salon.brushing, "staff_id": salon.sara, "unit_price": 2_000}]
    )
    paying = {"payments": [{"method": "cash", "amount": 2_000}]}
    assert desk.post(f"/api/v1/invoices/{written}/settlement", json=paying, headers=headers).status_code == 200
    return written


def today() -> date:
    """The real today, as pages ask the clock themselves."""
    return local_date(clock.now())


def test_a_full_day_costs_no_more_statements_than_a_quiet_one(
    app: Flask, desk: FlaskClient, salon: SmallSalon, bearer: dict[str, str]
) -> None:
    def asked_for(ids: dict[str, int]) -> dict[str, int]:
        found = {}
        for path in PAGES:
            db.session.remove()
            with counted() as sent:
                assert desk.get(path.format(**ids)).status_code == 200
            found[path] = len(sent)
        return found

    quiet = asked_for(work(desk, salon, bearer, [9]))
    assert asked_for(work(desk, salon, bearer, [10, 11, 12, 13])) == quiet


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "path", ["/desk", "/desk?customer={customer}", "/desk/panel/{customer}", "/desk/appointments/{booking}",
             "/invoices/{draft}", "/invoices/{owed}", "/invoices/{owed}/slip", "/invoices/{owed}/return",
             "/invoices/{paid}/slip", "/invoices/{paid}/return"],
)  # fmt: skip
def test_no_page_of_a_visit_goes_through_all_that_ever_was(
    path: str, app: Flask, desk: FlaskClient, salon: SmallSalon, bearer: dict[str, str]
) -> None:
    ids = work(desk, salon, bearer, [9])
    ids |= {"owed": ids["draft"] - 1, "paid": paid(desk, salon, bearer)}
    db.session.remove()
    with planned() as steps:
        assert desk.get(path.format(**ids)).status_code == 200
    assert [step for step in steps if step.split()[0] == "SCAN" and step.split()[1] in GROWING] == []


def test_a_page_reads_the_salons_profile_once(
    app: Flask, desk: FlaskClient, salon: SmallSalon, bearer: dict[str, str]
) -> None:
    written = work(desk, salon, bearer, [9])["draft"]
    db.session.remove()
    with counted() as sent:
        assert desk.get(f"/invoices/{written}").status_code == 200
    assert sum("FROM salon_profile" in statement for statement in sent) == 1
